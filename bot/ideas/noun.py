"""The page of irritants and ideas: what is known of them elsewhere."""

from bot.i18n import N_
from bot.ideas.rules.idea import LIFECYCLE
from bot.ideas.tables import Idea, IdeaSupport
from bot.noun import Noun
from bot.person_columns import PersonColumns

IDEAS = N_("irritants and ideas")

NOUN = Noun(
    letter="I",
    people=(
        PersonColumns(Idea, IDEAS, named=("author",)),
        PersonColumns(IdeaSupport, IDEAS, gone=("person",)),
    ),
    lifecycles=(LIFECYCLE,),
)
