"""Teams of several professions that try a retained solution: formed, accompanied, evaluated.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.teams.tables import Team, TeamMember, TeamNote

__all__ = ["Team", "TeamMember", "TeamNote"]
