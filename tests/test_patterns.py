"""Whatever is written, reading it takes as long as it is: every pattern, and every command of the menu."""

import re
import time

import pytest

import commands
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.menu import Menu
from tests.chat import ANA, BOSS, Chat
from tests.homeserver import BOT
from tests.patterns import MOST, Asked, everything, growth, literals, shapes

ALL = everything()
ENOUGH = 100
"""There are more patterns than this: fewer were found only if the search for them is broken."""


@pytest.mark.parametrize("asked", ALL, ids=[f"{one.where}-{one.method}" for one in ALL])
def test_a_pattern_takes_twice_as_long_for_twice_the_text(asked: Asked) -> None:
    assert [shape for shape in shapes(asked.pattern) if growth(asked.run, shape) >= MOST] == []


def test_all_of_them_are_found() -> None:
    assert len(ALL) > ENOUGH
    for where in ("bot.text.quotes._QUOTED", "commands.rdv.dates._TITLE", "bot.time.when.grammar._MATCH"):
        assert where in {asked.where for asked in ALL}


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
    '"' + " \u00a0" * 2_000 + "x",
    "12 et " * 800,
    "1" * 5_000,
    '«“"(relais:' * 450 + " x",
    "14 janvier 14h, @a:b.c " * 220,
    "telemedecn sant, " * 300,
)
AT_ONCE = 0.4
"""Seconds of the processor that nothing hostile takes; more is looked at again with twice the text."""
WORDS = sorted({command.path.split()[0] for command in Menu.of(commands)})


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("word", WORDS)
async def test_a_command_takes_twice_as_long_for_twice_the_words(chat: Chat, word: str) -> None:
    slow = []
    for line in (line for command in Menu.of(commands) if command.path.split()[0] == word for line in _lines(command)):
        for hostile in HOSTILE:
            once = await _handled(chat, f"!{line} {hostile}")
            if once > AT_ONCE and await _handled(chat, f"!{line} {hostile} {hostile}") > MOST * once:
                slow.append((line, hostile[:10]))
    assert slow == []
    assert await chat.rows("SELECT reference FROM inbox WHERE reference IS NOT NULL") == []


def _lines(command: Command) -> list[str]:
    return list(dict.fromkeys(" ".join([command.path, *verb.words[:1]]) for verb in command.verbs))


async def _handled(chat: Chat, text: str) -> float:
    began = time.process_time()
    await chat.says(BOSS, text)
    return time.process_time() - began


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_so_does_a_mention_in_a_room_of_no_community(chat: Chat, hostile: str) -> None:
    room = await chat.opens("!elsewhere:example.org")
    began = time.process_time()
    await chat.says(ANA, f"ah {hostile}", room=room, mentions=[BOT])
    assert time.process_time() - began < AT_ONCE
    assert len(chat.texts) == 1
