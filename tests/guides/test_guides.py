"""Promises of the guides: what they show is what the bot says, and what they name exists."""

import re
from pathlib import Path

import pytest

import commands
from bot.__main__ import WORDS
from bot.communities.settings.setting import bare_key
from bot.dispatch.menu.menu import Menu, Understood
from bot.i18n import speaking
from bot.nouns import every_entry
from bot.store.database import Database
from tests.guides.play import FOLDER, GUIDES, played, text_of

NAMED = re.compile(r"`([^`\n]+)`")
SETS = re.compile(r"!admin (réglage|setting|contact|conservation|retention) ([\w-]+)")
PICTURES = FOLDER / "pictures"
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
READABLE = 100
"""Letters of the shortest text that says what a picture shows, for whoever does not see it."""
SMALL = 60_000


def names(guide: Path) -> list[str]:
    return NAMED.findall(text_of(guide))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: "/".join(guide.parts[-2:]))
async def test_what_a_guide_shows_is_what_the_bot_says(database: Database, guide: Path) -> None:
    shown = text_of(guide)
    assert await played(database, shown) == shown, "python -m tests.guides writes it anew"


def test_every_command_of_a_guide_exists() -> None:
    menu = Menu.of(commands)
    typed = {(guide.name, name) for guide in GUIDES for name in names(guide) if name.startswith("!") and name != "!"}
    assert len(typed) > 10
    assert not {(guide, line) for guide, line in typed if not _is_whole(menu, line)}


def test_every_setting_that_a_guide_names_exists() -> None:
    """In its sentences as well as in its conversations, by the name that its readers type.

    What whoever runs the bot sets is held by the tests of deploy/.
    """
    wrong, guides = [], set()
    for guide in GUIDES:
        with speaking(guide.parent.name):
            known = {bare_key(entry.name) for entry in every_entry()}
        for word, key in SETS.findall(text_of(guide)):
            guides.add(guide.name)
            wrong += [] if known & {bare_key(key), bare_key(f"{word}-{key}")} else [(guide.name, key)]
    assert wrong == []
    assert guides == {"equipe.md", "team.md"}


def test_every_word_of_the_command_line_that_a_guide_names_exists() -> None:
    typed = {name.split()[1] for guide in GUIDES for name in names(guide) if name.startswith("relais ")}
    assert typed
    assert typed <= WORDS.keys()


def test_every_file_that_a_guide_names_exists() -> None:
    named = {name for guide in GUIDES for name in names(guide) if name.startswith(("deploy/", "config/"))}
    assert named
    assert not [name for name in named if not (FOLDER.parents[1] / name).exists()]


def test_every_picture_is_there_is_small_and_is_said_in_words_wherever_it_is_shown() -> None:
    readme = FOLDER.parents[1] / "README.md"
    shown = {page: SHOWN.findall(text_of(page)) for page in (readme, *GUIDES)}
    files = {(page.parent / file).resolve() for page, each in shown.items() for _words, file in each}
    assert files == {*PICTURES.iterdir()}
    assert not [file for file in files if file.stat().st_size > SMALL]
    assert not [(page.name, file) for page, each in shown.items() for words, file in each if len(words) < READABLE]
    assert len(shown[readme]) == 2


def test_both_languages_show_the_same_pictures() -> None:
    french, english = (
        sorted(file for guide in FOLDER.glob(f"{language}/*.md") for _words, file in SHOWN.findall(text_of(guide)))
        for language in ("fr", "en")
    )
    assert french == english


def _is_whole(menu: Menu, line: str) -> bool:
    """Whether each word of a line that is shown without its arguments belongs to a command."""
    read = menu.read(line[1:])
    return isinstance(read, Understood) and (not read.rest or bool(read.verb.parameters))
