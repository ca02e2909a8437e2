"""What is remembered in memory of people and events does not grow for ever."""

from datetime import timedelta

from bot.dispatch.hear.expected_answers import PRUNED_AT, Listening
from tests.chat import MORNING


def test_whom_something_was_expected_of_long_ago_is_forgotten() -> None:
    listening = Listening()
    for number in range(5 * PRUNED_AT):
        until = MORNING + timedelta(minutes=number)
        listening.expect("!room:example.org", f"@p{number}:example.org", until=until)
    assert len(listening._expected) <= PRUNED_AT + 1


def test_nobody_is_forgotten_before_their_time() -> None:
    listening = Listening()
    for number in range(3 * PRUNED_AT):
        listening.expect("!room:example.org", f"@p{number}:example.org", until=MORNING)
    assert len(listening._expected) == 3 * PRUNED_AT
