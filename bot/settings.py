"""What the operator sets: the environment, or the same keys in a YAML file named by RELAIS_CONFIG."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, PositiveInt, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot import quotas
from bot.errors import StartRefused
from bot.http.outgoing import Outgoing

PREFIX = "RELAIS_"
NOT_SETTINGS = ("RELAIS_CONFIG", "RELAIS_TEST_")
"""Names with the prefix that are no settings: the one that names the YAML file, and the tests'."""

Listed = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """The operator's settings; in the environment every name has the prefix RELAIS_."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    homeserver: str = ""
    user_id: str = ""
    password: SecretStr | None = None
    access_token: SecretStr | None = None
    device_id: str | None = None
    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    communities: Path | None = None
    operators: Listed = ()
    invites_from: Listed = ()
    sends_per_second: float = Field(default=0, ge=0)
    listen: str = ""
    public_listen: str = ""
    recovery_key: SecretStr | None = None
    recovery_key_file: Path | None = None
    public_url: str = ""
    trust: Literal["all", "cross-signed"] = "all"
    serves: Listed = ()
    proxy: SecretStr | None = None
    ca_file: Path | None = None
    check_links: bool = False
    quotas: Annotated[Mapping[str, PositiveInt], NoDecode] = Field(default_factory=dict)

    @field_validator("operators", "invites_from", "serves", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @field_validator("operators")
    @classmethod
    def _people(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(cls._matrix_id(part) for part in value)

    @field_validator("invites_from")
    @classmethod
    def _people_or_servers(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for part in value:
            if not re.fullmatch(r"\*|@[^\s:]+:\S+|[^@\s/*]+", part):
                raise ValueError("holds ids (@name:server), server names, or * for everybody")
        return value

    @field_validator("quotas", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        """`poll=3, retex=2`, or a mapping in YAML."""
        if not isinstance(value, str):
            return value
        pairs = (part.partition("=") for part in value.split(",") if part.strip())
        return {kind.strip(): number.strip() for kind, _sign, number in pairs}

    @field_validator("quotas")
    @classmethod
    def _kinds(cls, value: Mapping[str, int]) -> Mapping[str, int]:
        for kind in value:
            if kind not in quotas.KINDS:
                raise ValueError(f"knows no kind “{kind[:40]}”; write some of: {', '.join(quotas.KINDS)}")
        return value

    @field_validator("homeserver", "public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with https:// or http://")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value

    @field_validator("user_id")
    @classmethod
    def _matrix_id(cls, value: str) -> str:
        if value and not re.fullmatch(r"@[^\s:]+:\S+", value):
            raise ValueError("must look like @relais:example.org")
        return value

    @property
    def domain(self) -> str:
        """The bot's own server name."""
        return self.user_id.partition(":")[2]

    @property
    def outgoing(self) -> Outgoing:
        """How the homeserver and others are reached."""
        return Outgoing(self.proxy.get_secret_value() if self.proxy else "", self.ca_file)

    @property
    def database(self) -> str:
        """The database's address: the one that was set, else a file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'relais.sqlite').resolve()}"

    @property
    def last_backup(self) -> Path:
        """The file whose time is that of the last backup."""
        return self.data_dir / "last-backup"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Use no source of pydantic's: `load` reads them itself, to name what is wrong in them."""
        return (init_settings,)


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises StartRefused with one sentence that names what is wrong, never its value."""
    env = os.environ if environment is None else environment
    merged = _from_yaml(env.get("RELAIS_CONFIG")) | _from_environment(env)
    given = {key: value for key, value in merged.items() if value not in ("", None)}  # empty counts as not set
    try:
        return Settings(**_with_secret_files(given))
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper() + "".join(f" ({part})" for part in first["loc"][1:])
        raise StartRefused(f"{name}: {first['msg'].removeprefix('Value error, ')}.") from None


def require_account(settings: Settings) -> None:
    """Raises StartRefused unless homeserver and account are set."""
    for name in ("homeserver", "user_id"):
        if not getattr(settings, name):
            raise StartRefused(f"{PREFIX}{name.upper()} is not set: Relais needs a homeserver and an account on it.")


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    names = [name for name in env if name.startswith(PREFIX) and not name.startswith(NOT_SETTINGS)]
    return {_known(name, "The environment"): env[name] for name in names}


def _from_yaml(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise StartRefused(f"RELAIS_CONFIG names {path}, which cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # an impossible date is a ValueError
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise StartRefused(f"{path}{where} is not valid YAML in UTF-8.") from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise StartRefused(f"{path} must hold one `key: value` a line.")
    return {_known(str(key), path): _plain(value) for key, value in content.items()}


def _plain(value: object) -> object:
    return tuple(str(part) for part in value) if isinstance(value, list) else value


def _known(name: str, where: str) -> str:
    """The field that a key names, in either spelling; X_FILE stays as it is."""
    key = name.removeprefix(PREFIX).lower()
    if {key, key.removesuffix("_file")} & Settings.model_fields.keys():
        return key
    near = difflib.get_close_matches(key, Settings.model_fields, n=1)
    hint = f" Did you mean {PREFIX}{near[0].upper()}?" if near else ""
    raise StartRefused(f"{where} sets {name}, which Relais does not know.{hint}")


def _with_secret_files(given: dict[str, Any]) -> dict[str, Any]:
    """Replace each X_FILE by X with the file's content. A recovery key file may be missing: Relais then creates it."""
    values = {key: value for key, value in given.items() if not key.endswith("_file") or key == "ca_file"}
    for key in given.keys() - values.keys():
        name, path = key.removesuffix("_file"), Path(str(given[key]))
        if key == "recovery_key_file":
            values[key] = path
            if not path.exists():
                continue
        try:
            values[name] = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise StartRefused(f"{PREFIX}{key.upper()} names {path}, which cannot be read.") from None
        if not values[name]:
            raise StartRefused(f"{PREFIX}{key.upper()} names {path}, which is empty.")
    return values
