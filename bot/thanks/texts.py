"""What is said about thanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, ngettext
from bot.resources.texts import one_line
from bot.thanks.rules.refusal import Refusal

SHOWN: Final = 20
"""Thanks in one message, first those with words; the others are counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who thanked, what for in their words, and what for by its id."""

    name: str
    words: str
    subject: str


def noted(whom: str) -> Text:
    """What whoever thanks reads, in the room."""
    return Text.of(
        _(
            "**Your thanks to {name} are noted.** I pass them on in private, on another day; nobody else counts them."
        ).format(name=whom),
        _("To take them back, delete your message."),
    )


def passed_on(said: Sequence[Said]) -> Text:
    """What somebody reads who was thanked."""
    return Text.of(
        title(ngettext("{count} thanks for you", "{count} thanks for you", len(said)).format(count=len(said))),
        listed(said),
        _("Nobody else sees how often you are thanked; you do: `!thanks`"),
        _("For your name to be in the room's monthly thanks: `!me agreements thanks yes`"),
    )


def listed(said: Sequence[Said]) -> Text:
    """Each on a line."""
    said, left = sorted(said, key=lambda one: not one.words), len(said) - SHOWN
    more = [_("and {count} more").format(count=left)] if left > 0 else []
    return bullets(*map(_line, said[:SHOWN]), *more)


def _line(said: Said) -> str:
    about = _about(said.subject)
    if said.words:
        words = one_line(said.words)
        return _("{name}{about}: “{words}”").format(name=said.name, about=about, words=words)
    return f"{said.name}{about}"


def _about(subject: str) -> str:
    """A thing by its number, a message only as one: what it said is not stored."""
    if subject[:1].isalpha():
        return _(", for {number}").format(number=subject)
    return _(", for a message in a room") if subject.startswith("$") else ""


REFUSED: Final = {
    Refusal.ONESELF: N_("One does not thank oneself here. To thank a colleague: `!thanks @claire for …`"),
    Refusal.ROBOT: N_("With pleasure. I am only a robot: thanks are for people."),
    Refusal.STRANGER: N_("I do not see this person in the community's rooms: thanks are for its members."),
    Refusal.GONE: N_(
        "Those who signed this are members no more: I cannot pass your thanks on, and note nothing. "
        "To thank a colleague: `!thanks @claire for …`"
    ),
    Refusal.ALREADY: N_("It is noted already, once is enough. Nothing has changed."),
}
