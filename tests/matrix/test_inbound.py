"""Promises of the ears: Matrix's events become our facts, and nothing crooked gets through or stops us."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.events import EventRemoved, MembershipChanged, MessageReceived, ReactionAdded, RoomUpgraded
from bot.matrix import inbound

ME, ROOM = "@relais:example.org", "!room:example.org"
ANA = "@ana:example.org"


def source(kind: str, content: Any, **fields: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "event_id": "$1",
        "sender": ANA,
        "origin_server_ts": 1_800_000_000_000,
        "content": content,
        **fields,
    }


def message(body: Any = "!doc x", **content: Any) -> dict[str, Any]:
    return source("m.room.message", {"msgtype": "m.text", "body": body} | content)


def heard(event: dict[str, Any]) -> Any:
    return inbound.event(event, ROOM, ME)


def test_a_message_keeps_its_words_and_its_place() -> None:
    fact = heard(message("!doc x"))
    assert isinstance(fact, MessageReceived)
    assert (fact.text, fact.room_id, fact.sender, fact.event_id) == ("!doc x", ROOM, ANA, "$1")
    assert fact.sent_at.tzinfo is not None


def test_a_reply_loses_the_quotation_that_older_clients_put_before_it() -> None:
    relation = {"m.in_reply_to": {"event_id": "$0"}}
    fact = heard(message("> <@ben:example.org> ça va ?\n> oui\n\n!aide", **{"m.relates_to": relation}))
    assert (fact.text, fact.reply_to) == ("!aide", "$0")


def test_quoted_lines_in_a_message_that_is_no_reply_stay() -> None:
    assert heard(message("> cité\nsuite")).text == "> cité\nsuite"


def test_a_thread_fallback_is_no_reply() -> None:
    relation = {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$last"},
    }
    fact = heard(message("!aide", **{"m.relates_to": relation}))
    assert (fact.thread, fact.reply_to) == ("$root", None)


def test_an_edit_carries_the_new_words_and_what_it_replaces() -> None:
    new = {"m.new_content": {"msgtype": "m.text", "body": "!doc y"}}
    relation = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}}
    fact = heard(message("* !doc y", **new, **relation))
    assert (fact.text, fact.replaces) == ("!doc y", "$0")


def test_a_mention_of_us_is_noticed() -> None:
    assert heard(message("aide", **{"m.mentions": {"user_ids": [ME]}})).for_bot


def test_what_bots_say_is_not_heard() -> None:
    assert heard(message("!doc x", msgtype="m.notice")) is None


def test_a_reaction_a_removal_a_membership_and_an_upgrade_are_told_apart() -> None:
    relation = {"rel_type": "m.annotation", "event_id": "$0", "key": "✅"}
    assert isinstance(heard(source("m.reaction", {"m.relates_to": relation})), ReactionAdded)
    assert heard(source("m.room.redaction", {"redacts": "$0"})).target == "$0"
    assert isinstance(heard(source("m.room.redaction", {}, redacts="$0")), EventRemoved)
    joined = heard(source("m.room.member", {"membership": "join"}, state_key=ANA))
    assert isinstance(joined, MembershipChanged)
    assert (joined.member, joined.before) == (ANA, "leave")
    assert isinstance(
        heard(source("m.room.tombstone", {"replacement_room": "!new:example.org"}, state_key="")), RoomUpgraded
    )


def test_halves_of_characters_and_zeros_do_not_reach_the_database() -> None:
    text = heard(message("a\ud800b\0c")).text
    assert text.encode()
    assert "\0" not in text


@pytest.mark.parametrize("stamp", [None, "yesterday", True, 10**30, -(10**30), 1.5])
def test_an_event_without_a_sound_time_is_none(stamp: Any) -> None:
    assert heard(message() | {"origin_server_ts": stamp}) is None


NAMES = (
    "m.relates_to event_id rel_type key body msgtype m.new_content m.mentions user_ids m.in_reply_to membership redacts"
)
names = st.sampled_from(NAMES.split())
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
json = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=8), inner, max_size=6),
    max_leaves=20,
)
kinds = st.sampled_from(["m.room.message", "m.reaction", "m.room.redaction", "m.room.member", "m.room.tombstone"])


@given(kind=kinds, content=json, extra=st.dictionaries(st.sampled_from(["state_key", "unsigned", "redacts"]), json))
def test_no_event_however_crooked_raises(kind: str, content: Any, extra: dict[str, Any]) -> None:
    fact = inbound.event(source(kind, content) | extra, ROOM, ME)
    assert fact is None or fact.event_id == "$1"
