"""Two short questions to each of a team whose support ends, one reminder; read only in sums."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import case, delete, func
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.communities.figures.figures import Tally
from bot.communities.people import members, people
from bot.communities.tell import Words, tell
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.help import settings
from bot.help.exchange import satisfaction as of_help
from bot.mailbox.sending.outbox import Card
from bot.meetups import opinions as of_meetups
from bot.programmes import applications, texts_team, themes
from bot.programmes.rules.application import ASK, REMIND, USEFUL, WENT
from bot.programmes.tables import SupportApplication, SupportOpinion
from bot.programmes.texts import theme_name
from bot.store.database import Transaction

AT_MOST_EVERY = timedelta(days=30)
"""For one person, whatever is asked about."""
REMINDED_AFTER = timedelta(days=7)
WAITS = timedelta(days=30)
"""How long an answer is welcome."""


async def plan(hands: Hands, application: SupportApplication, team: Sequence[str]) -> None:
    """Each of them is to be asked, as soon as the last time is a month ago."""
    for person in team:
        row = {"application": application.id, "community": application.community, "person": person}
        number = await hands.tx.insert_numbered(SupportOpinion, row)
        if number is not None:
            await _set(hands, application, ASK, number, hands.now)


async def _set(hands: Hands, application: SupportApplication, timer: str, number: int, at: datetime) -> None:
    manner = await settings.of(hands.tx, await applications.community_of(hands.tx, application))
    due_at = at if manner.working.is_open(at) else manner.working.next_opening(at)
    await hands.timers.set(hands.tx, timer, str(number), due_at=due_at)


async def ask(hands: Hands, row: SupportOpinion) -> None:
    """The first question; later, if the person was asked about something within a month."""
    application = await hands.tx.get(SupportApplication, row.application)
    if application is None or row.asked_at is not None:
        return
    if await _is_left_alone(hands, row):
        await hands.tx.exec(delete(SupportOpinion).where(col(SupportOpinion.id) == row.id))
        return
    asked = await _last_asked(hands.tx, row)
    if asked is not None and hands.now < asked + AT_MOST_EVERY:
        await _set(hands, application, ASK, row.id or 0, asked + AT_MOST_EVERY)
        return
    row.asked_at = hands.now
    await write(hands.tx, row)
    await _put(hands, application, row, again=False)
    await _set(hands, application, REMIND, row.id or 0, hands.now + REMINDED_AFTER)


async def _is_left_alone(hands: Hands, row: SupportOpinion) -> bool:
    """Whether the person wants no question, or is a member no more and could not answer."""
    gone = await members.has_left(hands.tx, hands.directory, row.person, row.community)
    return gone or await people.has_stopped(hands.tx, row.person)


async def _last_asked(tx: Transaction, row: SupportOpinion) -> datetime | None:
    own = select(func.max(SupportOpinion.asked_at)).where(SupportOpinion.person == row.person)
    found = [
        (await tx.exec(own)).first(),
        await of_help.last_asked(tx, row.person),
        await of_meetups.last_asked(tx, row.person),
    ]
    return max((at for at in found if at is not None), default=None)


async def remind(hands: Hands, row: SupportOpinion) -> None:
    """The question that has no answer, once more, and never again."""
    application = await hands.tx.get(SupportApplication, row.application)
    waiting = row.asked_at is not None and row.reminded_at is None and row.was_useful is None
    if application is None or not waiting or await _is_left_alone(hands, row):
        return
    row.reminded_at = hands.now
    await write(hands.tx, row)
    await _put(hands, application, row, again=True)


async def _put(hands: Hands, application: SupportApplication, row: SupportOpinion, *, again: bool) -> None:
    kind = USEFUL if row.went_well is not None else WENT
    await hands.outbox.close_cards(hands.tx, Ref(WENT, str(row.id)), Ref(USEFUL, str(row.id)))
    theme = await themes.get(hands.tx, application.theme)
    words: Words = (
        partial(texts_team.was_useful, again=again)
        if kind == USEFUL
        else lambda: texts_team.went_well(f"{theme_name(theme)} ({applications.number(application)})", again=again)
    )
    community = await applications.community_of(hands.tx, application)
    await tell(
        hands,
        row.person,
        words,
        key=f"support-opinion:{row.id}:{'again' if again else 'first'}",
        language=community.language,
        about=Ref(kind, str(row.id)),
        gestures=(Gesture.YES, Gesture.NO),
        unasked=True,
    )


async def get(tx: Transaction, item: str, *, person: str | None = None) -> SupportOpinion | None:
    """An opinion; with `person`, if it is theirs: nobody answers for another."""
    found = await tx.get(SupportOpinion, int(item), with_for_update=True)
    return found if found is not None and person in (None, found.person) else None


async def write(tx: Transaction, row: SupportOpinion) -> None:
    """Keep the answers."""
    tx.add(row)
    await tx.flush()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of the support that is asked about."""
    return list(await tx.exec(select(SupportOpinion.community).where(SupportOpinion.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The same, for its timers."""
    return next(iter(await belongs_to(tx, item)), None)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether an answer is still welcome."""
    asked = (await tx.exec(select(SupportOpinion.asked_at).where(SupportOpinion.id == int(item)))).first()
    return asked is not None and now < asked + WAITS


async def tally(tx: Transaction, community: str) -> Tally:
    """What people said of a community's supports: each question has its own respondents."""
    answers = [
        count
        for question in (col(SupportOpinion.went_well), col(SupportOpinion.was_useful))
        for count in (func.coalesce(func.sum(case((question.is_(True), 1), else_=0)), 0), func.count(question))
    ]
    asked = (SupportOpinion.community == community, col(SupportOpinion.asked_at).is_not(None))
    sums: Any = select(func.count(), *answers).select_from(SupportOpinion).where(*asked)
    count, well, of_well, useful, of_useful = (await tx.exec(sums)).one()
    return Tally(count, (well, of_well), (useful, of_useful))
