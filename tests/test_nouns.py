"""Promises of the list of nouns: a table has one house, and a new noun is a folder and a line."""

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlmodel import SQLModel

import commands
from bot import nouns
from bot.dispatch.menu.menu import Menu
from bot.store.database import Database
from bot.store.versions import TableVersion
from tests.attacks.moves import closes, successor
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.test_own_data import erases
from tests.house.trees import nodes
from tests.test_house import ROOT, imports, shipped
from tests.trial_noun.command import command as boite
from tests.trial_noun.noun import NOUN as IDEAS
from tests.trial_noun.tables import Idea

# ── the house ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_table_belongs_to_one_noun() -> None:
    owned = Counter(str(row.__tablename__) for noun in nouns.NOUNS for row in noun.tables)

    assert owned == Counter(SQLModel.metadata.tables.keys())


def test_a_noun_owns_the_tables_of_its_own_folder() -> None:
    for noun in nouns.NOUNS:
        folders = {row.__module__ for row in noun.tables} - {TableVersion.__module__}  # the store's own
        assert len(folders) == 1
        assert folders.pop().endswith(".tables")


def folder(path: Path) -> str:
    """The noun in whose folder a file is, empty for others."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "bot" and len(parts) > 2 else ""


def test_only_its_noun_imports_a_table() -> None:
    strangers = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in shipped()
        for name in imports(path)
        if name.startswith("bot.") and ".tables" in name and name.split(".")[1] != folder(path)
    ]
    assert strangers == []


ROWS = {f"bot.{row.__module__.split('.')[1]}.{row.__name__}" for noun in nouns.NOUNS for row in noun.tables}
"""The names by which other folders import the rows of a noun."""


def test_elsewhere_a_row_is_a_type_and_nothing_else() -> None:
    """Whoever makes one, or asks for a column of it in a statement, needs the class itself, not only its name."""
    used = [f"{path.relative_to(ROOT)}:{line}" for path in shipped() for line in used_as_more_than_a_type(path)]
    assert used == []


def used_as_more_than_a_type(path: Path) -> Iterator[int]:
    """The lines on which a row of another noun stands outside of an annotation."""
    rows = {
        name.asname or name.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for name in node.names
        if f"{node.module}.{name.name}" in ROWS and node.module != f"bot.{folder(path)}"
    }
    types = {id(part) for kind in annotations(path) for part in ast.walk(kind)}
    for node in nodes(path):
        if isinstance(node, ast.Name) and node.id in rows and id(node) not in types:
            yield node.lineno


def annotations(path: Path) -> Iterator[ast.expr]:
    """What is said of the types of arguments, results and variables, and what `TypeAlias` gives a name."""
    for node in nodes(path):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield node.annotation
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield node.returns
        if isinstance(node, ast.AnnAssign) and node.value is not None and ast.unparse(node.annotation) == "TypeAlias":
            yield node.value


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("x = Community(slug='a')", True),
        ("select(Community.slug)", True),
        ("tx.get(Community, 'a')", True),
        ("def f(one: Community, *, more: list[Community]) -> Community | None: ...", False),
        ("Many: TypeAlias = list[Community]", False),
    ],
)
def test_every_use_of_a_row_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, *, seen: bool) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "elsewhere.py").write_text(f"from bot.communities import Community\n{line}\n")
    assert list(used_as_more_than_a_type(tmp_path / "elsewhere.py")) == ([2] if seen else [])


def test_every_noun_has_a_place_among_the_layers() -> None:
    [contract] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    placed = {name.strip() for layer in contract["layers"] for name in re.split(r"[|:]", layer)}
    assert {row.__module__.rpartition(".")[0] for noun in nouns.NOUNS for row in noun.tables} <= placed


def test_each_letter_and_each_kind_of_change_belongs_to_one_noun() -> None:
    letters = Counter(noun.letter for noun in nouns.NOUNS if noun.letter)
    kinds = Counter(kind.name for kind in nouns.every_undoable())

    assert {letter for letter, count in letters.items() if count > 1} == set()
    assert {name for name, count in kinds.items() if count > 1} == set()
    assert {command.items for command in Menu.of(commands) if command.items} == set(letters)


# ── a noun of a folder and a line ─────────────────────────────────────────────────────────────────────────


@pytest_asyncio.fixture
async def ideas(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Chat]:
    """The bot with one more noun. Nothing but its folder and this line of the list knows of it."""
    monkeypatch.setattr(nouns, "NOUNS", (*nouns.NOUNS, IDEAS))
    await database.run(Idea.metadata.create_all)
    async with Chat(database, more=[boite]) as chat:
        await chat.says(ANA, "!boite Un répertoire des formations")
        yield chat
    await database.run(Idea.metadata.drop_all)


async def left(chat: Chat) -> list[tuple[str, str]]:
    """The ideas that are known: in which room, and on which shelf."""
    return [tuple(row) for row in await chat.rows("SELECT room_id, shelf FROM trial_idea ORDER BY id")]


async def test_its_thing_is_made_and_called_by_its_number(ideas: Chat) -> None:
    assert ideas.last.text == "Notée\u00a0: X-1"

    await ideas.says(ANA, "!X-1")
    assert ideas.last.text == "Un répertoire des formations"


async def test_a_person_is_told_of_it(ideas: Chat) -> None:
    room = await ideas.direct(ANA)
    await ideas.says(ANA, "!moi données", room=room)

    assert any(line.startswith("- vos idées\u00a0: 1") for line in ideas.messages[-1].lines)
    rows = [row for file in ideas.homeserver.files for row in json.loads(file)]
    assert [row["row"]["text"] for row in rows if row["table"] == "trial_idea"] == ["Un répertoire des formations"]


async def test_it_goes_with_whoever_is_erased(ideas: Chat) -> None:
    await erases(ideas, ANA)

    assert await left(ideas) == []


async def test_it_is_forgotten_when_it_is_old(ideas: Chat) -> None:
    await ideas.passes(days=29)
    await ideas.engine.routine.forget_old()
    assert len(await left(ideas)) == 1

    await ideas.passes(days=2)
    await ideas.engine.routine.forget_old()
    assert await left(ideas) == []


async def test_it_follows_an_upgraded_room(ideas: Chat) -> None:
    new = await successor(ideas, BOSS, of=ideas.room)
    await closes(ideas, BOSS, ideas.room, to=new)

    assert await left(ideas) == [(new, "new")]


@pytest.mark.parametrize("membership", ["leave", "ban"])
async def test_it_ends_when_somebody_leaves_the_community(ideas: Chat, membership: str) -> None:
    ideas.homeserver.member(ideas.room, ANA, membership)
    await ideas.hears(ideas.room)
    await ideas.passes(minutes=1)

    assert await left(ideas) == []


async def test_what_the_team_made_of_it_is_taken_back(ideas: Chat) -> None:
    await ideas.says(MODO, "!boite ranger 1 à faire")
    assert await left(ideas) == [(ideas.room, "à faire")]

    await ideas.says(MODO, "!admin annuler")
    assert "l'étagère de l'idée X-1" in ideas.last.text
    assert "new" in ideas.last.text
    await ideas.says(MODO, "oui")
    assert await left(ideas) == [(ideas.room, "new")]


async def test_the_team_sees_on_its_dashboard_what_waits(ideas: Chat) -> None:
    room = await ideas.direct(MODO)
    await ideas.says(MODO, "!admin tableau", room=room)

    assert "Idées à ranger : 1" in ideas.last.text


async def test_whoever_signs_it_is_thanked_by_its_number_and_below_its_card(ideas: Chat) -> None:
    await ideas.says(BEN, "!merci X-1 pour l'idée")
    assert "signent X-1" in ideas.last.text
    await ideas.says(CLEO, "!X-1")
    await ideas.reacts(CLEO, "👏", ideas.last)
    await ideas.says(MODO, "!merci", reply_to=ideas.last.event_id)
    thanked = await ideas.rows("SELECT giver, receiver, subject FROM thanks ORDER BY id")
    assert [tuple(row) for row in thanked] == [(person, ANA, "X-1") for person in (BEN, CLEO, MODO)]


async def test_it_is_in_what_a_person_has_and_in_what_a_team_exports(ideas: Chat) -> None:
    room = await ideas.direct(ANA)
    await ideas.says(ANA, "!moi", room=room)
    assert "Vos idées : 1" in ideas.last.text
    await ideas.direct(MODO)
    await ideas.says(MODO, "!admin exporter")
    assert [file.content["body"] for file in ideas.files][-1] == "numerique-ideas.txt"
    assert ideas.homeserver.files[-1].decode() == "Un répertoire des formations"
