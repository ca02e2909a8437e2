"""Room upgrades: a link moves only if the mover has the right, and only into a room that says it replaces the old."""

import re
from collections.abc import Collection
from datetime import datetime
from enum import Enum, auto
from functools import partial

from bot import nouns
from bot.communities import Community, RoomBinding, RoomMove, communities, room_moves, rooms
from bot.communities.people import people
from bot.communities.rules.roles import ADMINISTRATOR_POWER, Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.tell import tell
from bot.dispatch.hear.expected_answers import Listening
from bot.events.events import Event, Invited, MembershipChanged, RoomUpgraded
from bot.events.messages import Message
from bot.events.room_actions import Join
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.sending.voice import Speaker
from bot.store.database import Transaction

ROOM = re.compile(r"!\S+")


class Moved(Enum):
    """What came of a move: done, refused, or not decided yet, as long as we cannot examine the successor."""

    NOT_YET = auto()
    DONE = auto()
    REFUSED = auto()


class Objection(Enum):
    """Why a room does not move."""

    NOT_ADMINISTRATOR = auto()
    NOT_TEAM = auto()
    NO_SUCCESSOR = auto()


class Upgrades:
    """Moves links. Anybody may name any room as successor or as predecessor, so both rooms must name each other."""

    def __init__(
        self, outbox: Outbox, directory: RoomDirectory, listening: Listening, *, operators: Collection[str]
    ) -> None:
        self._outbox = outbox
        self._account = outbox.account
        self._directory = directory
        self._listening = listening
        self._operators = frozenset(operators)

    async def asks(self, tx: Transaction, event: Event) -> set[tuple[str, str]]:
        """The rooms, and the people in them, about whom to ask the homeserver before this event is handled."""
        if isinstance(event, RoomUpgraded):
            return await self._asks_about(tx, event.room_id, event.sender)
        entering = isinstance(event, Invited) or (
            isinstance(event, MembershipChanged) and event.member == self._account
        )
        closed = await self._closed_for(tx, event.room_id) if entering else None
        return await self._asks_about(tx, closed.room_id, closed.mover) if closed else set()

    async def _asks_about(self, tx: Transaction, room_id: str, mover: str) -> set[tuple[str, str]]:
        bound = await rooms.binding(tx, room_id)
        community = await communities.get(tx, bound.community) if bound else None
        main = community.main_room if community else None
        return {(room, mover) for room in (room_id, main) if room} if bound else set()

    async def closed(self, tx: Transaction, event: RoomUpgraded, *, now: datetime) -> Moved:
        """Handle the tombstone of a room: move its link, refuse, or join the successor to examine it."""
        bound = await rooms.binding(tx, event.room_id)
        if bound is None:
            await self._forget_chat(tx, event)
            return Moved.NOT_YET
        move = self._move(event.room_id, event.replacement, event.sender, event.event_id, now)
        if not self._still_closed(move):
            return Moved.NOT_YET  # taken back meanwhile, or somebody named yet another room
        objection = await self._objection(tx, bound, move)
        if objection is not None:
            await self._stay(tx, bound, objection, now=now)
            return Moved.REFUSED
        await room_moves.begin(tx, move)
        if self._directory.facts(move.successor) is not None:
            return await self._settle(tx, move, now=now)
        await self._outbox.do(tx, Join(), key=event.event_id, to=move.successor, now=now)
        return Moved.NOT_YET

    async def _forget_chat(self, tx: Transaction, event: RoomUpgraded) -> None:
        """If the person closes our direct chat, write to them in another: the one they open, or a new one."""
        if await direct_chats.person_in(tx, self._account, event.room_id) == event.sender:
            await direct_chats.closed(tx, self._account, event.room_id)

    async def reopened(self, tx: Transaction, closing: str) -> None:
        """Cancel the move, if there is one, that the removed event `closing` had begun."""
        await room_moves.withdraw(tx, self._account, closing)

    async def expects(self, tx: Transaction, room_id: str) -> bool:
        """Whether a linked room is about to move into this one."""
        return await self._leading_to(tx, room_id) is not None

    async def arrived(self, tx: Transaction, room_id: str, *, now: datetime) -> Moved:
        """Decide the move into a room that we have joined: we see now who made it, and what it says it replaces."""
        move = await self._leading_to(tx, room_id)
        return await self._settle(tx, move, now=now) if move else Moved.NOT_YET

    async def _leading_to(self, tx: Transaction, room_id: str) -> RoomMove | None:
        """The move into a room: a stored one, or one that is allowed and not stored yet."""
        move = await room_moves.to(tx, self._account, room_id)
        if move is not None:
            return move
        closed = await self._closed_for(tx, room_id)
        bound = await rooms.binding(tx, closed.room_id) if closed else None
        if closed is None or bound is None or await self._objection(tx, bound, closed) is not None:
            return None
        return closed

    async def _closed_for(self, tx: Transaction, room_id: str) -> RoomMove | None:
        """The linked room that was closed in favour of this one, whoever did it."""
        for bound in await rooms.of_account(tx, self._account):
            facts = self._directory.facts(bound.room_id)
            if facts is not None and facts.replacement == room_id and facts.closed_by is not None:
                return self._move(bound.room_id, room_id, facts.closed_by, "", bound.linked_at)
        return None

    def _move(self, room_id: str, successor: str, mover: str, closing: str, now: datetime) -> RoomMove:
        return room_moves.of(self._account, room_id, successor=successor, mover=mover, closing=closing, begun_at=now)

    def _still_closed(self, move: RoomMove) -> bool:
        """Whether the room still names this successor; True for a room that we have left, which we cannot see."""
        facts = self._directory.facts(move.room_id)
        return facts is None or (facts.replacement, facts.closed_by) == (move.successor, move.mover)

    # ── who may, and where to ─────────────────────────────────────────────────────────────────────────────

    async def _objection(self, tx: Transaction, bound: RoomBinding, move: RoomMove) -> Objection | None:
        community = await communities.get(tx, bound.community)
        main = community is not None and community.main_room == move.room_id
        if not await self._may_move(tx, community, move.room_id, move.mover, main=main):
            return Objection.NOT_ADMINISTRATOR if main else Objection.NOT_TEAM
        return Objection.NO_SUCCESSOR if await self._is_taken(tx, move) else None

    async def _may_move(
        self, tx: Transaction, community: Community | None, room_id: str, mover: str, *, main: bool
    ) -> bool:
        """Whether the mover administers the room, or is an operator; or of the team, if it is not the main room."""
        if mover in self._operators:
            return True
        facts, here = self._directory.facts(room_id), self._directory.has_member(room_id, mover)
        if here and facts is not None and facts.power.power_of(mover) >= ADMINISTRATOR_POWER:
            return True
        if main:
            return False
        roles = await people.roles(
            tx, mover, community, directory=self._directory, here=here, operators=self._operators
        )
        return Role.MODERATOR in roles

    async def _is_taken(self, tx: Transaction, move: RoomMove) -> bool:
        """Whether the successor is no room id, or a room that we opened, linked, or use for a chat or another move."""
        successor, facts = move.successor, self._directory.facts(move.successor)
        if not ROOM.fullmatch(successor) or (facts is not None and facts.marker is not None):
            return True
        other = await room_moves.to(tx, self._account, successor)
        return (
            await rooms.binding(tx, successor) is not None
            or await direct_chats.person_in(tx, self._account, successor) is not None
            or (other is not None and other.room_id != move.room_id)
        )

    # ── the move ──────────────────────────────────────────────────────────────────────────────────────────

    async def _settle(self, tx: Transaction, move: RoomMove, *, now: datetime) -> Moved:
        """Move the link if whoever closed the room made the successor, and the successor says that it replaces it."""
        facts, bound = self._directory.facts(move.successor), await rooms.binding(tx, move.room_id)
        if facts is None or bound is None:
            return Moved.NOT_YET
        await room_moves.end(tx, move.room_id)
        if not self._still_closed(move):
            return Moved.REFUSED
        if (facts.replaces, facts.creator) != (move.room_id, move.mover) or not await self._follow(tx, move):
            await self._stay(tx, bound, Objection.NO_SUCCESSOR, now=now)
            return Moved.REFUSED
        return Moved.DONE

    async def _follow(self, tx: Transaction, move: RoomMove) -> bool:
        """Move the link and all that nouns have planned in the room; False, moving nothing, if the link cannot move."""
        if not await rooms.follow(tx, move.room_id, move.successor):
            return False
        for noun in nouns.NOUNS:
            for follow in noun.follow:
                await follow(tx, move.room_id, move.successor)
        tx.after_commit.append(partial(self._listening.moved, move.room_id, move.successor))
        return True

    async def _stay(self, tx: Transaction, bound: RoomBinding, objection: Objection, *, now: datetime) -> None:
        """Cancel the move and inform the team, once a day for a room: in the main room, else each in private."""
        await room_moves.end(tx, bound.room_id)
        community = await communities.get(tx, bound.community)
        if community is None:
            return
        main = community.main_room or bound.room_id
        facts = self._directory.facts(main)
        key = f"stays:{bound.room_id}:{now:%Y-%m-%d}"
        words = partial(_stays, community, bound.room_id, objection)
        if facts is None or "write" not in facts.missing:
            with speaking(community.language):
                message = Message(words(here=main == bound.room_id))
            await self._outbox.say(tx, message, key=f"{key}:{main}", to=main, now=now)
            return
        voice = Speaker(tx, now, self._outbox)
        for person in await people.team(tx, community, self._directory, but=self._account):
            own = f"{key}:{direct_chats.lane(person)}"
            await tell(voice, person, words, key=own, language=community.language, rings=False)


def _stays(community: Community, room_id: str, objection: Objection, *, here: bool = False) -> Text:
    closed = (
        _("This room was declared closed and another one named in its place. I do not move, and nothing changes.")
        if here
        else _(
            "A room of this community ({room}) was declared closed and another one named in its place. "
            "I do not move, and nothing changes."
        ).format(room=room_id)
    )
    return Text.of(
        closed,
        _reason(objection),
        _("To use the other room all the same, invite me there and write in it: `!admin community link {slug}`").format(
            slug=community.slug
        ),
    )


def _reason(objection: Objection) -> str:
    match objection:
        case Objection.NOT_ADMINISTRATOR:
            return _("Only somebody who administers the main room may move it.")
        case Objection.NOT_TEAM:
            return _("Only the community's team, or somebody who administers that room, may move it.")
        case Objection.NO_SUCCESSOR:
            return _("The new room does not say that it replaces the old one, or serves for something else already.")
