"""What is said to whoever tries a sheet, and to the team that reads what came of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.events.text import Text, bullets, quote
from bot.i18n import _, language
from bot.resources.texts import one_line
from bot.sheets import sheets, texts
from bot.sheets.tables import Sheet
from bot.time.spoken_dates import say_month

LONGEST_RESULT = 1_000


def begun(sheet: Sheet) -> Text:
    """To whoever tries it from now on."""
    return Text.of(
        _("**It is noted: you try {title}.** Those who wrote it learn that somebody does, not who.").format(
            title=texts.titled(sheet)
        ),
        _("In two months I ask you in private what came of it; a few words are enough."),
        _("If you change your mind: `!sheet {number} stop`").format(number=sheets.number(sheet)),
    )


def did_it_help(sheet: Sheet, since: datetime, *, last: bool) -> Text:
    """To whoever tries it, after two months; the `last` time nothing can be put off."""
    month = say_month(since, zone=ZoneInfo("Europe/Paris"), language=language())
    return Text.of(
        _("**Did it help? {title}.** You have tried it since {month}.").format(title=texts.titled(sheet), month=month),
        bullets(
            _("✅ **yes**: I then ask you for a few words"),
            "" if last else _("🤔 **not yet**: I ask once more in two months"),
            _("❌ **no**: that is fine, and I ask no more"),
        ),
        _("Without an answer I do not ask again.") if last else "",
    )


def in_words(sheet: Sheet) -> Text:
    """To whoever it helped: what came of it."""
    return Text.of(
        _("**What came of it?** A figure, or your opinion in a few words ({number}).").format(
            number=sheets.number(sheet)
        ),
        _("Your next message here is shown with the sheet, without your name, once the community's team has read it."),
        _("Nobody may be recognised in it, neither a patient nor a colleague."),
    )


def thanks(sheet: Sheet, *, found: bool) -> Text:
    """To whoever said what came of it; `found`: somebody of the team reads it."""
    later = (
        _("The community's team reads it; it is then shown with the sheet, without your name.")
        if found
        else _("It is shown with the sheet, without your name, once another member of the team has read it.")
    )
    return Text.of(_("**Thank you, it is noted for {title}.**").format(title=texts.titled(sheet)), later)


def to_accept(sheet: Sheet, result: str) -> Text:
    """To the team: what somebody said of a sheet."""
    return Text.of(
        _("**What came of a sheet: {title}.** Somebody writes:").format(title=texts.titled(sheet)),
        quote(one_line(result, longest=LONGEST_RESULT)),
        _("With a yes it is shown with the sheet, without a name, and the sheet counts as evaluated."),
        _("Can nobody be recognised in it? ✅ yes, ❌ do not show it"),
    )


def declined(sheet: Sheet) -> Text:
    """To whoever said what came of it: it is not shown."""
    return Text.of(
        _("What you wrote of {title} is not shown: the community's team did not take it up.").format(
            title=texts.titled(sheet)
        ),
        _("To say it in other words: `!sheet {number} evaluate …`").format(number=sheets.number(sheet)),
    )
