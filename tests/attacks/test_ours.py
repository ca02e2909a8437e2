"""Passing for the bot's own: its rooms, its messages, the conversation with somebody else."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nio.events import MegolmEvent

from bot.errors import TryLater
from bot.events.messages import Message
from bot.events.text import Text
from bot.mailbox.sending import delivery
from bot.matrix import inbound
from bot.matrix.api import Api
from bot.matrix.keys.decrypted_event import event_of
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.intake import decrypted
from bot.matrix.rooms import Rooms
from tests.attacks import attack
from tests.chat import ANA, BEN, CLEO, Chat
from tests.homeserver import BOT

MALLORY = "@mallory:example.org"
TRAP = "!trap:example.org"


async def writes_to(chat: Chat, person: str, text: str, *, key: str) -> None:
    """The bot has something for one person alone."""
    async with chat.database.transaction() as tx:
        await chat.outbox.say(tx, Message(Text.of(text), rings=True), key=key, to=f"dm:{person}", now=chat.now)
    await chat.settles()


def once(failure: Exception, end: str) -> Callable[[str, str], None]:
    """A server that fails at the first request that ends so."""
    failures = [failure]

    def refuse(_method: str, path: str) -> None:
        if path.endswith(end) and failures:
            raise failures.pop()

    return refuse


async def keys(chat: Chat) -> list[str]:
    """The keys of the rooms that wait to be made."""
    return [str(key) for (key,) in await chat.rows("SELECT txn_id FROM outbox WHERE kind = 'create'")]


async def traps(chat: Chat, key: str, *, creator: str = MALLORY) -> None:
    """A room of somebody's own, the bot in it, that says in every way that it is the bot's."""
    chat.homeserver.create(TRAP, creator, **{"relais.room": key})
    chat.homeserver.event(TRAP, "relais.room", creator, {"key": key}, state_key="")
    for person in (creator, BOT):
        chat.homeserver.member(TRAP, person)
    await chat.hears(TRAP)


def heard_in(chat: Chat, room_id: str) -> list[str]:
    return [said.text for said in chat.messages if said.room_id == room_id]


@attack(
    who="a stranger",
    tries="forges the key of the private room that the bot could not create at once (too many requests)",
    instead="the bot opens a room of its own, and nothing is said in theirs",
)
async def test_a_forged_room_while_the_server_says_later(chat: Chat) -> None:
    chat.homeserver.refuse = once(TryLater(429, "M_LIMIT_EXCEEDED", "", 0.05), "createRoom")
    asked = asyncio.create_task(writes_to(chat, ANA, "Pour Ana seule.", key="k"))
    await asyncio.sleep(0)
    while not (found := await keys(chat)):
        await asyncio.sleep(0)
    await traps(chat, found[0])
    await asked

    places = [said.room_id for said in chat.messages if said.text == "Pour Ana seule."]
    assert [place != TRAP for place in places] == [True]


@attack(
    who="a stranger",
    tries="computes the key of a room to come from what everybody knows",
    instead="the key is drawn by lot",
)
async def test_a_key_cannot_be_computed(chat: Chat) -> None:
    for number in range(2):
        await writes_to(chat, (ANA, BEN)[number], "Bonjour.", key=f"k{number}")
    (first, second) = await keys(chat)
    assert len({first, second, *await _computed(chat)}) == 4


async def _computed(chat: Chat) -> list[str]:
    return [hashlib.sha256(f"{BOT}\ndm:{person}:0".encode()).hexdigest()[:40] for person in (ANA, BEN)]


@attack(
    who="a stranger",
    tries="invites the bot into a room that claims to be the bot's, so that it comes in without a word",
    instead="it says that it has come",
)
async def test_a_forged_room_does_not_silence_the_arrival(chat: Chat) -> None:
    await traps_unheard(chat)

    assert heard_in(chat, TRAP)[0].startswith("Bonjour. Je suis Relais, un programme automatique.")


async def traps_unheard(chat: Chat) -> None:
    chat.homeserver.create(TRAP, MALLORY, **{"relais.room": "key"})
    chat.homeserver.event(TRAP, "relais.room", MALLORY, {"key": "key"}, state_key="")
    for person in (MALLORY, BEN, BOT):
        chat.homeserver.member(TRAP, person)
    chat.forget()
    await chat.hears(TRAP)


@attack(
    who="a stranger",
    tries="makes the bot note that people talk in a room that claims to be the bot's",
    instead="what is said there leaves no trace",
)
async def test_a_forged_room_is_not_listened_to(chat: Chat) -> None:
    await traps(chat, "key")
    said = await chat.says(MALLORY, "bonjour à tous", room=TRAP)
    word = await chat.says(MALLORY, "résolu", room=TRAP)

    assert not {said, word} & {key for (key,) in await chat.rows("SELECT source_key FROM inbox")}


@attack(
    who="a member",
    tries="sends a message with the key of one of the bot's that is still on its way",
    instead="the bot's own message is sent all the same",
)
async def test_a_forged_echo(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await chat.outbox.say(tx, Message(Text.of("Bonjour.")), key="k", to=TRAP, now=chat.now)
        row = await chat.outbox.row(tx, "k")
        assert row is not None
        await delivery.adopt(tx, BOT, chat.room, {row.txn_id: "$forged"}, now=chat.now)
    await traps(chat, "key")
    await chat.settles()

    async with chat.database.reading() as tx:
        sent = await chat.outbox.row(tx, "k")
    assert sent is not None
    assert sent.event_id != "$forged"


SESSION = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "c", "sender_key": "k", "session_id": "s"}


def opened(kind: str, content: dict[str, Any], *, outside: dict[str, Any], **inside: Any) -> dict[str, Any] | None:
    """What an encrypted event of Mallory's becomes once the bot has its key."""
    raw = {
        "type": "m.room.encrypted",
        "event_id": "$sealed",
        "sender": MALLORY,
        "origin_server_ts": 1,
        "content": dict(SESSION),
    } | outside
    sealed = MegolmEvent.from_dict(raw)
    plaintext = json.dumps({"type": kind, "content": content, "room_id": TRAP} | inside)
    olm = SimpleNamespace(decrypt_megolm_event=lambda _event, room_id: event_of(plaintext, sealed, room_id))
    own = cast(OwnDevice, SimpleNamespace())
    device = SimpleNamespace(sealed=lambda event, room: OwnDevice.sealed(own, event, room), olm=olm)
    return decrypted(cast(OwnDevice, device), raw, TRAP)


@attack(
    who="a member",
    tries="seals state in an encrypted message: power for themselves, a room of the bot's, a closed room",
    instead="what is sealed is no state: the room stays what the server says",
)
@pytest.mark.parametrize("state_key", ["inside", "outside"])
async def test_state_sealed_in_a_message(state_key: str) -> None:
    rooms = Rooms(cast(Api, None), BOT)
    outside: dict[str, Any] = {"state_key": ""} if state_key == "outside" else {}
    inside: dict[str, Any] = {"state_key": "", "sender": BOT}
    states: list[tuple[str, dict[str, Any]]] = [
        ("m.room.create", {"relais.room": "key", "room_version": "12"}),
        ("m.room.power_levels", {"users": {MALLORY: 100}}),
        ("m.room.tombstone", {"replacement_room": "!x:y"}),
    ]
    for kind, content in states:
        source = opened(kind, content, outside=outside, **inside)
        rooms.apply(TRAP, events=[source] if source else [], summary={})
        assert source is None or inbound.event(source, TRAP, BOT) is None

    facts = rooms.facts(TRAP)
    assert facts is not None
    assert (facts.marker, facts.replacement, facts.power.power_of(MALLORY)) == (None, None, 0)


@attack(
    who="a member",
    tries="seals the removal of somebody else's answer in an encrypted message",
    instead="only the server removes: the answer stands",
)
async def test_a_sealed_removal() -> None:
    source = opened("m.room.redaction", {"redacts": "$answer"}, outside={})

    assert source is not None
    assert inbound.event(source, TRAP, BOT) is None


# ── the conversation with one person ──────────────────────────────────────────────────────────────────────


async def chat_of_two(chat: Chat, *members: str, inviter: str = ANA) -> str:
    """A room in which somebody has others, and asks the bot in as if they were alone."""
    room = chat.homeserver.create("!two:example.org", inviter).room_id
    for person in members:
        chat.homeserver.member(room, person)
    await chat.invites(inviter, room, direct=True)
    return room


@attack(
    who="a member",
    tries="asks the bot into a room with somebody else in it, as if they were alone there",
    instead="it is no private conversation: what is private opens a room of its own",
)
async def test_a_direct_invitation_into_a_room_with_others(chat: Chat) -> None:
    room = await chat_of_two(chat, ANA, BEN)
    await writes_to(chat, ANA, "Pour Ana seule.", key="before")
    await chat.hears(room)
    await writes_to(chat, ANA, "Pour Ana seule.", key="after")

    assert "Pour Ana seule." not in heard_in(chat, room)
    assert [said.text for said in chat.messages].count("Pour Ana seule.") == 2


@attack(
    who="somebody else",
    tries="enters a private conversation just before the bot speaks, and the bot has not heard of it yet",
    instead="what is private goes to a new room with that person alone",
)
async def test_somebody_enters_unheard(chat: Chat) -> None:
    room = await chat.direct(ANA)
    chat.homeserver.member(room, BEN)
    await writes_to(chat, ANA, "Pour Ana seule.", key="k")

    assert heard_in(chat, room) == []
    assert chat.last.text == "Pour Ana seule."
    assert chat.homeserver.invited(chat.last.room_id) == [ANA]


@attack(
    who="somebody else",
    tries="takes the place of the person in their private conversation while the bot is down",
    instead="nothing private is said to them, though the room has two members as before",
)
async def test_somebody_takes_the_place(chat: Chat) -> None:
    room = await chat.direct(ANA)
    chat.homeserver.member(room, CLEO)
    chat.homeserver.member(room, ANA, "leave")
    await chat.restarts()
    chat.forget()
    await writes_to(chat, ANA, "Pour Ana seule.", key="k")

    assert heard_in(chat, room) == []
    assert chat.last.text == "Pour Ana seule."


@attack(
    who="a proxy",
    tries="loses the invitation and the answer of a room that was made",
    instead="the bot finds its room again and invites the person now",
)
async def test_the_invitation_was_lost(chat: Chat) -> None:
    lost: list[str] = []

    def lose(method: str, path: str) -> None:
        if path.endswith("createRoom") and not lost:
            key = chat.homeserver.create("!lost:example.org", BOT, **{"relais.room": "?"})
            chat.homeserver.member("!lost:example.org", BOT)
            lost.append(key.room_id)
            raise TryLater(502, "NOT_MATRIX", "", 0.05)

    chat.homeserver.refuse = lose
    asked = asyncio.create_task(writes_to(chat, ANA, "Pour Ana seule.", key="k"))
    while not lost:
        await asyncio.sleep(0)
    create = chat.homeserver.rooms[lost[0]].state["m.room.create", ""]
    create["content"]["relais.room"] = (await keys(chat))[0]
    await asked

    assert heard_in(chat, lost[0]) == ["Pour Ana seule."]
    assert chat.homeserver.invited(lost[0]) == [ANA]


# ── whatever others write ─────────────────────────────────────────────────────────────────────────────────

contents = st.fixed_dictionaries(
    {},
    optional={
        "relais.room": st.text(max_size=5),
        "key": st.text(max_size=5),
        "creator": st.just(BOT),
        "sender": st.just(BOT),
        "additional_creators": st.just([BOT]),
        "room_version": st.sampled_from(["1", "10", "11", "12"]),
        "membership": st.sampled_from(["join", "invite", "leave"]),
        "is_direct": st.booleans(),
        "predecessor": st.just({"room_id": "!made:example.org", "event_id": "$x"}),
    },
)
events = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["m.room.create", "relais.room", "m.room.member", "m.room.name", "m.room.tombstone"]),
        "state_key": st.sampled_from(["", BOT, MALLORY]),
        "sender": st.sampled_from([MALLORY, ANA, None, 3]),
        "content": contents,
    }
)


@attack(
    who="anybody but the bot",
    tries="writes any state whatsoever",
    instead="no room becomes the bot's own",
)
@given(st.lists(events, max_size=12))
def test_no_state_of_others_makes_a_room_ours(written: list[dict[str, Any]]) -> None:
    rooms = Rooms(cast(Api, None), BOT)
    rooms.apply(TRAP, events=written, summary={})

    facts = rooms.facts(TRAP)
    assert facts is not None
    assert facts.marker is None


@attack(
    who="a homeserver",
    tries="makes a room and drops the invitation without a word, then puts the next one off",
    instead="the person is invited all the same, before anything is said there",
)
async def test_the_invitation_was_dropped(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    request = chat.homeserver.request
    refused: list[str] = []

    async def drops(method: str, path: str, body: Any = None, **named: Any) -> Any:
        if path.endswith("createRoom"):
            body = body | {"invite": []}
        if path.endswith("/invite") and not refused:
            refused.append(path)
            raise TryLater(429, "M_LIMIT_EXCEEDED", "", 0.01)
        return await request(method, path, body, **named)

    monkeypatch.setattr(chat.homeserver, "request", drops)
    await writes_to(chat, ANA, "Pour Ana seule.", key="k")

    assert refused != []
    assert (chat.last.text, chat.homeserver.invited(chat.last.room_id)) == ("Pour Ana seule.", [ANA])
