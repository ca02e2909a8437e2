"""What everybody reads of a sheet that is written anew: what was published, until a reviewer says yes."""

from typing import Any, Final

from bot.sheets.rules.sheet import PUBLIC, Status
from bot.sheets.tables import Sheet

SAID: Final = ("title", "need", "done", "result", "kind", "fields", "ingredients", "topics", "stakes")


def follow(sheet: Sheet, before: Status) -> None:
    """After a step from `before`: hold what is published as its revision begins, let it go as that ends."""
    if before == Status.PUBLISHED and sheet.status == Status.TO_REVISE:
        sheet.published = _said(sheet)
    elif sheet.status not in (Status.TO_REVISE, Status.IN_REVIEW, Status.TO_COMPLETE):
        sheet.published = None


def is_changed(sheet: Sheet) -> bool:
    """Whether it says something that no reviewer has read since its revision began."""
    return sheet.published is not None and sheet.published != _said(sheet)


def is_read(sheet: Sheet) -> bool:
    """Whether everybody reads it: it is published, or what was published before is."""
    return sheet.status in PUBLIC or sheet.published is not None


def as_read(sheet: Sheet) -> Sheet:
    """The sheet as everybody reads it: a copy, to be verified, if it is being written anew."""
    if sheet.published is None:
        return sheet
    return Sheet(**sheet.model_dump() | sheet.published | {"status": Status.TO_REVISE})


def restore(sheet: Sheet) -> None:
    """Give up what was changed since the revision began."""
    for name, value in (sheet.published or {}).items():
        setattr(sheet, name, value)


def _said(sheet: Sheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in SAID}
