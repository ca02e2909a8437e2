"""A team is asked each month where it stands; its silence is told once to the moderators."""

from datetime import datetime
from functools import partial

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.people import members as community_members
from bot.communities.tell import tell_team
from bot.events.messages import Message, Ref
from bot.help import settings
from bot.i18n import speaking
from bot.teams import log, members, records, room, texts
from bot.teams.rules.team import ACCOMPANIED, EVERY, FOLLOW_UP, KEYS, POINT, SILENT, Seat
from bot.teams.shown import language
from bot.teams.tables import Team, TeamNote


async def arm(hands: Hands, team: Team) -> None:
    """The next question comes in a month: at work, for a room reads it."""
    await hands.timers.set(hands.tx, FOLLOW_UP, str(team.id), due_at=await next_opening(hands, team, hands.now + EVERY))


async def next_opening(hands: Hands, team: Team, at: datetime) -> datetime:
    """This instant, or when people are at work again."""
    working = (await settings.of(hands.tx, await records.community_of(hands.tx, team))).working
    return at if working.is_open(at) else working.next_opening(at)


async def ask(hands: Hands, team: Team) -> list[str]:
    """Ask where it stands, once, however many months were missed; returns who has left its room unseen."""
    opens = await next_opening(hands, team, hands.now)
    if team.status not in ACCOMPANIED:
        return []
    if opens > hands.now:
        await hands.timers.set(hands.tx, FOLLOW_UP, str(team.id), due_at=opens)
        return []
    if team.unanswered >= SILENT and not team.silence_told:
        await _tell_silence(hands, team)
    await arm(hands, team)
    to = await room.place(hands, team)
    if to is None or (team.room_id is not None and not rooms.may_write(hands.directory, team.room_id)):
        return []  # what is not read is not left unanswered
    about = Ref(POINT, str(team.id))
    await hands.outbox.close_cards(hands.tx, about)
    with speaking(await language(hands, team)):
        message = Message(texts.where(team), rings=True)
    key = f"{KEYS}{team.id}:point:{int(hands.now.timestamp())}"
    await hands.outbox.say(hands.tx, message, key=key, to=to, now=hands.now, about=about, waits=True)
    team.asked_at, team.unanswered = hands.now, team.unanswered + 1
    await records.write(hands.tx, team)
    return await _gone(hands, team)


async def _gone(hands: Hands, team: Team) -> list[str]:
    """Those in the team of whom we know that they left its room. Raises MembersUnknown."""
    if team.room_id is None or hands.directory.facts(team.room_id) is None:
        return []
    community_members.require(hands.directory, team.room_id)
    inside = [one.person for one in await members.of(hands.tx, team, Seat.IN)]
    return [person for person in inside if hands.directory.has_gone(team.room_id, person)]


async def _tell_silence(hands: Hands, team: Team) -> None:
    team.silence_told = True
    community = await records.community_of(hands.tx, team)
    key = f"{KEYS}{team.id}:silent:{int(hands.now.timestamp())}"
    await tell_team(hands, community, partial(texts.silent, team), key=key)


async def answered(hands: Hands, team: Team, person: str, text: str, *, source: str) -> tuple[TeamNote, bool]:
    """Keep what a member says of where it stands; whether it is another wording of it."""
    found, again = await log.note(hands, team, person, text, source=source)
    team.unanswered, team.silence_told = 0, False
    await hands.outbox.close_cards(hands.tx, Ref(POINT, str(team.id)))
    await records.write(hands.tx, team)
    return found, again
