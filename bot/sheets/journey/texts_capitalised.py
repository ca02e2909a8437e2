"""What is said of a sheet that is verified at a date."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.events.text import Text, bullets
from bot.i18n import _, language
from bot.sheets import sheets, texts
from bot.sheets.tables import Sheet
from bot.time.spoken_dates import say_date


def day_of(due_at: datetime, zone: ZoneInfo) -> str:
    """The day of a question, as it is said."""
    return say_date(due_at, zone=zone, language=language())


def answers_for(sheet: Sheet, due_at: datetime, zone: ZoneInfo) -> Text:
    """To those who sign it: the team capitalised it."""
    return Text.of(
        _("**Your sheet is made to last: {title}.**").format(title=texts.titled(sheet)),
        _("On {day} I ask its author whether it is still right.").format(day=day_of(due_at, zone)),
    )


def still_right(sheet: Sheet) -> Text:
    """To whoever answers for it, at its date."""
    return Text.of(
        _("**Is it still right? {title}.** It is shown as to be verified from today on.").format(
            title=texts.titled(sheet)
        ),
        _("To read it: `!{number}`").format(number=sheets.number(sheet)),
        bullets(
            _("✅ **yes**: I note that it was verified today, and ask again in a year"),
            _("❌ **no**: it stays to be verified; you may write it anew"),
        ),
    )


def nobody_answers(sheet: Sheet) -> Text:
    """To the team, at the date of a sheet whose author is not there any more."""
    return Text.of(
        _("**Is it still right? {title}.** Nobody answers for it any more, so the team does.").format(
            title=texts.titled(sheet)
        ),
        _("It is shown as to be verified. If it is right: `!sheet {number} verified`").format(
            number=sheets.number(sheet)
        ),
        _("If it is not: `!sheet {number} archive`, with the reason behind").format(number=sheets.number(sheet)),
    )


def no_longer_right(sheet: Sheet) -> Text:
    """To whoever answers for it and said no."""
    return Text.of(
        _("It is noted: {title} stays to be verified.").format(title=texts.titled(sheet)),
        _("To change it: `!sheet {number} result …`, then `!sheet {number} submit`").format(
            number=sheets.number(sheet)
        ),
    )
