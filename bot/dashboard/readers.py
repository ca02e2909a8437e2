"""Who may read what of the dashboard, in one place: observers read sums, the team what waits for it as well."""

from typing import Final

from bot.communities.rules.roles import Role

SUMS: Final = Role.OBSERVER
"""The screen, without what waits; the reports about people, opinions and volunteers; the picture."""
WHAT_WAITS: Final = Role.MODERATOR
"""The lines of the screen about which the team has something to do, with numbers of requests; words of searches."""
