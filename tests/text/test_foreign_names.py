"""Whatever somebody calls themselves or a room, what we repeat of it is one short line that starts nothing."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import foreign_names
from bot.text.foreign_names import LONGEST, seen, shown

OURS = ("Relais (robot)", "relais", "Relais")

LINKS = re.compile(
    r"[a-z][a-z0-9+.-]*://\S"  # any scheme
    r"|//[\w\[]"  # the scheme of the page
    r"|\b(?:mailto|matrix|tel|xmpp):\w"
    r"|www\.\w"
    r"|\w\.[^\W\d_]{2}"  # a domain, of whatever end
    r"|\d\.\d+\.\d+\.\d"  # an address of numbers
    r"|@\w"  # a mention, `@room`, the server of a mail address
    r"|[@#!+]\S*:[\w\[]",  # ids and aliases
    re.IGNORECASE,
)
"""What Element Web (linkifyjs and its Matrix part), markdown-it, Android and iOS make clickable, and more."""

ADDRESSES = ["https://", "www.", "exemple.fr", "mail@exemple.fr", "@room", "#a:srv", "matrix.to/#/@a:b.c", "1.2.3.4"]
SIGNS = ["@", ":", "/", ".", "!", "．", "。", "«", '"', "<b>", "**", "14:30", "é", "e", "Ａ"]
UNSEEN = ["\n", "\u2028", "\u202e", "\u200d", "\u200b", "\ufe0f", "\u3164", "\ud800", "\U000e0041", "\ue000"]
JOINED = ["\u0301", "\u0335", "🇫", "🇷", "👩", "🏽", "⚕"]
PIECES = st.sampled_from(ADDRESSES + SIGNS + UNSEEN + JOINED)
NAMES = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join))


@given(NAMES)
@example("https:/\u200b/exemple\u200d.\u200dfr")
@example("hthttps://tps://exemple.fr")
@example("e\u200d\u0301" * 50)
@example("@\u200droom")
@example("0.0.0.0.0.0.0")
@example("WWW.0")
@example("0HTTP://\u0300")
def test_a_name_is_one_short_line_that_starts_nothing(name: str) -> None:
    result = shown(name, "local.part")
    assert result.strip() == result != ""
    assert len(result.splitlines()) == 1
    assert len(seen(result)) <= LONGEST
    assert not LINKS.search(result)
    categories = {char: unicodedata.category(char) for char in result if char != "\u200d"}
    assert {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}.isdisjoint(categories.values())
    assert shown(result) == result


@given(NAMES)
def test_accents_do_not_pile_up(name: str) -> None:
    for character in seen(shown(name)):
        assert sum(unicodedata.category(char)[0] == "M" for char in character) <= foreign_names.MARKS + 1  # an emoji's


@given(st.text(alphabet="abcdefgh éàçñ'-ÉŽß", min_size=1, max_size=LONGEST))
def test_ordinary_names_are_left_as_they_are(name: str) -> None:
    words = unicodedata.normalize("NFC", " ".join(name.split()))
    assert shown(words) == (words if any(map(str.isalpha, words)) else foreign_names.UNNAMED)


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("Jean-Pierre O’Brien", "Jean-Pierre O’Brien"),
        ("Dr.Martin", "Dr. Martin"),
        ("Réunion 14:30 :)", "Réunion 14:30 :)"),
        ("Salle 2.0", "Salle 2.0"),
        ("https://exemple.fr/visio", "exemple. fr/visio"),
        ("mail@exemple.fr", "mail@ exemple. fr"),
        ("@room", "@ room"),
        ("#salon:srv.fr", "#salon: srv. fr"),
        ("Camille\nR-7 est annulé", "Camille R-7 est annulé"),
        ("Nuit » et « jour", "Nuit ' et ' jour"),
        ("👩🏽\u200d⚕️ Léa 🇫🇷", "👩🏽\u200d⚕️ Léa 🇫🇷"),
        ("نور", "نور"),
        ("Nguyễn Thị", "Nguyễn Thị"),
        ("x" * 41, "x" * 39 + "…"),
        ("👩🏽\u200d⚕️" * 41, "👩🏽\u200d⚕️" * 39 + "…"),
    ],
)
def test_names_stay_readable(name: str, result: str) -> None:
    assert shown(name) == result


@pytest.mark.parametrize("blank", ["", "  ", "\u200b\u2060", "\u3164", "\u2800", "...", "\u0301", None, 7, ["Ana"]])
def test_who_shows_nothing_is_called_by_their_id(blank: object) -> None:
    assert foreign_names.person("@ana.lyon:example.org", blank) == "ana. lyon"
    assert foreign_names.person("@\u200b:example.org", blank) == foreign_names.UNNAMED


@pytest.mark.parametrize(
    "name",
    [
        "Relais (robot)",
        "RELAIS",
        "Rélais",
        "ReIais",
        "Rеlаis",
        "ʀᴇʟᴀɪꜱ",
        "Ｒｅｌａｉｓ",
        "R e l a i s [bot]",
        "𝐑elais\u202e",
    ],
)
def test_nobody_is_called_like_the_bot(name: str) -> None:
    assert foreign_names.person("@ana:example.org", name, but=OURS) == "ana"
    assert foreign_names.person("@relais:evil.example", name, but=OURS) == "relais (evil. example)"
    assert foreign_names.person("@relais:example.org", name) == shown(name)


@pytest.mark.parametrize("name", ["Ana Relais", "Équipe relais handicaps rares", "Robert", "Bot"])
def test_names_that_only_hold_the_word_are_theirs(name: str) -> None:
    assert foreign_names.person("@ana:example.org", name, but=OURS) == name


def test_a_room_is_called_by_its_name_or_alias_and_else_not_at_all() -> None:
    assert foreign_names.room("Pôle DPI", "#dpi:example.org") == "Pôle DPI"
    assert foreign_names.room(None, "#dpi:example.org") == "#dpi"
    assert foreign_names.room("\u200b", None) is None
