"""Names of faults: in the log, and told to who met them."""

import secrets

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_reference() -> str:
    """Short enough to be read out on the phone."""
    letters = "".join(secrets.choice(_LETTERS) for _letter in range(5))
    return f"{letters[:2]}-{letters[2:]}"
