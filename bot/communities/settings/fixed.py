"""How long something is stored in every community alike, as a team reads it among its settings.

stored_for("mercis", "thanks", KEPT, N_("how long I keep who thanked whom"))
"""

from datetime import timedelta

from bot.communities.settings.setting import ALIKE, Fixed
from bot.communities.settings.setting_kinds import days, months

MONTH = 30


def stored_for(key: str, english: str, period: timedelta, what: str, why: str = ALIKE) -> Fixed:
    """How long something is stored; the keys without what all such keys begin with."""
    return Fixed(f"conservation-{key}", f"retention-{english}", lambda: _said(period), what, why, period)


def _said(period: timedelta) -> str:
    """In months of 30 days from three on, years of 365 days being twelve of them."""
    return days(period.days) if period.days < 3 * MONTH else months(round(period.days / (365 / 12)))
