"""What people thought of what they took part in: all nouns together, each question by itself, never by name."""

from collections.abc import Iterable, Sequence

from bot import nouns
from bot.communities.figures.figures import Line, Opinions, Tally, View, percent
from bot.communities.figures.views import TARGET
from bot.communities.settings import settings
from bot.events.text import Text, bullets, title
from bot.i18n import _

Part = tuple[Opinions, Tally]


async def line(view: View) -> Line | None:
    """One line for the screen; nothing where nobody was asked."""
    tally = _together(await _parts(view))
    if not tally.asked:
        return None
    if tally.fewest < view.least:
        return Line(_("**Satisfaction**: too few answers: `!admin dashboard satisfaction`"), waits=False)
    sentence = _("**Went well {well} %, useful {useful} %** (n = {count}): `!admin dashboard satisfaction`")
    return Line(
        sentence.format(well=percent(*tally.went_well), useful=percent(*tally.was_useful), count=_count(tally)),
        waits=False,
    )


def _count(tally: Tally) -> str:
    """How many answered: one number if it is the same for both questions."""
    well, useful = tally.went_well[1], tally.was_useful[1]
    return str(well) if well == useful else _("{first} and {second}").format(first=well, second=useful)


async def report(view: View) -> Text:
    """Both questions with their counts, how many answered at all, what is aimed at, and each noun by itself."""
    parts = await _parts(view)
    together, target = _together(parts), await settings.value(view.tx, view.slug, TARGET)
    return Text.of(
        title(_("Satisfaction")),
        bullets(
            _("Went well: {answers}").format(answers=_answers(view, together.went_well)),
            _("Useful: {answers}").format(answers=_answers(view, together.was_useful)),
            _answered(together),
            _("Aim: {target} %").format(target=target),
        ),
        bullets(*(_by_itself(view, part) for part in parts)) if _may_be_parted(view, parts) else "",
        _("Two questions, at most once a month for each person; nobody's answer is shown."),
    )


async def _parts(view: View) -> list[Part]:
    asked = [noun.figures.opinions for noun in nouns.NOUNS if noun.figures.opinions]
    return [(opinions, await opinions.tally(view)) for opinions in asked]


def _together(parts: Iterable[Part]) -> Tally:
    return sum((tally for _opinions, tally in parts), Tally())


def _answers(view: View, answers: tuple[int, int]) -> str:
    yes, count = answers
    if count < view.least:
        return _("too few answers")
    return _("{share} % ({yes} of {count})").format(share=percent(yes, count), yes=yes, count=count)


def _answered(tally: Tally) -> str:
    if not tally.asked:
        return ""
    answered = tally.went_well[1]
    return _("Answered: {share} % ({count} of {asked} asked)").format(
        share=percent(answered, tally.asked), count=answered, asked=tally.asked
    )


def _may_be_parted(view: View, parts: Sequence[Part]) -> bool:
    """Whether each noun is shown by itself: not if somebody could work out one with few answers by subtraction."""
    asked = [tally for _opinions, tally in parts if tally.asked]
    return len(asked) > 1 and all(tally.fewest >= view.least for tally in asked)


def _by_itself(view: View, part: Part) -> str:
    opinions, tally = part
    if not tally.asked:
        return ""
    return _("{what}: {well}; useful {useful}").format(
        what=_(opinions.name), well=_answers(view, tally.went_well), useful=_answers(view, tally.was_useful)
    )
