"""Who tries what a sheet describes: begun, stopped, asked about after two months."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.communities.people import members
from bot.communities.tell import tell, zone
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.mailbox.sending.outbox import Card
from bot.meetups.reminder_timers import hours_of
from bot.sheets import sheets
from bot.sheets.journey import milestones, places, reuses, texts_milestones, texts_trials
from bot.sheets.reading import published
from bot.sheets.rules.milestones import Milestone
from bot.sheets.rules.sheet import Party
from bot.sheets.rules.trial import (
    ASKED_AFTER,
    MOST_QUESTIONS,
    SAID,
    TRIAL,
    TRYING,
    Trial,
    TrialParty,
    TrialRefusal,
    TrialTrigger,
)
from bot.sheets.tables import Sheet, SheetTrial
from bot.store import audit
from bot.store.database import Transaction

BEGUN, ASK = "sheet-tried", "sheet-trial"
"""The timers: somebody has not changed their mind; they are asked what came of it."""
MAY_CHANGE_THEIR_MIND = timedelta(hours=1)
KEPT = timedelta(days=730)
OPEN = (Trial.TRYING, Trial.ASKED)


async def get(tx: Transaction, item: str, *, lock: bool = False) -> SheetTrial | None:
    """A trial by its number."""
    return await tx.get(SheetTrial, int(item), with_for_update=lock)


async def of(tx: Transaction, sheet: Sheet, person: str) -> SheetTrial | None:
    """The person's trial of a sheet, locked until the transaction ends."""
    mine = select(SheetTrial).where(SheetTrial.sheet == sheet.id, SheetTrial.person == person)
    return (await tx.exec(mine.with_for_update())).first()


async def structures(tx: Transaction, sheet: Sheet) -> int:
    """In how many structures somebody tries it, or has tried it."""
    rows = select(SheetTrial).where(SheetTrial.sheet == sheet.id, SheetTrial.status != Trial.STOPPED)
    return places.count((await tx.exec(rows)).all())


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community in which somebody tries it."""
    return list(await tx.exec(select(SheetTrial.community).where(SheetTrial.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community of those who sign the sheet, whose members must be known."""
    trial = await get(tx, item)
    return await sheets.slug_of(tx, str(trial.sheet)) if trial is not None else None


async def slug_where(tx: Transaction, item: str) -> str | None:
    """The community in which somebody tries it."""
    return next(iter(await belongs_to(tx, item)), None)


async def with_sheet(tx: Transaction, item: str) -> tuple[Sheet, SheetTrial] | None:
    """A trial by its number, and its sheet; both locked, in this order as everywhere."""
    trial = await get(tx, item)
    sheet = await sheets.get(tx, trial.sheet, lock=True) if trial is not None else None
    trial = await get(tx, item, lock=True) if sheet is not None else None
    return (sheet, trial) if sheet is not None and trial is not None else None


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether what came of it is still waited for."""
    trial = await get(tx, item)
    sheet = await sheets.get(tx, trial.sheet) if trial is not None and trial.status in OPEN else None
    return sheet is not None and published.is_read(sheet)


async def begin(hands: Hands, sheet: Sheet, person: str, community: str) -> SheetTrial | None:
    """Note that somebody tries it in a community; None if they do already, or have. The sheet is locked."""
    assert sheet.id is not None
    trial = await of(hands.tx, sheet, person)
    if trial is None:
        trial = SheetTrial(sheet=sheet.id, person=person, community=community, status=TRIAL.start, since=hands.now)
        audit.happened(hands.tx, TRIAL.noun, sheet.id, TRIAL.start)
    elif trial.status == Trial.STOPPED:
        await move(hands, trial, TrialTrigger.BEGIN)
    else:
        return None
    trial.since, trial.asked, trial.place = hands.now, 0, await places.of(hands.tx, person)
    await _write(hands.tx, trial)
    await hands.timers.set(hands.tx, BEGUN, str(trial.id), due_at=hands.now + MAY_CHANGE_THEIR_MIND)
    await _ask_later(hands, trial)
    return trial


async def _ask_later(hands: Hands, trial: SheetTrial) -> None:
    hours = await hours_of(hands.tx, trial.person, zone(await _where(hands.tx, trial)))
    due_at = hours.next_opening(hands.now + ASKED_AFTER)
    await hands.timers.set(hands.tx, ASK, str(trial.id), due_at=due_at)


async def _where(tx: Transaction, trial: SheetTrial) -> Community:
    found = await communities.get(tx, trial.community)
    assert found is not None
    return found


async def begun(hands: Hands, item: str) -> None:
    """Somebody goes on trying it: its first trial is a milestone, and those who sign it learn of each."""
    found = await with_sheet(hands.tx, item)
    if found is None or found[1].status == Trial.STOPPED or not published.is_read(found[0]):
        return
    sheet, trial = found
    await milestones.reach(hands, sheet, Milestone.TRIED, by={Party.SYSTEM})
    await reuses.learned(
        hands, sheet, Ref("sheet-trial", item), partial(texts_milestones.tried, sheet), but=trial.person
    )


async def stop(hands: Hands, trial: SheetTrial, *, by: TrialParty = TrialParty.READER) -> bool:
    """Somebody tries it no more: nobody asks them. False if it was over."""
    if trial.status not in OPEN:
        return False
    await move(hands, trial, TrialTrigger.STOP, by=by)
    return True


async def ask(hands: Hands, item: str) -> None:
    """Ask what came of it, in the person's hours; nobody who left, or whose sheet is not there any more."""
    found = await with_sheet(hands.tx, item)
    if found is None or found[1].status != Trial.TRYING:
        return
    sheet, trial = found
    here = await members.is_member_for_sure(hands.tx, hands.directory, trial.person, trial.community)
    if not here or not published.is_read(sheet):
        await move(hands, trial, TrialTrigger.STOP, by=TrialParty.SYSTEM)
        return
    hours = await hours_of(hands.tx, trial.person, zone(await _where(hands.tx, trial)))
    if not hours.is_open(hands.now):
        await hands.timers.set(hands.tx, ASK, item, due_at=hours.next_opening(hands.now))
        return
    trial.asked += 1
    await move(hands, trial, TrialTrigger.ASK, by=TrialParty.SYSTEM)
    await _question(hands, sheet, trial)


async def _question(hands: Hands, sheet: Sheet, trial: SheetTrial) -> None:
    last = trial.asked >= MOST_QUESTIONS
    gestures = (Gesture.YES, Gesture.NO) if last else (Gesture.YES, Gesture.MAYBE, Gesture.NO)
    await tell(
        hands,
        trial.person,
        partial(texts_trials.did_it_help, published.as_read(sheet), trial.since, last=last),
        key=f"sheet-trial:{trial.id}:{int(trial.since.timestamp())}:{trial.asked}",
        language=(await _where(hands.tx, trial)).language,
        about=Ref(TRYING, str(trial.id)),
        gestures=gestures,
        unasked=True,
    )


async def not_yet(hands: Hands, trial: SheetTrial) -> None:
    """It is too early: ask once more later. Raises NotNow when they were asked twice."""
    await move(hands, trial, TrialTrigger.NOT_YET)
    await _ask_later(hands, trial)


async def move(hands: Hands, trial: SheetTrial, trigger: TrialTrigger, *, by: TrialParty = TrialParty.READER) -> None:
    """One step of a trial; cards and timers that wait for another are closed. Raises NotNow."""
    hindrances = {TrialRefusal.ASKED_TWICE} if trial.asked >= MOST_QUESTIONS else set()
    before = Trial(trial.status)
    trial.status = TRIAL.step(before, trigger, by={by}, hindrances=hindrances)
    audit.moved(hands.tx, TRIAL.noun, trial.id, before, trial.status, by={by})
    item = str(trial.id)
    if trial.status != Trial.ASKED:
        await hands.outbox.close_cards(hands.tx, Ref(TRYING, item), Ref(SAID, item))
    if trial.status in (Trial.STOPPED, Trial.ANSWERED):
        await hands.timers.cancel(hands.tx, ASK, item)
    if trial.status == Trial.STOPPED:
        await hands.timers.cancel(hands.tx, BEGUN, item)
    await _write(hands.tx, trial)


async def _write(tx: Transaction, trial: SheetTrial) -> None:
    tx.add(trial)
    await tx.flush()


# ── departures ────────────────────────────────────────────────────────────────────────────────────────────


async def of_person(tx: Transaction, person: str) -> Sequence[SheetTrial]:
    """What somebody tries, wherever."""
    return (await tx.exec(select(SheetTrial).where(SheetTrial.person == person))).all()


async def people_of(tx: Transaction, community: str) -> set[str]:
    """Who tries something in a community."""
    return set(await tx.exec(select(SheetTrial.person).where(SheetTrial.community == community)))


async def leave(hands: Hands, person: str, *, of: str | None = None) -> None:
    """Somebody is asked nothing any more; with `of` only about what they try in this community."""
    for trial in await of_person(hands.tx, person):
        if of in (None, trial.community):
            await stop(hands, trial, by=TrialParty.SYSTEM)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Forget who tried something long ago; returns how many."""
    return (await tx.exec(delete(SheetTrial).where(col(SheetTrial.since) < now - KEPT))).rowcount
