"""Exactly once, whenever the process dies: at a commit, at a request, in the middle of a gap."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.mailbox.receiving import inbox
from bot.mailbox.sending import outbox
from bot.mailbox.tables import InboxEvent, OutboxMessage
from bot.matrix.api import Json
from bot.matrix.content import KEY
from bot.resources.library import Library
from bot.store.database import Database
from tests.homeserver import BOT
from tests.living import Template
from tests.mortal import Fate, Lives
from tests.said import WELCOME

PLANS = int(os.environ.get("RELAIS_TEST_PLANS", "0")) or settings().max_examples // 10
"""How many lives are tried; the soak wants more."""
ANA, MODO, BOSS = (f"@{name}:example.org" for name in ("ana", "modo", "boss"))
MAIN, OTHER, LATE = (f"!{name}:example.org" for name in ("main", "other", "late"))
NIR = "2 69 05 49 588 157 80"


class Village:
    """Two linked rooms and a third to come, and everything that people there expect of the bot."""

    def __init__(self, address: str, library: Library) -> None:
        self.lives = Lives(address, library, BOSS)
        self.server = self.lives.homeserver
        self.asked: dict[str, list[str]] = {MAIN: [], OTHER: []}
        self.taken_back: set[str] = set()
        self.edited: dict[str, str] = {}
        self.numbers = 0
        self._words = itertools.count()

    async def opens(self) -> None:
        for room_id in (MAIN, OTHER):
            self.server.create(room_id, BOSS)
            self.server.event(room_id, "m.room.power_levels", BOSS, {"users": {MODO: 50}}, state_key="")
            for person in (ANA, MODO, BOSS):
                self.server.member(room_id, person)
            self._invite(room_id)
        await self.lives.live()
        for room_id in (MAIN, OTHER):
            self.says(BOSS, room_id, "!admin communauté lier numerique")
        await self.lives.live()

    def _invite(self, room_id: str) -> None:
        event = self.server.member(room_id, BOT, "invite")
        event["sender"] = BOSS

    def says(self, person: str, room_id: str, text: str, relation: Json | None = None) -> str:
        content: Json = {"msgtype": "m.text", "body": text} | ({"m.relates_to": relation} if relation else {})
        return str(self.server.event(room_id, "m.room.message", person, content)["event_id"])

    # What people do

    def asks(self, room_id: str) -> None:
        self.asked[room_id].append(self.says(ANA, room_id, f"!doc mot{next(self._words)}"))

    def bursts(self, room_id: str) -> None:
        for _ in range(9):
            self.asks(room_id)
            self.says(BOSS, room_id, "On en parle demain")

    def gives_a_number(self, room_id: str) -> None:
        self.numbers += 1
        self.says(ANA, room_id, f"Le dossier {NIR}")

    def takes_back(self, room_id: str) -> None:
        open_ = [event for event in self.asked[room_id] if event not in self.taken_back | self.edited.keys()]
        if open_:
            self.taken_back.add(open_[-1])
            self.server.redact(room_id, open_[-1], ANA)

    def edits(self, room_id: str) -> None:
        open_ = [event for event in self.asked[room_id] if event not in self.taken_back | self.edited.keys()]
        if not open_:
            return
        text = f"!doc autre{next(self._words)}"
        relation = {"rel_type": "m.replace", "event_id": open_[-1]}
        content = {"msgtype": "m.text", "body": f"* {text}", "m.relates_to": relation}
        new = {"m.new_content": {"msgtype": "m.text", "body": text}}
        self.edited[open_[-1]] = text
        self.server.event(room_id, "m.room.message", ANA, content | new)

    def invites(self, _room_id: str) -> None:
        if LATE in self.server.rooms:
            return
        self.server.create(LATE, BOSS)
        self.server.member(LATE, ANA)
        self._invite(LATE)

    def asks_to_link(self, room_id: str) -> None:
        self.says(ANA, LATE if LATE in self.server.rooms else room_id, "!admin communauté lier numerique")

    def agrees(self, _room_id: str) -> None:
        """The moderator taps the request's card, if one is there, maybe before the bot knows that it is."""
        cards = [event for event in self.said(MAIN) if event["content"]["msgtype"] == "m.text"]
        if cards:
            relation = {"rel_type": "m.annotation", "event_id": cards[-1]["event_id"], "key": "✅"}
            self.server.event(MAIN, "m.reaction", MODO, {"m.relates_to": relation})

    # What came of it

    def said(self, room_id: str) -> list[Json]:
        """The bot's messages, edits left out."""
        return [
            event
            for event in self.server.rooms[room_id].timeline
            if event["sender"] == BOT and event["type"] == "m.room.message" and _relation(event) != "m.replace"
        ]

    def check(self) -> None:
        for room_id, asked in self.asked.items():
            answered = [event for event in map(_answers, self.said(room_id)) if event in asked]
            assert Counter(answered) <= Counter(asked)
            assert set(asked) - set(answered) <= self.taken_back
            assert answered == [event for event in asked if event in answered]
        keys = [event["content"][KEY] for room in self.server.rooms.values() for event in room.timeline if _ours(event)]
        assert len(keys) == len(set(keys))
        self._check_chats()
        for room_id in self.server.rooms:
            unasked = [event["content"]["body"] for event in self.said(room_id) if _answers(event) is None]
            arrivals = [text for text in unasked if text.startswith("Bonjour") and WELCOME not in text]
            assert len(arrivals) == (room_id in (MAIN, OTHER, LATE))
            assert len(unasked) == len(set(unasked)) or room_id.startswith("!made")

    def _check_chats(self) -> None:
        chats = [room_id for room_id in self.server.rooms if room_id.startswith("!made")]
        assert len(chats) == (1 if self.numbers else 0)
        assert sum(len(self.said(chat)) for chat in chats) == self.numbers

    async def check_database(self) -> None:
        database = Database(self.lives.address)
        async with database.reading() as tx:
            left = [row.status for row in (await tx.exec(select(InboxEvent))).all()]
            sent = [(row.status, row.kind) for row in (await tx.exec(select(OutboxMessage))).all()]
        await database.close()
        assert not {inbox.PENDING, inbox.WAITING, inbox.FAILED} & set(left)
        assert {status for status, _kind in sent} <= {outbox.SENT, outbox.SUPERSEDED}


def _answers(event: Json) -> str | None:
    answered = event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")
    return str(answered) if answered else None


def _relation(event: Json) -> str | None:
    kind = event["content"].get("m.relates_to", {}).get("rel_type")
    return str(kind) if kind else None


def _ours(event: Json) -> bool:
    return event["sender"] == BOT and KEY in event["content"]


ACTS = (
    Village.asks,
    Village.bursts,
    Village.gives_a_number,
    Village.takes_back,
    Village.edits,
    Village.invites,
    Village.asks_to_link,
    Village.agrees,
)
Act = tuple[Callable[[Village, str], None], str]
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from([MAIN, OTHER])), max_size=4)
"""What people do, and in which room."""
losses = st.frozensets(st.integers(1, 60), max_size=3)
"""The requests whose answers are lost."""


@settings(
    max_examples=PLANS,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=st.lists(st.tuples(acts, acts, st.integers(1, 80), losses), max_size=4))
async def test_whenever_it_dies_everything_is_answered_once(
    template: Template, impatient: None, plan: list[tuple[list[Act], list[Act], int, frozenset[int]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        village = Village(f"sqlite:///{shutil.copy(template.file, folder)}", template.library)
        await village.opens()
        for while_down, while_up, dies_at, loses in plan:
            _do(village, while_down)
            life = asyncio.create_task(village.lives.live(Fate(dies_at, loses)))
            await asyncio.sleep(0.01)
            _do(village, while_up)
            await life
        await village.lives.live()
        village.check()
        await village.check_database()


def _do(village: Village, plan: list[Act]) -> None:
    for act, room_id in plan:
        act(village, room_id)
