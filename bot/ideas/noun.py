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
from bot.readers import Reader, Reads

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
    read=(
        Reads(Reader.MEMBERS, N_("irritants and ideas, how many they concern, and whose they are unless discreet")),
        Reads(Reader.TEAM, N_("the territory of discreet ones, without whose they are")),
    ),
)
