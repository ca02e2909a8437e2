"""What stays until the end is not walked for garbage; all else is."""

import gc

from bot.process.collection import uncollected


def test_nothing_is_collected_while_something_is_loaded_and_everything_afterwards() -> None:
    collected: list[int] = []
    gc.callbacks.append(lambda _phase, info: collected.append(info["generation"]))
    try:
        with uncollected():
            with uncollected():
                _loaded = [[number] for number in range(100_000)]
            _more = [[number] for number in range(100_000)]
            assert not collected
        _passing = [[number] for number in range(100_000)]
        assert collected
    finally:
        gc.callbacks.pop()


def test_what_was_loaded_is_never_walked_again() -> None:
    with uncollected():
        loaded = [[number] for number in range(1_000)]
    young = [[number] for number in range(10)]
    walked = {id(found) for found in gc.get_objects()}
    assert not walked & set(map(id, loaded))
    assert walked >= set(map(id, young))
