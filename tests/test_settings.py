"""What the operator sets is read, or refused with its name and never its value."""

import re
from pathlib import Path

import pytest

from bot.errors import StartRefused
from bot.quotas import Quotas
from bot.settings import Settings, load, require_account

SECRET = "hunter2-s3cr3t"


def test_nothing_set_is_a_file_in_a_folder_here() -> None:
    assert load({}).database == f"sqlite:///{Path('data/relais.sqlite').resolve()}"


def test_what_is_set_to_nothing_is_not_set() -> None:
    empty = ("PASSWORD", "PASSWORD_FILE", "DATA_DIR", "DATABASE_URL", "COMMUNITIES", "RECOVERY_KEY_FILE", "LISTEN")
    assert load({f"RELAIS_{name}": "" for name in empty}) == load({})


def test_lists_are_separated_by_commas() -> None:
    chosen = load({"RELAIS_OPERATORS": "@a:x.fr, @b:x.fr,", "RELAIS_SERVES": "rse"})
    assert (chosen.operators, chosen.serves) == (("@a:x.fr", "@b:x.fr"), ("rse",))


def test_a_file_holds_the_same_keys_and_the_environment_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "relais.yaml"
    file.write_text("user_id: '@file:x.fr'\nRELAIS_TRUST: cross-signed\noperators: ['@a:x.fr', '@b:x.fr']\n")
    chosen = load({"RELAIS_CONFIG": str(file), "RELAIS_USER_ID": "@env:x.fr"})
    assert (chosen.user_id, chosen.trust, chosen.operators) == ("@env:x.fr", "cross-signed", ("@a:x.fr", "@b:x.fr"))


@pytest.mark.parametrize("name", ["PASSWORD", "ACCESS_TOKEN", "DATABASE_URL", "RECOVERY_KEY"])
def test_a_secret_may_stand_in_a_file_and_is_never_shown(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    chosen = load({f"RELAIS_{name}_FILE": str(file)})
    assert getattr(chosen, name.lower()).get_secret_value() == SECRET
    assert SECRET not in repr(chosen) + str(chosen) + chosen.model_dump_json()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"RELAIS_HOMESEVER": SECRET}, "The environment sets RELAIS_HOMESEVER, .* Did you mean RELAIS_HOMESERVER"),
        ({"RELAIS_HOMESERVER": SECRET}, "RELAIS_HOMESERVER: must start with https:// or http://."),
        ({"RELAIS_USER_ID": SECRET}, "RELAIS_USER_ID: must look like @relais:example.org."),
        ({"RELAIS_OPERATORS": SECRET}, "RELAIS_OPERATORS: must look like @relais:example.org."),
        ({"RELAIS_INVITES_FROM": f"https://{SECRET}"}, "RELAIS_INVITES_FROM: holds ids .@name:server., server names"),
        ({"RELAIS_SENDS_PER_SECOND": SECRET}, "RELAIS_SENDS_PER_SECOND: "),
        ({"RELAIS_TRUST": SECRET}, "RELAIS_TRUST: "),
        ({"RELAIS_PASSWORD_FILE": "/nowhere"}, "RELAIS_PASSWORD_FILE names /nowhere, which cannot be read."),
        ({"RELAIS_CONFIG": "/nowhere.yaml"}, "RELAIS_CONFIG names /nowhere.yaml, which cannot be read"),
    ],
)
def test_what_does_not_read_is_named_and_its_value_is_not(given: dict[str, str], said: str) -> None:
    with pytest.raises(StartRefused, match=said) as refused:
        load(given)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [\n", "line 2 is not valid YAML"),
        ("data_dir: 2027-13-45\n", "is not valid YAML"),
        ("[" * 1000, "is not valid YAML"),
        ("- a\n", "must hold one `key: value` a line"),
        ("colour: red\n", "sets colour, which Relais does not know"),
    ],
)
def test_a_file_that_does_not_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "relais.yaml"
    file.write_text(text)
    with pytest.raises(StartRefused, match=said):
        load({"RELAIS_CONFIG": str(file)})


@pytest.mark.parametrize("written", ["quotas: {poll: 3, retex: 2}\n", "quotas: poll=3, retex=2\n"])
def test_other_numbers_of_a_day_are_set_by_kind(tmp_path: Path, written: str) -> None:
    (tmp_path / "relais.yaml").write_text(written)
    numbers = Quotas(load({"RELAIS_CONFIG": str(tmp_path / "relais.yaml")}).quotas)

    assert [numbers.of(kind).most for kind in ("poll", "retex", "proposal")] == [3, 2, 10]
    assert numbers.of("poll").in_room == 9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pol=3", "RELAIS_QUOTAS: knows no kind “pol”"),
        ("poll", "RELAIS_QUOTAS (poll): Input should be a valid integer"),
        ("poll=0", "RELAIS_QUOTAS (poll): Input should be greater than 0"),
    ],
)
def test_a_quota_that_cannot_be_is_named(text: str, said: str) -> None:
    with pytest.raises(StartRefused, match=re.escape(said)):
        load({"RELAIS_QUOTAS": text})


def test_an_empty_key_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "relais.yaml").write_text("operators:\npassword_file:\n")
    assert load({"RELAIS_CONFIG": str(tmp_path / "relais.yaml")}) == load({})


def test_a_secret_file_that_holds_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("\n")
    with pytest.raises(StartRefused, match=r"RELAIS_DATABASE_URL_FILE names .*url, which is empty\."):
        load({"RELAIS_DATABASE_URL_FILE": str(tmp_path / "url")})


def test_the_bot_needs_an_account_on_a_homeserver() -> None:
    with pytest.raises(StartRefused, match="RELAIS_HOMESERVER is not set"):
        require_account(Settings())
    with pytest.raises(StartRefused, match="RELAIS_USER_ID is not set"):
        require_account(Settings(homeserver="https://x.fr"))


def test_an_authority_is_a_file_and_a_proxys_password_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "proxy").write_text("http://us:hunter2@proxy.example.org:3128")
    chosen = load({"RELAIS_CA_FILE": str(tmp_path / "ca.pem"), "RELAIS_PROXY_FILE": str(tmp_path / "proxy")})
    assert chosen.ca_file == tmp_path / "ca.pem"
    assert chosen.outgoing.proxy_for("https://matrix.example.org") == "http://us:hunter2@proxy.example.org:3128"
    assert "hunter2" not in f"{chosen!r} {chosen.outgoing!r}"
