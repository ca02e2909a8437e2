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


def answer(to: str) -> dict[str, Any]:
    """The content of a reply to the event named."""
    return {
        "msgtype": "m.notice",
        "body": PLAIN,
        "format": "org.matrix.custom.html",
        "formatted_body": HTML,
        "m.relates_to": {"m.in_reply_to": {"event_id": to}},
    }
