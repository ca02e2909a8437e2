"""A real Synapse on loopback, configured in a temporary folder and gone with the tests."""

import asyncio
import base64
import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp

from tests.servers import leftovers
from tests.servers.process import DidNotStart, Program

CHECKOUT = Path(__file__).parents[2]
_AMPLE = {"per_second": 10_000, "burst_count": 100_000}
_OPEN_LIMITS = {
    "rc_message": _AMPLE,
    "rc_registration": _AMPLE,
    "rc_login": {"address": _AMPLE, "account": _AMPLE, "failed_attempts": _AMPLE},
    "rc_admin_redaction": _AMPLE,
    "rc_joins": {"local": _AMPLE, "remote": _AMPLE},
    "rc_joins_per_room": _AMPLE,
    "rc_key_requests": _AMPLE,
    "rc_invites": {"per_room": _AMPLE, "per_user": _AMPLE, "per_issuer": _AMPLE},
    "rc_media_create": _AMPLE,
    "rc_room_creation": _AMPLE,
    "rc_user_directory": _AMPLE,
    "rc_profile": _AMPLE,
    "rc_reports": _AMPLE,
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a test wants its homeserver.

    `room_version` is the default of rooms made without one (None: Synapse's own). `strict` keeps the rate
    limits that Synapse ships with. `port` 0 takes a free one. `more` is merged into the configuration last.
    """

    server_name: str = "relais.test"
    room_version: str | None = None
    strict: bool = False
    port: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)


class Synapse:
    """One homeserver. `async with Synapse() as homeserver:` starts it and ends it."""

    def __init__(self, wishes: Wishes | None = None) -> None:
        self.wishes = wishes or Wishes()
        self.server_name = self.wishes.server_name
        self.shared_secret = secrets.token_hex(16)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{leftovers.PREFIX}synapse-"))
        self.log = self.folder / "homeserver.log"
        self._port = self.wishes.port or free_port()
        self._program: Program | None = None

    @property
    def url(self) -> str:
        """The base URL that clients use."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        assert self._program is not None
        return self._program.pid

    @property
    def running(self) -> bool:
        return self._program is not None and self._program.running

    async def start(self, within: float = 60.0) -> None:
        """Starts the server and returns when it answers. Raises DidNotStart with the end of its log."""
        self._write_configuration()
        command = [str(_python()), "-m", "synapse.app.homeserver", "-c", "homeserver.yaml"]
        self._program = Program(command, folder=self.folder, environment=_environment())
        self._program.start()
        try:
            async with asyncio.timeout(within):
                await self._ready()
        except TimeoutError:
            await self.kill()
            raise DidNotStart(f"Synapse was not ready after {within:g} s.\n{self._last_words()}") from None

    async def stop(self) -> None:
        """Ends the server and keeps its data, for a later `start`."""
        if self._program is not None:
            await self._program.stop()

    async def kill(self) -> None:
        """Ends the server as a crash would."""
        if self._program is not None:
            await self._program.kill()

    async def restart(self) -> None:
        """Stops and starts again, on the same port with the same data."""
        await self.stop()
        await self.start()

    async def close(self) -> None:
        """Ends the server and removes its folder."""
        await self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    async def _ready(self) -> None:
        assert self._program is not None
        async with aiohttp.ClientSession() as session:
            while not await _answers(session, f"{self.url}/health"):
                if not self._program.running:
                    raise DidNotStart(f"Synapse ended at once.\n{self._last_words()}")
                await asyncio.sleep(0.05)

    def _last_words(self) -> str:
        log = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        assert self._program is not None
        return f"{log[-4000:]}\n{self._program.last_words()}"

    def _write_configuration(self) -> None:
        if (self.folder / "homeserver.yaml").exists():
            return
        seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (self.folder / "signing.key").write_text(f"ed25519 a_relais {seed}\n", encoding="ascii")
        # JSON is YAML.
        (self.folder / "log.yaml").write_text(json.dumps(_log_configuration(self.log)), encoding="utf-8")
        (self.folder / "homeserver.yaml").write_text(json.dumps(self._configuration()), encoding="utf-8")

    def _configuration(self) -> dict[str, Any]:
        wished: dict[str, Any] = {} if self.wishes.strict else dict(_OPEN_LIMITS)
        if self.wishes.room_version is not None:
            wished["default_room_version"] = self.wishes.room_version
        return {
            "server_name": self.server_name,
            "public_baseurl": self.url,
            "listeners": [
                {
                    "port": self._port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "resources": [{"names": ["client"]}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}},
            "log_config": str(self.folder / "log.yaml"),
            "signing_key_path": str(self.folder / "signing.key"),
            "media_store_path": str(self.folder / "media"),
            "pid_file": str(self.folder / "homeserver.pid"),
            "registration_shared_secret": self.shared_secret,
            "macaroon_secret_key": secrets.token_hex(16),
            "form_secret": secrets.token_hex(16),
            "bcrypt_rounds": 4,
            "presence": {"enabled": False},
            "report_stats": False,
            "trusted_key_servers": [],
            "federation_domain_whitelist": [],
            "suppress_key_server_warning": True,
            **wished,
            **self.wishes.more,
        }


def free_port() -> int:
    """A TCP port of loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=2)) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def _python() -> Path:
    named = os.environ.get("RELAIS_TEST_SYNAPSE_PYTHON")
    python = Path(named) if named else CHECKOUT / ".venv-synapse" / "bin" / "python"
    if not python.exists():
        raise DidNotStart(
            "Synapse is not installed: `make test` and `make demo` install it in .venv-synapse, "
            "or RELAIS_TEST_SYNAPSE_PYTHON names the Python of an environment that has it."
        )
    return python


def _environment() -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _log_configuration(log: Path) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"file": {"class": "logging.FileHandler", "filename": str(log), "formatter": "line"}},
        "root": {"level": "WARNING", "handlers": ["file"]},
    }
