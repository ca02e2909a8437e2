"""What several nouns show about one question: who takes part, how searches go, how volunteers do."""

from bot import nouns
from bot.communities.figures.figures import PARTICIPATION, SEARCH, VOLUNTEERS, View
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _

TITLES = {
    PARTICIPATION: N_("Participation in twelve weeks"),
    SEARCH: N_("Searches in twelve weeks"),
    VOLUNTEERS: N_("Volunteers"),
}


async def report(view: View, about: str) -> Text:
    """The lines of all nouns that have some about this, and from which number of people on they are shown."""
    found = [noun.figures.reports[about] for noun in nouns.NOUNS if about in noun.figures.reports]
    lines = [line for of in found for line in await of(view)]
    return Text.of(
        title(_(TITLES[about])),
        bullets(*lines),
        _("Figures about people are shown from {least} on, and never name anybody.").format(least=view.least),
    )
