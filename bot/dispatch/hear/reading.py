"""Interprets the words of a message once, for those who sort it and those who answer it."""

from collections import OrderedDict
from dataclasses import replace
from functools import cached_property

from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.hear.address import PREFIX, Addressed, addressed
from bot.dispatch.menu.menu import Menu, Unclear, Understood
from bot.dispatch.menu.phrases import Meant
from bot.events.answers import Control, control_of
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture, gesture_of_word, plain_answer
from bot.events.spoken_answers import spoken_gesture
from bot.text.emergency import speaks_of_emergency
from bot.text.typos import is_ordinary

MOST = 256
"""Readings that are cached; a message whose reading was dropped is read again when it is answered."""
ALONE = "?"
"""The text that the menu reads for a message that is our name and nothing else."""
COURTESY = 3
"""Words that a courtesy has at most, as `s'il vous plaît`."""
_CRIES = frozenset({"sos", "urgent", "urgence", "urgences"})


class Reading:
    """The words of a message and what they may mean, each property computed when it is first read.

    What depends on the moment (who wrote it, which cards are open) is in `bot.dispatch.answer.place`.
    """

    def __init__(self, message: MessageReceived, *, menu: Menu, names: tuple[str, ...], private: bool = False) -> None:
        self.message = message
        self._private = private
        self._menu = menu
        self._names = names

    @cached_property
    def said(self) -> Addressed:
        """The words without prefix and mention; of several commands, one on each line, only the first."""
        said, second = addressed(self.message, names=self._names), self.second
        return replace(said, text=said.text.partition(f"\n{second}")[0].rstrip()) if second else said

    @cached_property
    def second(self) -> str | None:
        """The first line below the prefixed message's own that is a command too, as it was typed."""
        if not PREFIX.match(self.message.text):
            return None
        return next((line for line in self.message.text.split("\n")[1:] if self._is_command(line)), None)

    def _is_command(self, line: str) -> bool:
        prefix = PREFIX.match(line)
        found = prefix is not None and not prefix[1] and self._menu.read(line[prefix.end() :])
        return isinstance(found, Understood)

    @property
    def text(self) -> str:
        return self.said.text

    @cached_property
    def understood(self) -> Understood | Unclear | None:
        """What the menu reads in the words, said to us or not."""
        read = self._menu.read(self.text or ALONE)
        typed = self.said.prefixed and not self.said.loose
        return None if read is not None and read.command.everyday and not typed else read

    @cached_property
    def is_command(self) -> bool:
        """Whether words after the prefix are for us: a command, a mistyped one, or a cry for help.

        French puts a space after any exclamation mark. With one, we accept a command alone, one that requires words,
        one followed by what nobody writes to colleagues (a question for `expert`, a moment for `rappel`), and a
        mistyped one that is whole (`Menu.is_whole`).
        """
        read = self.understood
        if isinstance(read, Understood):
            return not self.said.loose or not read.rest or read.wants_words or self._is_surely(read)
        if self.said.loose:
            return read is None and self._is_whole_slip()
        if isinstance(read, Unclear) and (read.command.under or few_words(read.rest) or self._is_of_team(read)):
            return True
        return self.cries or self._slip is not None

    def _is_surely(self, read: Understood) -> bool:
        return self._menu.is_whole(read) or (read.verb.surely is not None and read.verb.surely(read.rest))

    def _is_of_team(self, read: Unclear) -> bool:
        """Whether it is a command of the team in lower case: « Admin réseau absent » is for colleagues."""
        return read.command.role is not Role.MEMBER and self.text[:1].islower()

    def _is_whole_slip(self) -> bool:
        meant = self._menu.read(self._slip) if self._slip is not None else None
        return isinstance(meant, Understood) and self._menu.is_whole(meant)

    @cached_property
    def _slip(self) -> str | None:
        return self._menu.suggestion(self.text, lambda command: True)

    def is_for_us(self, *, direct: bool) -> bool:
        """Whether the words by themselves are for us. A mention and a private message always are."""
        return self.said.to_us(direct=direct) and (direct or self.said.named or self.is_command)

    @cached_property
    def cries(self) -> bool:
        """Whether the first word is a cry for help such as `!sos`; the sentence after it is not examined."""
        return plain_answer(self.text.partition(" ")[0]) in _CRIES

    @cached_property
    def alone(self) -> Understood | None:
        """The command, without the few unknown words that follow it: `stop merci`, `bonjour Relais`."""
        read = self.understood
        if not isinstance(read, Unclear) or len(read.rest.split()) > COURTESY:
            return None
        found = self._menu.read(read.command.path)
        return found if isinstance(found, Understood) else None

    @cached_property
    def meant(self) -> Meant | None:
        """The command that plain words ask for; None for a prefixed message, a typed command or an emergency."""
        read = self.understood
        typed = read if isinstance(read, Understood) else None
        whole = typed is not None and (typed.named or not typed.rest or typed.command.under is not None)
        if self.said.prefixed or whole or speaks_of_emergency(self.text):
            return None
        meant = self._menu.in_plain_words(self.text)
        if typed is not None and self._is_surely(typed) and meant is not None and meant.loose:
            return None  # a question behind its word is one: a few of its words point elsewhere by chance
        return meant

    @property
    def is_aside(self) -> bool:
        """Whether plain words greet, thank, stop or ask how it works, which answers no question of ours."""
        meant = self.meant
        if meant is None or meant.unsure or meant.rest:
            return False
        if meant.beside > COURTESY and not meant.verb.answers_nothing:
            return False
        return meant.command.anywhere or meant.verb in meant.command.sayings

    # ── words that answer something ───────────────────────────────────────────────────────────────────────

    @cached_property
    def gesture(self) -> Gesture | None:
        """The gesture that the words mean under a card that asks for yes or no."""
        return self._answer(yes_no=True)

    @cached_property
    def plain_gesture(self) -> Gesture | None:
        """The gesture that they mean under any other card."""
        return self._answer(yes_no=False)

    @property
    def bare_gesture(self) -> Gesture | None:
        """The gesture of a yes or no alone, with at most a courtesy beside it."""
        first = self.text.replace(",", " ").split()[:1]
        named = gesture_of_word(first[0], yes_no=True) if first else None
        return self.gesture if named is not None and named is self.gesture else None

    def _answer(self, *, yes_no: bool) -> Gesture | None:
        """Whole sentences count in private and in a reply; elsewhere only the words of `bot.events.gestures`."""
        if self._private or self.message.reply_to is not None:
            return spoken_gesture(self.text, yes_no=yes_no)
        return gesture_of_word(self.text, yes_no=yes_no)

    @cached_property
    def control(self) -> Control | None:
        """What they do to a form or a list: cancel, stop, back, more."""
        return control_of(self.text)

    @property
    def is_answer(self) -> bool:
        """Whether the words may answer a card, whatever it is about."""
        if self.control is not None:
            return True
        if self._private:
            return self.plain_gesture is not None or self.gesture is not None
        return any(gesture_of_word(self.text, yes_no=yes_no) is not None for yes_no in (False, True))

    @cached_property
    def is_card_word(self) -> bool:
        """Whether they are a word that a command declares for some kind of card."""
        return self._menu.is_card_word(self.text)

    @cached_property
    def is_thread_word(self) -> bool:
        """Whether they answer the card on which the thread was opened, if it is one of that kind."""
        return self.message.thread is not None and self._menu.is_thread_word(self.text)

    @property
    def may_answer(self) -> bool:
        """Whether the words may answer what is open; after the prefix only if they are no command."""
        if not self.said.prefixed:
            return True
        return self.understood is None and (self.is_answer or self.is_card_word)


def few_words(rest: str) -> bool:
    """Whether so few words follow a command that they are hardly addressed to other people."""
    words = rest.split()
    return len(words) <= 2 and not is_ordinary(plain_answer(words[0])) if words else True


class Readings:
    """A cache of readings, from the arrival of a message to its answer. After a restart, messages are read again.

    The reading of a message that is not for us is dropped at once.
    """

    def __init__(self, menu: Menu, directory: RoomDirectory, account: str) -> None:
        self._menu = menu
        self._directory = directory
        self._account = account
        self._known: OrderedDict[tuple[str, str], Reading] = OrderedDict()

    def of(self, message: MessageReceived) -> Reading:
        """The reading of a message: the cached one, or a new one, which is then cached."""
        kept = replace(message, beside="") if message.beside else message
        known = self._known.get(_key(message))
        if known is not None and known.message == kept:
            return known
        names, private = self._names(message.room_id), self._may_be_private(message.room_id)
        reading = self._known[_key(message)] = Reading(kept, menu=self._menu, names=names, private=private)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return reading

    def forget(self, message: MessageReceived) -> None:
        """Drop the reading of a message that is answered, or not for us."""
        self._known.pop(_key(message), None)

    def _may_be_private(self, room_id: str) -> bool:
        facts = self._directory.facts(room_id)
        return facts is not None and facts.members <= 2

    def _names(self, room_id: str) -> tuple[str, ...]:
        """How we may be addressed in a room: id, local part, shown name."""
        return (self._account, self._account.partition(":")[0], self._directory.name_of(room_id, self._account))


def _key(message: MessageReceived) -> tuple[str, str]:
    return message.room_id, message.event_id
