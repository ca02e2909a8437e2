"""The real bot in encrypted rooms, before clients that nobody here wrote and that trust only signed devices."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import icalendar
import pytest_asyncio
from nio.crypto.attachments import decrypt_attachment

from bot.matrix import session
from bot.matrix.api import path
from bot.matrix.keys import intake
from bot.matrix.keys.device import OwnDevice
from tests.e2e.bot_process import BotProcess
from tests.e2e.encrypted_lives import Lives, died_everywhere
from tests.e2e.strangers import (
    answer,
    answered,
    answers,
    arrived,
    asks,
    device,
    device_id,
    joined,
    killed_during_traffic,
    room_with,
    said_by,
)
from tests.e2e.town import PATIENCE, Town
from tests.keys.between import Between
from tests.servers.people import People
from tests.servers.synapse import Synapse
from tests.strict_client import Seen, StrictPerson

EVERY = 7
"""Of so many boundaries one is tried; the soak tries each."""
Arrive = Callable[[str], Awaitable[StrictPerson]]


@pytest_asyncio.fixture
async def arrive(synapse: Synapse, people: People) -> AsyncIterator[Arrive]:
    """Makes strict people, who are gone at the end."""
    async with AsyncExitStack() as stack:

        async def one(name: str) -> StrictPerson:
            person = await arrived(synapse.url, people, name)
            stack.push_async_callback(person.close)
            return person

        yield one


async def test_a_command_is_answered_for_members_only_and_an_older_one_is_left_alone(
    town: Town, arrive: Arrive
) -> None:
    claire = await arrive("claire")
    room = await claire.create_room()
    before = await claire.say(room, "!ping")
    await claire.ask("invite", room=room, userId=town.bot.user_id)
    await joined(claire, town.bot, room)
    chat = await room_with(claire, town.bot, direct=True)
    await claire.say(chat, "!ping")
    for seen in (await asks(claire, room, "!ping"), await claire.until(said_by(town.bot, chat), within=PATIENCE)):
        assert seen.encrypted
        shield = await claire.ask("shield", room=seen.room_id, event=seen.event_id)
        assert shield == {"colour": 0, "reason": None}
    assert before not in map(answered, claire.seen.values())
    assert (await device(claire, town.bot)) == {"signedByOwner": True, "needsApproval": False}
    await changes_its_answer(claire, town.bot, room)


async def changes_its_answer(claire: StrictPerson, bot: BotProcess, room: str) -> None:
    """To an edited command it answers where the answer stands."""
    asked = await claire.say(room, "!aide xyzzy")
    first = await answer(claire, asked)
    new = {"msgtype": "m.text", "body": "!ping"}
    relation = {"rel_type": "m.replace", "event_id": asked}
    await claire.say(room, "* !ping", **{"m.new_content": new, "m.relates_to": relation})
    changed = await claire.until(
        lambda seen: (seen.relates_to or {}).get("rel_type") == "m.replace" and seen.sender == bot.user_id,
        within=PATIENCE,
    )
    assert changed.relates_to == {"rel_type": "m.replace", "event_id": first.event_id}
    assert changed.unreadable is None


async def test_a_card_is_answered_by_a_reaction(synapse: Synapse, people: People, arrive: Arrive) -> None:
    boss, claire = await arrive("paul"), await arrive("claire")
    account = await people.account("relais")
    async with BotProcess(synapse.url, account, operators=boss.user_id) as bot:
        main = await room_with(boss, bot)
        await asks(boss, main, "!admin communauté lier numerique")
        second = await room_with(claire, bot)
        await asks(claire, second, "!admin communauté lier numerique")
        card = await boss.until(
            lambda seen: said_by(bot, main)(seen) and seen.content["msgtype"] == "m.text", within=PATIENCE
        )
        placed = await boss.until(lambda seen: seen.type == "m.reaction" and seen.sender == bot.user_id)
        assert placed.relates_to is not None
        assert placed.relates_to["event_id"] == card.event_id
        known = {seen.event_id for seen in claire.seen.values()}
        relation = {"rel_type": "m.annotation", "event_id": card.event_id, "key": "✅"}
        await boss.send(main, "m.reaction", {"m.relates_to": relation})
        await claire.until(lambda seen: said_by(bot, second)(seen) and seen.event_id not in known, within=PATIENCE)
        assert "https://" in (await asks(claire, second, "!doc messagerie")).body


async def test_the_files_and_pictures_of_a_room_open_for_its_members_alone(
    synapse: Synapse, people: People, arrive: Arrive
) -> None:
    boss, account = await arrive("paul"), await people.account("relais")
    async with BotProcess(synapse.url, account, operators=boss.user_id) as bot:
        room = await room_with(boss, bot)
        await asks(boss, room, "!admin communauté lier numerique")
        preview = await asks(boss, room, '!rdv nouveau "Comité" 5 janvier 2038 14h')
        relation = {"rel_type": "m.annotation", "event_id": preview.event_id, "key": "✅"}
        await boss.send(room, "m.reaction", {"m.relates_to": relation})
        seen = await boss.until(lambda seen: seen.content.get("msgtype") == "m.file", within=PATIENCE)
        preview = await asks(boss, room, "!admin salon équipe")
        await boss.send(room, "m.reaction", {"m.relates_to": relation | {"event_id": preview.event_id}})
        await asks(boss, room, "!admin tableau image")
        picture = await boss.until(lambda seen: seen.content.get("msgtype") == "m.image", within=PATIENCE)
    data, opened = await _opened(synapse.url, account.access_token, seen)
    assert b"VCALENDAR" not in data
    assert icalendar.Calendar.from_ical(opened).walk("VEVENT")[0]["SUMMARY"] == "Comité"
    data, opened = await _opened(synapse.url, account.access_token, picture)
    assert (b"PNG" in data[:8], opened[:4]) == (False, b"\x89PNG")
    assert "Recherches" in picture.body


async def _opened(homeserver: str, token: str, seen: Seen) -> tuple[bytes, bytes]:
    """What the server holds of an encrypted file, and what who has its key reads."""
    assert seen.encrypted
    file = seen.content["file"]
    data = await _downloaded(homeserver, token, file["url"])
    return data, decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])


async def _downloaded(homeserver: str, token: str, address: str) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    target = f"{homeserver}/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"
    async with aiohttp.ClientSession() as session, session.get(target, headers=headers) as answer:
        assert answer.status == 200
        return await answer.read()


async def test_under_kill_9_every_command_is_answered_once_and_readable(own_town: Town, arrive: Arrive) -> None:
    claire = await arrive("claire")
    assert await killed_during_traffic(own_town.bot, claire, commands=4, kills=2) == [1] * 6
    assert [seen for seen in claire.seen.values() if seen.unreadable] == []


async def test_wherever_it_dies_every_command_is_answered_once_and_readable(
    synapse: Synapse, people: People, arrive: Arrive, tmp_path: Path
) -> None:
    claire = await arrive("claire")
    lives = await Lives.of(synapse.url, await people.account("relais"), tmp_path / "data")
    counts, passed = await died_everywhere(lives, claire, every=EVERY)
    assert counts == [1] * len(counts)
    assert {"before keys are kept", "after a commit", "after PUT sendToDevice", "after PUT rooms"} <= set(passed)


class Withheld:
    """Keeps from the bot what is sent to its device, until it is let through."""

    def __init__(self, between: Between) -> None:
        self.held: list[Any] = []
        self.closed = False
        between.rewrite("/sync", self._pass)

    def _pass(self, answer: dict[str, Any]) -> None:
        events = answer.get("to_device", {}).get("events", [])
        if self.closed:
            self.held += events
            answer.pop("to_device", None)
        elif self.held:
            answer["to_device"] = {"events": [*self.held, *events]}
            self.held = []


def fetched(between: Between, event_id: str) -> bool:
    """Whether the bot has asked for the event by itself, as it does for what it could not read."""
    return bool(between.count(f"/event/{event_id}"))


async def test_a_command_whose_key_comes_late_is_answered_then_also_after_a_restart(
    synapse: Synapse, people: People, arrive: Arrive
) -> None:
    account, claire = await people.account("relais"), await arrive("claire")
    async with Between(synapse.url) as between, BotProcess(between.url, account) as bot:
        withheld = Withheld(between)
        for restarts in (False, True):
            room = await room_with(claire, bot)
            withheld.closed = True
            asked = await claire.say(room, "!ping")
            await bot.until(partial(fetched, between, asked), within=PATIENCE)
            assert asked not in map(answered, claire.seen.values())
            if restarts:
                await bot.restart()
            withheld.closed = False
            await claire.say(room, "Il faut un instant")
            await answer(claire, asked)
            await asks(claire, room, "!ping")
            assert answers(claire, bot)[asked] == 1
        await bot.until(lambda: b"!ping" not in bot.bytes_kept(), within=PATIENCE)


async def says(bot: BotProcess, *words: str) -> tuple[int, str]:
    """A command of the operator beside the bot: exit code and everything printed."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env=bot.environment(),
        cwd=bot.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await program.communicate()
    return program.returncode or 0, printed.decode()


async def test_whatever_the_bot_loses_it_is_the_same_to_everybody(
    synapse: Synapse, people: People, arrive: Arrive
) -> None:
    """First its keys: the recovery key brings back what counts; then its whole folder: a backup does."""
    account, claire = await people.account("relais"), await arrive("claire")
    async with BotProcess(synapse.url, account, recovery_key_file="recovery.key") as bot:
        room = await room_with(claire, bot)
        first = await claire.say(room, "!ping")
        await answer(claire, first)
        key = bot.folder / "recovery.key"
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.read_text(encoding="utf-8").strip() not in bot.printed
        await bot.stop()
        for name in ("keys.sqlite", "keys.pickle", "identity.json"):
            (bot.data / name).unlink()
        await is_itself_after(bot, claire, room, lambda: bot.start())

        code, said = await says(bot, "backup", "kept.zip")
        assert code == 0, said
        after = await asks(claire, room, "!ping")

        async def restored() -> None:
            await bot.kill()
            bot.data.rename(bot.folder / "lost")
            code, said = await says(bot, "restore", "kept.zip")
            assert code == 0, said
            await bot.start()

        await is_itself_after(bot, claire, room, restored)
        counted = answers(claire, bot)
        assert [counted[event] for event in (first, answered(after))] == [1, 1]
        await bot.stop()
        assert await reads(bot, room, first) == "!ping"


async def is_itself_after(
    bot: BotProcess, person: StrictPerson, room: str, loss: Callable[[], Awaitable[None]]
) -> None:
    """It comes back on a new device that its owner has signed, and nobody is warned; the old device is gone."""
    before = device_id(bot)
    await loss()
    assert device_id(bot) != before
    await joined(person, bot, room)
    assert (await device(person, bot))["needsApproval"] is False
    await asks(person, room, "!ping")
    gone = await person.ask("device", userId=bot.user_id, deviceId=before)
    assert gone["signedByOwner"] is None


async def reads(bot: BotProcess, room: str, event_id: str) -> str:
    """What the bot's own keys make of an event, as it stands in the room."""
    kept = session.kept(bot.data)
    assert kept is not None
    address, token = kept.homeserver + path("rooms", room, "event", event_id), kept.access_token
    async with aiohttp.request("GET", address, headers={"Authorization": f"Bearer {token}"}) as shown:
        raw = await shown.json()
    own = OwnDevice(kept.user_id, kept.device_id, bot.data, may_create=False)
    try:
        return str((intake.decrypted(own, raw, room) or {}).get("content", {}).get("body"))
    finally:
        own.close()


async def test_an_identity_is_replaced_on_purpose_only_and_keys_that_are_gone_or_damaged_are_told(
    synapse: Synapse, people: People, arrive: Arrive
) -> None:
    account, claire = await people.account("relais"), await arrive("claire")
    async with BotProcess(synapse.url, account) as bot:
        await room_with(claire, bot)
        code, before = await says(bot, "identity", "show")
        assert code == 0
        assert ", signed by its owner" in before
        refused, said = await says(bot, "identity", "reset", "--yes")
        assert (refused, "stop it first" in said) == (2, True)
        await bot.stop()

        (bot.data / "keys.sqlite").write_bytes(b"not a database" * 1000)
        assert "is damaged" in await refusal(bot)
        assert (bot.data / "keys.sqlite").read_bytes() == b"not a database" * 1000

        for name in ("keys.sqlite", "identity.json"):
            (bot.data / name).unlink()
        session_before = (bot.data / "session.json").read_bytes()
        lost = await refusal(bot)
        assert "RELAIS_RECOVERY_KEY" in lost
        assert "stays unreadable" in lost
        assert (bot.data / "session.json").read_bytes() == session_before

        code, said = await says(bot, "identity", "reset", "--yes")
        assert (code, "warned that it changed" in said) == (0, True)
        await bot.start()
        code, after = await says(bot, "identity", "show")
        assert code == 0
        assert after.splitlines()[2] != before.splitlines()[2]
        assert (await device(claire, bot))["signedByOwner"] is True


async def refusal(bot: BotProcess) -> str:
    """The sentence with which a start is refused."""
    bot.launch()
    assert await bot.ended() == 2
    return bot.printed.splitlines()[-1]
