"""Our sentences about a message that looks like patient data: never its text, and in a room not even the rule."""

from bot.events.text import Text
from bot.i18n import _


def warning(rule: str, room: str, *, removed: bool) -> Text:
    """To the author alone. `room` is its name, empty when it has none. `removed`: we remove the message ourselves."""
    what = _rule(rule)
    return Text.of(
        _("Your message in the room {room} seems to contain {what}.").format(room=room, what=what)
        if room
        else _("Your message seems to contain {what}.").format(what=what),
        _("This is an automatic detection: it may be wrong, and it does not see everything."),
        _("That room is not meant for data about patients or residents. I suggest that you:"),
        _("1. Write nothing more about it there: I remove the message, as the room's team asked me to.")
        if removed
        else _(
            "1. Delete the message: press and hold it, then choose “Delete” or “Remove”, depending on the application."
        ),
        _("2. Ask again without anything that lets the person be recognised."),
        _(
            "3. If it is real data, tell your establishment's data protection officer without delay: "
            "the message may have been read."
        ),
        _(
            "I have neither copied nor kept it. I noted the date, the room and the kind of alert, without your name. "
            "That I wrote to you is forgotten after 30 days."
        ),
    )


def not_run() -> str:
    """To the author, when the message was for us: how to ask again."""
    return _(
        "I did not do what it asked. Write it again without that data; "
        "if no patient is concerned, without the number or the date that looks like one."
    )


def in_public(*, for_us: bool, removed: bool) -> Text:
    """In the author's room, when we cannot reach them in private: one line that reveals nothing to the others."""
    if removed:
        return Text.of(_("I removed your message: it holds something that seems to be about a patient."))
    return Text.of(
        _(
            "I did not do what you asked: your message holds something that seems to be about a patient. "
            "Please delete it."
        )
        if for_us
        else _("Your message holds something that seems to be about a patient. Please delete it.")
    )


def _rule(rule: str) -> str:
    return {
        "nir": _("a social security number"),
        "record_number": _("a patient's record number"),
        "patient_birth": _("a patient's name or date of birth"),
    }.get(rule, _("a patient's data"))
