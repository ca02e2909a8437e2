"""Our own marks as they come back from Matrix: where they are read, and who vouches for them there."""

import re
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot"
READ = {
    ("matrix/rooms.py", "MARKER"): "the sender of the create event is our account, and the create row has the key",
    ("matrix/sync.py", "KEY"): "the sender of the echo is our account, and the row is of that room",
    ("matrix/earlier.py", "KEY"): "the sender of the event is our account, in the row's own room",
}
WRITTEN = {("matrix/requests.py", "MARKER"), ("matrix/sender.py", "KEY"), ("matrix/content.py", "KEY")}
"""Where they are only put into what we send."""


def uses(pattern: str) -> set[tuple[str, str]]:
    """The files that hold a word, with the word; imports and definitions do not count."""
    found = set()
    for path in BOT.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not re.match(r"\s*(from|import|MARKER =|KEY =)", line):
                found |= {(path.relative_to(BOT).as_posix(), word) for word in re.findall(pattern, line)}
    return found


def test_every_mark_of_ours_that_is_read_back_is_listed() -> None:
    found = {use for use in uses(r"(?<![\w.])(?:content\.)?(MARKER|KEY)\b") if use[0].startswith("matrix/")}
    keys = {use for use in found if not use[0].startswith("matrix/keys/")}

    assert keys == set(READ) | WRITTEN


def test_nothing_else_that_a_client_may_write_is_taken_for_ours() -> None:
    """A client's transaction id, an account's data, an alias of a room: none of them is asked whose a room is.

    Only what answers a request to compare keys repeats its transaction. An alias is what a room without a name is
    called in sentences.
    """
    keys = {"matrix/keys/decrypted_event.py", "matrix/keys/device.py"}
    for word, named in (
        ("transaction_id", {"matrix/verification.py"}),
        ("m.direct", set[str]()),
        ("canonical_alias", {"matrix/rooms.py"}),
    ):
        assert {path for path, _ in uses(f"({re.escape(word)})")} <= keys | named
