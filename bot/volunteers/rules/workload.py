"""How many open requests each volunteer has and how often they were asked, as the rules weigh it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

RECENTLY: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Load:
    """How many open requests somebody has, and how often and when they were asked."""

    open_requests: int = 0
    asked_this_month: int = 0
    asked_recently: int = 0
    last_accepted_at: datetime | None = None


NO_LOAD: Final = Load()
