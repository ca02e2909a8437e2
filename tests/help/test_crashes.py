"""A request lives on whenever the process dies: each person is asked once, one room is made, and it ends well."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.help import requests
from bot.matrix.api import Json
from bot.store.database import Database
from bot.volunteers import volunteers
from tests.homeserver import BOT
from tests.living import Template
from tests.mortal import NOW, Fate, Lives

CYCLES = int(os.environ.get("RELAIS_TEST_CYCLES", "0")) or 1 + settings().max_examples // 100
"""How many whole lives of a request are tried; the soak wants more."""
ANA, BOSS = "@ana:example.org", "@boss:example.org"
CREW = [f"@crew{number}:example.org" for number in range(5)]
ROOM = "!main:example.org"
QUESTION = "Notre éditeur refuse l'interface d'interopérabilité, que pouvons-nous faire ?"


class Cycle:
    """One request from its question to the last answer. `STEPS` are what people do, each followed by a death."""

    def __init__(self, lives: Lives) -> None:
        self.lives = lives
        self.server = lives.homeserver

    async def opens(self) -> None:
        """A linked room, and five volunteers."""
        self.server.create(ROOM, BOSS)
        for person in (ANA, BOSS, *CREW):
            self.server.member(ROOM, person, displayname=person[1:].partition(":")[0])
        self.server.member(ROOM, BOT, "invite")["sender"] = BOSS
        await self.lives.live()
        self._says(BOSS, ROOM, "!admin communauté lier numerique")
        await self.lives.live()
        database = Database(self.lives.address)
        async with database.transaction() as tx:
            for person in CREW:
                row = await volunteers.enter(tx, "numerique", person, now=NOW, proposed_by=BOSS)
                await volunteers.agree(tx, row, own=True)
                await volunteers.change_topics(tx, row, add={"interoperabilite"})
        await database.close()

    def _says(self, person: str, room_id: str, text: str) -> None:
        self.server.event(room_id, "m.room.message", person, {"msgtype": "m.text", "body": text})

    def _taps(self, person: str, emoji: str, card: Json) -> None:
        relation = {"rel_type": "m.annotation", "event_id": card["event_id"], "key": emoji}
        self.server.event(card["room_id"], "m.reaction", person, {"m.relates_to": relation})

    def said(self, words: str, *, edited: bool = False) -> list[Json]:
        """The bot's messages with these words, each with its room; only edits if `edited`, else none of them."""
        return [
            event | {"room_id": room.room_id}
            for room in self.server.rooms.values()
            for event in room.timeline
            if event["sender"] == BOT and event["type"] == "m.room.message"
            if words in event["content"]["body"] and ("m.new_content" in event["content"]) == edited
        ]

    def rooms_for_two(self) -> list[str]:
        named = (room for room in self.server.rooms.values() if ("m.room.name", "") in room.state)
        return [room.room_id for room in named if room.room_id.startswith("!made")]

    async def asks(self) -> None:
        self._says(ANA, ROOM, f"!expert {QUESTION}")

    async def sends(self) -> None:
        self._taps(ANA, "✅", self.said("À relire avant envoi")[0])

    async def a_day_passes(self) -> None:
        self.lives.now += timedelta(days=1)

    async def one_declines(self) -> None:
        card = self.said("Une question pour vous")[0]
        self._taps(self._alone_with(card), "❌", card)

    async def one_accepts(self) -> None:
        card = self.said("Une question pour vous")[-1]
        self._taps(self._alone_with(card), "✅", card)

    def _alone_with(self, card: Json) -> str:
        state = self.server.rooms[card["room_id"]].state
        (person,) = (who for kind, who in state if kind == "m.room.member" and who != BOT)
        return person

    async def they_talk(self) -> None:
        room = self.rooms_for_two()[0]
        self.server.member(room, ANA)
        self._says(ANA, room, "Bonjour, merci de votre aide")

    async def it_is_resolved(self) -> None:
        self._says(ANA, self.rooms_for_two()[0], "résolu")

    async def she_answers(self) -> None:
        self._taps(ANA, "✅", self.said("s'est-il bien déroulé")[0])

    async def and_again(self) -> None:
        self._taps(ANA, "✅", self.said("a-t-il été utile")[0])

    async def check(self) -> None:
        asked = [self._alone_with(card) for card in self.said("Une question pour vous")]
        assert Counter(asked) == Counter(CREW)
        assert len(self.rooms_for_two()) == 1
        once = (
            "C'est envoyé",
            "Bonne nouvelle",
            "accepte d'aider",
            "La question a sa réponse",
            "Merci, c'est noté.",
        )
        assert {words: len(self.said(words, edited=words == once[0])) for words in once} == dict.fromkeys(once, 1)
        database = Database(self.lives.address)
        async with database.reading() as tx:
            found = await requests.get(tx, 1)
        await database.close()
        assert found is not None
        assert found.status == "closed"


STEPS: tuple[Callable[[Cycle], Awaitable[None]], ...] = (
    Cycle.asks,
    Cycle.sends,
    Cycle.one_declines,
    Cycle.a_day_passes,
    Cycle.one_accepts,
    Cycle.they_talk,
    Cycle.it_is_resolved,
    Cycle.she_answers,
    Cycle.and_again,
)


@settings(
    max_examples=CYCLES,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deaths=st.lists(st.integers(1, 40), min_size=len(STEPS), max_size=len(STEPS)))
async def test_killed_at_every_step_it_goes_on_and_each_is_asked_once(
    template: Template, impatient: None, deaths: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lives = Lives(f"sqlite:///{shutil.copy(template.file, folder)}", template.library, BOSS)
        cycle = Cycle(lives)
        await cycle.opens()
        for step, dies_at in zip(STEPS, deaths, strict=True):
            await step(cycle)
            await lives.live(Fate(dies_at))
            await lives.live()
        await cycle.check()
