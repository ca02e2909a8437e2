"""What is said to whoever seems to be in danger."""

from bot.events.text import Text
from bot.i18n import _


def numbers() -> Text:
    """The numbers to call, and that nobody was told."""
    return Text.of(
        _("I cannot deal with an emergency: volunteers answer within several days. I have passed nothing on."),
        _(
            "Life-threatening emergency: 15 or 112, or 114 by text message "
            "(people who are deaf, hard of hearing or cannot speak)."
        ),
        _("Mental distress, suicidal thoughts, for you or somebody close: 3114, free, day and night."),
    )
