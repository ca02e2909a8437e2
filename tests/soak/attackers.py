"""What people who mean no good try on a running bot, one random thing after another."""

from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from tests.servers.client import Refused
from tests.servers.events import Event
from tests.servers.people import Person
from tests.soak.cast import Cast

ANSWERS = (
    "oui", "non", "ok", "1", "2", "3", "je peux aider", "je viens", "absent", "retirer", "résolu", "continuer",
    "suite", "utile", "annuler", "préciser", "peut-être", "j'aide", "merci", "stop", "sujets 1", "reprendre",
)  # fmt: skip
EMOJI = ("✅", "❌", "🤔", "👍", "👎", "🙋", "🗑️", "🔔", "1️⃣", "2️⃣", "📖", "🍋")
COMMANDS = (
    *("!rdv", "!rdv R-{n}", "!R-{n}", "!D-{n}", "!P-{n}", "!rdv R-{n} annuler", "!rdv R-{n} cr"),
    *("!rdv R-{n} retex bien", "!rdv R-{n} lien https://exemple.fr/x", "!rdv dates P-{n} 1", "!rdv ics"),
    *("!expert D-{n}", "!expert D-{n} annuler", "!expert mes", "!expert devenir DPI"),
    *("!doc DOC-{n}", "!doc DOC-{n} vérifié", "!doc proposer https://exemple.fr/{n} Essai"),
    *("!admin", "!admin équipe ajouter @zed:relais.test", "!admin doc archiver DOC-{n}", "!admin annuler"),
    *("!admin historique", "!admin salon principal", "!diagnostic", "!rappel", "!aide", "!ping"),
    *("!moi", "!moi données", "!moi langue en"),
)
WHITE = (" ", "\u00a0", "\t", "\u200b", "\u3000")
NAMES = ("Relais (robot)", "Zed\nR-1 est annulé", "\u202eelaer", "@room", "https://exemple.fr/piege", "z" * 300)
ALONE = 30
"""Commands of one flood."""


class Attackers:
    """One random attack at each call of `one`. `tombstones` and rooms made are few: each costs the server much."""

    def __init__(self, cast: Cast, random: Random) -> None:
        self._cast = cast
        self._random = random
        self._bot = cast.town.bot.user_id
        self._own: dict[str, list[tuple[str, str]]] = {person.name: [] for person in cast.hostile}
        self._cards: list[Event] = []
        self.tried = 0
        self.refused = 0
        self._acts: list[tuple[int, Callable[[Person], Awaitable[None]]]] = [
            (30, self._answers_from_elsewhere),
            (20, self._says_a_bare_word),
            (20, self._commands),
            (12, self._reacts),
            (8, self._forges_an_edit),
            (8, self._takes_back),
            (6, self._sends_white_space),
            (3, self._changes_its_name),
            (2, self._floods),
            (2, self._makes_a_room),
            (2, self._buries_a_room),
            (2, self._lets_somebody_in),
        ]

    async def one(self) -> None:
        """Somebody tries something; what the homeserver refuses by itself is no attack on the bot."""
        if self.tried % 10 == 0:
            self._cards = self._cast.cards()
        weights, acts = zip(*self._acts, strict=True)
        act = self._random.choices(acts, weights)[0]
        self.tried += 1
        try:
            await act(self._random.choice(self._cast.hostile))
        except Refused:
            self.refused += 1

    def _place(self, person: Person) -> str:
        """Their own conversation, or the room that they are in. Moderators attack from outside only: at home they may
        do what others may not."""
        chat = self._cast.chats[person.name]
        home = [community.room for community in self._cast.communities if person in community.members]
        return self._random.choice([chat, chat, *home])

    def _card(self, person: Person) -> Event:
        """A message of the bot from anywhere; for moderators, from outside of their community."""
        home = {community.room for community in self._cast.communities if person is community.moderator}
        return self._random.choice([card for card in self._cards if card.room_id not in home])

    async def _says(self, person: Person, room: str, text: str, **how: Any) -> None:
        self._own[person.name].append((room, await person.say(room, text, **how)))

    async def _answers_from_elsewhere(self, person: Person) -> None:
        card = self._card(person)
        await self._says(person, self._place(person), self._random.choice(ANSWERS), reply_to=card.event_id)

    async def _says_a_bare_word(self, person: Person) -> None:
        await self._says(person, self._place(person), self._random.choice(ANSWERS))

    async def _commands(self, person: Person) -> None:
        line = self._random.choice(COMMANDS).replace("{n}", str(self._random.randint(1, 12)))
        await self._says(person, self._place(person), line)

    async def _reacts(self, person: Person) -> None:
        room, card = self._place(person), self._card(person)
        reaction = await person.react(room, card.event_id, self._random.choice(EMOJI))
        self._own[person.name].append((room, reaction))

    async def _forges_an_edit(self, person: Person) -> None:
        events = list(self._cast.heard().values())
        target = self._random.choice(events[-200:])
        line = self._random.choice((*COMMANDS, *ANSWERS)).replace("{n}", "1")
        await person.edit(self._place(person), target.event_id, line)

    async def _takes_back(self, person: Person) -> None:
        if mine := self._own[person.name]:
            room, event = self._random.choice(mine[-20:])
            await person.redact(room, event)

    async def _sends_white_space(self, person: Person) -> None:
        white = self._random.choice(WHITE) * self._random.choice((800, 4_000))
        line = self._random.choice(
            ('!rdv dates "{w}x', "!moi volontaire{w}x", "{w}!doc{w}x", "Relais{w},{w}x", "«{w}»{w}x")
        )
        await self._says(person, self._place(person), line.replace("{w}", white), mention=[self._bot])

    async def _changes_its_name(self, person: Person) -> None:
        name = {"displayname": self._random.choice(NAMES)[:255]}
        await person.client.put(f"/_matrix/client/v3/profile/{person.user_id}/displayname", name)

    async def _floods(self, person: Person) -> None:
        room = self._place(person)
        for _ in range(ALONE):
            await self._says(person, room, "!doc messagerie")

    async def _makes_a_room(self, person: Person) -> None:
        """With the marks that the bot's own rooms carry, and a wish to belong."""
        forged = {"relais.room": self._random.choice(("x", self._bot, "1" * 40))}
        room = await person.create_room("Salle", invite=[self._bot], content=forged, direct=self._random.random() < 0.5)
        self._cast.alone.setdefault(person.name, []).append(room)
        strange = [community.slug for community in self._cast.communities if person is not community.moderator]
        await self._says(person, room, f"!admin communauté lier {self._random.choice(strange)}")

    async def _buries_a_room(self, person: Person) -> None:
        """A tombstone that names a room of the attacker's own, where power 50 is enough for one."""
        community = self._random.choice(self._cast.communities)
        room = await person.create_room("Suite", invite=[self._bot])
        content = {"body": "Suite", "replacement_room": room}
        await person.set_state(community.room, "m.room.tombstone", content)

    async def _lets_somebody_in(self, person: Person) -> None:
        """A third person comes into a private conversation, and goes."""
        other = self._random.choice(self._cast.hostile)
        if other is person:
            return
        chat = self._cast.chats[person.name]
        await person.invite(chat, other)
        await other.join(chat)
        await self._says(other, chat, self._random.choice(ANSWERS))
        await other.leave(chat)
