"""The public holidays of France and of its regions that have more."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import holidays

# Our names of the regions, and the codes of the package `holidays`.
REGIONS: Final[Mapping[str, str | None]] = {
    "metropole": None,
    "alsace-moselle": "57",
    "guadeloupe": "971",
    "martinique": "972",
    "guyane": "973",
    "la-reunion": "974",
    "mayotte": "976",
    "saint-barthelemy": "BL",
    "saint-martin": "MF",
    "saint-pierre-et-miquelon": "PM",
    "nouvelle-caledonie": "NC",
    "polynesie-francaise": "PF",
    "wallis-et-futuna": "WF",
}
METROPOLE: Final = "metropole"


def is_public_holiday(day: date, region: str = METROPOLE) -> bool:
    """Whether the day is a public holiday of the region, one of `REGIONS`; KeyError for any other."""
    return day in _public_holidays(day.year, region)


@lru_cache(maxsize=256)
def _public_holidays(year: int, region: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=REGIONS[region], years=year))
