"""The Olm machine without a server: what a stranger may cost, and what is read of a payload."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nio
import peewee
import pytest
import vodozemac
from hypothesis import given
from hypothesis import strategies as st
from nio.events import MegolmEvent, ToDeviceEvent, UnknownBadEvent

from bot.matrix.keys.decrypted_event import event_of
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.errors import KeyStoreFailed
from bot.matrix.keys.machine import MEGOLM, Machine
from bot.matrix.keys.signatures import encode

SENDER = "@stranger:relais.test"
SEALED = MegolmEvent.from_dict(
    {
        "event_id": "$event",
        "sender": "@ana:relais.test",
        "origin_server_ts": 5,
        "type": "m.room.encrypted",
        "content": {
            "algorithm": MEGOLM,
            "ciphertext": "c",
            "sender_key": "k",
            "session_id": "s",
            "device_id": "D",
            "m.relates_to": {"rel_type": "m.thread", "event_id": "$root"},
        },
    }
)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    device = OwnDevice("@bot:relais.test", "PHONE", tmp_path, may_create=True)
    yield device.olm
    device.close()


def first_messages(machine: Machine, count: int) -> list[Any]:
    """As many Olm sessions, opened by one stranger, each with its first message."""
    machine.account.generate_one_time_keys(count)
    stranger, key = vodozemac.Account(), vodozemac.Curve25519PublicKey.from_base64
    own = machine.account.identity_keys["curve25519"]
    events = []
    for one_time in machine.account.one_time_keys["curve25519"].values():
        session = stranger.create_outbound_session(key(own), key(one_time))
        kind, body = session.encrypt(b"{}").to_parts()
        content = {
            "algorithm": "m.olm.v1.curve25519-aes-sha2",
            "sender_key": stranger.curve25519_key.to_base64(),
            "ciphertext": {own: {"type": kind, "body": encode(body)}},
        }
        raw = {"type": "m.room.encrypted", "sender": SENDER, "content": content}
        events.append(ToDeviceEvent.parse_event(raw))
    return events


def stored(machine: Machine, table: str) -> int:
    return int(machine.store.database.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_stranger_cannot_fill_the_store_with_sessions(machine: Machine) -> None:
    machine.receive(first_messages(machine, 30))
    assert len(list(machine.session_store)) == 20
    assert stored(machine, "olmsessions") == 20


def test_a_panic_below_is_one_refused_event(machine: Machine) -> None:
    class PanicException(BaseException):
        """As the Rust side raises it."""

    events = first_messages(machine, 2)
    take = machine.handle_to_device_event
    with patch.object(machine, "handle_to_device_event", side_effect=[PanicException, take(events[1])]):
        assert machine.receive(events) == events


def test_what_cannot_be_kept_is_told_and_nothing_of_the_batch_stays(machine: Machine) -> None:
    events = first_messages(machine, 3)
    save = machine.store.save_session
    results = [save, save, peewee.OperationalError("disk full")]

    def fails_third(curve_key: str, session: Any) -> None:
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        result(curve_key, session)

    with patch.object(machine.store, "save_session", fails_third), pytest.raises(KeyStoreFailed):
        machine.receive(events)
    assert stored(machine, "olmsessions") == 0


def test_a_text_is_read_with_its_relation_and_its_sender() -> None:
    content = {"msgtype": "m.text", "body": "hello", "format": "f", "formatted_body": "<b>hello</b>"}
    event = event_of(json.dumps({"type": "m.room.message", "content": content}), SEALED, "!room")
    assert isinstance(event, nio.RoomMessageText)
    assert (event.body, event.formatted_body, event.decrypted) == ("hello", "<b>hello</b>", True)
    assert (event.event_id, event.sender, event.room_id) == ("$event", "@ana:relais.test", "!room")
    assert event.source["content"]["m.relates_to"] == {"rel_type": "m.thread", "event_id": "$root"}


def test_what_is_sealed_cannot_say_who_sent_it() -> None:
    lie = {"sender": "@bot:relais.test", "event_id": "$other", "origin_server_ts": 0, "unsigned": {}}
    payload = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "x"}, **lie}
    event = event_of(json.dumps(payload), SEALED, "!room")
    assert (event.sender, event.event_id, event.server_timestamp) == ("@ana:relais.test", "$event", 5)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=6,
)
KIND = st.sampled_from(["m.room.message", "m.room.member", "m.reaction", "m.room.encrypted", "x"]) | ANYTHING
CONTENT = st.fixed_dictionaries(
    {},
    optional={
        "msgtype": st.sampled_from(["m.text", "m.image", "m.audio", "m.location", "?"]) | ANYTHING,
        "body": ANYTHING,
        "format": ANYTHING,
        "formatted_body": ANYTHING,
        "url": ANYTHING,
        "file": ANYTHING,
        "m.relates_to": ANYTHING,
    },
)


@given(st.fixed_dictionaries({}, optional={"type": KIND, "content": CONTENT | ANYTHING, "unsigned": ANYTHING}))
def test_no_payload_whatever_raises(payload: dict[str, Any]) -> None:
    event = event_of(json.dumps(payload), SEALED, "!room")
    assert event.decrypted
    assert event.source["sender"] == "@ana:relais.test"


@pytest.mark.parametrize("text", ["", "not JSON", "[]", "3", "null", "[" * 100_000])
def test_what_is_no_object_is_a_bad_event(text: str) -> None:
    assert isinstance(event_of(text, SEALED, "!room"), UnknownBadEvent | nio.BadEvent | nio.UnknownEvent)
