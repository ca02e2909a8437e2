"""The page of contributors: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.contributors import returns
from bot.contributors.tables import Contribution
from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads

GIVEN = N_("what you gave, and wait to hear of")

NOUN = Noun(
    people=(PersonColumns(Contribution, GIVEN, gone=("person",)),),
    left=returns.DEPARTURE,
    forget_old=(returns.forget_old,),
    fixed=(stored_for("contributions", "contributions", returns.KEPT, N_("how long I keep who proposed a resource")),),
    read=(Reads(Reader.PERSON, N_("what became of what they gave")),),
)
