"""The bots that are measured: how each is started, and what a room needs before it answers there."""

import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.servers.client import Account
from tests.servers.people import Person
from tests.servers.synapse import CHECKOUT

COMMAND = "!doc interopérabilité"
"""What is asked. Both baselines answer anything; in Relais it finds resources of the community."""

_LINK = "!admin communauté lier numerique"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a bot plays: the homeserver, its account, a folder that is its own, and who may command it."""

    homeserver: str
    bot: Account
    folder: Path
    operator: Person


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot under test. `prepare` is awaited once in each room that it shall answer in, while it runs."""

    name: str
    command: Callable[[Stage], list[str]]
    environment: Callable[[Stage], dict[str, str]]
    prepare: Callable[[Person, str], Awaitable[None]]


async def _nothing(_person: Person, _room: str) -> None:
    return None


async def _link(person: Person, room: str) -> None:
    await person.answer(await person.say(room, _LINK), within=30)


def _inherited(_stage: Stage) -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
    return {"PYTHONPATH": str(CHECKOUT)} | {name: os.environ[name] for name in kept if name in os.environ}


def _relais_environment(stage: Stage, **more: str) -> dict[str, str]:
    return (
        _inherited(stage)
        | more
        | {
            "RELAIS_HOMESERVER": stage.homeserver,
            "RELAIS_USER_ID": stage.bot.user_id,
            "RELAIS_PASSWORD": stage.bot.password,
            "RELAIS_DATA_DIR": str(stage.folder / "data"),
            "RELAIS_OPERATORS": stage.operator.user_id,
        }
    )


def _baseline(name: str, module: str, *options: str) -> Contestant:
    def command(stage: Stage) -> list[str]:
        who = ["--user", stage.bot.user_id, "--password", stage.bot.password]
        return [sys.executable, "-m", module, "--homeserver", stage.homeserver, *who, *options]

    return Contestant(name, command, _inherited, _nothing)


BARE_LOOP = _baseline("bare loop", "tests.bench.bare_loop")
MINIMAL_NIO = _baseline("minimal nio", "tests.bench.minimal_nio")


def relais(name: str = "relais", **environment: str) -> Contestant:
    """Relais, with further settings."""
    command = [sys.executable, "-m", "bot", "run"]
    return Contestant(name, lambda _stage: command, lambda stage: _relais_environment(stage, **environment), _link)


def bare_loop(answers: Path) -> Contestant:
    """The bare loop with the answers that this file holds."""
    return _baseline("bare loop", "tests.bench.bare_loop", "--answers", str(answers))


RELAIS = relais()
ALL = {"bare": BARE_LOOP, "nio": MINIMAL_NIO, "relais": RELAIS}
