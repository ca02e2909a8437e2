"""The gate in front of everything that answers a card, for each kind of card, form and list that the bot has."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.communities import rooms
from bot.communities.rules.roles import Role
from bot.dispatch.menu.belonging import Belonging
from bot.dispatch.menu.card_answers import CardAction, CardWord
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Choice, Form
from bot.dispatch.menu.menu import Menu
from bot.events.gestures import Gesture, sign_of
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.help.rules.cards import QUESTION
from bot.mailbox import dialogues
from bot.store.database import Database, Transaction
from tests.chat import ANA, BEN, CLEO, Chat, Said
from tests.homeserver import BOT

Answer = tuple[str, str, Gesture | None]
"""A kind of card, a word that answers it, and the gesture that the word stands for."""
STRANGER, NEIGHBOUR = "@stranger:example.org", "@neighbour:example.org"
"""Somebody of no community, a member of another."""
COMMUNITY, OTHER = "numerique", "!rse:example.org"


class Watched:
    """A bot in which nothing that answers a card does anything, except that `reached` counts it."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.reached: list[Any] = []
        self.menu: Menu = chat._menu
        menu: Any = self.menu
        menu._belongings = {
            kind: Belonging(_numerique, one.visited, draft=_always if one.draft else None)
            for kind, one in menu._belongings.items()
        }
        menu._actions = {key: replace(one, handler=self._count(key)) for key, one in menu._actions.items()}
        menu._card_words = {
            kind: {word: replace(one, handler=self._count((kind, word))) for word, one in words.items()}
            for kind, words in menu._card_words.items()
        }
        menu._talks = {kind: self._count((kind, "talk")) for kind in menu._talks}
        menu._titles = {}
        menu._forms = {name: self._form(name, form) for name, form in menu._forms.items()}
        menu._choices = {name: self._choice(name, choice) for name, choice in menu._choices.items()}

    def _count(self, what: Any) -> Any:
        async def count(*_arguments: Any) -> None:
            self.reached.append(what)

        return count

    def _form(self, name: str, form: Form) -> Form:
        return replace(form, done=self._count(name), title=lambda _ctx, _draft: name, role=Role.MEMBER, steps=())

    def _choice(self, name: str, choice: Choice) -> Choice:
        return replace(
            choice,
            pick=self._count((name, "pick")) if choice.pick else None,
            more=self._count((name, "more")) if choice.more else None,
        )

    @property
    def actions(self) -> list[CardAction]:
        menu: Any = self.menu
        return [action for action in menu._actions.values() if not self.menu.passing(action.about)]

    @property
    def words(self) -> list[CardWord]:
        menu: Any = self.menu
        found = {(one.about, one.words): one for words in menu._card_words.values() for one in words.values()}
        return list(found.values())

    @property
    def answers(self) -> list[Answer]:
        """Every kind of card with each word that answers it."""
        found = [(one.about, sign_of(one.gesture).french[0], one.gesture) for one in self.actions if not one.removed]
        return [*found, *((one.about, one.words[0], None) for one in self.words)]

    async def card(self, about: Ref, to: str) -> Said:
        """A card in a room, or for a person alone."""
        self.chat.forget()
        async with self.chat.database.transaction() as tx:
            key = f"card:{about}:{to}:{len(self.chat.homeserver.rooms)}:{self.chat.now.timestamp()}"
            text = Message(Text.of("Une carte"))
            await self.chat.outbox.say(tx, text, key=key, to=to, now=self.chat.now, about=about, waits=True)
        self.chat.now += timedelta(seconds=1)
        await self.chat.settles()
        return next(said for said in self.chat.messages if said.text == "Une carte")

    async def over(self, about: Ref) -> None:
        """The card, and what words that are commands showed, wait for nobody: the next word is not meant for them."""
        async with self.chat.database.transaction() as tx:
            await self.chat.outbox.close_cards(tx, about, Ref(QUESTION, COMMUNITY))

    async def begins(self, kind: str, name: str, person: str, room: str) -> Ref:
        """A preview or a list of that person, begun in the community."""
        async with self.chat.database.transaction() as tx:
            number = await dialogues.start(
                tx,
                account=BOT,
                room_id=room,
                person=person,
                kind=kind,
                name=name,
                data={},
                opened_at=self.chat.now,
                expires_at=self.chat.now + timedelta(hours=1),
                community=COMMUNITY,
            )
        return Ref(name, str(number))


async def _numerique(_tx: Transaction, _item: str) -> list[str]:
    return [COMMUNITY]


async def _always(*_arguments: object) -> bool:
    return True


@pytest_asyncio.fixture
async def bot(chat: Chat) -> AsyncIterator[Watched]:
    """A community with its room, another with its own, and people of each."""
    await chat.opens(OTHER, community="rse", members=(ANA, NEIGHBOUR))
    for person in (ANA, BEN, STRANGER, NEIGHBOUR):
        await chat.direct(person)
    yield Watched(chat)


def _one_of_each(bot: Watched) -> list[Answer]:
    """Of each kind of card the first gesture and the first word."""
    first = {(kind, gesture is None): (kind, word, gesture) for kind, word, gesture in reversed(bot.answers)}
    return list(first.values())


@pytest.fixture
def of_each(bot: Watched) -> list[Answer]:
    """An answer of each kind of card: who may answer is asked of the card, whatever the answer is."""
    return _one_of_each(bot)


@pytest.fixture(params=["first", pytest.param("others", marks=pytest.mark.thorough)])
def answers(request: pytest.FixtureRequest, bot: Watched) -> list[Answer]:
    """Of each kind of card the first gesture and the first word; all others."""
    first = _one_of_each(bot)
    return [one for one in bot.answers if (one in first) == (request.param == "first")]


async def bans(chat: Chat, person: str) -> None:
    chat.homeserver.member(chat.room, person, "ban")
    await chat.hears(chat.room)


def about(kind: str) -> Ref:
    return Ref(kind, "1")


# ── the way in: what the promises below would be worth nothing without ────────────────────────────────────


async def test_a_member_reaches_everything_where_the_card_is(bot: Watched, answers: list[Answer]) -> None:
    for kind, word, gesture in answers:
        card = await bot.card(about(kind), bot.chat.room)
        await bot.chat.says(CLEO, word, reply_to=card)
        assert len(bot.reached) == 1, (kind, word)
        bot.reached.clear()
        if gesture is not None:
            mark = await bot.chat.reacts(CLEO, sign_of(gesture).emoji, card)
            assert len(bot.reached) == 1, (kind, gesture)
            await bot.chat.redacts(CLEO, mark)
            undone = bot.menu.action(kind, gesture, removed=True)
            assert len(bot.reached) == (1 if undone is None else 2), (kind, gesture)
        bot.reached.clear()
        await bot.over(about(kind))


async def test_and_in_their_own_copy(bot: Watched, of_each: list[Answer]) -> None:
    for kind, word, _gesture in of_each:
        card = await bot.card(about(kind), f"dm:{BEN}")
        await bot.chat.says(BEN, word, room=card.room_id, reply_to=card)
        assert len(bot.reached) == 1, (kind, word)
        bot.reached.clear()
        await bot.over(about(kind))


async def test_what_they_began_is_done_for_them(bot: Watched) -> None:
    room = await bot.chat.direct(BEN)
    for name in _forms(bot):
        await bot.begins(dialogues.FORM, name, BEN, room)
        await bot.chat.says(BEN, "oui", room=room)
        assert bot.reached == [name]
        bot.reached.clear()
    for name, choice in _lists(bot):
        await bot.begins(dialogues.LIST, name, BEN, room)
        await bot.chat.says(BEN, "1" if choice.pick else "suite", room=room)
        assert bot.reached == [(name, "pick" if choice.pick else "more")]
        bot.reached.clear()


# ── the promise ───────────────────────────────────────────────────────────────────────────────────────────


async def test_no_card_is_answered_from_another_room(bot: Watched, answers: list[Answer]) -> None:
    for kind, word, gesture in answers:
        card = await bot.card(about(kind), bot.chat.room)
        for person in (BEN, STRANGER, NEIGHBOUR):
            own = await bot.chat.direct(person)
            elsewhere = OTHER if person == NEIGHBOUR else own
            await bot.chat.says(person, word, room=own, reply_to=card)
            if gesture is not None:
                mark = await bot.chat.reacts(person, sign_of(gesture).emoji, card, room=elsewhere)
                await bot.chat.redacts(person, mark, room=elsewhere)
            assert bot.reached == [], (kind, word, person)
        await bot.over(about(kind))


@pytest.mark.parametrize("heard", [True, False])
async def test_whoever_was_banned_reaches_nothing_in_private_and_is_answered(
    bot: Watched, of_each: list[Answer], *, heard: bool
) -> None:
    """Also when the homeserver knows of it, and the sync has not told it yet."""
    cards = {kind: await bot.card(about(kind), f"dm:{BEN}") for kind, _word, _gesture in of_each}
    bot.chat.homeserver.member(bot.chat.room, BEN, "ban")
    if heard:
        await bot.chat.hears(bot.chat.room)
    for kind, word, gesture in of_each:
        card = cards[kind]
        bot.chat.forget()
        if heard and gesture is not None:
            mark = await bot.chat.reacts(BEN, sign_of(gesture).emoji, card)
            await bot.chat.redacts(BEN, mark, room=card.room_id)
        else:
            await bot.chat.says(BEN, word, room=card.room_id, reply_to=card if heard else None)
        assert [said.room_id for said in bot.chat.messages] == [card.room_id], (kind, word)
        assert bot.reached == [], (kind, word)


async def test_a_third_person_in_a_private_conversation_reaches_nothing(bot: Watched, of_each: list[Answer]) -> None:
    cards = {kind: await bot.card(about(kind), f"dm:{BEN}") for kind, _word, _gesture in of_each}
    room = await bot.chat.direct(BEN)
    bot.chat.homeserver.member(room, CLEO)
    for kind, word, gesture in of_each:
        if gesture is not None:
            await bot.chat.reacts(CLEO, sign_of(gesture).emoji, cards[kind])
        else:
            await bot.chat.says(CLEO, word, room=room, reply_to=cards[kind])
        assert bot.reached == [], (kind, word)


async def test_a_room_that_is_linked_no_more_answers_for_nobody(bot: Watched, of_each: list[Answer]) -> None:
    room = await bot.chat.opens("!second:example.org", community=COMMUNITY)
    cards = {kind: await bot.card(about(kind), room) for kind, _word, _gesture in of_each}
    async with bot.chat.database.transaction() as tx:
        bound = await rooms.binding(tx, room)
        assert bound is not None
        await rooms.unlink(tx, bound)
    for kind, word, gesture in of_each:
        if gesture is not None:
            await bot.chat.reacts(CLEO, sign_of(gesture).emoji, cards[kind])
        else:
            await bot.chat.says(CLEO, word, room=room, reply_to=cards[kind])
        assert bot.reached == [], (kind, word)


async def test_a_form_or_a_list_is_its_author_s_own_where_it_began(bot: Watched) -> None:
    room = await bot.chat.direct(BEN)
    for name in [*_forms(bot), *(name for name, _choice in _lists(bot))]:
        kind = dialogues.FORM if bot.menu.form(name) else dialogues.LIST
        card = await bot.card(await bot.begins(kind, name, BEN, bot.chat.room), bot.chat.room)
        for word in ("oui", "1"):
            await bot.chat.says(CLEO, word, reply_to=card)
            await bot.chat.says(BEN, word, room=room, reply_to=card)
            await bot.chat.says(NEIGHBOUR, word, room=OTHER, reply_to=card)
        assert [one for one in bot.reached if one[0] != name or one[1] in ("pick", "more")] == [], name
        assert name not in bot.reached
        bot.reached.clear()


async def test_who_left_the_community_does_nothing_of_what_they_began_there(bot: Watched) -> None:
    room = await bot.chat.direct(BEN)
    await bans(bot.chat, BEN)
    for name in _forms(bot):
        form = bot.menu.form(name)
        assert form is not None
        card = await bot.card(await bot.begins(dialogues.FORM, name, BEN, room), room)
        await bot.chat.says(BEN, "oui", room=room, reply_to=card)
        assert bot.reached == ([name] if form.anywhere else []), name
        bot.reached.clear()
    for name, choice in _lists(bot):
        await bot.begins(dialogues.LIST, name, BEN, room)
        await bot.chat.says(BEN, "1" if choice.pick else "suite", room=room)
        assert bot.reached == [], name


def test_only_what_is_their_own_is_done_for_who_left(bot: Watched) -> None:
    """To be forgotten, and the profile, which is of no community."""
    own = {"forget", "profile questions", "profile said", "profile erased"}
    assert {name for name in _forms(bot) if (form := bot.menu.form(name)) and form.anywhere} == own


def _forms(bot: Watched) -> list[str]:
    menu: Any = bot.menu
    return list(menu._forms)


def _lists(bot: Watched) -> list[tuple[str, Choice]]:
    menu: Any = bot.menu
    return [(name, choice) for name, choice in menu._choices.items() if choice.pick or choice.more]


# ── declarations ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_kind_of_card_that_says_nothing_of_its_community_stops_the_start() -> None:
    forgetful = Command("essai", summary="try")
    forgetful.reaction(Gesture.YES, about="lost")(_nothing)

    with pytest.raises(ValueError, match="lost"):
        Menu([forgetful])


async def _nothing(_ctx: object, _item: str) -> None:
    return None


async def test_what_does_not_exist_belongs_to_nobody(chat: Chat, database: Database) -> None:
    menu: Any = chat._menu
    async with database.reading() as tx:
        for kind, belonging in menu._belongings.items():
            assert list(await belonging.find(tx, "999999")) == [], kind
