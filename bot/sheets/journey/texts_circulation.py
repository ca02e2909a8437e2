"""What is said when a sheet is offered to another community."""

from bot.communities import Community
from bot.communities.communities import name_in
from bot.events.text import Text, quote
from bot.i18n import _, language
from bot.resources.texts import one_line
from bot.sheets import sheets, texts
from bot.sheets.rules.parts import ANSWERS
from bot.sheets.tables import Sheet

LONGEST_EXTRACT = 300


def _said(sheet: Sheet) -> Text:
    """The beginning of each of its three answers."""
    found = [(texts.NAMES[name], one_line(getattr(sheet, name), longest=LONGEST_EXTRACT)) for name in ANSWERS]
    return Text.of(*(_("**{name}**: {words}").format(name=_(name), words=words) for name, words in found))


def offered(sheet: Sheet, home: Community, target: Community) -> Text:
    """To the other community's team."""
    return Text.of(
        _("**A sheet for your community {target}?** The community {home} offers it: {title}.").format(
            target=name_in(target, language()), home=name_in(home, language()), title=texts.titled(sheet)
        ),
        _said(sheet),
        _("With a yes your members find it with `!doc`, and I post it once in your main room."),
        _("**Take it up?** ✅ yes, ❌ no: I then ask you why, and pass that on"),
    )


def why_not(sheet: Sheet) -> Text:
    """To whoever of the other team said no."""
    return Text.of(
        _("**Why does {title} not fit?** A few words; they are passed on without your name.").format(
            title=texts.titled(sheet)
        ),
        _("Your next message here is the reason. To change your mind: `cancel`"),
    )


def posted(sheet: Sheet, home: Community) -> Text:
    """In the main room of the community that took it up."""
    number = sheets.number(sheet)
    return Text.of(
        _("**A practice of the community {home}, for you too: {title}.**").format(
            home=name_in(home, language()), title=texts.titled(sheet)
        ),
        one_line(sheet.need, longest=LONGEST_EXTRACT),
        _("To read it: `!{number}`. To try it where you work: `!sheet {number} try`").format(number=number),
    )


def proposed(sheet: Sheet, target: Community) -> Text:
    """Before it is offered: who reads what."""
    return Text.of(
        _("I would offer {title} to the team of the community {target}.").format(
            title=texts.titled(sheet), target=name_in(target, language())
        ),
        _("If it says yes, its members find the sheet, with the names of those who sign it."),
    )


def declined(sheet: Sheet, target: Community, reason: str) -> Text:
    """To whoever offered it."""
    return Text.of(
        _("**The community {target} does not take up {title}.** Its team says:").format(
            target=name_in(target, language()), title=texts.titled(sheet)
        ),
        quote(one_line(reason, longest=LONGEST_EXTRACT)),
        _again(sheet, target),
    )


def unanswered(sheet: Sheet, target: Community) -> Text:
    """To whoever offered it: nobody answered."""
    return Text.of(
        _(
            "The team of the community {target} has not answered about {title}: it is not offered there any more."
        ).format(target=name_in(target, language()), title=texts.titled(sheet)),
        _again(sheet, target),
    )


def _again(sheet: Sheet, target: Community) -> str:
    return _("To offer it there again: `!sheet {number} circulate {target}`").format(
        number=sheets.number(sheet), target=target.slug
    )
