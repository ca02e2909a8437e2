"""The room in which the teams of a theme exchange: made once, or linked by the community's team."""

import secrets
from collections.abc import Sequence

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.communities import name_in
from bot.events.messages import Message
from bot.events.room_actions import CreateRoom, SetState
from bot.events.text import Text, title
from bot.i18n import _, speaking
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import FAILED, SENT
from bot.programmes import applications, members, themes
from bot.programmes.rules.application import ROOMS
from bot.programmes.tables import SupportTheme
from bot.programmes.texts import theme_name

_MEMBER = "m.room.member"


async def welcome(hands: Hands, theme: SupportTheme, people: Sequence[str]) -> None:
    """Invite these people into the theme's room, which is made if there is none. The theme is locked."""
    found = await _place(hands, theme)
    place = found or await _make(hands, theme)
    for person in people:
        await _invite(hands, theme, person, place, key=f"invite:{theme.rooms_made}:{secrets.token_hex(8)}")
    if found is None:
        await _greet(hands, theme, place)


async def _place(hands: Hands, theme: SupportTheme) -> str | None:
    """The room, or the lane of one that is being made; None if there will be none."""
    if theme.room_id is not None:
        return theme.room_id if hands.directory.facts(theme.room_id) is not None else None
    row = await hands.outbox.row(hands.tx, theme.room_key) if theme.room_key is not None else None
    if row is None or row.status == FAILED:
        return None
    return row.event_id if row.status == SENT and row.event_id else f"made:{row.key}"


async def _make(hands: Hands, theme: SupportTheme) -> str:
    """A new room; its key makes it one room for all that are accepted at once."""
    theme.rooms_made += 1
    key = theme.room_key = f"{ROOMS}{theme.id}:room:{theme.rooms_made}"
    theme.room_id = None
    await themes.write(hands.tx, theme)
    community = await themes.community_of(hands.tx, theme)
    with speaking(community.language):
        name = _("{theme}, supported teams").format(theme=theme_name(theme))
        topic = _("{community}: where the teams of a theme exchange").format(
            community=name_in(community, community.language)
        )
    place = f"made:{key}"
    await hands.outbox.do(hands.tx, CreateRoom(invite=(), name=name, topic=topic), key=key, to=place, now=hands.now)
    return place


async def made(hands: Hands, room_id: str) -> None:
    """The room exists: it belongs to the community, so that it is followed when it is upgraded."""
    facts = hands.directory.facts(room_id)
    key = await delivery.made(hands.tx, hands.account, facts.marker) if facts is not None and facts.marker else None
    theme = await themes.of_key(hands.tx, key) if key is not None else None
    if theme is None or theme.room_id is not None:
        return
    community, ours = await themes.community_of(hands.tx, theme), hands.account
    bound = await rooms.link(hands.tx, room_id, community, account=ours, by=ours, now=hands.now, main=False)
    await rooms.set_kind(hands.tx, bound, rooms.OWN)
    theme.room_id = room_id
    await themes.write(hands.tx, theme)


async def _greet(hands: Hands, theme: SupportTheme, place: str) -> None:
    """Behind the invitations: whoever is not invited yet could not read it in an encrypted room."""
    with speaking((await themes.community_of(hands.tx, theme)).language):
        hello = Message(_hello(theme))
    await hands.outbox.say(hands.tx, hello, key=f"{theme.room_key}:hello", to=place, now=hands.now)


def _hello(theme: SupportTheme) -> Text:
    return Text.of(
        title(_("The supported teams: {theme}").format(theme=theme_name(theme))),
        _("Here the teams of this theme tell each other what works and what gets in the way."),
        _("Never data of a patient. To call me here: `!help`"),
    )


async def _invite(hands: Hands, theme: SupportTheme, person: str, place: str, *, key: str) -> None:
    if place.startswith("!") and hands.directory.has_member(place, person):
        return
    act = SetState(_MEMBER, {"membership": "invite"}, person)
    await hands.outbox.do(hands.tx, act, key=f"{ROOMS}{theme.id}:{key}", to=place, now=hands.now)


async def invite_again(hands: Hands, theme: SupportTheme, person: str, *, key: str) -> None:
    """Somebody of a supported team asks for it once more."""
    if (place := await _place(hands, theme)) is None:
        await welcome(hands, theme, [person])
    else:
        await _invite(hands, theme, person, place, key=f"again:{key}")


async def link(hands: Hands, theme: SupportTheme, room_id: str) -> None:
    """The community's team chose a room; all who are supported now are invited to it."""
    theme.room_id, theme.room_key = room_id, None
    await themes.write(hands.tx, theme)
    for application in await applications.accepted_in(hands.tx, theme.id or 0):
        await welcome(hands, theme, [row.person for row in await members.agreed(hands.tx, application)])


async def shown_out(hands: Hands, theme: SupportTheme, person: str) -> None:
    """Who is in the community no more is not in the room that we made either; of a linked one we do not decide."""
    place = await _place(hands, theme) if theme.room_key is not None else None
    if place is not None:
        act = SetState(_MEMBER, {"membership": "leave"}, person)
        key = f"{ROOMS}{theme.id}:out:{secrets.token_hex(8)}"
        await hands.outbox.do(hands.tx, act, key=key, to=place, now=hands.now)


async def address(hands: Hands, theme: SupportTheme) -> str | None:
    """The room, once it exists."""
    place = await _place(hands, theme)
    return place if place is not None and place.startswith("!") else None
