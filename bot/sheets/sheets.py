"""Practice sheets: begun, written, found, and moved along the table of `sheets.rules.sheet`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, or_, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.errors import UserError
from bot.events.messages import Ref
from bot.help.texts_before import origin as origin_of
from bot.i18n import _
from bot.mailbox.sending.outbox import Card
from bot.sheets.reading import published
from bot.sheets.rules.parts import ANSWERS, Contents, title_of, unanswered
from bot.sheets.rules.sheet import COMMENT, LIFECYCLE, OVER, PUBLIC, WAITS, WRITABLE, Party, Refusal, Status, Trigger
from bot.sheets.tables import Sheet, SheetAuthor
from bot.sheets.writing import authors
from bot.store import audit
from bot.store.database import Transaction
from bot.text.patient_data import patient_data
from bot.volunteers import profiles


def number(sheet: Sheet) -> str:
    """The number of a sheet in chat."""
    return f"F-{sheet.id}"


async def begin(
    hands: Hands,
    community: str,
    author: str,
    *,
    status: Status = Status.DRAFT,
    origin: str = "",
    need: str = "",
    kind: str = "pratique",
) -> Sheet:
    """A new sheet of this author, with nothing in it yet but perhaps the need."""
    sheet = Sheet(
        account=hands.account,
        community=community,
        author=author,
        status=status,
        origin=origin,
        kind=kind,
        begun_at=hands.now,
        changed_at=hands.now,
    )
    sheet.need, sheet.title = need, title_of(need)
    place = origin_of(await profiles.of(hands.tx, author))
    sheet.fields = {"source": place} if place else {}
    return await _write(hands.tx, sheet)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> Sheet | None:
    """The sheet of a number; `lock`: nobody else moves it until the transaction ends."""
    if not 0 < int(identity) < 2**31:
        return None
    return await tx.get(Sheet, int(identity), with_for_update=lock)


async def of_origin(tx: Transaction, origin: str) -> Sheet | None:
    """The sheet that came of a thing of another noun."""
    return (await tx.exec(select(Sheet).where(Sheet.origin == origin))).first()


async def unfinished(tx: Transaction, community: str, author: str) -> Sheet | None:
    """The newest draft of the person in which one of the three answers is missing."""
    mine = select(Sheet).where(Sheet.author == author, Sheet.community == community, Sheet.status == Status.DRAFT)
    found = (await tx.exec(mine.order_by(col(Sheet.id).desc()))).all()
    return next((sheet for sheet in found if missing(sheet)), None)


async def said_in(tx: Transaction, author: str, source: str) -> Sheet | None:
    """The sheet whose need the person wrote in this message."""
    sheet = await written_in(tx, author, source)
    return sheet if sheet is not None and sheet.sources.get("need") == source else None


async def written_in(tx: Transaction, author: str, source: str) -> Sheet | None:
    """The sheet of which the person wrote something in this message, also if they sign it no more."""
    asked = select(SheetAuthor.sheet).where(SheetAuthor.person == author)
    theirs = or_(col(Sheet.author) == author, col(Sheet.id).in_(asked))
    rows = select(Sheet).where(theirs, col(Sheet.status).not_in(OVER)).order_by(col(Sheet.id).desc())
    return next((sheet for sheet in await tx.exec(rows) if source in sheet.sources.values()), None)


async def of_person(tx: Transaction, author: str) -> Sequence[Sheet]:
    """The sheets that the person writes or has written, newest first, without those that are over."""
    mine = select(Sheet).where(Sheet.author == author, col(Sheet.status).not_in(OVER))
    return (await tx.exec(mine.order_by(col(Sheet.id).desc()))).all()


async def signed_by(tx: Transaction, person: str) -> Sequence[Sheet]:
    """The same, with those that the person only signs too."""
    signed = select(SheetAuthor.sheet).where(SheetAuthor.person == person, col(SheetAuthor.agreed_at).is_not(None))
    theirs = or_(col(Sheet.author) == person, col(Sheet.id).in_(signed))
    rows = select(Sheet).where(theirs, col(Sheet.status).not_in(OVER)).order_by(col(Sheet.id).desc())
    return (await tx.exec(rows)).all()


async def in_review(tx: Transaction, community: str) -> Sequence[Sheet]:
    """The sheets of a community that wait for a reviewer, oldest first."""
    rows = select(Sheet).where(Sheet.community == community, Sheet.status == Status.IN_REVIEW)
    return (await tx.exec(rows.order_by(col(Sheet.changed_at)))).all()


async def found_by_all(tx: Transaction, community: str) -> Sequence[Sheet]:
    """What everybody reads of a community's sheets, oldest first: copies of those that are written anew."""
    read = or_(col(Sheet.status).in_(PUBLIC), col(Sheet.published).is_not(None))
    rows = select(Sheet).where(Sheet.community == community, read)
    return [published.as_read(sheet) for sheet in await tx.exec(rows.order_by(col(Sheet.id)))]


async def opened(tx: Transaction, sheet: Sheet) -> None:
    """Count that somebody opened it from a search."""
    await tx.exec(update(Sheet).where(col(Sheet.id) == sheet.id).values(opened=col(Sheet.opened) + 1))


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of a sheet."""
    return list(await tx.exec(select(Sheet.community).where(Sheet.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community whose members may be written to about a sheet."""
    return next(iter(await belongs_to(tx, item)), None)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a card about the sheet still waits for somebody: its status says so."""
    sheet = await get(tx, item)
    return sheet is not None and card.about is not None and sheet.status in WAITS[card.about.kind]


async def community_of(tx: Transaction, sheet: Sheet) -> Community:
    """Where it was written; communities are never removed."""
    found = await communities.get(tx, sheet.community)
    assert found is not None
    return found


# ── what it says ──────────────────────────────────────────────────────────────────────────────────────────


def contents(sheet: Sheet) -> Contents:
    """The sheet as the rules see it."""
    return Contents(
        need=sheet.need,
        done=sheet.done,
        result=sheet.result,
        fields=sheet.fields,
        ingredients=len(sheet.ingredients),
        topics=len(sheet.topics),
    )


def missing(sheet: Sheet) -> tuple[str, ...]:
    """Those of the three answers that are missing."""
    return unanswered(contents(sheet))


def is_begun(sheet: Sheet) -> bool:
    """Whether one of the three answers is there: the first that its author gave, or what they wrote in a room."""
    return bool(sheet.need or sheet.done or sheet.result)


async def answer(hands: Hands, sheet: Sheet, name: str, text: str, *, source: str) -> None:
    """Write one of the three answers; `source` is the message that said it. Raises UserError for patient data."""
    assert name in ANSWERS
    if name == "need" and sheet.title in ("", title_of(sheet.need)):
        sheet.title = title_of(text)
    setattr(sheet, name, text)
    sheet.sources = sheet.sources | {name: source}
    await change(hands, sheet)


async def change(hands: Hands, sheet: Sheet) -> None:
    """Keep what its author changed, unless its parts together hold patient data. Raises UserError."""
    parts = (sheet.title, sheet.need, sheet.done, sheet.result, *sheet.fields.values())
    if patient_data.check("\n".join(parts)):
        raise UserError(_("Together, your answers seem to hold data about a patient. Please answer without it."))
    sheet.changed_at = hands.now
    await _write(hands.tx, sheet)


async def forget_said(hands: Hands, person: str, source: str) -> Sheet | None:
    """Take out of what is not published what a person wrote in a message that they deleted; None if there is none."""
    sheet = await written_in(hands.tx, person, source)
    if sheet is None or sheet.status not in (*WRITABLE, Status.IN_REVIEW):
        return None
    for name in [name for name, event in sheet.sources.items() if event == source]:
        _empty(sheet, name)
    await _write(hands.tx, sheet)
    return sheet


def _empty(sheet: Sheet, name: str) -> None:
    if name in ANSWERS:
        setattr(sheet, name, "")
    if name in ("need", "title"):
        sheet.title = title_of(sheet.need)
    sheet.fields = {field: text for field, text in sheet.fields.items() if field != name}
    sheet.sources = {other: event for other, event in sheet.sources.items() if other != name}


# ── its life ──────────────────────────────────────────────────────────────────────────────────────────────


async def move(
    hands: Hands, sheet: Sheet, trigger: Trigger, *, by: Collection[Party], person: str = "", reason: str = ""
) -> None:
    """One step of its life by a person who is these parties. Raises NotNow."""
    before = Status(sheet.status)
    hindrances = await _hindrances(hands.tx, sheet, by, reason)
    target = LIFECYCLE.step(before, trigger, by=by, hindrances=hindrances)
    audit.moved(hands.tx, LIFECYCLE.noun, sheet.id, before, target, by=by)
    sheet.status, sheet.changed_at = target, hands.now
    sheet.version += 1
    published.follow(sheet, before)
    if trigger in (Trigger.PUBLISH, Trigger.ASK_BACK):
        sheet.reviewer = person or None
    over = [kind for kind, statuses in WAITS.items() if target not in statuses and kind != COMMENT]
    await hands.outbox.close_cards(hands.tx, *(Ref(kind, str(sheet.id)) for kind in over))
    await _write(hands.tx, sheet)


async def _hindrances(tx: Transaction, sheet: Sheet, by: Collection[Party], reason: str) -> set[Refusal]:
    found = {
        Refusal.INCOMPLETE: bool(missing(sheet)),
        Refusal.CONSENT_MISSING: bool(await authors.not_agreed(tx, sheet)),
        Refusal.OWN_SHEET: Party.AUTHOR in by,
        Refusal.REASON_MISSING: not reason.strip(),
        Refusal.CHANGED: published.is_changed(sheet),
    }
    return {refusal for refusal, true in found.items() if true}


def empty(sheet: Sheet) -> None:
    """Remove what it says, of one that is withdrawn."""
    for name in ("title", *ANSWERS, "missing"):
        setattr(sheet, name, "")
    sheet.fields, sheet.sources, sheet.published = {}, {}, None
    sheet.ingredients, sheet.topics, sheet.stakes = [], [], []


async def write(tx: Transaction, sheet: Sheet) -> None:
    """Keep a changed sheet."""
    await _write(tx, sheet)


async def _write(tx: Transaction, sheet: Sheet) -> Sheet:
    tx.add(sheet)
    await tx.flush()
    return sheet
