"""How sheets that are set side by side are shown in chat: all of it in private, a glance in a room."""

from collections.abc import Iterator

from bot.events.text import Text, bullets, more, title
from bot.i18n import _, ngettext
from bot.markup import code, strong
from bot.resources.texts import one_line
from bot.sheets import sheets, texts
from bot.sheets.reading.synthesis import COMPARED, Published, Subject, Synthesis
from bot.sheets.rules.sheet import Status

MOST_IN_ROOM, MOST_IN_PRIVATE = 3, 8
"""Sheets that are shown."""
IN_ROOM, IN_PRIVATE = 75, 200
"""Characters of an extract."""


def heading(found: Synthesis) -> str:
    """`Synthesis: teams at work`."""
    return _("Synthesis: {subject}").format(subject=found.label)


def how_many(found: Synthesis) -> str:
    """How many sheets, and that all words are theirs."""
    count = len(found.shown) + len(found.left)
    return ngettext("{count} published sheet, in extracts", "{count} published sheets, in extracts", count).format(
        count=count
    )


def in_private(found: Synthesis, words: str) -> Text:
    """Part by part, what each says; then what they have in common, and who wrote them."""
    return Text.of(
        title(strong(heading(found))),
        how_many(found),
        *_parts(found),
        *_common(found),
        strong(_("The sheets")),
        bullets(*map(credit, found.shown)),
        left_out(found),
        _("To read one: `!{number}`").format(number=sheets.number(found.shown[0].sheet)),
        _("To print this: `!sheet synthesis {words} pdf`").format(words=words),
    )


def _parts(found: Synthesis) -> Iterator[Text]:
    for part in COMPARED:
        said = found.extracts(part, IN_PRIVATE)
        if said:
            name = texts.NAMES[part]
            yield Text.of(strong(_(name)), bullets(*(f"{code(number)} {text}" for number, text in said)))


def _common(found: Synthesis) -> Iterator[Text]:
    if found.common:
        yield Text.of(strong(_("In common")), bullets(*shared(found)))


def shared(found: Synthesis) -> list[str]:
    """What several have in common, with their numbers."""
    return [f"{label} ({', '.join(numbers)})" for label, numbers in found.common]


def credit(shown: texts.Shown) -> str:
    """Title, number, where it comes from, who signs it, its licence; whether it is to be verified."""
    source, licence = (one_line(shown.sheet.fields.get(name, "")) for name in ("source", "licence"))
    signed = ", ".join(shown.signed) or _("anonymous")
    doubtful = _("to be verified") if shown.sheet.status == Status.TO_REVISE else ""
    return ", ".join(filter(None, (texts.titled(shown.sheet), source, signed, licence, doubtful)))


def left_out(found: Synthesis) -> str:
    """The numbers of those that are not shown, as far as one reads them."""
    return _("Also: {numbers}").format(numbers=", ".join(found.left[:30])) if found.left else ""


def in_room(found: Synthesis, words: str) -> Text:
    """The title of each, and the beginning of its result."""
    results = dict(found.extracts("result", IN_ROOM))
    return Text.of(
        title(strong(heading(found))),
        how_many(found),
        bullets(*(_at_a_glance(one, results) for one in found.shown)),
        left_out(found),
        _("All of it: write to me in private `!sheet synthesis {words}`").format(words=words),
    )


def _at_a_glance(shown: texts.Shown, results: dict[str, str]) -> Text:
    number = sheets.number(shown.sheet)
    name = one_line(shown.sheet.title, longest=IN_ROOM)
    return Text.of(f"{code(number)} {name}", more(results[number]) if number in results else "")


def too_few(found: Published, subject: Subject, label: str) -> str:
    """Why there is no synthesis of a subject, and what there is instead."""
    about = found.about(subject)
    if about:
        sheet = about[0]
        lines = [
            _("A synthesis needs two published sheets, and there is one about this: {title}.").format(
                title=texts.titled(sheet)
            ),
            _("To read it: `!{number}`").format(number=sheets.number(sheet)),
        ]
    else:
        lines = [_("No published sheet is about this yet: {subject}.").format(subject=label)]
    return "\n".join([*lines, several(found)])


def unknown(words: str, found: Published) -> str:
    """Which subjects there are, for somebody who named none of them."""
    said = _("I know no subject of sheets that is called “{words}”.").format(words=one_line(words, longest=40))
    return "\n".join([said, several(found)])


def several(found: Published) -> str:
    """The subjects of which there is a synthesis, or how to write a sheet."""
    known = found.several()[:10]
    if not known:
        return _("No subject has two published sheets yet. To write one: `!sheet`")
    return _("Several sheets are about: {subjects}.").format(subjects=", ".join(known))
