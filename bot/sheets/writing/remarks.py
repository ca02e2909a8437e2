"""What others said of a sheet to those who write it: stored by its message, so that it goes when that is deleted."""

from sqlalchemy import Text, cast
from sqlmodel import col, select

from bot.events.messages import Ref
from bot.sheets import sheets
from bot.sheets.tables import Sheet
from bot.store.database import Transaction

MISSING, NOT_TAKEN = "missing", "not-taken"
"""What a reviewer misses, by the version that it made; why another team does not take the sheet, by the turn of it."""


def note(sheet: Sheet, remark: Ref, source: str) -> None:
    """Note, beside the messages of its authors, which one said this. The caller writes the sheet."""
    sheet.sources = sheet.sources | {str(remark): source}


async def take_out(tx: Transaction, kind: str, source: str) -> tuple[Sheet, Ref] | None:
    """The sheet, locked, of which a deleted message said something of this kind, and what; its note is removed."""
    noted = cast(col(Sheet.sources), Text).contains(source, autoescape=True)
    for number in await tx.exec(select(col(Sheet.id)).where(noted)):
        sheet = await sheets.get(tx, str(number), lock=True)
        remark = _of(sheet, kind, source) if sheet is not None else None
        if sheet is not None and remark is not None:
            sheet.sources = {name: event for name, event in sheet.sources.items() if name != str(remark)}
            await sheets.write(tx, sheet)
            return sheet, remark
    return None


def _of(sheet: Sheet, kind: str, source: str) -> Ref | None:
    named = (Ref.parse(name) for name, event in sheet.sources.items() if event == source)
    return next((remark for remark in named if remark.kind == kind and remark.id), None)


def is_last(sheet: Sheet, remark: Ref) -> bool:
    """Whether nothing else is said to be missing since, and not taken back."""
    others = (Ref.parse(name) for name in sheet.sources)
    return not any(one.kind == remark.kind and one.id and int(one.id) > int(remark.id) for one in others)
