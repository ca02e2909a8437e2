"""References of faults: the log has the same one as the member who met the fault."""

import secrets

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def place_of(event_id: str) -> str:
    """The event's id without a server's name or a room's id, to find by it what the fault met."""
    return event_id.partition(":")[0]


def new_reference() -> str:
    """A random reference such as `K7-QXM`, short enough to be read out on the phone."""
    letters = "".join(secrets.choice(_LETTERS) for _letter in range(5))
    return f"{letters[:2]}-{letters[2:]}"
