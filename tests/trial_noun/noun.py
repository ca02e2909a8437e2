"""The page of ideas."""

from bot.communities.figures.figures import Figures, Shown
from bot.noun import Noun
from bot.person_columns import PersonColumns
from tests.trial_noun import ideas
from tests.trial_noun.tables import Idea

NOUN = Noun(
    letter="X",
    people=(PersonColumns(Idea, "vos idées", gone=("person",)),),
    follow=(ideas.follow,),
    left=ideas.DEPARTURE,
    forget_old=(ideas.forget_old,),
    undoable=(ideas.SHELF,),
    signed=ideas.signed,
    overview=ideas.overview,
    exports=(ideas.EXPORT,),
    figures=Figures(lines=(Shown(5, ideas.unsorted),)),
)
