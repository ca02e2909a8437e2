"""Asked into a team: each in private, once and within their hours; what they answer; when it is complete."""

from functools import partial

from bot.challenges import solutions
from bot.challenges.rules.solution import SOLUTION
from bot.communities.acting import Hands
from bot.communities.tell import tell, tell_team, waits_in_private
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.help import settings
from bot.registers import professions
from bot.store.database import Transaction
from bot.teams import members, records, room, teams, texts_forming
from bot.teams.rules.team import ASK, GOING_ON, INVITES, KEYS, MOST, WAITS, Party, Seat, Status, hindrances
from bot.teams.tables import Team, TeamMember
from bot.teams.what_for import took_part
from bot.volunteers import availability

PATIENCE = 5
"""Working days after which the moderators know who has not answered."""


async def ask(hands: Hands, team: Team, person: str, *, author: bool = False) -> bool:
    """Ask somebody as soon as they may be disturbed; False when they were asked before, or the team is full."""
    seats = await members.of(hands.tx, team, Seat.ASKED, Seat.IN)
    if len(seats) >= MOST or not await members.ask(hands.tx, team, person, author=author, now=hands.now):
        return False
    found = await members.get(hands.tx, team, person)
    assert found is not None
    community = await records.community_of(hands.tx, team)
    own = await availability.of(hands.tx, person)
    due_at = availability.next_opening(own, hands.now, zone=community.time_zone)
    if due_at <= hands.now:
        await _send(hands, team, found)
    else:
        await hands.timers.set(hands.tx, INVITES, str(found.id), due_at=due_at)
    working = (await settings.of(hands.tx, community)).working
    await hands.timers.set(hands.tx, WAITS, str(team.id), due_at=working.add_days(max(due_at, hands.now), PATIENCE))
    return True


async def invites(hands: Hands, item: str) -> None:
    """Somebody who is asked may be disturbed now."""
    found = await members.row(hands.tx, int(item))
    team = await records.get(hands.tx, found.team) if found is not None else None
    if found is not None and team is not None and found.status == Seat.ASKED and team.status in GOING_ON:
        await _send(hands, team, found)


async def _send(hands: Hands, team: Team, found: TeamMember) -> None:
    community = await records.community_of(hands.tx, team)
    thing = records.about(team)
    solution = await solutions.get(hands.tx, thing.id) if thing.kind == SOLUTION else None
    words = partial(
        texts_forming.question,
        team,
        solution.text if solution is not None else "",
        found.profession,
        author=found.author,
    )
    await tell(
        hands,
        found.person,
        words,
        key=f"{KEYS}{team.id}:ask:{found.id}",
        language=community.language,
        about=Ref(ASK, str(team.id)),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=waits_in_private(community, found.person),
    )


async def waits(hands: Hands, team: Team) -> None:
    """People have not answered for long: the moderators choose, once."""
    asked = await members.of(hands.tx, team, Seat.ASKED)
    if team.status == Status.FORMING and asked:
        await _tell_stuck(hands, team, waiting=len(asked))


# ── the answers ───────────────────────────────────────────────────────────────────────────────────────────


async def accept(hands: Hands, team: Team, person: str, profession: str | None) -> TeamMember | None:
    """Somebody who was asked is in it, with their profession; None for anybody else, and once it is over."""
    found = await members.get(hands.tx, team, person)
    if found is None or found.status == Seat.IN or team.status not in GOING_ON:
        return None
    found.profession = profession
    await members.answer(hands.tx, found, Seat.IN, now=hands.now)
    await took_part(hands, team, person)
    if team.status == Status.FORMING:
        await settle(hands, team)
    else:
        await room.invite(hands, team, person)
        await room.refresh(hands, team)
        await teams.recount(hands, team)
    return found


async def decline(hands: Hands, team: Team, person: str) -> bool:
    """Somebody who was asked is not in it; False for anybody else."""
    found = await members.get(hands.tx, team, person)
    if found is None or found.status != Seat.ASKED:
        return False
    await members.answer(hands.tx, found, Seat.DECLINED, now=hands.now)
    if team.status == Status.FORMING:
        await settle(hands, team)
    return True


async def take_back(hands: Hands, team: Team, person: str) -> bool:
    """Somebody removes their yes before the team begins; False for anybody else."""
    found = await members.get(hands.tx, team, person)
    if found is None or found.status != Seat.IN or team.status != Status.FORMING:
        return False
    await members.answer(hands.tx, found, Seat.DECLINED, now=hands.now)
    await hands.outbox.wait_again(hands.tx, f"{KEYS}{team.id}:ask:{found.id}")
    await settle(hands, team)
    return True


async def is_profession(_tx: Transaction, _item: str, words: str) -> bool:
    """Whether the words are a profession of the list, and nothing else."""
    return professions.named(words, exactly=True) is not None


async def give_profession(hands: Hands, team: Team, found: TeamMember, profession: str) -> None:
    """Somebody who is in it says what they do."""
    found.profession = profession
    await members.write(hands.tx, found)
    if team.status == Status.FORMING:
        await settle(hands, team)
    else:
        await room.refresh(hands, team)
        await teams.recount(hands, team)


async def leave(hands: Hands, team: Team, person: str, *, room_too: bool = True) -> None:
    """Somebody is in it no more, nor asked; of a team that is being formed, nobody may be waited for any more."""
    if await teams.leave(hands, team, person, room_too=room_too) and team.status == Status.FORMING:
        await settle(hands, team)


async def settle(hands: Hands, team: Team) -> None:
    """Once nobody is waited for, it is complete, or the moderators know what is missing."""
    if await members.of(hands.tx, team, Seat.ASKED):
        return
    known = [one.profession for one in await members.of(hands.tx, team, Seat.IN)]
    if not hindrances(known, exception=team.exception):
        await teams.complete(hands, team, by={Party.SYSTEM})
    else:
        await _tell_stuck(hands, team, waiting=0)


async def _tell_stuck(hands: Hands, team: Team, *, waiting: int) -> None:
    community = await records.community_of(hands.tx, team)
    known = [one.profession for one in await members.of(hands.tx, team, Seat.IN)]
    key = f"{KEYS}{team.id}:stuck:{waiting}:{len(await members.of(hands.tx, team))}:{len(known)}"
    await tell_team(hands, community, partial(texts_forming.stuck, team, known, waiting), key=key)
