"""How Relais is, as far as it can tell without asking anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`silent_for` is how long the homeserver has said nothing, None before it ever did.

    `signed`: whether applications that trust only signed devices trust ours, None when Relais has no keys.
    `last_alarm` is when a timer last rang in this life.
    """

    silent_for: timedelta | None = None
    signed: bool | None = None
    last_alarm: datetime | None = None


Watch = Callable[[], Health]
