"""The life of a team's application, what it must have to be accepted, and the line that opens a theme. Pure."""
