"""Whatever is written, reading it takes as long as it is: every pattern, and every command of the menu."""

import re
from itertools import cycle
from typing import Any

import pytest

import commands
from bot.dispatch.menu.menu import Menu
from bot.text.typed import LONGEST
from tests.chat import ANA, BOSS, Chat
from tests.homeserver import BOT
from tests.patterns import MOST, Asked, everything, growth, literals, shapes

ENOUGH = 100
"""There are more patterns than this: fewer were found only if the search for them is broken."""


def test_every_pattern_takes_twice_as_long_for_twice_the_text() -> None:
    slow = {(one.where, one.method): grown for one in everything() if (grown := grows_on(one))}
    assert slow == {}


def grows_on(asked: Asked) -> list[str]:
    return [shape for shape in shapes(asked.pattern) if growth(asked.run, shape) >= MOST]


def test_all_of_them_are_found() -> None:
    found = {asked.where for asked in everything()}
    assert len(found) > ENOUGH
    assert {"bot.text.quotes._QUOTED", "commands.rdv.dates._TITLE", "bot.time.when.grammar._MATCH"} <= found


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r'"([^"]*)"|“([^“”]*)”|«\s*([^«»]*?)\s*»|„([^„“”]*)[“”]', "finditer"),
        (r"\s*[“«\"]\s*([^”»\"]+?)\s*[”»\"]\s*(.*)", "fullmatch"),
        (r"\s*(?:,|;|\n|\s/\s|\bou\b)\s*", "split"),
        (r"\s*\b(?:remplacement|relais)\s*:?\s*(\S+)\s*$", "search"),
        (r"[,\s]*(?<!\w)@?relais(?!\w)", "sub"),
        (r"@\S*[:.]", "search"),
        (r"(?:a+)+b", "search"),
    ],
)
def test_a_slow_one_would_be_found(pattern: str, method: str) -> None:
    asked = Asked("here", re.compile(pattern), method)
    assert any(growth(asked.run, shape) >= MOST for shape in shapes(asked.pattern))


def test_the_words_of_a_pattern_are_among_the_texts() -> None:
    assert literals(re.compile(r"(?:relais|d'urgence)\s*[«\"]\d{2}@")) == ["relais", "d", "'", "urgence", "@"]


# ── the same for commands ─────────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    '"' + " \u00a0" * LONGEST,
    "12 et " * LONGEST,
    "1" * LONGEST,
    '«“"(relais:' * LONGEST,
    "14 janvier 14h, @a:b.c " * LONGEST,
    "telemedecn sant, " * LONGEST,
)
"""Cut where a message is too long to be read."""
ROOM_FOR_THE_COMMAND = 100
MENU = Menu.of(commands)
WORDS = sorted({command.path.split()[0] for command in MENU})


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
async def test_no_command_is_ended_over_the_longest_texts_that_are_read(chat: Chat) -> None:
    """Every text is read by the first verb of every word, and every verb reads one of them."""
    every_text = [(lines(word)[0], hostile) for word in WORDS for hostile in HOSTILE]
    every_verb = zip([line for word in WORDS for line in lines(word)[1:]], cycle(HOSTILE))
    for line, hostile in [*every_text, *every_verb]:
        await chat.says(BOSS, f"!{line} {hostile[: LONGEST - ROOM_FOR_THE_COMMAND]} x")
    assert await ended(chat) == []


async def ended(chat: Chat) -> list[Any]:
    """What was in hand when its budget was spent."""
    return await chat.rows("SELECT reference FROM inbox WHERE reference IS NOT NULL")


def lines(word: str) -> list[str]:
    """What may be typed for the commands of a word: alone, and with each of their verbs."""
    commands_of_it = [command for command in MENU if command.path.split()[0] == word]
    typed = [" ".join([command.path, *verb.words[:1]]) for command in commands_of_it for verb in command.verbs]
    return list(dict.fromkeys(typed))


async def test_nor_is_a_mention_in_a_room_of_no_community(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    room = await chat.opens("!elsewhere:example.org")
    for hostile in HOSTILE:
        await chat.says(ANA, f"ah {hostile[: LONGEST - ROOM_FOR_THE_COMMAND]} x", room=room, mentions=[BOT])
    assert "is skipped" not in caplog.text
    assert len(chat.texts) == len(HOSTILE)
