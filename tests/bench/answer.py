"""The fixed answer of the baselines: as long as one to `!doc` with three results, plain and HTML."""

from typing import Any

_ROW = "{n}. Une ressource au titre d'une longueur ordinaire (DOC-{n}{n})"
_SUMMARY = "Outil prêt à l'emploi, un organisme public, vérifié en mars 2026, avec un résumé d'une ligne entière."
_LINK = "https://example.org/une/adresse/de/longueur/ordinaire/{n}"
_END = "Cela vous aide ? Répondez « utile » (👍) ou « pas utile » (👎)."
_ROWS = range(1, 4)

PLAIN = "\n".join(
    [
        "3 ressources pour « interopérabilité » :",
        *[f"{_ROW}\n{_SUMMARY}\n{_LINK}".format(n=n) for n in _ROWS],
        _END,
    ]
)
HTML = "".join(
    [
        "<p>3 ressources pour « interopérabilité » :</p><ol>",
        *[f'<li><a href="{_LINK}">{_ROW}</a><br>{_SUMMARY}</li>'.format(n=n) for n in _ROWS],
        f"</ol><p>{_END}</p>",
    ]
)


DOC: dict[str, Any] = {
    "msgtype": "m.notice",
    "body": PLAIN,
    "format": "org.matrix.custom.html",
    "formatted_body": HTML,
}


def answer(to: str) -> dict[str, Any]:
    """The content of a reply to the event named."""
    return as_reply(DOC, to)


def as_reply(content: dict[str, Any], to: str) -> dict[str, Any]:
    """Content as a reply to the event named."""
    return content | {"m.relates_to": {"m.in_reply_to": {"event_id": to}}}
