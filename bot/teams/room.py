"""A team's own room: made once, followed, and left at the end."""

from functools import partial

from bot.communities import Community, rooms
from bot.communities.acting import Hands
from bot.communities.tell import aloud
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.room_actions import CreateRoom, Leave, SetState
from bot.i18n import speaking
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import FAILED, SENT
from bot.teams import members, records, texts
from bot.teams.rules.team import CHECK_AFTER, GOING_ON, KEYS, RHYTHM, ROOM_CHECK, TEAM, Seat
from bot.teams.shown import language, shown
from bot.teams.tables import Team

MODERATOR = 50
"""What members have there: they may name it; who is in it is for the bot."""
MEMBER = "m.room.member"


async def open_room(hands: Hands, team: Team) -> None:
    """Invite all who are in the team; what is said in the room waits until it exists. The key makes it one room."""
    if team.room_key is not None:
        return
    key = team.room_key = f"{KEYS}{team.id}:room"
    people = tuple(one.person for one in await members.of(hands.tx, team, Seat.IN))
    community = await records.community_of(hands.tx, team)
    with speaking(community.language):
        name, topic = texts.room_name(team), texts.room_topic(team)
        act = CreateRoom(invite=people, name=name, topic=topic, power=MODERATOR, closed=True)
        message = Message(texts.card(await shown(hands, team)), rings=True, mentioned=people)
    lane, main = f"made:{key}", community.main_room
    await hands.timers.set(hands.tx, ROOM_CHECK, str(team.id), due_at=hands.now + CHECK_AFTER)
    lost = aloud(main, partial(texts.no_room, team), language=community.language) if main is not None else None
    await hands.outbox.do(hands.tx, act, key=key, to=lane, now=hands.now)
    team.card = f"{key}:card"
    about = Ref(TEAM, str(team.id))
    await hands.outbox.say(
        hands.tx, message, key=team.card, to=lane, now=hands.now, about=about, waits=True, otherwise=lost
    )
    if team.rhythm:
        await _propose_meetups(hands, team, lane, community)
    await records.write(hands.tx, team)


async def _propose_meetups(hands: Hands, team: Team, lane: str, community: Community) -> None:
    with speaking(community.language):
        message = Message(texts.rhythm(team), rings=True)
    key, about = f"{team.room_key}:rhythm", Ref(RHYTHM, str(team.id))
    await hands.outbox.say(
        hands.tx, message, key=key, to=lane, now=hands.now, about=about, waits=True, gestures=(Gesture.YES,)
    )


async def made(hands: Hands, room_id: str) -> Team | None:
    """The room exists: it belongs to the team, and to its community. None for a room that no team waits for."""
    facts = hands.directory.facts(room_id)
    key = await delivery.made(hands.tx, hands.account, facts.marker) if facts is not None and facts.marker else None
    identity = key.removeprefix(KEYS).partition(":")[0] if key is not None and key.startswith(KEYS) else ""
    team = await records.get(hands.tx, identity, lock=True) if identity.isdigit() else None
    if team is None or team.room_key != key or team.room_id is not None:
        return None
    community = await records.community_of(hands.tx, team)
    bound = await rooms.link(
        hands.tx, room_id, community, account=hands.account, by=hands.account, now=hands.now, main=False
    )
    await rooms.set_kind(hands.tx, bound, rooms.OWN)
    team.room_id = room_id
    return await records.write(hands.tx, team)


async def check(hands: Hands, team: Team) -> None:
    """If the room exists and no sync told us that we are in it, it is the team's all the same."""
    if team.room_id is not None or team.room_key is None:
        return
    row = await hands.outbox.row(hands.tx, team.room_key)
    if row is not None and row.status == SENT and row.event_id:
        await made(hands, row.event_id)
    if team.room_id is None and row is not None and row.status != FAILED:
        await hands.timers.set(hands.tx, ROOM_CHECK, str(team.id), due_at=hands.now + CHECK_AFTER)


async def place(hands: Hands, team: Team) -> str | None:
    """Where to write to the team: its room once it exists, before the lane that becomes it; None without either."""
    if team.room_id is not None or team.room_key is None:
        return team.room_id
    row = await hands.outbox.row(hands.tx, team.room_key)
    if row is None or row.status == FAILED:
        return None
    return row.event_id if row.status == SENT and row.event_id else f"made:{team.room_key}"


async def refresh(hands: Hands, team: Team) -> None:
    """The card in the room follows, by an edit."""
    to = await place(hands, team)
    if team.card is None or to is None:
        return
    team.edits += 1
    with speaking(await language(hands, team)):
        message = Message(texts.card(await shown(hands, team)), rings=True)
    row = await hands.outbox.row(hands.tx, team.card)
    if row is not None and row.lane == to:
        await hands.outbox.edit(hands.tx, message, key=f"{team.card}:{team.edits}", of=team.card, now=hands.now)
    else:  # the room was upgraded: the old card is out of sight
        team.card = f"{KEYS}{team.id}:card:{team.edits}"
        about = Ref(TEAM, str(team.id))
        await hands.outbox.say(
            hands.tx, message, key=team.card, to=to, now=hands.now, about=about, waits=team.status in GOING_ON
        )
    await records.write(hands.tx, team)


async def invite(hands: Hands, team: Team, person: str) -> None:
    """Somebody joins the team when its room is made already."""
    await _member(hands, team, person, "invite")


async def remove(hands: Hands, team: Team, person: str) -> None:
    """Somebody is in the team no more, and so not in its room."""
    if team.room_id is None or not hands.directory.has_gone(team.room_id, person):
        await _member(hands, team, person, "leave")


async def _member(hands: Hands, team: Team, person: str, membership: str) -> None:
    to = await place(hands, team)
    if to is None:
        return
    seat = await members.get(hands.tx, team, person)
    key = f"{KEYS}{team.id}:{membership}:{seat.id if seat is not None else 0}:{int(hands.now.timestamp())}"
    act = SetState(MEMBER, {"membership": membership}, person)
    await hands.outbox.do(hands.tx, act, key=key, to=to, now=hands.now)


async def leave(hands: Hands, team: Team) -> None:
    """Say goodbye and leave: its members keep the room."""
    to = await place(hands, team)
    if to is None:
        return
    with speaking(await language(hands, team)):
        goodbye = Message(texts.goodbye(team))
    for what, act in (("goodbye", None), ("leave", Leave())):
        key = f"{team.room_key}:{what}"
        if act is None:
            await hands.outbox.say(hands.tx, goodbye, key=key, to=to, now=hands.now)
        else:
            await hands.outbox.do(hands.tx, act, key=key, to=to, now=hands.now)
    bound = await rooms.binding(hands.tx, team.room_id) if team.room_id is not None else None
    if bound is not None and bound.kind == rooms.OWN:
        await rooms.unlink(hands.tx, bound)
    team.room_id = team.room_key = team.card = None
    await records.write(hands.tx, team)
