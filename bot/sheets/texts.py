"""What is said about sheets: the sheet itself, where it stands, the checklist of its review."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.communities import Topic
from bot.events.text import Line, Text, bullets, more, title
from bot.i18n import N_, _, language
from bot.markup import code, strong
from bot.resources.texts import KINDS, one_line
from bot.sheets import sheets
from bot.sheets.rules import parts
from bot.sheets.rules.sheet import WRITABLE, Refusal, Status
from bot.sheets.tables import Sheet
from bot.volunteers import topics

LONGEST_NAME, LONGEST_EXTRACT = 60, 300

ASKED: Final = {
    "need": N_("**1 of 3. What was the need?** What was difficult, for whom?"),
    "done": N_("**2 of 3. What did you do?** With whom, in which steps?"),
    "result": N_("**3 of 3. What came of it?** The result, and your advice to whoever tries it."),
}

NAMES: Final = {
    "need": N_("The need"),
    "done": N_("What was done"),
    "result": N_("Result and advice"),
    "conditions": N_("Conditions"),
    "means": N_("Means"),
    "know_how": N_("Working conditions and know-how"),
    "users": N_("Place of those cared for and of their carers"),
    "indicator": N_("Indicator"),
    "lasting": N_("What it needs to last"),
    "contact": N_("Contact"),
    "licence": N_("Licence"),
    "territory": N_("Territory"),
    "source": N_("Where it comes from"),
    "ingredients": N_("Ingredients"),
    "topics": N_("Topics"),
    "stakes": N_("Issues"),
}
TYPED: Final = {
    "conditions": N_("conditions"),
    "means": N_("means"),
    "know_how": N_("know-how"),
    "users": N_("carers"),
    "indicator": N_("indicator"),
    "lasting": N_("lasting"),
    "contact": N_("contact"),
    "licence": N_("licence"),
    "territory": N_("territory"),
    "source": N_("source"),
    "ingredients": N_("ingredient"),
    "topics": N_("topic"),
    "stakes": N_("issue"),
    "need": N_("need"),
    "done": N_("done"),
    "result": N_("result"),
}
"""What is typed behind the number to say each."""

INGREDIENTS: Final = {
    "ingrédient-1": N_("the person cared for and those around them"),
    "ingrédient-2": N_("teams at work"),
    "ingrédient-3": N_("the learning and agile organisation"),
    "ingrédient-4": N_("action in the territory"),
    "ingrédient-5": N_("the institutional environment"),
}
STAKES: Final = {
    "inclusion": N_("social inclusion"),
    "désinstitutionnalisation": N_("leaving institutions"),
    "territoire": N_("answers close to where people live"),
    "numérique": N_("digital tools"),
    "expérience": N_("the experience of those cared for"),
}
STATUSES: Final = {
    Status.PROPOSED: N_("proposed, not begun"),
    Status.DRAFT: N_("being written, for its authors alone"),
    Status.IN_REVIEW: N_("being reviewed"),
    Status.TO_COMPLETE: N_("to be completed"),
    Status.PUBLISHED: N_("published"),
    Status.TO_REVISE: N_("published, to be verified"),
    Status.ARCHIVED: N_("archived"),
    Status.WITHDRAWN: N_("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet with what its text needs besides: the names of those who sign it, the topics of its community."""

    sheet: Sheet
    signed: Sequence[str]
    topics: Sequence[Topic]


def titled(sheet: Sheet) -> str:
    """`Title (F-12)`; the number alone while there is no title."""
    name = one_line(sheet.title, longest=LONGEST_NAME)
    return f"{name} ({sheets.number(sheet)})" if name else sheets.number(sheet)


def whole(shown: Shown) -> Text:
    """Everything that a sheet says."""
    sheet = shown.sheet
    said = {**{name: getattr(sheet, name) for name in parts.ANSWERS}, **sheet.fields}
    return Text.of(
        title(strong(one_line(sheet.title) or sheets.number(sheet))),
        f"{code(sheets.number(sheet))} {_about(shown)}",
        *(_part(name, said[name]) for name in NAMES if said.get(name) and name != "source"),
        bullets(*_lists(shown)),
    )


def extract(shown: Shown) -> Text:
    """The beginning of each of the three answers, with its title and who signs it."""
    sheet = shown.sheet
    return Text.of(
        title(strong(one_line(sheet.title) or sheets.number(sheet))),
        f"{code(sheets.number(sheet))} {_about(shown)}",
        *(_part(name, one_line(getattr(sheet, name), longest=LONGEST_EXTRACT)) for name in parts.ANSWERS),
    )


def _about(shown: Shown) -> str:
    """Its kind, where it comes from, who signs it."""
    kind = KINDS[shown.sheet.kind][0]
    signed = _("by {names}").format(names=", ".join(shown.signed)) if shown.signed else _("by a former member")
    return ", ".join(filter(None, (_(kind), one_line(shown.sheet.fields.get("source", "")), signed)))


def _part(name: str, text: str) -> Text:
    """One part: its name, and what its author wrote, line by line."""
    heading = NAMES[name]
    lines = [line for line in text.split("\n") if line.strip()]
    return Text.of(strong(_(heading)), *(more(line) for line in lines))


def labels(shown: Shown) -> dict[str, list[str]]:
    """What a sheet is about, in words: its ingredients, topics and issues."""
    sheet = shown.sheet
    return {
        "ingredients": [_(INGREDIENTS[one]) for one in sheet.ingredients],
        "topics": [topics.label(one, shown.topics, language()) for one in sheet.topics],
        "stakes": [_(STAKES[one]) for one in sheet.stakes],
    }


def _lists(shown: Shown) -> list[str]:
    line, named = _("**{name}**: {words}"), labels(shown)
    return [line.format(name=_(NAMES[name]), words=", ".join(words)) for name, words in named.items() if words]


# ── while it is written ───────────────────────────────────────────────────────────────────────────────────


def question(sheet: Sheet, name: str) -> Text:
    """One of the three questions; what stands there already may be kept."""
    asked, before = ASKED[name], getattr(sheet, name)
    return Text.of(
        _(asked),
        _("Nobody must be recognisable in it, neither a patient nor a colleague.") if name == parts.ANSWERS[0] else "",
        *((_("You wrote:"), one_line(before, longest=300)) if before else ()),
    )


def preview(shown: Shown) -> Text:
    """The sheet before it is submitted, and what would complete it."""
    return Text.of(
        _("**Read it again** (only its authors see it)"),
        whole(shown),
        to_complete(shown.sheet),
        _("Somebody of the community reads it before it can be found."),
    )


def to_complete(sheet: Sheet) -> Text:
    """What a sheet does not say yet, and how to add the first of it."""
    lacking = parts.lacks(sheets.contents(sheet))
    if not lacking:
        return Text.of()
    names, example = ", ".join(_lowered(_(NAMES[name])) for name in lacking), _(TYPED[lacking[0]])
    return Text.of(
        _("If you wish, complete it: {names}").format(names=names),
        more(_("For example: `!sheet {number} {word} …`").format(number=sheets.number(sheet), word=example)),
    )


def unchanged(sheet: Sheet, name: str) -> Text:
    """To whoever changed the message that gave this answer when it was no longer asked for."""
    return Text.of(
        _("Nothing has changed in the sheet: your message was read already. {standing}.").format(
            standing=standing(sheet)
        ),
        _changes(sheet, name),
    )


def _changes(sheet: Sheet, name: str) -> str:
    """How an answer is changed now."""
    number = sheets.number(sheet)
    if sheet.status in WRITABLE:
        return _("To change this part: `!sheet {number} {word} …`").format(number=number, word=_(TYPED[name]))
    if sheet.status == Status.PUBLISHED:
        return _("To change it: `!sheet {number} revise`").format(number=number)
    return _("To change it, delete your message: the sheet comes back to you, and you write this part anew.")


def kept(sheet: Sheet) -> Text:
    """The author has left it for now."""
    number = sheets.number(sheet)
    return Text.of(
        _("What you have written stays (`{number}`), for you alone.").format(number=number),
        _("To go on: `!sheet {number} go on`. To have it forgotten: `!sheet {number} withdraw`").format(number=number),
    )


def decided(sheet: Sheet) -> Text:
    """For a reviewer who was about to say what is missing when somebody else decided."""
    if sheet.status == Status.PUBLISHED:
        return Text.of(_("{title} has just been published: I passed nothing on.").format(title=titled(sheet)))
    return Text.of(_("Somebody else has just decided, so I passed nothing on."), standing(sheet))


def too_late(sheet: Sheet) -> Text:
    """To whoever answers, in private, what waits for nobody any more: somebody else did, or it ended."""
    return Text.of(_("This waits for no answer any more: your reaction changes nothing."), standing(sheet))


def standing(sheet: Sheet, *, named: bool = True) -> str:
    """Where it stands, as a line of a list; by its number alone unless `named`."""
    status = STATUSES[Status(sheet.status)]
    return _("{title}: {status}").format(title=titled(sheet) if named else sheets.number(sheet), status=_(status))


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


# ── review ────────────────────────────────────────────────────────────────────────────────────────────────


def to_review(shown: Shown) -> Text:
    """To whoever reviews it: the sheet, what it lacks, what they may answer."""
    lacking = parts.lacks(sheets.contents(shown.sheet))
    return Text.of(
        _("**A sheet to review**"),
        whole(shown),
        _("**It does not say:** {names}").format(names=", ".join(_lowered(_(NAMES[name])) for name in lacking))
        if lacking
        else _("Nothing is missing from it."),
        _("Can nobody be recognised in it, neither a patient nor a colleague?"),
        bullets(
            _("✅ **yes**: it is published"),
            _("🤔 **clarify**: you say what is missing, its author completes it"),
            _("❌ **no**: not this time, without a reason; I ask somebody else"),
        ),
    )


def published(sheet: Sheet) -> Text:
    """To those who sign it."""
    return Text.of(
        _("**Your sheet is published: {title}.**").format(title=titled(sheet)),
        _("Members find it with `!doc`. To see it: `!{number}`").format(number=sheets.number(sheet)),
    )


def asked_back(sheet: Sheet) -> Text:
    """To those who sign it: what the reviewer misses."""
    number = sheets.number(sheet)
    return Text.of(
        _("**Your sheet is to be completed: {title}.**").format(title=titled(sheet)),
        Line(sheet.missing),
        _("Complete it, for example: `!sheet {number} result …`").format(number=number),
        _("Then: `!sheet {number} submit`").format(number=number),
    )


def not_missing(sheet: Sheet) -> Text:
    """To those who sign it: the reviewer took back what they read there."""
    return Text.of(
        _("**What was missing from {title} is taken back** by whoever said it.").format(title=titled(sheet)),
        _("Once it is ready: `!sheet {number} submit`").format(number=sheets.number(sheet)),
    )


def submitted(sheet: Sheet, *, found: bool) -> Text:
    """To the author who has just submitted it; `found`: there is somebody who may review it."""
    if found:
        return Text.of(
            _("**It is with a reviewer: {title}.** I will tell you what becomes of it.").format(title=titled(sheet))
        )
    return Text.of(
        _("**It waits for a reviewer: {title}.**").format(title=titled(sheet)),
        _("I see nobody yet who may review it: neither a volunteer nor another member of the team."),
    )


def not_reviewed(sheet: Sheet) -> Text:
    """To those who had it to review: it ended, or an answer was taken out of it."""
    shorter = _("**The sheet {number} is no longer to be reviewed**: its author took a part out of it.")
    ended = _("**The sheet {number} is no longer to be reviewed**: it goes no further.")
    words = shorter if sheet.status == Status.TO_COMPLETE else ended
    return Text.of(words.format(number=sheets.number(sheet)), _("You have nothing to do."))


def shortened(sheet: Sheet) -> Text:
    """To those who sign it too: one of them took a part out of it while it was reviewed."""
    return Text.of(
        _("**A part of a sheet that you sign was taken out by whoever wrote it.**"),
        standing(sheet),
        _("To see it: `!{number}`").format(number=sheets.number(sheet)),
    )


def submitted_by_another(shown: Shown) -> Text:
    """To those who sign it too, before anybody else reads it."""
    number = sheets.number(shown.sheet)
    return Text.of(
        _("**A sheet that you sign is with a reviewer.**"),
        whole(shown),
        _("If you do not want it: `!sheet {number} withdraw`").format(number=number),
    )


def reminder(sheet: Sheet) -> Text:
    """Once, to an author who left it unfinished."""
    return Text.of(
        _("**You had begun a sheet**: {title}. I will not remind you again.").format(title=titled(sheet)),
        _("**Go on?** ✅ yes, ❌ no"),
    )


def abandoned(name: str) -> Text:
    """For those who sign a draft beside its author, who goes on with it no more."""
    return Text.of(
        _("**{title} goes no further**: whoever began it has left, and it was not published.").format(title=name),
        _("To write one of your own: `!sheet`"),
    )


REFUSALS: Final = {
    Refusal.WRONG_STATUS: N_("This is not possible for a sheet that is {status}."),
    Refusal.NOT_ALLOWED: N_("Only its authors may do this, or whoever reviews it. It is {status}."),
    Refusal.INCOMPLETE: N_("One of the three answers is missing. To go on: `!sheet {number} go on`"),
    Refusal.CONSENT_MISSING: N_("Somebody whose consent it needs has not answered yet."),
    Refusal.OWN_SHEET: N_("Nobody reviews a sheet that they sign themselves: somebody else of the team does."),
    Refusal.CHANGED: N_("It has changed: a reviewer reads it first. To send it: `!sheet {number} submit`"),
    Refusal.REASON_MISSING: N_("Say why, in a few words. For example: `!sheet {number} {word} the result is missing`"),
}


def refused(sheet: Sheet, why: Refusal, word: str = "") -> str:
    """Why a step is not possible."""
    sentence, status = REFUSALS[why], STATUSES[Status(sheet.status)]
    return _(sentence).format(status=_(status), number=sheets.number(sheet), word=word)
