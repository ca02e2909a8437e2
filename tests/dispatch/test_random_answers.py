"""Random conversations of three people over all cards: an answer is for the card that the person was shown last."""

from dataclasses import dataclass, field
from random import Random

import pytest

from tests.chat import ANA, BEN, CLEO, Chat
from tests.commands.meetups import publishes
from tests.dispatch.test_one_card import UNKNOWN
from tests.help.people import QUESTION, volunteers

PEOPLE = (ANA, BEN, CLEO)
STEPS = 30
ITEMS = {
    "meetup": "SELECT meetup || ' ' || person, status FROM rsvp",
    "request": "SELECT id, status FROM help_request",
    "offer": "SELECT id, status FROM help_offer",
}
"""Everything that an answer changes, with its state."""
WAITING = {
    "request": "SELECT id FROM help_request WHERE status = 'draft'",
    "offer": "SELECT o.id FROM help_offer o JOIN help_request r ON r.id = o.request AND r.turn = o.turn "
    "WHERE o.status IN ('sent', 'declined', 'expired') AND r.status IN ('open', 'with_peers', 'seeking', 'untaken')",
}
"""What waits for a yes, of those that do not always."""

State = dict[tuple[str, str], str]


@dataclass
class Play:
    """One conversation. `said` are its lines, to be read when a promise breaks."""

    chat: Chat
    random: Random
    said: list[str] = field(default_factory=list)

    async def state(self) -> State:
        return {
            (kind, str(name)): str(status)
            for kind, query in ITEMS.items()
            for name, status in await self.chat.rows(query)
        }

    async def last_shown(self, person: str) -> tuple[str, str] | None:
        """The newest card in the person's private conversation that waits for a yes."""
        waiting = {(kind, str(name)) for kind, query in WAITING.items() for (name,) in await self.chat.rows(query)}
        room = await self.chat.direct(person)
        rows = await self.chat.rows(f"SELECT about FROM outbox WHERE lane = '{room}' AND about <> '' ORDER BY id DESC")
        for (about,) in rows:
            kind, _colon, name = about.partition(":")
            item = (kind, f"{name} {person}" if kind == "meetup" else name)
            if kind == "meetup" or item in waiting:
                return item
        return None

    async def step(self) -> None:
        person = self.random.choice(PEOPLE)
        room = await self.chat.direct(person)
        meetup = self.random.randint(1, 3)
        line = self.random.choice(
            [UNKNOWN, f"!rdv R-{meetup}", f"!expert {QUESTION} {len(self.said)}", "oui", "oui", "non"]
        )
        before = await self.state()
        expected = await self.last_shown(person)
        self.chat.forget()
        self.said.append(f"{person} {line}")
        await self.chat.says(person, line, room=room)
        if line in ("oui", "non"):
            await self.changed(before, expected, person)
        await self.chat.passes(minutes=self.random.choice([0, 1, 3]))

    async def changed(self, before: State, expected: tuple[str, str] | None, person: str) -> None:
        """Only the item of the card that was shown last, or we ask which; what follows from it is of that request."""
        after = await self.state()
        own = {
            item for item in before | after if before.get(item) != after.get(item) and await self.is_of(item, person)
        }
        assert own <= {expected}, (own, expected, self.said)
        assert self.chat.sent, self.said

    async def is_of(self, item: tuple[str, str], person: str) -> bool:
        """Whether an item is the person's own to answer; a yes to an offer moves the request of somebody else."""
        kind, name = item
        if kind == "meetup":
            return name.endswith(person)
        owner = {"request": "SELECT requester FROM help_request", "offer": "SELECT person FROM help_offer"}[kind]
        return await self.chat.rows(f"{owner} WHERE id = {name}") == [(person,)]


@pytest.mark.parametrize("seed", range(3))
async def test_an_answer_changes_only_the_item_whose_card_was_shown_last(chat: Chat, seed: int) -> None:
    await volunteers(chat, BEN, CLEO)
    for day in (12, 13, 14):
        await publishes(chat, f'!rdv nouveau "Point {day}" {day}/01/2027 14h 1h')
    play = Play(chat, Random(seed))

    for _ in range(STEPS):
        await play.step()

    assert len(await play.state()) > 1, "something was answered"
