"""Uploads our device, one-time and fallback keys, which are saved here before the server has them."""

from typing import Any

from bot.errors import MatrixError
from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.machine import Machine

_KIND = "signed_curve25519"


async def upload_keys(device: OwnDevice, api: Api) -> bool:
    """Uploads what the server lacks; returns whether there was anything. Raises MatrixError.

    Stock nio sends one-time keys first and saves them after the answer: a crash in between leaves the server
    handing out keys that nobody has, and refusing every later upload. It also never uploads a fallback key.
    """
    machine = device.olm
    body = _wanted(device)
    if not body:
        return False
    machine.save_account()
    try:
        answer = await api.request("POST", client_path("keys", "upload"), body)
    except MatrixError as error:
        _give_up_taken_names(machine, error)
        raise
    _published(device, answer, fallback="fallback_keys" in body)
    return True


def device_keys(machine: Machine) -> Json:
    """The device's own keys as they are published, signed by the device (specification, 11.12.2)."""
    identity = machine.account.identity_keys
    keys = {f"{kind}:{machine.device_id}": identity[kind] for kind in ("curve25519", "ed25519")}
    unsigned = {
        "algorithms": machine._algorithms,
        "device_id": machine.device_id,
        "user_id": machine.user_id,
        "keys": keys,
    }
    return _signed(machine, unsigned)


def _wanted(device: OwnDevice) -> Json:
    machine = device.olm
    body: Json = {} if machine.account.shared else {"device_keys": device_keys(machine)}
    if one_time := _one_time_keys(machine):
        body["one_time_keys"] = one_time
    if fallback := _fallback_key(device):
        body["fallback_keys"] = fallback
    return body


def _one_time_keys(machine: Machine) -> Json:
    """Keys whose upload was not confirmed, again the same; else as many new ones as are missing."""
    unpublished = machine.account.one_time_keys["curve25519"]
    if not unpublished:
        on_server = machine.uploaded_key_count if machine.account.shared else 0
        missing = 0 if on_server is None else machine.account.max_one_time_keys - on_server
        if missing > 0:
            machine.account.generate_one_time_keys(missing)
            unpublished = machine.account.one_time_keys["curve25519"]
    return {f"{_KIND}:{name}": _signed(machine, {"key": key}) for name, key in unpublished.items()}


def _fallback_key(device: OwnDevice) -> Json:
    """A new one when the server says that the last is used up (or that there never was one)."""
    account = device.olm.account._account
    if device.unused_fallback is None or _KIND in device.unused_fallback:
        return {}
    if not account.fallback_key:
        account.generate_fallback_key()
    keys = account.fallback_key or {}
    return {
        f"{_KIND}:{name}": _signed(device.olm, {"key": key.to_base64(), "fallback": True}) for name, key in keys.items()
    }


def _published(device: OwnDevice, answer: Json, *, fallback: bool) -> None:
    machine = device.olm
    machine.account.shared = True
    machine.account.mark_keys_as_published()
    machine.uploaded_key_count = device.key_count = answer.get("one_time_key_counts", {}).get(_KIND, 0)
    if fallback:
        device.unused_fallback = [_KIND]
    machine.save_account()


def _give_up_taken_names(machine: Machine, error: MatrixError) -> None:
    """Skips the names of these keys if the server has others under them, from an older store that was lost."""
    if error.status == 400 and "already exists" in str(error):
        machine.account.mark_keys_as_published()
        machine.save_account()


def _signed(machine: Machine, value: Json) -> Json:
    signature: Any = machine.sign_json(value)
    return {**value, "signatures": {machine.user_id: {f"ed25519:{machine.device_id}": signature}}}
