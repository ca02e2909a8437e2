"""`relais check` tries the account on a real homeserver, and leaves no device behind."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.errors import MatrixError, StartRefused
from bot.matrix import session
from bot.settings import Settings
from tests.servers.client import at
from tests.servers.people import People, Person
from tests.servers.synapse import Synapse

pytestmark = pytest.mark.e2e


class Trial:
    """The bot's account, tried with different settings on one data folder."""

    def __init__(self, homeserver: str, bot: Person, folder: Path) -> None:
        self.homeserver, self.bot, self.folder = homeserver, bot, folder

    def settings(self, **given: Any) -> Settings:
        return Settings(homeserver=self.homeserver, user_id=self.bot.user_id, data_dir=self.folder, **given)

    async def devices(self) -> set[str]:
        answer = await self.bot.client.request("GET", at("devices"))
        return {device["device_id"] for device in answer["devices"]}


@pytest_asyncio.fixture
async def trial(synapse: Synapse, people: People, tmp_path: Path) -> AsyncIterator[Trial]:
    bot = await people.arrive("relais")
    yield Trial(synapse.url, bot, tmp_path)


async def test_a_good_password_leaves_no_device_and_no_session(trial: Trial) -> None:
    before = await trial.devices()
    said = await session.try_out(trial.settings(password=trial.bot.account.password))
    assert said == "the password is accepted, the first start will log in with it"
    assert await trial.devices() == before
    assert list(trial.folder.iterdir()) == []


async def test_a_wrong_password_is_said_without_it(trial: Trial) -> None:
    with pytest.raises(StartRefused, match=f"refuses the password of {trial.bot.user_id}") as refused:
        await session.try_out(trial.settings(password="hunter2-s3cr3t"))
    assert "hunter2" not in str(refused.value)


async def test_a_token_is_asked_who_it_is(trial: Trial) -> None:
    said = await session.try_out(trial.settings(access_token=trial.bot.account.access_token))
    assert said == f"the access token is accepted, device {trial.bot.account.device_id}"


async def test_a_wrong_token_is_said_without_it(trial: Trial) -> None:
    with pytest.raises(StartRefused, match="no longer accepts the access token") as refused:
        await session.try_out(trial.settings(access_token="syt_s3cr3t"))
    assert "syt_s3cr3t" not in str(refused.value)


async def test_a_token_of_somebody_else_is_said(trial: Trial, people: People) -> None:
    other = await people.arrive("other")
    with pytest.raises(StartRefused, match="is not one of"):
        await session.try_out(trial.settings(access_token=other.account.access_token))


async def test_neither_password_nor_token_is_said(trial: Trial) -> None:
    with pytest.raises(StartRefused, match="Neither RELAIS_PASSWORD nor RELAIS_ACCESS_TOKEN"):
        await session.try_out(trial.settings())


async def test_a_kept_session_is_used_as_it_is(trial: Trial) -> None:
    chosen = trial.settings(password=trial.bot.account.password)
    kept, api = await session.open_session(chosen)
    await api.close()
    before = await trial.devices()
    assert await session.try_out(chosen) == f"the kept session is accepted, device {kept.device_id}"
    assert await trial.devices() == before


async def test_a_lost_token_will_be_renewed_with_the_password(trial: Trial) -> None:
    chosen = trial.settings(password=trial.bot.account.password)
    kept, api = await session.open_session(chosen)
    await api.request("POST", "/_matrix/client/v3/logout", {})
    await api.close()
    before = await trial.devices()
    said = await session.try_out(chosen)
    assert said == f"the kept token is lost, the password will renew it for device {kept.device_id}"
    assert await trial.devices() == before


async def test_a_server_that_is_none_of_matrix_is_said(trial: Trial) -> None:
    wrong = trial.settings(password="x").model_copy(update={"homeserver": f"{trial.homeserver}/somewhere"})
    with pytest.raises((MatrixError, StartRefused)):
        await session.try_out(wrong)
