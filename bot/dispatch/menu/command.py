"""How a word of the menu is declared: one `Command` a file, its verbs and reactions beside it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from bot.communities.rules.roles import Role
from bot.dispatch.menu.arguments import Parameter, parameters_of
from bot.dispatch.menu.belonging import Belonging, MessageMark
from bot.dispatch.menu.card_answers import CardAction, CardWord
from bot.dispatch.menu.form import AFTERWARDS, QUESTION, Choice, Form, Step
from bot.dispatch.menu.handlers import (
    Among,
    Ask,
    AsksRights,
    CardHandler,
    Done,
    DraftAmong,
    DraftTitle,
    Finder,
    Fits,
    Left,
    MarkHandler,
    More,
    Named,
    NamedHandler,
    Pick,
    ReadsAlone,
    RoomHelp,
    ShowsItem,
    ShowsToo,
    Still,
    TakenBack,
    TalkHandler,
    TimerHandler,
    Title,
    VerbHandler,
    Waits,
    WordHandler,
    Words,
)
from bot.events.gestures import Gesture
from bot.store.database import Transaction

LAST = 90

Declared = TypeVar("Declared")
Declare = Callable[[Declared], Declared]
"""A decorator that declares a function and leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that a command does. The words are spelt as members see them; the first is the one that help shows.

    `usage` and `summary` are msgids. `anywhere`: also in a room of no community. `led`: only by whoever organises the
    thing, and by the community's team. `makes`: the kind of thing that it makes (`bot.quotas`), None if it only shows.
    `asks_rights`: the homeserver is asked for the person's rights first; a function decides it from the words.
    `phrases`: plain words for it, in the notation of `bot.text.phrases`; `fits`: which words may follow one.
    `surely`: which words nobody writes to colleagues, so that they are accepted after « ! » and a space too.
    `answers_nothing`: a sentence that holds a phrase of it is never taken for an answer in somebody's own words.
    """

    words: tuple[str, ...]
    handler: NamedHandler
    usage: str
    summary: str
    role: Role
    anywhere: bool
    led: bool
    parameters: tuple[Parameter, ...]
    asks_rights: bool | AsksRights
    makes: str | None = None
    phrases: tuple[str, ...] = ()
    fits: Fits | None = None
    surely: Fits | None = None
    answers_nothing: bool = False

    async def asks(self, tx: Transaction, person: str, words: str) -> bool:
        """Whether the homeserver is asked for the person's rights before this is done with these words."""
        return self.asks_rights if isinstance(self.asks_rights, bool) else await self.asks_rights(tx, person, words)

    def makes_with(self, words: str) -> str | None:
        """The kind of thing made with these words; None without words, if the verb takes some: it only shows then."""
        return self.makes if words.strip() or not self.parameters else None


class Command:
    """A word that members type, with everything that belongs to it.

    `under` is the word that is typed before it (`admin`). `shown` is how the word is typed by readers of other
    languages (a msgid), `place` where help lists it (0: nowhere). With D as the letter of its `items`, `D-12` alone is
    this command, also with one of `item_words` behind it. `explains`: another command may follow it, as in `help doc`.
    `examples` are written without the prefix; they and `summary` are msgids. `everyday`: only right behind the prefix.
    """

    def __init__(
        self,
        word: str,
        *,
        summary: str,
        aliases: tuple[str, ...] = (),
        examples: tuple[str, ...] = (),
        under: str | None = None,
        role: Role = Role.MEMBER,
        anywhere: bool = False,
        listed: bool = True,
        shown: str = "",
        place: int = LAST,
        items: str = "",
        item_words: Collection[str] = (),
        explains: bool = False,
        everyday: bool = False,
    ) -> None:
        self.word = word
        self.shown = shown
        self.place = place
        self.items, self.item_words = items, item_words
        self.explains = explains
        self.everyday = everyday
        self.aliases = aliases
        self.summary = summary
        self.examples = examples
        self.under = under
        self.role = role
        self.anywhere = anywhere
        self.listed = listed
        self.verbs: list[Verb] = []
        self.sayings: list[Verb] = []
        self.actions: list[CardAction] = []
        self.words: list[CardWord] = []
        self.talks: dict[str, TalkHandler] = {}
        self.room_helps: dict[str, RoomHelp] = {}
        self.timers: dict[str, TimerHandler] = {}
        self.among: dict[str, Among] = {}
        self.shown_kinds: set[str] = set()
        self.remade_kinds: set[str] = set()
        self.takers: list[TakenBack] = []
        self.forms: list[Form] = []
        self.choices: list[Choice] = []
        self.titles: dict[str, Title] = {}
        self.belongings: dict[str, Belonging] = {}
        self.shower: ShowsItem | None = None
        self.marks: list[MessageMark] = []

    @property
    def path(self) -> str:
        """The word as it is typed in French, without the prefix."""
        return f"{self.under} {self.word}" if self.under else self.word

    def run(
        self,
        *,
        usage: str = "",
        summary: str | None = None,
        makes: str | None = None,
        asks_rights: bool | AsksRights | None = None,
        phrases: tuple[str, ...] = (),
        fits: Fits | None = None,
        surely: Fits | None = None,
    ) -> Callable[[VerbHandler[Words]], VerbHandler[Words]]:
        """Declare what the word does by itself, or with words that are no verb."""
        return self.verb(
            usage=usage,
            summary=summary,
            makes=makes,
            asks_rights=asks_rights,
            phrases=phrases,
            fits=fits,
            surely=surely,
        )

    def said(
        self, *phrases: str, fits: Fits | None = None, answers_nothing: bool = False
    ) -> Callable[[VerbHandler[Words]], VerbHandler[Words]]:
        """Declare the answer to plain words for which there is no command; `answers_nothing`: as of a verb."""

        def declare(handler: VerbHandler[Words]) -> VerbHandler[Words]:
            own = (cast(NamedHandler, handler), "", "", Role.MEMBER, True, False, parameters_of(handler), False)
            self.sayings.append(Verb((), *own, phrases=phrases, fits=fits, answers_nothing=answers_nothing))
            return handler

        return declare

    def verb(
        self,
        *words: str,
        usage: str = "",
        summary: str | None = None,
        role: Role | None = None,
        anywhere: bool | None = None,
        led: bool = False,
        makes: str | None = None,
        asks_rights: bool | AsksRights | None = None,
        phrases: tuple[str, ...] = (),
        fits: Fits | None = None,
        surely: Fits | None = None,
    ) -> Callable[[VerbHandler[Words]], VerbHandler[Words]]:
        """Declare a verb with its other spellings.

        `asks_rights` is by default True for a verb that is `led` or has a `role` above member. A handler that looks at
        rights itself has to set it.
        """
        needed = role or self.role
        reserved = led or needed is not Role.MEMBER

        def declare(handler: VerbHandler[Words]) -> VerbHandler[Words]:
            self.verbs.append(
                Verb(
                    words=words,
                    handler=cast(NamedHandler, handler),
                    usage=usage,
                    summary=self.summary if summary is None else summary,
                    role=needed,
                    anywhere=self.anywhere if anywhere is None else anywhere,
                    led=led,
                    parameters=parameters_of(handler),
                    asks_rights=reserved if asks_rights is None else asks_rights,
                    makes=makes,
                    phrases=phrases,
                    fits=fits,
                    surely=surely,
                )
            )
            return handler

        return declare

    def reaction(
        self,
        gesture: Gesture,
        *,
        about: str,
        removed: bool = False,
        asks_rights: bool = False,
        makes: str | None = None,
        bare: bool = True,
    ) -> Declare[CardHandler]:
        """Declare what a gesture does on a card of this kind; its word in reply to the card alone, unless `bare`."""

        def declare(handler: CardHandler) -> CardHandler:
            self.actions.append(CardAction(about, gesture, removed, handler, asks_rights, makes, bare))
            return handler

        return declare

    def answer(
        self,
        *words: str,
        about: str,
        takes_rest: bool = False,
        makes: str | None = None,
        asks_rights: bool = False,
        alone: ReadsAlone | None = None,
        reads: Callable[[str], bool] | None = None,
        takes_yes: bool = False,
        in_thread: bool = False,
    ) -> Declare[WordHandler]:
        """Declare what a word does that answers a card about this kind of item: `handler(ctx, item, rest)`.

        In a direct chat, and in a room that we opened, the word alone answers the latest card that understands it.
        Several words answer only as the whole message, and so does a text that `reads` accepts: it is then the rest.
        """

        def declare(handler: WordHandler) -> WordHandler:
            own = (makes, asks_rights, alone, reads, takes_yes, in_thread)
            self.words.append(CardWord(about, words, takes_rest, handler, *own))
            return handler

        return declare

    def talk(self, *, about: str) -> Declare[TalkHandler]:
        """Declare what happens when people begin to talk in a room that holds a card about this kind of item."""

        def declare(handler: TalkHandler) -> TalkHandler:
            self.talks[about] = handler
            return handler

        return declare

    def helps_in_room(self, *, about: str) -> Declare[RoomHelp]:
        """Declare what `!help` answers in a room of no community that holds a card about this kind of item."""

        def declare(handler: RoomHelp) -> RoomHelp:
            self.room_helps[about] = handler
            return handler

        return declare

    def only_shows(self, *kinds: str) -> None:
        """Declare kinds whose cards show what exists and make nothing: when their command is edited, it runs again."""
        self.shown_kinds |= set(kinds)

    def taken_back(self, *kinds: str) -> Declare[TakenBack]:
        """Declare what withdraws the things that a deleted message made: `handler(ctx, source)`, its event id.

        When a message is edited whose answer is a card of these kinds, its verb runs again and changes what it made.
        """

        def declare(handler: TakenBack) -> TakenBack:
            self.remade_kinds |= set(kinds)
            self.takers.append(handler)
            return handler

        return declare

    def timer(self, kind: str, *, among: Among | None = None) -> Declare[TimerHandler]:
        """Declare what is done for an item when a timer of this kind is due: `handler(moment, item)`.

        If the handler writes to members, `among(tx, item)` finds the community whose members are loaded first, if any.
        """

        def declare(handler: TimerHandler) -> TimerHandler:
            self.timers[kind] = handler
            self.among |= {kind: among} if among is not None else {}
            return handler

        return declare

    def belongs(
        self,
        *kinds: str,
        to: Finder,
        visited: bool = False,
        waits: Waits | None = None,
        draft: Still | None = None,
        agreed: Still | None = None,
        also: Mapping[str, ShowsToo] | None = None,
    ) -> None:
        """Declare to which communities items of these kinds belong. A kind of card that may be answered has to.

        For a card that is sent with `waits=True`, `waits` has to tell how long; without it the card is closed at night.
        """
        self.belongings |= dict.fromkeys(kinds, Belonging(to, visited, waits, draft, agreed, also or {}))

    def shows_item(self, handler: ShowsItem) -> ShowsItem:
        """Declare how an item is shown where another command has found it, as `!doc` finds sheets."""
        self.shower = handler
        return handler

    def mark(self, gesture: Gesture, *, makes: str | None = None) -> Declare[MarkHandler]:
        """Declare what a gesture does on a message of anybody: `handler(ctx, event_id)`.

        Without `makes` the handler counts by itself, once it knows that the message concerns it.
        """

        def declare(handler: MarkHandler) -> MarkHandler:
            self.marks.append(MessageMark(gesture, handler, makes))
            return handler

        return declare

    def title(self, *, about: str) -> Declare[Title]:
        """Declare how an item is named when somebody must say which one they mean: `(ctx, id) -> str`."""

        def declare(handler: Title) -> Title:
            self.titles[about] = handler
            return handler

        return declare

    def form(
        self,
        name: str,
        *,
        preview: Ask,
        done: Done,
        title: DraftTitle,
        steps: tuple[Step, ...] = (),
        role: Role | None = None,
        question: str = QUESTION,
        asks_rights: bool = False,
        afterwards: str = AFTERWARDS,
        among: DraftAmong | None = None,
        anywhere: bool = False,
        makes: str | None = None,
        tapped: bool = False,
        saves: bool = False,
        left: Left | None = None,
    ) -> Form:
        """Declare something that is shown before it is done; see `bot.dispatch.menu.form`."""
        asks = (name, preview, done, title, steps, role or self.role, question, asks_rights, afterwards, among)
        form = Form(*asks, anywhere, makes, saves, tapped=tapped, left=left)
        self.forms.append(form)
        return form

    def choice(
        self,
        name: str,
        *,
        pick: Pick | None = None,
        more: More | None = None,
        suggests: bool = False,
        named: Named | None = None,
    ) -> Choice:
        """Declare a kind of list that is answered by a number, or by `suite`; without `pick` only by gestures."""
        choice = Choice(name, pick, more, suggests, named)
        self.choices.append(choice)
        return choice
