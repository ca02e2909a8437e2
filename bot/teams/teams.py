"""What happens to a team: formed, complete, at work, evaluated, ended; and who is told, once."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from bot.challenges import Challenge, followed, solutions
from bot.challenges.rules.challenge import CHALLENGE
from bot.challenges.rules.solution import SOLUTION
from bot.challenges.rules.solution import Trigger as OfSolution
from bot.communities.acting import Hands
from bot.communities.tell import Words, tell_team
from bot.contributors import returns
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.i18n import speaking
from bot.sheets import Sheet, sheets
from bot.teams import follow_up, members, records, room, texts
from bot.teams.rules.team import (
    FOLLOW_UP,
    GOING_ON,
    INVITES,
    KEYS,
    PROFESSIONS,
    SHEET,
    WAITS,
    Party,
    Refusal,
    Seat,
    Status,
    Trigger,
    distinct,
    hindrances,
    not_measured,
)
from bot.teams.shown import language
from bot.teams.tables import Team


@contextmanager
def explained(team: Team) -> Iterator[None]:
    """A step that is refused becomes the sentence that says why."""
    try:
        yield
    except NotNow as error:
        raise UserError(texts.refused(team, Refusal(error.why))) from None


async def form(
    hands: Hands,
    community: str,
    name: str,
    members: Sequence[tuple[str, str | None]],
    *,
    about: Ref,
    moderator: str | None,
) -> Team:
    """A team that agreed elsewhere: pairs of person and profession. It has its room and is at work.

    `about` is what it works on: a solution, or an application.
    """
    team = await records.begin(hands, community, name, about=about, moderator=moderator)
    for person, profession in members:
        await seat(hands, team, person, profession)
    await _begin(hands, team, Trigger.ADOPT, by={Party.SYSTEM})
    return team


async def seat(hands: Hands, team: Team, person: str, profession: str | None) -> None:
    """Somebody who agreed elsewhere is in it."""
    if await members.seat(hands.tx, team, person, profession, now=hands.now):
        await took_part(hands, team, person)


async def complete(hands: Hands, team: Team, *, by: Collection[Party]) -> None:
    """Its people are enough, of enough professions: it has a room, and begins. Raises NotNow."""
    await _begin(hands, team, Trigger.COMPLETE, by=by)


async def _begin(hands: Hands, team: Team, trigger: Trigger, *, by: Collection[Party]) -> None:
    known = [one.profession for one in await members.of(hands.tx, team, Seat.IN)]
    in_the_way = hindrances(known, exception=team.exception)
    await records.move(hands, team, trigger, by=by, hindrances=in_the_way)
    team.complete_at, team.few_told = hands.now, distinct(known) < PROFESSIONS
    await hands.timers.cancel(hands.tx, WAITS, str(team.id))
    await room.open_room(hands, team)
    await follow_up.arm(hands, team)
    await _followed(hands, team, OfSolution.ACCOMPANY)


# ── it works ──────────────────────────────────────────────────────────────────────────────────────────────


async def measure(hands: Hands, team: Team, *, by: Collection[Party], before: str = "", after: str = "") -> None:
    """Keep what was measured: the first time, the trial begins. Raises NotNow."""
    if team.status != Status.EXPERIMENTING:
        await records.move(hands, team, Trigger.EXPERIMENT, by=by)
        await _followed(hands, team, OfSolution.EXPERIMENT)
    team.before, team.after = before or team.before, after or team.after
    team.changed_at = hands.now
    await records.write(hands.tx, team)


async def evaluate(hands: Hands, team: Team, *, by: Collection[Party], person: str, unmeasured: str = "") -> None:
    """The trial is over: all who took part learn what it brought, and a sheet is proposed. Raises NotNow."""
    lacking = not_measured(team.before, team.after, unmeasured)
    await records.move(hands, team, Trigger.EVALUATE, by=by, hindrances=lacking)
    team.unmeasured = unmeasured
    await _stop(hands, team)
    await _followed(hands, team, OfSolution.EVALUATE)
    await _tell(hands, team, partial(texts.evaluated, team), but=person)
    await room.refresh(hands, team)
    await _propose_sheet(hands, team)


async def _propose_sheet(hands: Hands, team: Team) -> None:
    to = await room.place(hands, team)
    if to is None:
        return
    with speaking(await language(hands, team)):
        message = Message(texts.propose_sheet(team), rings=True)
    key, about = f"{KEYS}{team.id}:sheet", Ref(SHEET, str(team.id))
    await hands.outbox.say(
        hands.tx, message, key=key, to=to, now=hands.now, about=about, waits=True, gestures=(Gesture.YES,)
    )


async def write_sheet(hands: Hands, team: Team, person: str) -> Sheet | None:
    """Begin the sheet with what is known, for whoever writes it; None if somebody does already."""
    known = await sheets.get(hands.tx, team.sheet) if team.sheet is not None else None
    if team.status != Status.EVALUATED or (known is not None and not follow_up.is_over(known)):
        return None
    need, done = await _told_of(hands, team)
    with speaking(await language(hands, team)):
        result = "\n".join(texts.measured(team))
    sheet = await sheets.begin(hands, team.community, person, origin=records.number(team), need=need)
    sheet.done, sheet.result = done, result
    await sheets.change(hands, sheet)
    team.sheet = sheet.id
    await records.write(hands.tx, team)
    return sheet


async def _told_of(hands: Hands, team: Team) -> tuple[str, str]:
    """The need and what was done, as far as a challenge and its solution tell them."""
    thing = records.about(team)
    solution = await solutions.get(hands.tx, thing.id) if thing.kind == SOLUTION else None
    return follow_up.shortened(team.name), follow_up.shortened(solution.text if solution is not None else "")


async def capitalise(hands: Hands, team: Team, sheet: Sheet) -> None:
    """Its sheet is published: all who took part may read it. Raises NotNow."""
    await records.move(hands, team, Trigger.CAPITALISE, by={Party.SYSTEM})
    await _followed(hands, team, OfSolution.CAPITALISE)
    await _tell(hands, team, partial(texts.capitalised, team, sheets.number(sheet)), but=sheet.author)
    await hands.outbox.close_cards(hands.tx, Ref(SHEET, str(team.id)))
    await room.leave(hands, team)


async def give_up(hands: Hands, team: Team, reason: str, *, by: Collection[Party], person: str) -> None:
    """It ends without a result, and all who took part learn why. Raises NotNow."""
    lacking = () if reason.strip() else (Refusal.REASON_MISSING,)
    had_begun = team.status != Status.FORMING
    await records.move(hands, team, Trigger.GIVE_UP, by=by, hindrances=lacking)
    team.reason = reason
    await _stop(hands, team)
    if had_begun:
        await _followed(hands, team, OfSolution.RELEASE)
        await _tell(hands, team, partial(texts.given_up, team), but=person)
    await room.leave(hands, team)


async def _stop(hands: Hands, team: Team) -> None:
    for timer in (WAITS, FOLLOW_UP):
        await hands.timers.cancel(hands.tx, timer, str(team.id))
    for one in await members.of(hands.tx, team, Seat.ASKED):
        await hands.timers.cancel(hands.tx, INVITES, str(one.id))
        await members.remove(hands.tx, team, one.person)
    await records.write(hands.tx, team)


# ── who leaves ────────────────────────────────────────────────────────────────────────────────────────────


async def leave(hands: Hands, team: Team, person: str) -> None:
    """Somebody is in it no more, nor asked: the moderators know once it has too few professions."""
    found = await members.get(hands.tx, team, person)
    if found is None:
        return
    was_in = found.status == Seat.IN
    await hands.timers.cancel(hands.tx, INVITES, str(found.id))
    if was_in:
        await room.remove(hands, team, person)
    await members.remove(hands.tx, team, person)
    if was_in and team.status in GOING_ON and team.status != Status.FORMING:
        await room.refresh(hands, team)
        await _tell_few(hands, team)


async def _tell_few(hands: Hands, team: Team) -> None:
    known = [one.profession for one in await members.of(hands.tx, team, Seat.IN)]
    few = distinct(known) < PROFESSIONS
    if few and not team.few_told:
        community = await records.community_of(hands.tx, team)
        key = f"{KEYS}{team.id}:few:{int(hands.now.timestamp())}"
        await tell_team(hands, community, partial(texts.too_few, team, known), key=key)
    team.few_told = few
    await records.write(hands.tx, team)


# ── who took part ─────────────────────────────────────────────────────────────────────────────────────────


async def took_part(hands: Hands, team: Team, person: str) -> None:
    """The person hears once of each end of what the team works on."""
    thing = await _thing(hands, team)
    await returns.given(hands.tx, thing, person, community=team.community, now=hands.now)


async def _tell(hands: Hands, team: Team, words: Words, *, but: str | None) -> None:
    await returns.ended(hands, await _thing(hands, team), f"{records.number(team)} {team.status}", words, but=but)


async def _thing(hands: Hands, team: Team) -> Ref:
    """What all who took part gave something to: the challenge of the solution, else what the team works on."""
    thing = records.about(team)
    solution = await solutions.get(hands.tx, thing.id) if thing.kind == SOLUTION else None
    return Ref(CHALLENGE, str(solution.challenge)) if solution is not None else thing


async def _followed(hands: Hands, team: Team, trigger: OfSolution) -> Challenge | None:
    """A challenge and its solution go on with their team."""
    thing = records.about(team)
    return await followed.move(hands, thing.id, trigger) if thing.kind == SOLUTION else None
