"""What happens to a team: formed, complete, at work, evaluated, ended; and who is told, once."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from bot.challenges.rules.solution import Trigger as OfSolution
from bot.communities.acting import Hands
from bot.communities.tell import Words, tell, tell_team
from bot.errors import NotNow, UserError
from bot.events.messages import Ref
from bot.teams import follow_up, members, records, room, sheet, texts
from bot.teams.rules.team import (
    FOLLOW_UP,
    GOING_ON,
    INVITES,
    KEYS,
    PROFESSIONS,
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
from bot.teams.tables import Team
from bot.teams.what_for import followed, tell_all, took_part


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

    `about` is what it works on: a solution, or an application, of which it is the only one.
    """
    if (known := await records.of_thing(hands.tx, about)) is not None:
        return known
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
    await followed(hands, team, OfSolution.ACCOMPANY)


# ── it works ──────────────────────────────────────────────────────────────────────────────────────────────


async def measure(hands: Hands, team: Team, *, by: Collection[Party], before: str = "", after: str = "") -> None:
    """Keep what was measured: the first time, the trial begins. Raises NotNow."""
    if team.status != Status.EXPERIMENTING:
        await records.move(hands, team, Trigger.EXPERIMENT, by=by)
        await followed(hands, team, OfSolution.EXPERIMENT)
    team.before, team.after = before or team.before, after or team.after
    team.changed_at = hands.now
    await records.write(hands.tx, team)


async def evaluate(hands: Hands, team: Team, *, by: Collection[Party], person: str, unmeasured: str = "") -> None:
    """The trial is over: all who took part learn what it brought, and a sheet is proposed. Raises NotNow."""
    lacking = not_measured(team.before, team.after, unmeasured)
    await records.move(hands, team, Trigger.EVALUATE, by=by, hindrances=lacking)
    team.unmeasured = unmeasured
    await _stop(hands, team)
    await followed(hands, team, OfSolution.EVALUATE)
    await tell_all(hands, team, partial(texts.evaluated, team), but=person)
    await room.refresh(hands, team)
    await sheet.propose(hands, team)


async def give_up(hands: Hands, team: Team, reason: str, *, by: Collection[Party], person: str) -> None:
    """It ends without a result, and all who took part learn why. Raises NotNow."""
    lacking = () if reason.strip() else (Refusal.REASON_MISSING,)
    had_begun = team.status != Status.FORMING
    await records.move(hands, team, Trigger.GIVE_UP, by=by, hindrances=lacking)
    team.reason = reason
    await _stop(hands, team)
    if had_begun:
        await followed(hands, team, OfSolution.RELEASE)
        await tell_all(hands, team, partial(texts.given_up, team), but=person)
    else:
        await _tell_members(hands, team, partial(texts.given_up, team), but=person)
    await room.leave(hands, team)


async def _tell_members(hands: Hands, team: Team, words: Words, *, but: str) -> None:
    """To those who had said yes to a team that never began."""
    community = await records.community_of(hands.tx, team)
    for one in await members.of(hands.tx, team, Seat.IN):
        if one.person != but:
            key = f"{KEYS}{team.id}:ended:{one.id}"
            await tell(hands, one.person, words, key=key, language=community.language, rings=False)


async def _stop(hands: Hands, team: Team) -> None:
    for timer in (WAITS, FOLLOW_UP):
        await hands.timers.cancel(hands.tx, timer, str(team.id))
    for one in await members.of(hands.tx, team, Seat.ASKED):
        await hands.timers.cancel(hands.tx, INVITES, str(one.id))
        await members.remove(hands.tx, team, one.person)
    await records.write(hands.tx, team)


# ── who leaves ────────────────────────────────────────────────────────────────────────────────────────────


async def leave(hands: Hands, team: Team, person: str, *, room_too: bool = True) -> bool:
    """Somebody is in it no more, nor asked: the moderators know once it has too few professions.

    False for whoever was neither.
    """
    found = await members.get(hands.tx, team, person)
    if found is None:
        return False
    was_in = found.status == Seat.IN
    await hands.timers.cancel(hands.tx, INVITES, str(found.id))
    if was_in and room_too:
        await room.remove(hands, team, person)
    await members.remove(hands.tx, team, person)
    if was_in and team.status in GOING_ON and team.status != Status.FORMING:
        await room.refresh(hands, team)
        await recount(hands, team)
    return was_in or found.status == Seat.ASKED


async def recount(hands: Hands, team: Team) -> None:
    """The moderators know, once, that a team at work has too few professions."""
    known = [one.profession for one in await members.of(hands.tx, team, Seat.IN)]
    few = distinct(known) < PROFESSIONS
    if few and not team.few_told:
        community = await records.community_of(hands.tx, team)
        key = f"{KEYS}{team.id}:few:{int(hands.now.timestamp())}"
        await tell_team(hands, community, partial(texts.too_few, team, known), key=key)
    team.few_told = few
    await records.write(hands.tx, team)
