"""Two communities on a real homeserver, with people who belong, people who do not, and what each may hear."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.e2e.town import PATIENCE, Town
from tests.servers.events import Event
from tests.servers.people import Person

ZINNIA, CAMOMILLE = "Zinnia", "Camomille"
"""Words that only one community hears: they are in its meet-ups, polls and requests."""


@dataclass(frozen=True, slots=True)
class Community:
    """A main room, its word, its moderator and its members. Nobody else may hear the word."""

    slug: str
    word: str
    room: str
    moderator: Person
    members: Sequence[Person]

    @property
    def people(self) -> list[Person]:
        return [self.moderator, *self.members]


@dataclass(slots=True)
class Cast:
    """Everybody, and each one's conversation with the bot. `outsiders` belong nowhere, `banned` no longer here."""

    town: Town
    here: Community
    there: Community
    banned: Person
    outsiders: Sequence[Person]
    chats: dict[str, str] = field(default_factory=dict)
    alone: dict[str, list[str]] = field(default_factory=dict)
    """Other rooms of a person, in which there is nobody but the bot."""

    @property
    def communities(self) -> tuple[Community, Community]:
        return self.here, self.there

    @property
    def everybody(self) -> list[Person]:
        inside = [person for community in self.communities for person in community.people]
        return [self.town.operator, *inside, self.banned, *self.outsiders]

    @property
    def hostile(self) -> list[Person]:
        """Who attacks: also the moderator of each community, and one member of the first."""
        insider = self.here.members[-1]
        return [self.banned, *self.outsiders, self.here.moderator, self.there.moderator, insider]

    @property
    def ordinary(self) -> list[tuple[Person, str]]:
        """Who only wants an answer, and where they ask."""
        return [(person, each.room) for each in self.communities for person in each.members[:1]]

    def own_word(self, person: Person) -> str:
        """What only this person may hear, in their own conversation."""
        return f"mot-de-{person.name}"

    def may_hear(self, word: str) -> set[str]:
        """The rooms in which a word may be said."""
        for community in self.communities:
            if word == community.word:
                return {community.room}.union(*map(self._private, [*community.people, self.town.operator]))
        return set().union(*(self._private(person) for person in self.everybody if word == self.own_word(person)))

    def _private(self, person: Person) -> set[str]:
        return {self.chats[person.name], *self.alone.get(person.name, ())}

    @property
    def words(self) -> list[str]:
        return [ZINNIA, CAMOMILLE, *(self.own_word(person) for person in self.everybody)]

    def heard(self) -> dict[str, Event]:
        """Every event that anybody has heard, by its id."""
        return {event.event_id: event for person in self.everybody for event in person.heard() if event.event_id}

    def cards(self) -> list[Event]:
        """Every message of the bot, wherever it was said: the attackers know them all."""
        speaks = self.town.speaks()
        return [event for event in self.heard().values() if speaks(event)]


async def assemble(town: Town) -> Cast:
    """The rooms, the meet-ups and the private conversations; one person signed up and was banned afterwards."""
    here = await _community(town, "numerique", ZINNIA, ("agnes", "anna", "alan"))
    there = await _community(town, "rse", CAMOMILLE, ("boris", "berthe", "basile"))
    banned = await town.people.arrive("bruno")
    await town.operator.invite(here.room, banned)
    await banned.join(here.room)
    outsiders = [await town.people.arrive(name) for name in ("zoe", "zed")]
    cast = Cast(town, here, there, banned, outsiders)
    for person in cast.everybody:
        cast.chats[person.name] = await _private(town, person)
    for community in cast.communities:
        await _seeds(town, community)
    for person in cast.everybody:
        chat = cast.chats[person.name]
        await town.asks(person, chat, f"!rappel dans 2 minutes {cast.own_word(person)}")
    for card in [card for card in cast.cards() if card.room_id == here.room]:
        await banned.react(here.room, card, "✅")
    await town.asks(banned, cast.chats["bruno"], "!rdv ics")
    await town.fence(banned, here.room)
    await town.operator.ban(here.room, banned)
    return cast


async def _community(town: Town, slug: str, word: str, names: tuple[str, ...]) -> Community:
    moderator, *members = [await town.people.arrive(name) for name in names]
    room = await town.room(f"Salle {slug}", community=slug, members=[moderator, *members])
    await town.operator.set_power(room, moderator, 50)
    levels = await town.operator.state(room, "m.room.power_levels")
    levels["events"] = levels.get("events", {}) | {"m.room.tombstone": 50}
    await town.operator.set_state(room, "m.room.power_levels", levels)
    return Community(slug, word, room, moderator, members)


async def _private(town: Town, person: Person) -> str:
    chat = await person.create_room(invite=[town.bot.user_id], direct=True)
    await person.until(lambda event: event.room_id == chat and _came(event, town.bot.user_id), within=PATIENCE)
    return chat


def _came(event: Event, who: str) -> bool:
    return event.type == "m.room.member" and event.state_key == who and event.content.get("membership") == "join"


async def _seeds(town: Town, community: Community) -> None:
    """A meet-up with few places, a poll on dates, a request: something to answer from outside."""
    word, moderator, asker = community.word, community.moderator, community.members[0]
    await _confirmed(town, moderator, community.room, f'!rdv nouveau "{word}" mardi 5 janvier 2038 14h 3 places')
    dates = "mardi 12 janvier 2038 14h, jeudi 14 janvier 2038 14h"
    await town.asks(moderator, community.room, f'!rdv dates "{word}" {dates}')
    await _confirmed(town, asker, community.room, f"!expert {word} : comment choisir un DPI ?")


async def _confirmed(town: Town, person: Person, room: str, line: str) -> None:
    for text in (line, "oui"):
        await town.asks(person, room, text)
