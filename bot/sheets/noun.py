"""The page of practice sheets: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads
from bot.sheets import forget
from bot.sheets.contributed import CONTRIBUTED
from bot.sheets.dashboard import FIGURES
from bot.sheets.journey import circulations, follow_ups, results, trials
from bot.sheets.reading import mine
from bot.sheets.reading.documents import EXPORT
from bot.sheets.rules.circulation import CIRCULATION
from bot.sheets.rules.sheet import LIFECYCLE
from bot.sheets.rules.trial import RESULT, TRIAL
from bot.sheets.tables import (
    Sheet,
    SheetAuthor,
    SheetCirculation,
    SheetMilestone,
    SheetResult,
    SheetReview,
    SheetTrial,
)
from bot.sheets.writing import captures, proposals

SHEETS = N_("practice sheets")

NOUN = Noun(
    letter="F",
    people=(
        PersonColumns(Sheet, SHEETS, named=("author", "reviewer")),
        PersonColumns(SheetAuthor, SHEETS, gone=("person",)),
        PersonColumns(SheetReview, SHEETS, gone=("person",)),
        PersonColumns(SheetMilestone, SHEETS, named=("person",)),
        PersonColumns(SheetTrial, SHEETS, gone=("person",)),
        PersonColumns(SheetResult, SHEETS, named=("person",), ends=results.erased),
        PersonColumns(SheetCirculation, SHEETS, named=("proposer", "answerer")),
    ),
    lifecycles=(LIFECYCLE, TRIAL, RESULT, CIRCULATION),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_old, trials.forget_old),
    erase=forget.person,
    engaged=(forget.engages,),
    when=(*proposals.WHEN, *follow_ups.WHEN),
    cites=(captures.CITES,),
    fixed=(
        stored_for("brouillons", "drafts", forget.KEPT, N_("how long I keep a draft of a sheet that nobody changes")),
        stored_for("essais", "trials", trials.KEPT, N_("how long I keep who tries a sheet")),
    ),
    figures=FIGURES,
    contributed=CONTRIBUTED,
    read=(
        Reads(Reader.MEMBERS, N_("published sheets, with who signs them")),
        Reads(Reader.TEAM, N_("sheets that are proposed, and what trials came to")),
    ),
    signed=circulations.signed,
    overview=mine.overview,
    exports=(EXPORT,),
)
