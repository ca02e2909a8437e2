"""How people ask, without any command, that somebody be thanked; a « merci » between people is none of it."""

THANK = (
    "~ remercier …",
    "~ thank …",
)


def names_somebody(words: str) -> bool:
    """Whether the words begin as a name does, or a mention: « toute l'équipe » is nobody who is counted."""
    return words[:1] == "@" or words[:1].isupper()
