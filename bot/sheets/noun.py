"""The page of practice sheets: what is known of them elsewhere."""

from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import PersonColumns
from bot.sheets import captures, forget, proposals
from bot.sheets.contributed import CONTRIBUTED
from bot.sheets.dashboard import FIGURES
from bot.sheets.rules.sheet import LIFECYCLE
from bot.sheets.tables import Sheet, SheetAuthor, SheetReview

SHEETS = N_("practice sheets")

NOUN = Noun(
    letter="F",
    people=(
        PersonColumns(Sheet, SHEETS, named=("author", "reviewer")),
        PersonColumns(SheetAuthor, SHEETS, gone=("person",)),
        PersonColumns(SheetReview, SHEETS, gone=("person",)),
    ),
    lifecycles=(LIFECYCLE,),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_old,),
    erase=forget.person,
    engaged=(forget.engages,),
    when=proposals.WHEN,
    cites=(captures.CITES,),
    figures=FIGURES,
    contributed=CONTRIBUTED,
)
