"""A sheet in other communities: offered to a team, taken up or not, ended."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import col, select

from bot.communities import Community, communities, rooms
from bot.communities.acting import Hands
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.communities.tell import Words, tell, waits_in_private
from bot.contributors import returns
from bot.errors import NotNow
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import language, speaking
from bot.mailbox import forgetting
from bot.mailbox.sending.outbox import Card
from bot.noun import Signed
from bot.resources.resources import ARCHIVED
from bot.sheets import sheets
from bot.sheets.journey import milestones, reuses, texts_circulation, texts_milestones
from bot.sheets.reading import as_resource, published
from bot.sheets.rules.circulation import (
    ANSWERED_WITHIN,
    CIRCULATION,
    OFFERED,
    WHY_NOT,
    Circulation,
    CirculationParty,
    CirculationRefusal,
    CirculationTrigger,
)
from bot.sheets.rules.milestones import Milestone
from bot.sheets.rules.sheet import LIFECYCLE, SHEET, Party
from bot.sheets.tables import Sheet, SheetCirculation
from bot.sheets.writing import authors, remarks
from bot.store import audit
from bot.store.database import Transaction

UNANSWERED = "sheet-unanswered"
"""The timer: a team has not answered in time."""
OFFER = "sheet-offer"
"""What whoever offered it learns the answer to, by its turn (`7/1`)."""
GESTURES = (Gesture.YES, Gesture.NO)
OPEN = (Circulation.PROPOSED, Circulation.ACCEPTED)
By = CirculationParty


async def get(tx: Transaction, item: str, *, lock: bool = False) -> SheetCirculation | None:
    """A sheet in another community, by its number."""
    return await tx.get(SheetCirculation, int(item), with_for_update=lock)


async def to(tx: Transaction, sheet: Sheet, community: str) -> SheetCirculation | None:
    """What became of a sheet in this community, locked until the transaction ends."""
    there = select(SheetCirculation).where(SheetCirculation.sheet == sheet.id, SheetCirculation.community == community)
    return (await tx.exec(there.with_for_update())).first()


async def taken_up(tx: Transaction, sheet: Sheet) -> Sequence[str]:
    """The other communities in which the sheet is found."""
    there = select(SheetCirculation.community).where(
        SheetCirculation.sheet == sheet.id, SheetCirculation.status == Circulation.ACCEPTED
    )
    return (await tx.exec(there.order_by(SheetCirculation.community))).all()


async def found_in(tx: Transaction, community: str) -> Sequence[Sheet]:
    """What everybody reads in a community: the sheets that were written there, then those that it took up."""
    numbers = select(SheetCirculation.sheet).where(
        SheetCirculation.community == community, SheetCirculation.status == Circulation.ACCEPTED
    )
    rows = (await tx.exec(select(Sheet).where(col(Sheet.id).in_(numbers)).order_by(col(Sheet.id)))).all()
    taken = [published.as_read(sheet) for sheet in rows if published.is_read(sheet)]
    return [*await sheets.found_by_all(tx, community), *taken]


async def read_in(tx: Transaction, sheet: Sheet, slugs: Collection[str]) -> str | None:
    """The first of these communities in which the sheet is found, its own before others; None if it is in none."""
    if sheet.community in slugs:
        return sheet.community
    return next((slug for slug in await taken_up(tx, sheet) if slug in slugs), None)


async def read_by(tx: Transaction, item: str) -> Sequence[str]:
    """The community in which a card shows a sheet (`12/community`), while the sheet is found there."""
    number, _slash, slug = item.partition("/")
    sheet = await sheets.get(tx, number)
    return [slug] if sheet is not None and await read_in(tx, sheet, [slug]) else ()


async def number_on_card(_tx: Transaction, item: str) -> str:
    """The number of the sheet that a card shows (`12/community`)."""
    return f"F-{item.partition('/')[0]}"


async def signed(tx: Transaction, number: int) -> Signed | None:
    """The sheet as those who sign it are thanked for it."""
    sheet = await sheets.get(tx, number)
    if sheet is None or not published.is_read(sheet):
        return None
    read_in = (sheet.community, *await taken_up(tx, sheet))
    return Signed(sheets.number(sheet), LIFECYCLE.noun, read_in, await authors.signing(tx, sheet))


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community whose team is asked."""
    return list(await tx.exec(select(SheetCirculation.community).where(SheetCirculation.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community whose members may be written to about it: that of the sheet."""
    row = await get(tx, item)
    return await sheets.slug_of(tx, str(row.sheet)) if row is not None else None


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether the team's answer is waited for, and the sheet is there."""
    row = await get(tx, item)
    sheet = await sheets.get(tx, row.sheet) if row is not None and row.status == Circulation.PROPOSED else None
    return sheet is not None and published.is_read(sheet)


async def with_sheet(tx: Transaction, item: str) -> tuple[Sheet, SheetCirculation] | None:
    """A sheet and what it is in another community, by the number of the latter; both locked."""
    row = await get(tx, item)
    sheet = await sheets.get(tx, row.sheet, lock=True) if row is not None else None
    row = await get(tx, item, lock=True) if sheet is not None else None
    return (sheet, row) if sheet is not None and row is not None else None


# ── offered ───────────────────────────────────────────────────────────────────────────────────────────────


async def offer(hands: Hands, sheet: Sheet, target: Community, *, by: str) -> SheetCirculation:
    """Ask another community's team whether it takes the sheet up. The sheet is locked. Raises NotNow."""
    assert sheet.id is not None
    row = await to(hands.tx, sheet, target.slug)
    if row is None:
        await _require(hands, sheet)
        row = SheetCirculation(sheet=sheet.id, community=target.slug, status=CIRCULATION.start, proposed_at=hands.now)
        await _write(hands.tx, row)
        audit.moved(hands.tx, CIRCULATION.noun, row.id, "", row.status, by={By.PROPOSER})
    else:
        await _move(hands, sheet, row, CirculationTrigger.PROPOSE, by=By.PROPOSER)
        row.turn += 1
    row.proposer, row.answerer, row.reason, row.proposed_at = by, None, "", hands.now
    await _write(hands.tx, row)
    await _ask_team(hands, sheet, target, row)
    await hands.timers.set(hands.tx, UNANSWERED, str(row.id), due_at=hands.now + ANSWERED_WITHIN)
    return row


async def _require(hands: Hands, sheet: Sheet) -> None:
    why_not = await milestones.in_the_way(hands.tx, sheet, Milestone.CIRCULATING)
    if why_not is not None:
        raise NotNow(why_not)


async def team_of(hands: Hands, target: Community) -> list[str]:
    """Who may be asked in another community: none where the bot is in no main room. Raises MembersUnknown."""
    if target.main_room is None or hands.directory.facts(target.main_room) is None:
        return []
    team = await people.team(hands.tx, target, hands.directory, but=hands.account)
    stopped = await people.stopped_among(hands.tx, team)
    return [person for person in team if person not in stopped]


async def _ask_team(hands: Hands, sheet: Sheet, target: Community, row: SheetCirculation) -> None:
    home = await sheets.community_of(hands.tx, sheet)
    for place, person in enumerate(await team_of(hands, target)):
        await tell(
            hands,
            person,
            partial(texts_circulation.offered, published.as_read(sheet), home, target),
            key=f"sheet-offered:{row.id}:{row.turn}:{place}",
            language=target.language,
            about=Ref(OFFERED, str(row.id)),
            gestures=GESTURES,
            otherwise=waits_in_private(target, person),
        )


# ── answered ──────────────────────────────────────────────────────────────────────────────────────────────


async def accept(hands: Hands, sheet: Sheet, row: SheetCirculation, *, by: str) -> None:
    """The other community takes it up: it is found there, and posted once in its main room. Raises NotNow."""
    target = await communities.get(hands.tx, row.community)
    assert target is not None
    await _move(hands, sheet, row, CirculationTrigger.ACCEPT, by=By.TARGET)
    row.answerer, row.answered_at = by, hands.now
    await _write(hands.tx, row)
    await milestones.reach(hands, sheet, Milestone.CIRCULATING, by={Party.MODERATOR}, person=by)
    await as_resource.put(hands, published.as_read(sheet), target)
    await _post(hands, sheet, target, row)
    words = partial(_circulates, sheet, target)
    await reuses.learned(hands, sheet, Ref("sheet-circulates", str(row.id)), words)
    await _tell_proposer(hands, sheet, row, words)


def _circulates(sheet: Sheet, target: Community) -> Text:
    return texts_milestones.circulates(sheet, name_in(target, language()))


async def _post(hands: Hands, sheet: Sheet, target: Community, row: SheetCirculation) -> None:
    """Once, also if it is taken up again later; nothing where we may not write."""
    room = target.main_room
    if room is None or not rooms.may_write(hands.directory, room):
        return
    home = await sheets.community_of(hands.tx, sheet)
    with speaking(await rooms.language(hands.tx, room) or target.language):
        message = Message(texts_circulation.posted(published.as_read(sheet), home))
    await hands.outbox.say(hands.tx, message, key=_posted(row.id), to=room, now=hands.now)


async def decline(hands: Hands, sheet: Sheet, row: SheetCirculation, reason: str, *, by: str, source: str) -> None:
    """The other community does not take it up; whoever offered it reads why, as `source` says it. Raises NotNow."""
    await _move(hands, sheet, row, CirculationTrigger.DECLINE, by=By.TARGET, reason=reason)
    row.answerer, row.answered_at, row.reason = by, hands.now, reason
    await _write(hands.tx, row)
    remarks.note(sheet, Ref(remarks.NOT_TAKEN, _turn(row)), source)
    await sheets.write(hands.tx, sheet)
    target = await communities.get(hands.tx, row.community)
    assert target is not None
    await _tell_proposer(hands, sheet, row, partial(texts_circulation.declined, sheet, target, reason))


async def take_reason_back(hands: Hands, source: str) -> Sheet | None:
    """Somebody deleted the message that said why not: whoever offered it reads it no more; None if there is none."""
    found = await remarks.take_out(hands.tx, remarks.NOT_TAKEN, source)
    if found is None:
        return None
    sheet, remark = found
    await returns.unsaid(hands, Ref(OFFER, remark.id))
    row = await get(hands.tx, remark.id.partition("/")[0], lock=True)
    if row is not None and remark.id == _turn(row):
        row.reason = ""
        await _write(hands.tx, row)
    return sheet


async def unanswered(hands: Hands, item: str) -> None:
    """Nobody answered in time: whoever offered it learns that."""
    found = await with_sheet(hands.tx, item)
    if found is None or found[1].status != Circulation.PROPOSED:
        return
    sheet, row = found
    target = await communities.get(hands.tx, row.community)
    await _move(hands, sheet, row, CirculationTrigger.EXPIRE, by=By.SYSTEM)
    if target is not None:
        await _tell_proposer(hands, sheet, row, partial(texts_circulation.unanswered, sheet, target))


async def _tell_proposer(hands: Hands, sheet: Sheet, row: SheetCirculation, words: Words) -> None:
    """Once; whoever signs the sheet learns of a yes as all who sign it do."""
    use = Ref(OFFER, _turn(row))
    if row.proposer is not None:
        await reuses.told(hands, sheet, use, row.proposer, words, unless_signing=row.status == Circulation.ACCEPTED)


def _turn(row: SheetCirculation) -> str:
    return f"{row.id}/{row.turn}"


# ── ended ─────────────────────────────────────────────────────────────────────────────────────────────────


async def end(hands: Hands, sheet: Sheet, row: SheetCirculation, *, by: CirculationParty) -> None:
    """It is found in that community no more, or not offered to it any more. Raises NotNow."""
    await _move(hands, sheet, row, CirculationTrigger.END, by=by)
    await as_resource.mark_in(hands, sheet, row.community, state=ARCHIVED)


async def end_all(hands: Hands, sheet: Sheet) -> None:
    """The sheet is over: so is what it is in other communities."""
    rows = select(SheetCirculation).where(SheetCirculation.sheet == sheet.id, col(SheetCirculation.status).in_(OPEN))
    for row in (await hands.tx.exec(rows.with_for_update())).all():
        await _move(hands, sheet, row, CirculationTrigger.END, by=By.SYSTEM)


async def unsay(hands: Hands, sheet: Sheet) -> None:
    """It is withdrawn: nobody reads any more what was shown of it, in whatever community, nor what was offered."""
    slugs = [community.slug for community in await communities.every(hands.tx)]
    rows = await hands.tx.exec(select(SheetCirculation.id).where(SheetCirculation.sheet == sheet.id))
    numbers = [str(number) for number in rows]
    shown = [Ref(SHEET, f"{sheet.id}/{slug}") for slug in slugs]
    await forgetting.unsay_cards(hands, *shown, *(Ref(OFFERED, number) for number in numbers))
    for number in numbers:
        await forgetting.unsay(hands, re.compile(rf"{_posted(number)}$"), _posted(number))


def _posted(number: object) -> str:
    """The key of what is posted in the other community."""
    return f"sheet-posted:{number}"


async def _move(
    hands: Hands,
    sheet: Sheet,
    row: SheetCirculation,
    trigger: CirculationTrigger,
    *,
    by: CirculationParty,
    reason: str = "",
) -> None:
    hindered = await milestones.in_the_way(hands.tx, sheet, Milestone.CIRCULATING) is not None
    refusals = {CirculationRefusal.HINDERED: hindered, CirculationRefusal.REASON_MISSING: not reason.strip()}
    hindrances = {refusal for refusal, true in refusals.items() if true}
    before = Circulation(row.status)
    row.status = CIRCULATION.step(before, trigger, by={by}, hindrances=hindrances)
    audit.moved(hands.tx, CIRCULATION.noun, row.id, before, row.status, by={by})
    item = str(row.id)
    if row.status != Circulation.PROPOSED:
        await hands.timers.cancel(hands.tx, UNANSWERED, item)
        await hands.outbox.close_cards(hands.tx, Ref(OFFERED, item), Ref(WHY_NOT, item))
    await _write(hands.tx, row)


async def _write(tx: Transaction, row: SheetCirculation) -> None:
    tx.add(row)
    await tx.flush()
