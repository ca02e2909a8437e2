"""What came of a sheet where somebody tried it: given in words, read by the team, then shown with the sheet."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.communities.people import people
from bot.communities.tell import tell, waits_in_private
from bot.contributors import returns
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.i18n import _
from bot.mailbox import forgetting
from bot.mailbox.sending.outbox import Card
from bot.person_columns import Row
from bot.sheets import sheets
from bot.sheets.journey import milestones, places, reuses, texts_milestones, texts_trials
from bot.sheets.reading import published
from bot.sheets.rules.milestones import Milestone
from bot.sheets.rules.sheet import Party
from bot.sheets.rules.trial import RESULT, RESULT_GIVEN, Result, ResultParty, ResultRefusal, ResultTrigger
from bot.sheets.tables import Sheet, SheetResult
from bot.sheets.writing import authors
from bot.store import audit
from bot.store.database import Transaction
from bot.text.mentions import Person
from bot.text.patient_data import patient_data

ANSWERS = (Gesture.YES, Gesture.NO)


async def get(tx: Transaction, item: str, *, lock: bool = False) -> SheetResult | None:
    """A result by its number."""
    return await tx.get(SheetResult, int(item), with_for_update=lock)


async def of(tx: Transaction, sheet: Sheet, *, status: Result) -> Sequence[SheetResult]:
    """The results of a sheet in this status, oldest first."""
    rows = select(SheetResult).where(SheetResult.sheet == sheet.id, SheetResult.status == status)
    return (await tx.exec(rows.order_by(col(SheetResult.id)))).all()


async def waiting(tx: Transaction, community: str) -> Sequence[SheetResult]:
    """The results that a community's team has not read, oldest first."""
    here = select(Sheet.id).where(Sheet.community == community)
    rows = select(SheetResult).where(SheetResult.status == Result.GIVEN, col(SheetResult.sheet).in_(here))
    return (await tx.exec(rows.order_by(col(SheetResult.id)))).all()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community whose team reads a result: that of the sheet."""
    result = await get(tx, item)
    return await sheets.belongs_to(tx, str(result.sheet)) if result is not None else ()


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a result waits for the team, and its sheet is there."""
    result = await get(tx, item)
    sheet = await sheets.get(tx, result.sheet) if result is not None and result.status == Result.GIVEN else None
    return sheet is not None and published.is_read(sheet)


async def give(hands: Hands, sheet: Sheet, person: str, text: str, *, source: str) -> bool:
    """Write what came of it, in place of what the person wrote before: the team is asked. The sheet is locked.

    False if there is nobody of the team to ask. Raises UserError for patient data.
    """
    if patient_data.check(text):
        raise UserError(_("This seems to hold data about a patient. Please write it without."))
    place = await places.of(hands.tx, person)
    row = {"sheet": sheet.id, "person": person, "status": RESULT.start, "text": "", "source": "", "place": place}
    await hands.tx.insert_new(SheetResult, row | {"turn": 0, "given_at": hands.now})
    mine = select(SheetResult).where(SheetResult.sheet == sheet.id, SheetResult.person == person)
    result = (await hands.tx.exec(mine.with_for_update())).one()
    if result.status != Result.GIVEN:
        await _move(hands, result, ResultTrigger.GIVE, by={ResultParty.GIVER})
    result.text, result.source, result.place = text, source, place
    result.turn, result.given_at = result.turn + 1, hands.now
    await _write(hands.tx, result)
    return await _ask_team(hands, sheet, result)


async def _ask_team(hands: Hands, sheet: Sheet, result: SheetResult) -> bool:
    """Ask those of the team who may accept it, each in private and without the name of who wrote it."""
    await hands.outbox.close_cards(hands.tx, Ref(RESULT_GIVEN, str(result.id)))
    community, own = (
        await sheets.community_of(hands.tx, sheet),
        {result.person, *await authors.signing(hands.tx, sheet)},
    )
    team = await people.team(hands.tx, community, hands.directory, but=hands.account)
    others = [person for person in team if person not in own]
    for person in others:
        await tell(
            hands,
            person,
            partial(texts_trials.to_accept, published.as_read(sheet), result.text),
            key=f"sheet-result:{result.id}:{result.turn}:{others.index(person)}",
            language=community.language,
            about=Ref(RESULT_GIVEN, str(result.id)),
            gestures=ANSWERS,
            rings=False,
            otherwise=waits_in_private(community, person),
        )
    return bool(others)


async def accept(hands: Hands, sheet: Sheet, result: SheetResult, *, by: str) -> None:
    """The team takes it up: the sheet is evaluated, and those who sign it learn what was said. Raises NotNow."""
    await _decide(hands, sheet, result, ResultTrigger.ACCEPT, by=by)
    await milestones.reach(hands, sheet, Milestone.EVALUATED, by={Party.MODERATOR}, person=by)
    words = partial(texts_milestones.evaluated, sheet, result.text)
    await reuses.learned(hands, sheet, _use(result, result.turn), words, but=result.person)


async def decline(hands: Hands, sheet: Sheet, result: SheetResult, *, by: str) -> None:
    """The team does not take it up: whoever wrote it learns that. Raises NotNow."""
    await _decide(hands, sheet, result, ResultTrigger.DECLINE, by=by)
    community = await sheets.community_of(hands.tx, sheet)
    key, words = f"sheet-result:{result.id}:{result.turn}:declined", partial(texts_trials.declined, sheet)
    await tell(hands, result.person, words, key=key, language=community.language, rings=False)


async def _decide(hands: Hands, sheet: Sheet, result: SheetResult, trigger: ResultTrigger, *, by: str) -> None:
    own = by == result.person or by in await authors.signing(hands.tx, sheet)
    await _move(hands, result, trigger, by={ResultParty.MODERATOR}, hindrances={ResultRefusal.OWN} if own else set())


async def take_back(hands: Hands, person: str, source: str) -> Sheet | None:
    """Whoever deletes the message in which they wrote it takes it back; None if there is no such."""
    mine = select(SheetResult).where(SheetResult.source == source, SheetResult.person == person)
    result = (await hands.tx.exec(mine.with_for_update())).first()
    if result is None or result.status not in (Result.GIVEN, Result.ACCEPTED):
        return None
    await _move(hands, result, ResultTrigger.TAKE_BACK, by={ResultParty.GIVER})
    await _unsay(hands, result)
    result.text, result.source = "", ""
    await _write(hands.tx, result)
    return await sheets.get(hands.tx, result.sheet)


async def _unsay(hands: Hands, result: SheetResult) -> None:
    """Neither the team nor those who sign the sheet read any more what somebody said of it."""
    await forgetting.unsay_cards(hands, Ref(RESULT_GIVEN, str(result.id)))
    for turn in range(1, result.turn + 1):
        await returns.unsaid(hands, _use(result, turn))


def _use(result: SheetResult, turn: int) -> Ref:
    return Ref("sheet-result", f"{result.id}/{turn}")


async def _move(
    hands: Hands,
    result: SheetResult,
    trigger: ResultTrigger,
    *,
    by: set[ResultParty],
    hindrances: set[ResultRefusal] | None = None,
) -> None:
    before = Result(result.status)
    result.status = RESULT.step(before, trigger, by=by, hindrances=hindrances or ())
    audit.moved(hands.tx, RESULT.noun, result.id, before, result.status, by=by)
    if result.status != Result.GIVEN:
        await hands.outbox.close_cards(hands.tx, Ref(RESULT_GIVEN, str(result.id)))
    await _write(hands.tx, result)


async def _write(tx: Transaction, result: SheetResult) -> None:
    tx.add(result)
    await tx.flush()


def erased(row: Row, person: Person, *, own: bool, now: datetime) -> Row:
    """What the team has not read goes with whoever wrote it; what is shown with a sheet stays, without a place."""
    if not own:
        return {}
    gone = {} if row["status"] == Result.ACCEPTED else {"status": Result.TAKEN_BACK.value, "text": ""}
    return {"place": "", "source": "", **gone}
