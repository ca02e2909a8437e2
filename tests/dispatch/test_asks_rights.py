"""Whoever needs a right is asked about first, and nobody else: what looks at rights says so where it is declared."""

import ast
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import commands
from bot.communities.rules.roles import Role
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.menu import Menu
from bot.resources import resources
from tests.attacks.next_door import POLL
from tests.chat import ANA, BEN, Chat
from tests.commands.meetups import publishes
from tests.help.people import asks, volunteers

MADE = "%21made"
"""In rooms that the sender has just made it looks whether whom it invited is invited: no question about rights."""
ROOT = Path(__file__).parents[2]
READ_RIGHTS = {
    "bot.dispatch.answer.rights.rights.leads",
    "bot.dispatch.answer.rights.rights.decides_who_belongs",
    "bot.dispatch.answer.rights.rights.require",
    "bot.dispatch.answer.rights.rights.holds",
}
DO_ANOTHER_VERB = {"bot.dispatch.answer.run_command.do", "bot.dispatch.answer.run_command.run"}
"""What that verb declares is declared by whoever does it."""


def rights_asked(chat: Chat) -> list[str]:
    """From here on, what the homeserver is asked about people and their power."""
    paths: list[str] = []
    chat.homeserver.refuse = lambda method, path: (
        paths.append(path) if method == "GET" and "/state/" in path and MADE not in path else None
    )
    return paths


async def test_members_are_answered_from_what_the_sync_told(chat: Chat) -> None:
    """Ordinary commands cost the homeserver no question, not even those that others need a right for."""
    card = await publishes(chat)
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    (number, *_more), *_others = await chat.rows("SELECT id FROM resource WHERE community = 'numerique' ORDER BY id")
    async with chat.database.transaction() as tx:
        row = await resources.published(tx, number)
        assert row is not None
        await resources.change(tx, row, owner=ANA)
    asked = rights_asked(chat)
    for line in (
        *("!rdv", "!rdv R-1", "!rdv R-1 oui", "!rdv oui R-1", "!rdv R-1 odj", "!rdv odj R-1", "!rdv mois", POLL),
        *("!rdv R-1 rappel 2h", "!rdv R-1 retex notre compost", "!rdv ics", "!rappel demain 9h envoyer le CR"),
        *("!doc messagerie", f"!doc DOC-{number}", f"!doc DOC-{number} utile", f"!doc DOC-{number} périmé"),
        *(f"!doc DOC-{number} vérifié", "!expert mes", "!expert D-1", "!expert D-1 annuler", "!aide", "oui"),
    ):
        await chat.says(ANA, line)
        assert asked == [], line
    await chat.says(ANA, "oui", reply_to=card)
    await chat.reacts(ANA, "✅", card)

    assert asked == []


# ── the declaration cannot be forgotten ───────────────────────────────────────────────────────────────────


def test_what_looks_at_rights_declares_it() -> None:
    looks = readers()
    forgotten = [name for name, declared in declarations() if name in looks and not declared]
    assert forgotten == []


def test_the_readers_of_rights_are_found() -> None:
    """The check above sees through other functions, other modules and services."""
    assert {
        "commands.rdv.changes.video_link.link",
        "commands.rappel.remind",
        "commands.doc.search.doc",
        "commands.expert.ask.ask",
        "commands.rdv.overview.rdv",
        "commands.expert.become.team_agrees",
        "commands.rdv.after.published_minutes._publish",
        "commands.admin.community.unlink",
    } <= readers()
    assert "commands.rdv.overview.month" not in readers()


def declarations() -> Iterator[tuple[str, bool]]:
    """Every handler of the menu, and whether rights are asked for before it is called."""
    for command in Menu.of(commands):
        yield from _of_command(command)


def _of_command(command: Command) -> Iterator[tuple[str, bool]]:
    for verb in command.verbs:
        yield _name(verb.handler), verb.asks_rights is not False
    for action in command.actions:
        yield _name(action.handler), action.asks_rights
    for word in command.words:
        yield _name(word.handler), word.asks_rights
    for form in command.forms:
        yield _name(form.done), form.asks_rights or form.role is not Role.MEMBER
        yield from ((_name(step.take), form.asks_rights or form.role is not Role.MEMBER) for step in form.steps)
    for handler in command.talks.values():
        yield _name(handler), False


def test_a_list_looks_at_no_rights_but_through_the_line_that_it_holds() -> None:
    """A number and `suite` have nothing to declare it with."""
    looks = readers(but=frozenset(DO_ANOTHER_VERB))
    lists = [choice for command in Menu.of(commands) for choice in command.choices]
    assert [choice.name for choice in lists for use in (choice.pick, choice.more) if use and _name(use) in looks] == []


def _name(handler: Callable[..., Any]) -> str:
    return f"{handler.__module__}.{handler.__qualname__.partition('.')[0]}"


@functools.cache
def readers(*, but: frozenset[str] = frozenset()) -> frozenset[str]:
    """The functions that look at the rights of whoever acts, directly or through others, by their full names."""
    uses = dict(_uses())
    found = (READ_RIGHTS | DO_ANOTHER_VERB) - but
    found |= {name for name, used in uses.items() if used & {".roles", ".roles_in"}}
    while more := {name for name, used in uses.items() if used & found} - found:
        found |= more
    return frozenset(found)


def _uses() -> Iterator[tuple[str, set[str]]]:
    """Each function of commands and nouns, with what it names: of other modules in full, attributes with a dot."""
    for path in [*ROOT.glob("commands/**/*.py"), *ROOT.glob("bot/*/*.py")]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _imported(tree) | {name: f"{module}.{name}" for name, _node in _functions(tree)}
        for name, node in _functions(tree):
            yield f"{module}.{name}", set(_named(node, known))


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    return ((node.name, node) for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _imported(tree: ast.Module) -> dict[str, str]:
    return {
        name.asname or name.name: f"{node.module}.{name.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def _named(function: ast.AST, known: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield known.get(node.id, node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield f"{known[node.value.id]}.{node.attr}"
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"
