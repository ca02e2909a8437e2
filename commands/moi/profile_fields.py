"""What a profile is made of: how each part is called, asked, read and shown."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.communities.people import people
from bot.dispatch.answer.context import Context
from bot.errors import UserError
from bot.events.text import Text, bullets, more, title
from bot.i18n import N_, _, language
from bot.registers import professions, territories, typed_territory
from bot.resources.search.sectors import sector_of
from bot.text.plain_text import fold
from bot.time.typed_zones import zone_named
from bot.volunteers import Profile, profiles
from bot.volunteers.rules.profile_words import Given, of_list, shortened

WORDS: Mapping[str, Sequence[str]] = {
    "profession": ("metier", "profession", "job", "occupation"),
    "territory": ("territoire", "territory", "departement", "department", "region", "lieu", "place"),
    "structure": ("structure", "secteur", "sector", "type"),
    "establishment": ("etablissement", "establishment"),
}
QUESTIONS = {
    "profession": N_("**What is your profession?** For example: nurse, ward manager, IT."),
    "territory": N_("**In which département or region do you work?** Its public holidays will count for you."),
    "structure": N_("**In what kind of structure?** For example: nursing home, hospital."),
    "establishment": N_("**In which establishment?** Only somebody with whom you exchange sees it."),
}
MOST_COMMAS = 1
"""In `establishment Les Tilleuls, Ain` the first word is a field; with more commas it begins a list."""


def named(words: str) -> tuple[str | None, str]:
    """The field that the words begin with, and what follows; None when they are a list."""
    first, _space, rest = words.partition(" ")
    plain = fold(first).text.strip(" :=")
    found = next((name for name, known in WORDS.items() if plain in known), None)
    return (found, rest.strip(" :=")) if rest and words.count(",") <= MOST_COMMAS else (None, words)


def read(name: str, words: str) -> Given:
    """The answer to one question. Raises UserError for one that no list has."""
    if name == "profession":
        return Given(profession=_profession(words))
    if name == "territory":
        return Given(territory=typed_territory.read(words).code)
    return Given(**{name: _in_words(words)})


def listed(words: str) -> Given:
    """What stands between commas. Raises UserError for words alone that two territories have, or that say nothing."""
    if "," not in words and len(territories.named(words)) > 1:
        return Given(territory=typed_territory.read(words).code)
    given = of_list(words)
    if "," not in words and given.structure and not sector_of((words,)):
        sentence = _("I do not know what “{words}” is. For example: `!me profile structure hospital`")
        raise UserError(sentence.format(words=given.structure))
    return given


def _profession(words: str) -> str:
    found = professions.named(words)
    if found is not None:
        return found.slug
    near = ", ".join(one.name(language()) for one in professions.near(words))
    raise UserError(
        _("I do not know this profession. Perhaps: {names}?").format(names=near)
        if near
        else _("I do not know this profession. For example: nurse, ward manager, IT; or else: other")
    )


def _in_words(words: str) -> str:
    found = shortened(words)
    if found is None:
        raise UserError(_("I see nothing there that I could note. Please write it in letters."))
    return found


# ── shown ─────────────────────────────────────────────────────────────────────────────────────────────────


def value(row: Profile | Given, name: str) -> str:
    """One part in words, empty if it is not given."""
    if name == "profession":
        profession = professions.get(row.profession)
        return profession.name(language()) if profession is not None else ""
    if name == "territory":
        found = territories.get(row.territory)
        return found.label if found is not None else row.department or ""
    given: str | None = getattr(row, name)
    return given or ""


def lines(row: Profile | Given) -> Iterator[str]:
    """A line for each part that is given."""
    sentences = {
        "profession": _("**Profession**: {value}"),
        "territory": _("**Territory**: {value}"),
        "structure": _("**Kind of structure**: {value}"),
        "establishment": _("**Establishment**: {value}"),
    }
    for name, sentence in sentences.items():
        if said := value(row, name):
            yield sentence.format(value=said)


def summary(row: Profile) -> Text:
    """What is noted."""
    said = tuple(lines(row))
    return Text.of(title(_("Your profile")), bullets(*said) if said else _("Nothing is noted yet."))


async def whole(_ctx: Context, row: Profile) -> Text:
    """What is noted, who sees it, and how it is changed."""
    return Text.of(
        _seen(row),
        bullets(
            _("To correct it: `!me profile territory Ain`"),
            _("To erase it: `!me profile erase`"),
            _("Directory, encounters, thanks: `!me agreements`"),
        ),
    )


async def noted(ctx: Context, row: Profile) -> Text:
    """What is noted now, who sees it, and the zone that a territory overseas suggests."""
    return Text.of(_seen(row), await _other_clock(ctx, row))


def _seen(row: Profile) -> Text:
    return Text.of(
        summary(row),
        _("With your questions, volunteers see kind of structure and territory."),
        more(_("Whoever exchanges with you sees all but the profession.")),
    )


async def _other_clock(ctx: Context, row: Profile) -> str:
    place = profiles.place(row)
    zone = zone_named(place.name) if place is not None else None
    used = await people.zone_of(ctx.tx, ctx.sender) or (ctx.community.time_zone if ctx.community else None)
    if zone is None or place is None or used is None or ZoneInfo(used) == zone:
        return ""
    return _("To read hours by the clock there: `!me timezone {place}`").format(place=place.name)
