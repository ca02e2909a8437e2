"""What Relais waits for just now: faults that pass by themselves, or when somebody outside mends them."""

import logging

from bot.metrics import WAITS

logger = logging.getLogger(__name__)

DATABASE, HOMESERVER, ACCOUNT = KINDS = ("database", "homeserver", "account")
"""`ACCOUNT`: the homeserver answers, but does not let the account speak for now."""


class Waits:
    """The reason of each kind that is waited for. A change is logged once, however often it is met."""

    def __init__(self) -> None:
        self._reasons: dict[str, str] = {}
        for kind in KINDS:
            WAITS.labels(kind).set(0)

    def begin(self, kind: str, reason: str) -> None:
        """Note why we wait; `reason` is a sentence without its full stop."""
        if self._reasons.get(kind) != reason:
            logger.warning("waiting: %s", reason)
        self._reasons[kind] = reason
        WAITS.labels(kind).set(1)

    def over(self, kind: str) -> None:
        """Note that this kind is waited for no more."""
        if (reason := self._reasons.pop(kind, None)) is not None:
            logger.info("no longer: %s", reason)
            WAITS.labels(kind).set(0)

    @property
    def reason(self) -> str | None:
        """Why we wait, None when nothing is in the way. What everything else needs comes first."""
        return next((self._reasons[kind] for kind in KINDS if kind in self._reasons), None)
