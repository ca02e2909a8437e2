"""The page of irritants and ideas: what is known of them elsewhere."""

from bot.i18n import N_
from bot.ideas import forget, ideas
from bot.ideas.contributed import CONTRIBUTED
from bot.ideas.dashboard import FIGURES
from bot.ideas.rules.idea import LIFECYCLE
from bot.ideas.settings import SETTINGS
from bot.ideas.tables import Idea, IdeaSupport
from bot.ideas.undoable import DECISION
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
    follow=(ideas.follow,),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_old,),
    erase=forget.person,
    undoable=(DECISION,),
    settings=SETTINGS,
    figures=FIGURES,
    contributed=CONTRIBUTED,
)
