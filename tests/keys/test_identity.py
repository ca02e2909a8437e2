"""The cross-signing identity: made once, checked, never replaced in silence, back with its recovery key."""

import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matrix.keys.errors import IdentityRefused, KeysDamaged, KeysLost, RecoveryRefused
from bot.matrix.keys.identity import cross_signing, identity, secret_storage
from bot.matrix.keys.identity.identity import Established, establish, shown
from tests.keys.rooms import Ours, World
from tests.servers.people import Account, Person


async def established(bot: Ours, **more: str) -> Established:
    return await establish(bot.device, bot.api, bot.folder, **more)


async def new_login(world: World, account: Account) -> Account:
    person = Person(world.synapse.url, "again", account)
    await person.log_in_again()
    await person.client.close()
    return person.account


async def status(bot: Ours) -> identity.IdentityStatus:
    return await identity.show(bot.api, bot.folder, bot.user_id, bot.account.device_id)


async def test_a_first_start_makes_an_identity_that_has_signed_the_device(world: World) -> None:
    bot = await world.ours("bot")
    made = await established(bot)
    assert made.created
    assert made.recovery_key
    seen = await status(bot)
    assert seen.good
    assert seen.recovery_set_up
    assert seen.backup_version == made.backup_version
    assert seen.master_key == made.master_key
    assert made.recovery_key not in repr(made)


async def test_the_recovery_key_is_shown_until_it_was_seen_and_then_no_more(world: World) -> None:
    bot = await world.ours("bot")
    made = await established(bot)
    assert (await established(bot)).recovery_key == made.recovery_key
    shown(bot.folder, bot.user_id)
    again = await established(bot)
    assert again.recovery_key is None
    assert not again.created
    assert again.master_key == made.master_key


async def test_others_see_the_device_signed_by_its_owner(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    await established(bot)
    await world.room(ana, bot)
    assert ana.keys.devices.signed[bot.user_id] == {bot.account.device_id}


async def test_its_file_is_private_and_tells_nothing_when_printed(world: World) -> None:
    bot = await world.ours("bot")
    await established(bot)
    path = bot.folder / "identity.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    held = cross_signing.load(bot.folder, bot.user_id)
    assert repr(held) == f"Identity(user_id='{bot.user_id}')"


@pytest.mark.parametrize("part", ["device_signing/upload", "signatures/upload", "account_data", "room_keys/version"])
async def test_a_crash_anywhere_in_the_first_start_is_made_good_by_the_next(world: World, part: str) -> None:
    between = await world.between()
    bot = await world.ours("bot", url=between.url)
    between.cut(part)
    with suppress(Exception):
        await established(bot)
    held = cross_signing.load(bot.folder, bot.user_id)
    assert held is not None

    made = await established(bot)

    assert made.master_key == held.public
    assert (await status(bot)).good
    assert made.recovery_key is not None
    key = secret_storage.read(made.recovery_key)
    assert await secret_storage.SecretStorage(bot.api, bot.user_id).opens(key)


async def test_an_identity_that_is_not_here_is_never_replaced(world: World) -> None:
    bot = await world.ours("bot")
    made = await established(bot)
    other = await world.settled(world.device(await new_login(world, bot.account)))
    with pytest.raises(IdentityRefused, match="RELAIS_RECOVERY_KEY"):
        await established(other)
    seen = await status(other)
    assert seen.master_key == made.master_key
    assert seen.held_key is None
    assert not seen.good


async def test_a_lost_store_comes_back_with_the_recovery_key(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    made = await established(bot)
    assert made.recovery_key
    assert made.backup_version
    room = await world.room(ana, bot)
    event_id = await ana.say(room, "before")
    bot.keys.back_up_to(made.backup, made.backup_version)
    await bot.turn()

    heir = await world.settled(world.device(await new_login(world, bot.account)))
    back = await established(heir, recovery_key=made.recovery_key)

    assert back.recovered
    assert back.restored == 1
    assert back.master_key == made.master_key
    assert back.recovery_key is None
    assert (await status(heir)).good
    raw = await heir.api.request("GET", f"/_matrix/client/v3/rooms/{room}/event/{event_id}")
    read = heir.keys.try_decrypt(raw, room)
    assert read is not None
    assert read["content"]["body"] == "before"
    assert await identity.remove_device(heir.api, bot.user_id, bot.account.device_id, bot.account.password)
    await ana.turn()
    await ana.say(room, "after")
    await heir.turn()
    assert "after" in heir.bodies()


async def test_a_wrong_recovery_key_changes_nothing(world: World) -> None:
    bot = await world.ours("bot")
    await established(bot)
    other = await world.settled(world.device(await new_login(world, bot.account)))
    with pytest.raises(RecoveryRefused, match="not the one of this account"):
        await established(other, recovery_key=secret_storage.written(bytes(32)))
    with pytest.raises(RecoveryRefused, match="mistyped"):
        await established(other, recovery_key="EsTc xxxx")
    assert cross_signing.load(other.folder, other.user_id) is None


async def test_a_reset_asks_for_the_password_and_gives_a_new_identity_and_key(world: World) -> None:
    bot = await world.ours("bot")
    made = await established(bot)
    with pytest.raises(IdentityRefused, match="RELAIS_PASSWORD"):
        await identity.reset(bot.device, bot.api, bot.folder)
    with pytest.raises(IdentityRefused, match="does not accept"):
        await identity.reset(bot.device, bot.api, bot.folder, password="wrong")
    assert (await status(bot)).master_key == made.master_key
    assert (await status(bot)).good

    renewed = await identity.reset(bot.device, bot.api, bot.folder, password=bot.account.password)

    assert renewed.master_key != made.master_key
    assert renewed.recovery_key not in (None, made.recovery_key)
    assert (await status(bot)).good
    assert (await established(bot)).master_key == renewed.master_key


async def test_a_reset_cut_off_after_the_server_had_it_is_finished_by_the_next_start(world: World) -> None:
    between = await world.between()
    bot = await world.ours("bot", url=between.url)
    made = await established(bot)
    between.fail("device_signing/upload", 401, times=1, body={"flows": [{"stages": ["m.login.password"]}]})
    between.cut("device_signing/upload")
    with suppress(Exception):
        await identity.reset(bot.device, bot.api, bot.folder, password=bot.account.password)
    between.rules.clear()
    with suppress(IdentityRefused):
        await identity.reset(bot.device, bot.api, bot.folder, password="wrong")

    finished = await established(bot)

    assert (await status(bot)).good
    assert finished.master_key != made.master_key
    assert finished.recovery_key not in (None, made.recovery_key)


async def test_a_server_that_wants_a_browser_says_where(world: World) -> None:
    between = await world.between()
    bot = await world.ours("bot", url=between.url)
    url = "https://account.example.org/allow"
    challenge = {
        "flows": [{"stages": ["m.oauth"]}],
        "params": {"m.oauth": {"url": url}},
        "session": "s",
    }
    between.fail("device_signing/upload", 401, body=challenge)
    with pytest.raises(IdentityRefused, match=url):
        await established(bot)


async def test_signatures_that_the_server_refuses_are_not_taken_for_done(world: World) -> None:
    between = await world.between()
    bot = await world.ours("bot", url=between.url)
    failures = {bot.user_id: {bot.account.device_id: {"errcode": "M_INVALID_SIGNATURE"}}}
    between.rewrite("signatures/upload", lambda answer: answer.update(failures=failures))
    with pytest.raises(IdentityRefused, match="M_INVALID_SIGNATURE"):
        await established(bot)


async def test_a_device_whose_keys_were_replaced_is_not_used(world: World) -> None:
    bot = await world.ours("bot")
    await bot.close()
    impostor = world.device(bot.account, folder=world.folder())
    impostor.olm.account.shared = True
    with pytest.raises(KeysLost, match="new device"):
        await established(impostor)
    assert not await identity.device_is_blank(bot.api, bot.user_id, bot.account.device_id)
    fresh = await new_login(world, bot.account)
    assert await identity.device_is_blank(bot.api, bot.user_id, fresh.device_id)


def test_a_damaged_identity_file_is_told(tmp_path: Path) -> None:
    cross_signing.save(tmp_path, cross_signing.new_identity("@bot:relais.test"))
    (tmp_path / "identity.json").write_text("{")
    with pytest.raises(KeysDamaged, match=r"identity\.json"):
        cross_signing.load(tmp_path, "@bot:relais.test")


@given(st.binary(min_size=32, max_size=32), st.integers(0, 46), st.integers(1, 57))
def test_a_recovery_key_is_read_as_it_was_written_and_a_slip_is_noticed(key: bytes, place: int, shift: int) -> None:
    text = secret_storage.written(key)
    assert secret_storage.read(text) == key
    assert secret_storage.read(f" {text.replace(' ', '')} ") == key
    letters = list(text.replace(" ", ""))
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    letters[place] = alphabet[(alphabet.index(letters[place]) + shift) % 58]
    try:
        slipped = secret_storage.read("".join(letters))
    except RecoveryRefused:
        return
    assert slipped != key


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20), st.binary(max_size=80))
def test_a_secret_opens_with_its_key_under_its_name_only(key: bytes, name: str, secret: bytes) -> None:
    box = secret_storage.sealed(key, name, secret)
    assert secret_storage.opened(key, name, box) == secret
    with pytest.raises(RecoveryRefused):
        secret_storage.opened(key, name + "x", box)
    with pytest.raises(RecoveryRefused):
        secret_storage.opened(bytes(32) if key != bytes(32) else bytes([1] * 32), name, box)


def test_the_next_identity_waits_beside_the_one_in_use(tmp_path: Path) -> None:
    used = cross_signing.new_identity("@bot:relais.test")
    cross_signing.save(tmp_path, used)
    cross_signing.save(tmp_path, replace(used, master=bytes(32)), cross_signing.NEXT)
    assert cross_signing.load(tmp_path, "@bot:relais.test") == used
