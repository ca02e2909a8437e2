"""Commands asked in many rooms, and what became of each as the homeserver itself tells it."""

from collections import Counter
from dataclasses import dataclass

from tests.servers.events import Event
from tests.servers.people import Person


@dataclass(frozen=True, slots=True)
class Found:
    """How many commands were asked, and answered; without an answer; with more than one."""

    asked: int
    answered: int
    lost: int
    repeated: int


class Tally:
    """Counts the answers of one bot."""

    def __init__(self, bot: str) -> None:
        self.bot = bot
        self.asked: dict[str, str] = {}
        """Event id of each command, and its room."""

    async def ask(self, person: Person, room: str, text: str) -> None:
        self.asked[await person.say(room, text)] = room

    def answers(self, event: Event) -> bool:
        """Whether an event is the bot's answer to one of the commands."""
        return event.sender == self.bot and event.reply_to in self.asked

    def heard(self, witness: Person) -> int:
        """How many answers somebody has heard so far."""
        return sum(1 for event in witness.heard() if self.answers(event))

    async def some_heard(self, witness: Person, number: int, *, within: float) -> None:
        """Wait until somebody has heard so many answers. Raises NothingOfTheKind."""
        await witness.count(self.answers, number, within=within)

    async def all_heard(self, witness: Person, *, within: float) -> None:
        """Wait until every command has had an answer. Raises NothingOfTheKind."""
        await witness.count(self.answers, len(self.asked), within=within)

    async def read(self, witness: Person) -> Found:
        """What the rooms' own history says, after a last command in each has been answered behind all others."""
        rooms = sorted(set(self.asked.values()))
        for fence in [await witness.say(room, "!ping") for room in rooms]:
            await witness.answer(fence, within=120)
        answered: Counter[str] = Counter()
        for room in rooms:
            answered.update(event.reply_to or "" for event in await witness.messages(room) if self.answers(event))
        return Found(
            asked=len(self.asked),
            answered=len(answered),
            lost=len(self.asked.keys() - answered.keys()),
            repeated=sum(1 for number in answered.values() if number > 1),
        )
