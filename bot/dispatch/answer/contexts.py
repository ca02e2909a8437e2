"""Builds the context of an event: where it happened, who did it, what they may do."""

from collections.abc import Collection
from datetime import datetime

from bot.communities import Community, RoomBinding, communities, rooms
from bot.communities.people import members, people
from bot.communities.rules.roles import Role, may_set_room
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.rules.serving import Serving
from bot.dispatch.answer.context import Context
from bot.dispatch.hear.expected_answers import Listening
from bot.dispatch.hear.quotes import Quotes
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch.health import Watch
from bot.events.events import Event
from bot.i18n import DEFAULT
from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import Card, Outbox
from bot.mailbox.timers import Timers
from bot.quotas import Quotas
from bot.resources.library import Library
from bot.store.database import Transaction
from bot.text.plain_text import fold

DIRECT_MEMBERS = 2


class Contexts:
    """Makes the context of each event."""

    def __init__(
        self,
        *,
        menu: Menu,
        outbox: Outbox,
        timers: Timers,
        library: Library,
        directory: RoomDirectory,
        listening: Listening,
        operators: Collection[str],
        health: Watch,
        public_url: str = "",
        serving: Serving,
        quotas: Quotas,
        quotes: Quotes,
    ) -> None:
        self._quotes = quotes
        self._quotas = quotas
        self._serving = serving
        self.public_url = public_url
        self.menu = menu
        self.listening = listening
        self._outbox = outbox
        self._timers = timers
        self._library = library
        self._directory = directory
        self._operators = frozenset(operators)
        self._health = health

    async def of(self, tx: Transaction, event: Event, *, now: datetime, card: Card | None = None) -> Context:
        """The context of an event; rights are those of this very moment."""
        binding = await rooms.binding(tx, event.room_id)
        direct = binding is None and await self._is_theirs(tx, event)
        found = await self._communities(tx, event.sender, binding, direct=direct)
        community = found[0] if len(found) == 1 else await self._chosen(tx, event.sender, found)
        return Context(
            tx=tx,
            now=now,
            event=event,
            language=await self.language(tx, event, binding, community, direct=direct),
            direct=direct,
            community=community,
            communities=found,
            binding=binding,
            roles=await self._roles_here(tx, event, community, direct=direct),
            card=card,
            account=self._outbox.account,
            public_url=self.public_url,
            operators=self._operators,
            quotas=self._quotas,
            serving=self._serving,
            menu=self.menu,
            outbox=self._outbox,
            timers=self._timers,
            library=self._library,
            directory=self._directory,
            listening=self.listening,
            roles_in=self.roles,
            quotes=self._quotes,
            health=self._health,
        )

    async def _chosen(self, tx: Transaction, mxid: str, shared: tuple[Community, ...]) -> Community | None:
        """Of several communities, the one that the person chose for private conversations; None if they chose none."""
        slug = await people.community_of(tx, mxid) if shared else None
        return next((community for community in shared if community.slug == slug), None)

    async def _roles_here(
        self, tx: Transaction, event: Event, community: Community | None, *, direct: bool
    ) -> frozenset[Role]:
        """The person's roles in the community, and whether they may change the settings of this room."""
        roles = await self.roles(tx, event.sender, community, here=community is not None)
        facts = self._directory.facts(event.room_id) if not direct else None
        leads = bool(roles & {Role.MODERATOR, Role.OPERATOR})
        hosts = leads or (facts is not None and may_set_room(event.sender, facts.power))
        return roles | {Role.HOST, Role.INSIDER} if hosts else roles

    async def roles(self, tx: Transaction, mxid: str, community: Community | None, *, here: bool) -> frozenset[Role]:
        """The person's roles in a community."""
        return await people.roles(tx, mxid, community, directory=self._directory, here=here, operators=self._operators)

    async def language(
        self,
        tx: Transaction,
        event: Event,
        binding: RoomBinding | None,
        community: Community | None,
        *,
        direct: bool,
    ) -> str:
        """The room's language in a room, the person's in private."""
        own = await people.language_of(tx, event.sender) if direct else None
        room = binding.language if binding else None
        return own or room or (community.language if community else DEFAULT)

    async def look_up(self, tx: Transaction, event: Event, text: str) -> set[str]:
        """The rooms whose power levels and members must be asked for before a moderator's action.

        They are this room and the main rooms of its community, in private of the person's, and of those in the text.
        """
        binding = await rooms.binding(tx, event.room_id)
        here = {binding.community} if binding else await self._shared(tx, event.sender)
        named = set(fold(text).text.split()) | here
        main = {community.main_room for community in await communities.every(tx) if community.slug in named}
        return {room for room in main if room} | {event.room_id}

    async def unknown_memberships(self, tx: Transaction, event: Event) -> set[str]:
        """In a direct chat with somebody not seen in any room yet: the rooms to ask about them."""
        facts = self._directory.facts(event.room_id)
        if (facts is not None and facts.members > DIRECT_MEMBERS) or not await self.is_direct(tx, event.room_id):
            return set()
        linked = await rooms.of_account(tx, self._outbox.account)
        bound = [room.room_id for room in linked if room.kind != rooms.OWN]
        if any(self._directory.has_member(room_id, event.sender) for room_id in bound):
            return set()
        return set(members.readable(self._directory, bound))

    async def proofs(self, tx: Transaction, person: str, slugs: Collection[str]) -> set[str]:
        """The rooms that tell whether the person is a member of each community: where they were seen, else all."""
        linked = await rooms.of_account(tx, self._outbox.account)
        bound = [room for room in linked if room.community in slugs and room.kind != rooms.OWN]
        seen = {room.room_id: room.community for room in bound if self._directory.has_member(room.room_id, person)}
        unseen = [room.room_id for room in bound if room.community not in seen.values()]
        return {*seen, *members.readable(self._directory, unseen)}

    async def _shared(self, tx: Transaction, person: str) -> set[str]:
        """The communities in whose rooms the person has been seen."""
        return await members.shared(tx, self._outbox.account, self._directory, person)

    async def is_direct(self, tx: Transaction, room_id: str) -> bool:
        """Whether the room is our conversation with one person."""
        return await direct_chats.person_in(tx, self._outbox.account, room_id) is not None

    async def _is_theirs(self, tx: Transaction, event: Event) -> bool:
        """Whether the room is our conversation with whoever acts; a third person in it is no part of it."""
        return await direct_chats.person_in(tx, self._outbox.account, event.room_id) == event.sender

    async def _communities(
        self, tx: Transaction, sender: str, binding: RoomBinding | None, *, direct: bool
    ) -> tuple[Community, ...]:
        """In a room, its community, but for whoever has left it and is still where we brought people together; in a
        direct chat, those in whose rooms the person is."""
        if binding is not None:
            here = await communities.get(tx, binding.community)
            own = binding.kind == rooms.OWN
            if own and await members.has_left(tx, self._directory, sender, binding.community):
                return ()
            return (here,) if here else ()
        if not direct:
            return ()
        slugs = await self._shared(tx, sender)
        return tuple(community for community in await communities.every(tx) if community.slug in slugs)
