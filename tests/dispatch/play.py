"""Anything at all happens in rooms, at random: the small count is a test, the full one a soak."""

from collections import deque
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.events.gestures import SIGNS
from bot.resources import resources
from bot.resources.resources import Draft
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat, Said
from tests.homeserver import BOT

ROOMS = HERE, THERE, NOWHERE = ("!numerique:example.org", "!rse:example.org", "!none:example.org")
ONLY_HERE, ONLY_THERE, OF_ONE = "Zinnia", "Camomille", " dans les règles"
"""Words of what one community alone has."""
MARKS = {"numerique": ONLY_HERE, "rse": ONLY_THERE}
PEOPLE = (ANA, BEN, CLEO, MODO, BOSS)
SENTENCES = (Path(__file__).parent / "ordinary_sentences.txt").read_text(encoding="utf-8").splitlines()
LINES = (
    "!doc {word}",
    "!doc",
    "!dco {word}",
    "doc {word}",
    "!aide",
    "!aide {word}",
    "!moi langue en",
    "!moi langue fr",
    "!moi confidentialité",
    "!admin",
    "!admin langue fr",
    "!admin salon aide",
    "!admin salon public",
    "!admin salon principal",
    "!admin équipe",
    "!admin équipe ajouter @cleo:example.org",
    "!admin équipe retirer @cleo:example.org",
    "!admin communauté lister",
    "!admin annuler",
    "!admin annuler {number}",
    "!admin historique",
    "!admin début",
    "!admin début annonce",
    "!admin doc lister",
    "!admin doc valider DOC-{number}",
    "!admin doc archiver DOC-{number}",
    "!admin recherches",
    "!admin synonyme {word} = messagerie",
    "!admin synonyme lister",
    "!doc DOC-{number}",
    "!doc proposer https://example.org/{number} {mark}",
    "!rdv",
    "!rdv R-{number}",
    "!rdv nouveau {mark} mardi 19 janvier 14h",
    "!expert {mark}",
    "!moi communauté",
    "stop",
    "!admin communauté lier rse",
    "!admin communauté lier numerique",
    "!essai question",
    "!essai apercu {word}",
    "!essai liste",
    "!essai carte {word}",
    "oui",
    "non",
    "annuler",
    "retour",
    "suite",
    "1",
    "2",
    "utile",
    "retirer",
    "Relais",
    "{word}",
)
EMOJI = [emoji for sign in SIGNS for emoji in sign.emojis(yes_no=True)] + ["🍋", "", "\ufe0f"]


class Play:
    """Random events in three rooms, and what must stay true after each of them."""

    def __init__(self, chat: Chat, random: Random) -> None:
        self.chat = chat
        self.random = random
        self.events: dict[str, deque[str]] = {room: deque(maxlen=40) for room in ROOMS}
        self.marks = dict.fromkeys(ROOMS, 0)
        self.asked: tuple[str, str] | None = None
        self.said()

    async def step(self) -> None:
        """One thing happens; at most one message answers it, and others may follow for those whom it concerns."""
        self.chat.now += timedelta(seconds=2)
        room, person = self.random.choice((HERE, HERE, THERE, THERE, NOWHERE)), self.random.choice(PEOPLE)
        act = self.random.choice((self.says, self.says, self.says, self.taps, self.takes_back, self.changes, self.odd))
        if self.asked is not None and self.random.random() < 0.5:
            (room, person), act = self.asked, self.agrees
        await act(room, person)
        said = self.said()
        if any(one.room_id == room and "(✅) ou" in one.lines[-1] for one in said):
            self.asked = room, person
        answers = [one for one in said if one.reply_to is not None and one.content["msgtype"] != "m.file"]
        assert [len([one for one in answers if one.room_id == place]) <= 1 for place in ROOMS] == [True] * 3
        for one in said:
            await self.belongs(one)
        if self.random.random() < 0.02:
            await self.again(room)
        if self.random.random() < 0.01:
            await self.chat.passes(minutes=self.random.choice((1, 12, 60)))

    async def says(self, room: str, person: str) -> None:
        word = self.random.choice((ONLY_HERE, ONLY_THERE, "messagerie", "déchets", self.random.choice(SENTENCES)))
        line = self.random.choice((self.random.choice(LINES), self.random.choice(SENTENCES)))
        text = line.replace("{word}", word).replace("{mark}", await self.mark(room))
        text = text.replace("{number}", str(self.random.randint(1, 120)))
        reply_to = self.card(room) if self.random.random() < 0.3 else None
        mentions = [BOT] if self.random.random() < 0.1 else []
        event = await self.chat.says(person, text, room=room, reply_to=reply_to, mentions=mentions)
        self.remember(room, event)

    async def agrees(self, room: str, person: str) -> None:
        """Yes to the preview that was shown last."""
        self.asked = None
        self.remember(room, await self.chat.says(person, "oui", room=room))

    async def taps(self, room: str, person: str) -> None:
        target = self.card(room)
        self.remember(room, await self.chat.reacts(person, self.random.choice(EMOJI), target, room=room))

    async def takes_back(self, room: str, person: str) -> None:
        await self.chat.redacts(person, self.card(room), room=room)

    async def changes(self, room: str, person: str) -> None:
        text = self.random.choice(LINES).replace("{word}", ONLY_HERE)
        self.remember(room, await self.chat.edits(person, self.card(room), text, room=room))

    async def odd(self, room: str, person: str) -> None:
        """What no client sends, and what clients do send that is nothing to us."""
        content = self.random.choice(
            (
                {},
                {"msgtype": "m.text", "body": 7},
                {"msgtype": "m.notice", "body": "!aide"},
                {"msgtype": "m.image", "body": "!aide"},
                {"msgtype": "m.text", "body": "!aide", "m.relates_to": 3},
                {"msgtype": "m.text", "body": "\ud800!doc", "m.mentions": {"user_ids": [BOT, None]}},
                {"msgtype": "m.text", "body": "!" * 9000},
            )
        )
        await self.chat.does(person, "m.room.message", content, room=room)

    async def again(self, room: str) -> None:
        """The sync brings the last events once more."""
        await self.chat.hears_again(room)
        assert self.said() == []

    async def belongs(self, said: Said) -> None:
        """No room hears of a resource, a meet-up, a request or a change of a community that is not its own."""
        for slug, word in MARKS.items():
            if f"{word}{OF_ONE}" in said.text:
                assert await self.community(said.room_id) == slug, said.text

    async def mark(self, room: str) -> str:
        """Words that only the community of this room is told."""
        return MARKS.get(await self.community(room), "Rien") + OF_ONE

    async def community(self, room: str) -> str:
        bound = await self.chat.rows(f"SELECT community FROM room_binding WHERE room_id = '{room}'")
        return str(bound[0][0]) if bound else ""

    def said(self) -> list[Said]:
        """What the bot has said since this was asked last."""
        fresh = []
        for room in ROOMS:
            timeline = self.chat.homeserver.rooms[room].timeline
            fresh += [Said(room, event) for event in timeline[self.marks[room] :] if event["sender"] == BOT]
            self.marks[room] = len(timeline)
        messages = [one for one in fresh if one.source["type"] == "m.room.message" and not one.edits]
        for one in messages:
            self.events[one.room_id].append(one.event_id)
        return messages

    def remember(self, room: str, event_id: str) -> None:
        self.events[room].append(event_id)

    def card(self, room: str) -> str:
        """One of our messages or of theirs, most often a recent one of this room."""
        known = list(self.events[room])
        return self.random.choice(known[-8:] if self.random.random() < 0.6 else known) if known else "$unknown"


async def build(chat: Chat) -> None:
    """Two communities that share people, and a room of neither."""
    await chat.opens(THERE, community="rse")
    await chat.opens(NOWHERE)
    async with chat.database.transaction() as tx:
        for slug, word in MARKS.items():
            page = Draft(title=f"{word}{OF_ONE}", url=f"https://example.org/{word}")
            await resources.write(tx, slug, [page])
    chat.forget()


async def play(chat: Chat, *, seed: int, steps: int) -> None:
    """So many random events. Raises AssertionError as soon as something is not as it must be."""
    game = Play(chat, Random(seed))
    for _ in range(steps):
        await game.step()
    unhandled = "SELECT kind, status FROM inbox WHERE status NOT IN ('done', 'ignored')"
    unsent = "SELECT kind, failure FROM outbox WHERE status NOT IN ('sent', 'superseded')"
    twice = "SELECT room_id, person, kind FROM dialogue WHERE status = 'open' GROUP BY 1, 2, 3 HAVING count(*) > 1"
    for query in (unhandled, unsent, twice):
        assert await chat.rows(query) == []
