"""Names that other people give (to themselves, to rooms), made harmless before any sentence of ours repeats them.

A name is one short line that starts nothing: no link, no mention, no change of the writing's direction. One that
holds a patient's data is none.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from bot.text.patient_data import patient_data

LONGEST = 40
"""Characters, counted as a reader sees them: a letter with its accents, or an emoji with its parts, is one."""
READ = 1000
"""Characters that are looked at: an event may hold tens of thousands."""
MARKS = 2
"""Accents that a letter may carry; more of them cover the lines above and below."""
PARTS = 12
"""Code points of one character as seen: the longest emoji have ten."""
UNNAMED = "?"
ELLIPSIS = "…"

_GONE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
"""Characters that count as letters or marks, and show nothing."""
_SELECTORS = (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))
"""Invisible characters that choose a letter's shape; those that choose between text and emoji are kept."""
_JOINER = "\u200d"
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_QUOTES = str.maketrans(dict.fromkeys('«»“”„‟‹›"', "'"))
"""Our sentences put names between quotation marks: a name cannot close them."""
_UNSHAPED = dict.fromkeys(_SELECTORS)

_WEB = re.compile(r"https?://", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_IP = re.compile(r"(?<!\d)\d+(?:\.\d+){3,}")
_HOUR_OR_COLON = re.compile(r"(?<!\S)\d{1,2}:\d\d(?!\S)|(?<=\S):(?=[\w/\[])")
_DOT = re.compile(r"[.。．｡․](?=[^\W\d_])|(?<=www)\.(?=\w)", re.IGNORECASE)
_AT = re.compile(r"@(?=\w)")


def shown(name: object, otherwise: str = "", *, longest: int = LONGEST) -> str:
    """The name as it may stand in a sentence; `otherwise` (made harmless too) when it shows nothing. Never empty."""
    for candidate in (name, otherwise):
        harmless = _harmless(candidate[:READ], longest) if isinstance(candidate, str) else ""
        if any(unicodedata.category(char)[0] in "LNS" for char in harmless):
            return harmless
    return UNNAMED


def person(user_id: str, name: object, *, but: Iterable[str] = ()) -> str:
    """How a person is called: the name they show, else the local part of their id.

    A name that looks like one of `but`, the bot's own names, is replaced by the id, with its server if need be.
    """
    local, _, server = user_id.removeprefix("@").partition(":")
    taken = {_looks(own) for own in but} - {""}
    for called in (shown(name, local), shown(local)):
        if _looks(called) not in taken:
            return called
    return shown(f"{local} ({server})")


def room(name: object, alias: object) -> str | None:
    """How a room is called: its name, else its alias without the server; None when it has neither."""
    local = alias.partition(":")[0] if isinstance(alias, str) else ""
    called = shown(name, local)
    return None if called == UNNAMED else called


@lru_cache(maxsize=1024)
def _harmless(text: str, longest: int) -> str:
    if patient_data.check(text):
        return ""
    whole = unicodedata.normalize("NFC", "".join(seen(_visible(text)))).translate(_QUOTES)
    words = "".join(seen(_unlinked(whole))).split()
    characters = seen(" ".join(words))
    if len(characters) > longest:
        return "".join(characters[: longest - 1]).rstrip() + ELLIPSIS
    return "".join(characters)


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_UNSHAPED))
    return "".join(map(_visible_part, text))


def _visible_part(char: str) -> str:
    if char.isspace() or char in _BLANK:
        return " "
    return "" if unicodedata.category(char) in _GONE and char != _JOINER else char


def seen(text: str) -> list[str]:
    """The characters as a reader counts them. Joiners that join nothing, and marks beyond MARKS, are left out."""
    characters: list[str] = []
    for char in text:
        if characters and _belongs(char, characters[-1]):
            characters[-1] += char
        elif not _mark(char) and char != _JOINER:
            characters.append(char)
    return [character.removesuffix(_JOINER) for character in characters]


def _belongs(char: str, last: str) -> bool:
    """Whether the reader sees it as one character with the last: emoji may be joined, a flag has two letters."""
    if len(last) >= PARTS:
        return False
    if _mark(char):
        return sum(map(_mark, last)) < MARKS and last[-1] != _JOINER and not last.isspace()
    if char == _JOINER or char in _SKINS:
        return _emoji(last[0]) and last[-1] != _JOINER
    if char in _FLAGS:
        return last in _FLAGS
    return last[-1] == _JOINER and _emoji(char)


def _mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _emoji(char: str) -> bool:
    return unicodedata.category(char) == "So" and char not in _FLAGS


def _unlinked(text: str) -> str:
    """The text with spaces in what clients would read as a link or an id: `exemple. fr`, `@ room`, `salon: serveur`."""
    text = _SLASHES.sub("/", _WEB.sub(" ", text))
    text = _IP.sub(lambda found: found[0].replace(".", ". "), text)
    text = _HOUR_OR_COLON.sub(lambda found: found[0] if len(found[0]) > 1 else ": ", text)
    return _AT.sub("@ ", _DOT.sub(r"\g<0> ", text))


_ALIKE = str.maketrans(
    {
        **dict.fromkeys("аɑα4ᴀ", "a"),
        **dict.fromkeys("вʙ", "b"),
        **dict.fromkeys("еєε3ᴇ", "e"),
        **dict.fromkeys("iіιı1|!ɪӏʟ", "l"),
        **dict.fromkeys("оο0ᴏ", "o"),
        **dict.fromkeys("рρ", "p"),
        **dict.fromkeys("ʀɾ", "r"),
        **dict.fromkeys("ѕ5$ꜱ", "s"),
        **dict.fromkeys("тτᴛ", "t"),
    }
)
"""Letters that a reader takes for one another, as far as they are in wide use."""
_BOT = re.compile("(?:ro)?bot")


@lru_cache(maxsize=4096)
def _looks(name: str) -> str:
    """What a reader sees at a glance: no accents, no case, no signs, look-alikes as one; `robot` adds nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_ALIKE)
    return _BOT.sub("", "".join(filter(str.isalnum, plain)))
