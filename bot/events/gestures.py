"""What a reaction or a typed word means: one table, whatever the device's emoji look like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.text.plain_text import fold


class Gesture(StrEnum):
    """What a person answers to a card."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    HELP = "help"
    USEFUL = "useful"
    USELESS = "useless"
    REMOVE = "remove"
    ONE = "one"
    TWO = "two"
    THREE = "three"
    FOUR = "four"
    FIVE = "five"
    SIX = "six"
    SEVEN = "seven"
    EIGHT = "eight"
    NINE = "nine"
    TEN = "ten"
    HAND_OVER = "hand_over"
    REMIND = "remind"
    DIGEST = "digest"
    CAPTURE = "capture"
    THANKS = "thanks"
    ME_TOO = "me_too"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Sign:
    """One gesture: the emoji we show, other emoji we accept, and the words we accept, the one we show first."""

    gesture: Gesture
    emoji: str
    french: tuple[str, ...]
    english: tuple[str, ...]
    variants: tuple[str, ...] = ()
    yes_no_variants: tuple[str, ...] = ()
    under_yes_no: bool = True

    def emojis(self, *, yes_no: bool) -> tuple[str, ...]:
        """Every spelling of the emoji that counts under such a card."""
        if yes_no and not self.under_yes_no:
            return ()
        return (self.emoji, *self.variants, *(self.yes_no_variants if yes_no else ()))

    def words(self, *, yes_no: bool) -> tuple[str, ...]:
        """Every word that counts under such a card, in both languages."""
        return () if yes_no and not self.under_yes_no else self.french + self.english


SIGNS: Final = (
    Sign(
        Gesture.YES,
        "✅",
        (
            "oui",
            "prendre",
            "je prends",
            "d'accord",
            "ok",
            "je confirme",
            "confirmer",
            "volontiers",
            "avec plaisir",
            "je viens",
            "je serai là",
            "j'y serai",
            "je participe",
            "présent",
            "présente",
        ),
        ("yes", "accept", "I accept", "confirm", "okay", "sure", "gladly", "I will be there", "I am coming"),
        (
            "✔️",
            "☑️",
            "👌",
            "🆗",
            ":white_check_mark:",
            ":heavy_check_mark:",
            ":ballot_box_with_check:",
            ":ok_hand:",
        ),
        ("👍", ":thumbsup:", ":+1:"),
    ),
    Sign(
        Gesture.NO,
        "❌",
        (
            "non",
            "décliner",
            "je décline",
            "refuser",
            "pas cette fois",
            "je ne viens pas",
            "je viens pas",
            "je ne serai pas là",
            "je ne peux pas",
            "je peux pas",
            "je ne peux pas venir",
            "absent",
            "absente",
        ),
        ("no", "decline", "I decline", "refuse", "not this time", "I am not coming", "I cannot come", "I can't come"),
        ("✖️", "🚫", ":x:", ":heavy_multiplication_x:", ":no_entry_sign:"),
        ("👎", ":thumbsdown:", ":-1:"),
    ),
    Sign(
        Gesture.MAYBE,
        "🤔",
        ("peut-être", "préciser", "je ne sais pas", "je sais pas"),
        ("maybe", "clarify", "perhaps", "I do not know", "I don't know"),
        ("❓", "❔", ":thinking:", ":thinking_face:", ":question:"),
    ),
    Sign(
        Gesture.HELP,
        "🙋",
        ("expert", "demander", "aider", "je peux aider"),
        ("expert", "ask", "volunteer", "I can help"),
        (":raising_hand:", ":person_raising_hand:"),
    ),
    Sign(
        Gesture.USEFUL,
        "👍",
        ("utile",),
        ("useful",),
        (":thumbsup:", ":+1:"),
        under_yes_no=False,
    ),
    Sign(
        Gesture.USELESS,
        "👎",
        ("pas utile", "inutile"),
        ("not useful", "useless"),
        (":thumbsdown:", ":-1:"),
        under_yes_no=False,
    ),
    Sign(Gesture.REMOVE, "🗑️", ("retirer",), ("remove",), (":wastebasket:",)),
    Sign(Gesture.ONE, "1️⃣", ("1", "un"), ("1", "one"), ("1", "①", ":one:")),
    Sign(Gesture.TWO, "2️⃣", ("2", "deux"), ("2", "two"), ("2", "②", ":two:")),
    Sign(Gesture.THREE, "3️⃣", ("3", "trois"), ("3", "three"), ("3", "③", ":three:")),
    Sign(Gesture.FOUR, "4️⃣", ("4", "quatre"), ("4", "four"), ("4", "④", ":four:")),
    Sign(Gesture.FIVE, "5️⃣", ("5", "cinq"), ("5", "five"), ("5", "⑤", ":five:")),
    Sign(Gesture.SIX, "6️⃣", ("6", "six"), ("6", "six"), ("6", "⑥", ":six:")),
    Sign(Gesture.SEVEN, "7️⃣", ("7", "sept"), ("7", "seven"), ("7", "⑦", ":seven:")),
    Sign(Gesture.EIGHT, "8️⃣", ("8", "huit"), ("8", "eight"), ("8", "⑧", ":eight:")),
    Sign(Gesture.NINE, "9️⃣", ("9", "neuf"), ("9", "nine"), ("9", "⑨", ":nine:")),
    Sign(Gesture.TEN, "🔟", ("10", "dix"), ("10", "ten"), ("⑩", ":keycap_ten:")),
    Sign(
        Gesture.HAND_OVER,
        "🔁",
        ("passer", "transférer"),
        ("hand over", "pass"),
        ("🔄", ":repeat:"),
    ),
    Sign(Gesture.CAPTURE, "📖", ("capitaliser",), ("capture",), (":book:", ":open_book:")),
    Sign(Gesture.THANKS, "👏", ("remercier",), ("say thanks",), (":clap:", ":clapping_hands:")),
    Sign(
        Gesture.ME_TOO,
        "➕",
        ("moi aussi", "nous aussi"),
        ("me too", "us too"),
        (":heavy_plus_sign:", ":plus:"),
    ),
    Sign(Gesture.SUPPORT, "⭐", ("je soutiens", "je vote pour"), ("I support it",), ("🌟", ":star:", ":star2:")),
    Sign(Gesture.REMIND, "🔔", ("rappel", "me rappeler"), ("remind", "remind me", "reminder"), (":bell:",)),
    Sign(
        Gesture.DIGEST,
        "📰",
        ("récapitulatif", "au récapitulatif", "dans le récapitulatif"),
        ("digest", "in the digest"),
        ("🗞️", ":newspaper:"),
    ),
)

# Presentation selectors and skin tones; then the sign that makes a person a woman or a man (Unicode UTS #51).
_LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]+")
_GENDER = re.compile("(?<!\u200d)\u200d+[\u2640\u2642]+")


def normalise(emoji: str) -> str:
    """The emoji without presentation, skin tone and gender. Anything else comes back as it is."""
    return _GENDER.sub("", _LOOKS.sub("", emoji)).strip()


def sign_of(gesture: Gesture) -> Sign:
    """The table's row of a gesture: what to show for it."""
    return _BY_GESTURE[gesture]


def gesture_of_emoji(emoji: str, *, yes_no: bool) -> Gesture | None:
    """What a reaction means under a card, None for nothing; `yes_no` when the card asks a yes-or-no question."""
    return _EMOJIS[yes_no].get(normalise(emoji).lower())


def means_something(emoji: str) -> bool:
    """Whether a reaction is a gesture under any card of ours."""
    return any(gesture_of_emoji(emoji, yes_no=yes_no) is not None for yes_no in (False, True))


def gesture_of_word(text: str, *, yes_no: bool) -> Gesture | None:
    """What a whole typed answer means, a lone emoji included; accents, case, punctuation and thanks aside."""
    return gesture_of_emoji(text, yes_no=yes_no) or _WORDS[yes_no].get(plain_answer(text))


_ACKNOWLEDGES = frozenset(
    {"ok", "okay", "d'accord", "c'est note", "note", "parfait", "ca marche", "pas de souci", "entendu"}
)


def only_acknowledges(text: str) -> bool:
    """Whether a yes may as well acknowledge what was said last: « d'accord »."""
    return plain_answer(text) in _ACKNOWLEDGES


_LONGEST_ANSWER = 60
_AROUND = ' .,;:!?…()[]«»"“”„*'
_POLITE = re.compile(r"(?<![ ,])[ ,]+(?:merci(?: beaucoup)?|s'il (?:vous|te) plait|svp|stp|thanks|thank you|please)\Z")


def plain_answer(text: str) -> str:
    """The text as the index has it: no accents, punctuation or thanks. Empty if it is too long to be an answer."""
    if len(text) > _LONGEST_ANSWER:
        return ""
    plain = fold(text).text.replace("’", "'").replace("-", " ").strip(_AROUND)
    return " ".join(_POLITE.sub("", plain).strip(_AROUND).split())


def _index(entries: Iterable[tuple[str, Gesture]]) -> dict[str, Gesture]:
    index: dict[str, Gesture] = {}
    for spelling, gesture in entries:
        if index.setdefault(spelling, gesture) is not gesture:
            raise ValueError(f"{spelling} means both {index[spelling]} and {gesture}")
    return index


_BY_GESTURE = {sign.gesture: sign for sign in SIGNS}
_EMOJIS = {
    yes_no: _index((normalise(emoji), sign.gesture) for sign in SIGNS for emoji in sign.emojis(yes_no=yes_no))
    for yes_no in (False, True)
}
_WORDS = {
    yes_no: _index((plain_answer(word), sign.gesture) for sign in SIGNS for word in sign.words(yes_no=yes_no))
    for yes_no in (False, True)
}
