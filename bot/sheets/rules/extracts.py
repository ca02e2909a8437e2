"""The beginning of what somebody wrote, in their own words, as long as a reader takes in beside others."""

_ENDS = (". ", "! ", "? ", "… ")


def extract(text: str, longest: int) -> str:
    """As many whole sentences as fit; where none does, as many words, and a sign that it goes on."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    end = max(head.rfind(sign) for sign in _ENDS)
    if end >= longest // 3:
        return f"{head[: end + 1]} […]"
    return f"{head.rpartition(' ')[0] or head}…"
