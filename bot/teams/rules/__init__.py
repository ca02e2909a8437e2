"""The life of a team, whom to propose for it, and what a moderator writes to form one. Pure."""
