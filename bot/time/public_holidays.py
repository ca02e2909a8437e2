"""The public holidays of France and of its regions that have more.

Those of all France: Code du travail, article L3133-1. Good Friday and 26 December in Moselle, Bas-Rhin and Haut-Rhin:
article L3134-13. The day of the abolition of slavery overseas: article L3422-2, and decree 83-1003 of 23 November 1983;
Saint-Martin keeps 28 May since the circular of 4 May 2018. The package `holidays` has them, and with them days on which
a territory rests by custom (Mi-Carême in Guadeloupe, for example): nobody is disturbed on these days either.
"""

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
