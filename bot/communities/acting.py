"""What functions that act receive: a transaction, the present instant, the outbox, the timers and the like."""

from typing import Protocol

from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.tables import Community
from bot.mailbox.sending.voice import Voice
from bot.mailbox.timers import Timers


class Hands(Voice, Protocol):
    """A command's context and a timer's moment are both of this shape."""

    @property
    def account(self) -> str: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def directory(self) -> RoomDirectory: ...


class Actor(Hands, Protocol):
    """The same for what a person does: who acts, where, with which rights."""

    @property
    def sender(self) -> str: ...
    @property
    def room_id(self) -> str: ...
    @property
    def community(self) -> Community | None: ...
    @property
    def roles(self) -> frozenset[Role]: ...
