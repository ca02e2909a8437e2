"""The page of a noun: all that the rest of the program must know of it. `nouns.NOUNS` lists them.

Whoever looks after something for all nouns (privacy, retention, departures, upgraded rooms, undo, migrations) goes
through that list: a new noun is a folder with a page, and one line there.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlmodel import SQLModel

from bot.communities.acting import Actor, Hands
from bot.communities.contributed import Contributed
from bot.communities.figures.figures import Figures
from bot.communities.settings.setting import Fixed, Setting
from bot.lifecycle import Lifecycle
from bot.person_columns import PersonColumns
from bot.readers import Reads
from bot.store.database import Transaction

Fields = Mapping[str, Any]
"""Columns of a thing, or whatever describes how it is."""


class Follow(Protocol):
    """A room was upgraded: what is planned in the old one is for the new one."""

    async def __call__(self, tx: Transaction, old: str, new: str, /) -> None: ...


class ForgetOld(Protocol):
    """Deletes what is older than its owner says; returns how many rows. It is called again until it returns none."""

    async def __call__(self, tx: Transaction, /, *, now: datetime) -> int: ...


class Erase(Protocol):
    """Ends what goes on with a person, before their rows lose the name."""

    async def __call__(self, hands: Hands, person: str, /) -> None: ...


class Engages(Protocol):
    """Whether something goes on with a person or is to come: they are not erased for their silence meanwhile."""

    async def __call__(self, tx: Transaction, person: str, /, *, now: datetime) -> bool: ...


class PeopleOf(Protocol):
    """All who have something in a community that ends with their membership."""

    async def __call__(self, tx: Transaction, community: str, /, *, now: datetime) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Departure:
    """What ends when somebody is a member of a community no more.

    Each of `concerns` asks whether a person has one such thing, in whatever community. `people` are
    all who have one in a community, `ends(hands, community, person)` ends all that a person has there.
    """

    concerns: tuple[Callable[[Transaction, str], Awaitable[object]], ...]
    people: PeopleOf
    ends: Callable[[Hands, str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class When:
    """Once a thing of another noun goes from the status `source` to another, a `timer` of ours rings for that thing.

    It rings `after` some time, with the number of that thing. `source` is empty for what is no step of a lifecycle.
    """

    noun: str
    to: str
    timer: str
    source: str = ""
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Opened:
    """Rooms that we open for some members under keys that begin with `keys`.

    Once we are in one, the timer `made` rings with its id; when somebody leaves it, or declines to enter, `left` does
    with its id and the person, if it is given.
    """

    keys: str
    made: str
    left: str = ""


class FindsCited(Protocol):
    """Finds which of these messages of a room something was made of: pairs of an event id and the thing's number."""

    async def __call__(
        self, tx: Transaction, room_id: str, event_ids: Collection[str], /
    ) -> Collection[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Cites:
    """Messages of people of which a noun made something: when one is deleted, the `timer` rings for the thing."""

    find: FindsCited
    timer: str


@dataclass(frozen=True, slots=True)
class Undoable:
    """A kind of change that a team makes and can take back.

    `fields(tx, community, thing)` tells how a thing is, `put(actor, community, thing, fields)` makes it so. For
    readers: `thing(actor, community, thing)` says in a few words what the change was about and names nobody,
    `before(actor, community, fields)` how it was.
    """

    name: str
    fields: Callable[[Transaction, str, str], Awaitable[Fields]]
    put: Callable[[Actor, str, str, Fields], Awaitable[None]]
    thing: Callable[[Actor, str, str], Awaitable[str]]
    before: Callable[[Actor, str, Fields], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Signed:
    """A thing as those who sign it are thanked for it, while it is read.

    `communities` are those in which it is read, its own first. `kind` is its name in what follows from other nouns.
    """

    number: str
    kind: str
    communities: Sequence[str]
    signers: Sequence[str]


class FindsSigned(Protocol):
    """Finds the thing of a number; None unless it is read by others than those who sign it."""

    async def __call__(self, tx: Transaction, number: int, /) -> Signed | None: ...


class Overview(Protocol):
    """Says in a line of `!moi` what a person has of a noun; empty for nothing."""

    async def __call__(self, tx: Transaction, person: str, /) -> str: ...


class Written(Protocol):
    """Writes what a community has of a noun as the text of a file; empty for nothing."""

    async def __call__(self, hands: Hands, community: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Export:
    """A file among those that a team exports: how its name ends, its media type, and a msgid for what is in it."""

    ending: str
    media: str
    what: str
    written: Written


NO_FIGURES = Figures()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What a noun declares; all of it may be left out.

    `letter`: with F, F-31 is the number of its thing. Each of its tables stands either in `people` or, if it has no
    column for a person, in `nobody`. `lifecycles` are the states its things go through. `follow`, `left`, `forget_old`
    and `erase` are called when a room was upgraded, when somebody left a community, every night, and when somebody is
    erased; `engaged` is asked before somebody is erased who made no gesture for long. `undoable` is what a team can
    take back. `settings` are what it may set for its community, `fixed` what it reads there and does not set,
    `figures` what its dashboard shows. `when` is what follows from things of other nouns, and `cites` from the deletion
    of messages of which a thing was made. `opens` are rooms that we open for some members. `contributed` is what a
    person gave, as they can have it certified; `signed` finds a thing for which they are thanked. `overview` is a line
    of `!moi`, `exports` are files for the team of a community. `read` says who reads what of it.
    """

    letter: str = ""
    people: tuple[PersonColumns, ...] = ()
    nobody: tuple[type[SQLModel], ...] = ()
    lifecycles: tuple[Lifecycle[Any, Any, Any], ...] = ()
    follow: tuple[Follow, ...] = ()
    left: Departure | None = None
    forget_old: tuple[ForgetOld, ...] = ()
    erase: Erase | None = None
    engaged: tuple[Engages, ...] = ()
    undoable: tuple[Undoable, ...] = ()
    settings: tuple[Setting[Any], ...] = ()
    fixed: tuple[Fixed, ...] = ()
    figures: Figures = NO_FIGURES
    when: tuple[When, ...] = ()
    cites: tuple[Cites, ...] = ()
    opens: tuple[Opened, ...] = ()
    contributed: tuple[Contributed, ...] = ()
    read: tuple[Reads, ...] = ()
    signed: FindsSigned | None = None
    overview: Overview | None = None
    exports: tuple[Export, ...] = ()

    @property
    def tables(self) -> tuple[type[SQLModel], ...]:
        return (*(columns.row for columns in self.people), *self.nobody)
