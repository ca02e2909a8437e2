"""The homeserver, the bot, the rooms and the people of the demonstration."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.communities.file import load, shipped
from bot.i18n import translations
from bot.markup import marked, unmarked
from tests.demo.reading import Reader, reading
from tests.demo.screen import Screen
from tests.e2e.bot_process import BotProcess
from tests.servers import leftovers
from tests.servers.client import Account
from tests.servers.events import Event
from tests.servers.listening import NothingOfTheKind
from tests.servers.people import People, Person
from tests.servers.synapse import Synapse, Wishes

PATIENCE = 60.0
NAMES = ("Paul", "Claire", "Karim", "Inès", "John")
ENGLISH = Path(__file__).with_name("english.yaml")


def french(sentence: str, **fields: object) -> str:
    """A sentence as members read it."""
    return unmarked(marked(translations("fr").gettext(sentence))).format(**fields)


def opening(sentence: str) -> str:
    """A sentence as members read it, before the first of its fields."""
    return unmarked(marked(translations("fr").gettext(sentence))).partition("{")[0]


@dataclass(frozen=True, slots=True)
class Room:
    """A community's room, or a private chat."""

    id: str
    name: str
    community: str = ""


@dataclass(slots=True)
class Stage:
    """Where the scenes are played. Paul runs the bot.

    `chats` are private ones with it, by name; who has one of the `devices` reads what is encrypted. `missing` names
    every answer that did not come as it should. `open` is what ends with the play.
    """

    screen: Screen
    synapse: Synapse
    bot: BotProcess
    persons: dict[str, Person]
    open: AsyncExitStack
    rooms: dict[str, Room] = field(default_factory=dict)
    chats: dict[str, Room] = field(default_factory=dict)
    devices: dict[str, Reader] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    answers: int = 0

    def __getitem__(self, name: str) -> Person:
        return self.persons[name]

    async def says(self, name: str, room: Room, text: str) -> str:
        """Somebody writes; returns the event id."""
        self.screen.said(room.name, name, text)
        return await self[name].say(room.id, text)

    async def asks(self, name: str, room: Room, text: str, *expected: str) -> Event | None:
        """Somebody writes to the bot, whose answer must contain what is expected."""
        asked = await self.says(name, room, text)
        try:
            answer = await self[name].answer(asked, within=PATIENCE)
        except NothingOfTheKind:
            self.fails(f"no answer to “{text}” in {room.name}")
            return None
        self.shows(room, answer)
        self.expects(answer, f"the answer to “{text}” in {room.name}", *expected)
        return answer

    def shows(self, room: Room, message: Event) -> None:
        self.screen.said(room.name, "Relais", message.body)

    def expects(self, message: Event, what: str, *expected: str) -> None:
        """Check a message of the bot."""
        self.counts(message.body, what, *expected)

    def counts(self, body: str, what: str, *expected: str) -> None:
        """Check the words of a message of the bot."""
        self.answers += 1
        for words in expected:
            if words not in body:
                self.fails(f"{what} does not say “{words}”")

    def fails(self, what: str) -> None:
        self.missing.append(what)
        self.screen.bad(what)

    async def taps(self, name: str, room: Room, card: Event | str) -> None:
        """Somebody says yes to a card by a gesture."""
        self.screen.said(room.name, name, "✅")
        await self[name].react(room.id, card, "✅")

    async def gets_a_device(self, name: str) -> Reader:
        """From now on the person reads what is encrypted for them."""
        device = await self.open.enter_async_context(reading(self.synapse.url, self[name].account))
        self.devices[name] = device
        return device

    async def reads(self, name: str, words: str = "", *, taps: bool = False, within: float = PATIENCE) -> str:
        """The person's own device opens what the bot says to them in private, and they agree if they tap; "" if not."""
        chat, device = self.chats.get(name), self.devices[name]
        found = await device.text_from(self.bot.user_id, chat.id, within=within, words=words) if chat else None
        if chat is None or found is None:
            self.fails(f"{name} read nothing with “{words}” in private")
            return ""
        card, body = found
        self.screen.said(chat.name, "Relais", body)
        self.counts(body, f"what {name} reads in private")
        if taps:
            await self.taps(name, chat, card)
        return body

    async def hears(self, name: str, room: Room, since: int, words: str = "") -> Event | None:
        """The next message of the bot in a room, asked for or not, that has these words."""
        try:
            return await self[name].until(
                lambda event: (
                    (event.room_id, event.sender) == (room.id, self.bot.user_id)
                    and bool(event.body)
                    and words in event.body
                ),
                within=PATIENCE,
                since=since,
            )
        except NothingOfTheKind:
            self.fails(f"nothing from Relais in {room.name} with “{words}”")
            return None


@asynccontextmanager
async def raised(screen: Screen) -> AsyncIterator[Stage]:
    """Everything that the play needs; all of it ends with the block."""
    leftovers.sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{leftovers.PREFIX}demo-"))
    try:
        with screen.waiting("A homeserver (Synapse) on this machine"):
            synapse = Synapse(Wishes(server_name="demo.relais"))
            await synapse.start()
        try:
            async with People(synapse.url, synapse.shared_secret) as people:
                persons = {name: await people.arrive(name) for name in NAMES}
                bot = BotProcess(
                    synapse.url,
                    await people.account("Relais", exact=True),
                    communities=str(_communities(folder)),
                    operators=persons["Paul"].user_id,
                )
                try:
                    with screen.waiting("The bot"):
                        await bot.start()
                    async with AsyncExitStack() as stack:
                        yield Stage(screen, synapse, bot, persons, stack)
                finally:
                    await bot.close()
        finally:
            await synapse.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _communities(folder: Path) -> Path:
    """The five that are shipped, and one more."""
    for file in shipped().glob("*.yaml"):
        shutil.copy(file, folder)
    shutil.copy(ENGLISH, folder)
    return folder


def communities() -> dict[str, str]:
    """Slug and name of the communities that get a room at once, the one of most scenes first."""
    names = {file.slug: file.name.fr for file in load(shipped())}
    return {"numerique": names.pop("numerique")} | names


def english_slug() -> str:
    return str(yaml.safe_load(ENGLISH.read_text(encoding="utf-8"))["slug"])


async def guest(stage: Stage) -> Account:
    """An account for the person who watches, invited to every room."""
    async with People(stage.synapse.url, stage.synapse.shared_secret) as people:
        account = await people.account("invite", exact=True, password="relais")
    for room in stage.rooms.values():
        await stage["Paul"].invite(room.id, account.user_id)
    return account
