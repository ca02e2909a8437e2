"""The state of Relais, as far as it is known without a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`silent_for`: how long the homeserver has not answered, None before its first answer.

    `signed`: whether applications that trust only signed devices trust ours, None when Relais has no keys.
    `last_alarm`: when a timer last ran in this process.
    """

    silent_for: timedelta | None = None
    signed: bool | None = None
    last_alarm: datetime | None = None


Watch = Callable[[], Health]
