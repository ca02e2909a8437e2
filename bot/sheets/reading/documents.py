"""A sheet, or several side by side, as a document that is printed or kept as a file; all of a community as one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.communities import name_in
from bot.communities.tell import zone
from bot.documents.document import Document, Part, bullets, facts, heading, paragraphs
from bot.events.text import Text
from bot.i18n import N_, _, language
from bot.noun import Export
from bot.resources.texts import KINDS, one_line
from bot.sheets import sheets, steps, texts
from bot.sheets.journey import circulations, texts_milestones
from bot.sheets.reading import synthesis_texts
from bot.sheets.reading.published import is_read
from bot.sheets.reading.synthesis import COMPARED, Synthesis
from bot.sheets.rules import parts
from bot.sheets.rules.sheet import Status
from bot.sheets.tables import Sheet
from bot.time.spoken_dates import say_date

MOST_SIDE_BY_SIDE, LONGEST_EXTRACT = 30, 400
"""Sheets in the document of a synthesis; characters of what each says of a part."""
_BESIDE: Final = ("source", "contact", "licence")
"""What is said among the facts, and not in a part of its own."""


def of_sheet(shown: texts.Shown, community: Community, *, now: datetime) -> Document:
    """Everything that a sheet says, who wrote it, when, where it comes from, and under which licence."""
    sheet = shown.sheet
    said = {**{name: getattr(sheet, name) for name in parts.ANSWERS}, **sheet.fields}
    named = [name for name in texts.NAMES if said.get(name, "").strip() and name not in _BESIDE]
    whole = [part for name in named for part in _part(name, said[name], community)]
    about = (heading(_("About this sheet")), facts(_facts(shown, community)), *_origin(shown, community, now))
    return _document(one_line(sheet.title) or sheets.number(sheet), (*whole, *about), sheets.number(sheet), community)


def _part(name: str, text: str, community: Community) -> tuple[Part, ...]:
    title = texts.NAMES[name]
    return (heading(_(title)), *paragraphs(text, language=_foreign(community)))


def _foreign(community: Community) -> str:
    """The language of what members wrote, where it is not the reader's: it is read aloud in it."""
    return community.language if community.language != language() else ""


def _facts(shown: texts.Shown, community: Community) -> Iterable[tuple[str, str]]:
    sheet = shown.sheet
    rows = {
        _("Number"): sheets.number(sheet),
        _("Kind"): _(KINDS[sheet.kind][0]),
        _("Written by"): ", ".join(shown.signed) or _("anonymous"),
        _("Where it comes from"): sheet.fields.get("source", "") or _("a member of the community"),
        _("Community"): name_in(community, language()),
        _("Published on"): _published_on(shown, community),
        _("Where it stands"): _(texts.STATUSES[Status(sheet.status)]) if sheet.status != Status.PUBLISHED else "",
        **{_(texts.NAMES[name]): ", ".join(words) for name, words in texts.labels(shown).items()},
        _("Contact"): sheet.fields.get("contact", ""),
        _("Licence"): sheet.fields.get("licence", "") or _("not stated: ask its authors before you use it elsewhere"),
    }
    return [(_("{name}:").format(name=name), text) for name, text in rows.items()]


def _published_on(shown: texts.Shown, community: Community) -> str:
    published = shown.sheet.published_at
    return say_date(published, zone=zone(community), language=language()) if published is not None else ""


def _origin(shown: texts.Shown, community: Community, now: datetime) -> tuple[Part, ...]:
    """The line that says where the paper comes from, and how the sheet of today is found."""
    sheet, name = shown.sheet, name_in(community, language())
    day = say_date(now, zone=zone(community), language=language())
    if not is_read(sheet):
        return paragraphs(
            _(
                "A draft of members of the community {community}, as it was on {day}: nobody has reviewed it yet."
            ).format(community=name, day=day)
        )
    return paragraphs(
        _(
            "Written and reviewed by members of the community {community}, in conversation with Relais (a robot); "
            "as it was on {day}. To see how it is today, write there: !{number}"
        ).format(community=name, day=day, number=sheets.number(sheet))
    )


# ── several ───────────────────────────────────────────────────────────────────────────────────────────────


def of_synthesis(found: Synthesis, served: Sequence[Community], *, now: datetime) -> Document:
    """Part by part what each sheet says, what they have in common, and who wrote them."""
    first = served[0]
    compared = [part for name in COMPARED for part in _compared(found, name, first)]
    names = ", ".join(name_in(community, language()) for community in served)
    day = say_date(now, zone=zone(first), language=language())
    end = _(
        "Extracts of sheets of members of {community}, in their own words, as they were on {day}. To read one, write "
        "its number to Relais (a robot): !{number}"
    ).format(community=names, day=day, number=sheets.number(found.shown[0].sheet))
    return _document(
        synthesis_texts.heading(found),
        (
            *paragraphs(synthesis_texts.how_many(found)),
            *compared,
            *_list(_("In common"), synthesis_texts.shared(found)),
            *_list(_("The sheets"), [*map(synthesis_texts.credit, found.shown)]),
            *paragraphs(synthesis_texts.left_out(found)),
            *paragraphs(end),
        ),
        synthesis_texts.heading(found),
        first,
    )


def _compared(found: Synthesis, name: str, community: Community) -> tuple[Part, ...]:
    said, title = found.extracts(name, LONGEST_EXTRACT), texts.NAMES[name]
    return (heading(_(title)), facts(said, language=_foreign(community))) if said else ()


def _list(title: str, items: Sequence[str]) -> tuple[Part, ...]:
    return (heading(title), bullets(*items)) if items else ()


def _document(title: str, whole: Sequence[Part], about: str, community: Community) -> Document:
    return Document(
        title=title,
        language=language(),
        parts=tuple(whole),
        footer=f"{about}, {name_in(community, language())}",
        page=_("page {page} of {pages}"),
        unprintable=_("stands for a sign that this print cannot show."),
    )


# ── for a community's team ────────────────────────────────────────────────────────────────────────────────


async def _found_in(hands: Hands, community: str) -> str:
    """Each published sheet as members read it, also those that were taken up; empty where there is none."""
    found = [await _as_read(hands, community, sheet) for sheet in await circulations.found_in(hands.tx, community)]
    return "\n\n".join(f"# {text.plain}" for text in found)


async def _as_read(hands: Hands, community: str, sheet: Sheet) -> Text:
    home = await sheets.community_of(hands.tx, sheet)
    elsewhere = texts_milestones.written_in(home) if home.slug != community else ""
    return Text.of(texts.whole(await steps.shown(hands, sheet)), elsewhere)


EXPORT = Export(
    "sheets.md",
    "text/markdown",
    N_("Its published practice sheets, with the names of those who sign them."),
    _found_in,
)
