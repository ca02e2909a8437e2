"""Whatever happens, the bot stays alive, answers once at most, and tells no community of another."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.chat import Chat
from tests.dispatch.play import THERE, build, play


@settings(max_examples=3, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
async def test_whatever_people_do_the_bot_goes_on(trying: Chat, seed: int) -> None:
    if THERE not in trying.homeserver.rooms:
        await build(trying)

    await play(trying, seed=seed, steps=60)
