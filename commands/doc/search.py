"""`!doc`: look for a tool, a document, an account of experience."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from heapq import merge
from typing import Any

from bot import quotas
from bot.communities import emergency
from bot.dispatch.answer.cards import NUMBERS
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import end, offer
from bot.dispatch.answer.place import something_waits
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.gestures import Gesture, gesture_of_word
from bot.events.messages import Ref
from bot.events.text import Text, bullets, more, numbered
from bot.i18n import N_, _, ngettext
from bot.mailbox import dialogues
from bot.resources import Resource, failed_searches, resources, votes
from bot.resources.noun import NOUN
from bot.resources.resources import number
from bot.resources.search.analysis import terms
from bot.resources.search.index import Answer
from bot.resources.searches import FOUND
from bot.resources.texts import in_list, is_one_of, one_line, reference, whole, with_hyphen
from bot.text.emergency import speaks_of_emergency
from bot.volunteers import profiles
from commands.doc.freshness import CURRENT, OUTDATED, confirm, report
from commands.doc.phrases import SEARCH, is_searched

command = Command(
    "doc",
    aliases=(
        *("ressource", "ressources", "trouver", "chercher", "cherche", "recherche", "rechercher"),
        *("find", "search", "r"),
    ),
    summary=N_("look for a tool, a document, an account of experience"),
    place=10,
    items=NOUN.letter,
    examples=(N_("doc tool shared record"), N_("doc DOC-4")),
)

IN_ROOM, IN_PRIVATE = 3, 5
QUOTES = ' \u00a0\u202f«»“”"'
_NUMBER = re.compile(r"[1-9]\d{0,8}")
_ORIGIN = re.compile(r"([a-zA-Z])\s?-?\s?([1-9]\d{0,8})")
MOST = 30
"""Most results of one search that can be shown, page by page."""
ONE, NOT_FOUND, MISSED = "doc", "not-found", "missed"
"""What our cards are about beside several resources: one; none, but the dialogue that suggests other words; none, but
the dialogue that holds only the words searched."""
command.only_shows(ONE, FOUND, NOT_FOUND, MISSED)


async def _asks_rights(tx: Any, person: str, words: str) -> bool:
    """Confirming that a resource is right needs a right, except for its owner."""
    named = _named(words.strip(QUOTES))
    if named is None or not is_one_of(named[1], CURRENT):
        return False
    row = await resources.published(tx, named[0])
    return row is None or row.owner != person


@command.run(usage=N_("doc tool"), asks_rights=_asks_rights, phrases=SEARCH, fits=is_searched)
async def doc(ctx: Context, words: Rest) -> Reply | None:
    if is_one_of(words, (*OUTDATED, *CURRENT)):
        raise UserError(
            _("Which resource is it about? Write its number: `!doc DOC-4 {word}`").format(word=one_line(words))
        )
    words = Rest(words.strip(QUOTES) or words)
    if (other := await _of_another_noun(ctx, words)) is not None:
        return await show(ctx, other)
    named = _named(words)
    row = await _called(ctx, named[0]) if named else None
    if named is None or (row is None and not _certainly(words, named[1])):
        return await search(ctx, words)
    if row is None:
        raise UserError(_("I know no resource DOC-{number} here.").format(number=named[0]))
    if not named[1]:
        return await show(ctx, row)
    return await within(ctx, quotas.OPINION, partial(_about, ctx, row, named[1]))


async def _of_another_noun(ctx: Context, words: str) -> Resource | None:
    """What is known by another noun's number, `F-12`, and found as a resource."""
    typed = _ORIGIN.fullmatch(words.strip())
    origin = f"{typed[1].upper()}-{int(typed[2])}" if typed else ""
    if not origin or ctx.menu.shower(origin) is None:
        return None
    for community in ctx.communities:
        row = await resources.of_origin(ctx.tx, community.slug, origin)
        if row is not None and row.state == resources.PUBLISHED:
            return row
    return None


def _certainly(words: str, rest: str) -> bool:
    """Whether a number surely means a resource: « doc 2024 » and « doc 2024 budget » may be searches."""
    alone = not rest and not _NUMBER.fullmatch(words)
    return alone or is_one_of(rest, (*OUTDATED, *CURRENT)) or with_hyphen(words)


def _named(words: str) -> tuple[int, str] | None:
    """The number of a resource in the words, `37` alone too, and what they say about it."""
    return reference(words) or _named_last(words) or ((int(words), "") if _NUMBER.fullmatch(words) else None)


def _named_last(words: str) -> tuple[int, str] | None:
    """The same, with the number last: `périmé DOC-4`."""
    first, _space, last = words.rpartition(" ")
    named = reference(last) if is_one_of(first, (*OUTDATED, *CURRENT)) else None
    return (named[0], first) if named and not named[1] else None


async def _called(ctx: Context, number: int) -> Resource | None:
    """The published resource of this number in the communities of the conversation, or the one that replaced it."""
    for community in ctx.communities:
        row = await resources.whatever(ctx.tx, number, community=community.slug)
        for _turn in range(5):
            if row is None or row.merged_into is None:
                break
            row = await resources.whatever(ctx.tx, row.merged_into, community=community.slug)
        if row is not None and row.state == resources.PUBLISHED:
            return row
    return None


def counted(ctx: Context, row: Resource, *, useful: bool, in_list: bool = False) -> Reply:
    """Which resource a vote in words counts for; below a list also what else may help."""
    if useful:
        return say(_("Thank you, it is noted: `{number}` is useful.").format(number=number(row)))
    noted = _("Thank you, it is noted: `{number}` is not useful.").format(number=number(row))
    return say(noted, _instead(ctx) if in_list else "")


async def _about(ctx: Context, row: Resource, rest: str) -> Reply:
    """Handle what somebody says about one resource. Raises UserError that says what may be said."""
    if is_one_of(rest, OUTDATED):
        return await report(ctx, row)
    vote = gesture_of_word(rest, yes_no=False)
    if vote in (Gesture.USEFUL, Gesture.USELESS) and row.id is not None:
        await votes.cast(ctx.tx, row.id, ctx.sender, useful=vote is Gesture.USEFUL)
        return counted(ctx, row, useful=vote is Gesture.USEFUL)
    if is_one_of(rest, CURRENT):
        return await confirm(ctx, row)
    sentence = _(
        "After DOC-{number} you may write “useful”, “not useful”, “verified” or “outdated”, or nothing to see it."
    )
    raise UserError(sentence.format(number=row.id))


async def show(ctx: Context, row: Resource) -> Reply:
    """The reply that shows one resource in full; reactions to it count for the resource.

    A thing of another noun is shown as the command of its number shows it.
    """
    about, shower = Ref(ONE, str(row.id)), ctx.menu.shower(row.origin)
    thing = await shower(ctx, int(row.origin.partition("-")[2])) if shower is not None else None
    if thing is not None:
        return Reply(Text.of(thing, _actions(ctx, ONE)), about=about)
    return Reply(
        Text.of(
            whole(row, ctx.now.date()),
            _actions(ctx, ONE),
            more(_("Out of date? `!doc DOC-{number} outdated`").format(number=row.id)),
        ),
        about=about,
    )


async def search(ctx: Context, words: str) -> Reply:
    """The first results of a search, or what to do if there are none."""
    workplace = await profiles.workplace(ctx.tx, ctx.sender)
    answers = [await _ask(ctx, community.slug, words, workplace) for community in ctx.communities]
    # Merge keeps each community's own order, which between equal matches is not that of the scores.
    found = [hit.document.id for hit in merge(*(answer.hits for answer in answers), key=lambda hit: -hit.score)]
    here, rest = found[: limit_of(ctx)], found[limit_of(ctx) :]
    rows = await resources.several(ctx.tx, here, revision=ctx.library.revision)
    page = [rows[number] for number in here if number in rows]
    if _is_cry(words, answers):
        return Reply(emergency.numbers())
    if not page:
        return await _nothing(ctx, words, answers)
    title = _title(words, answers, len(page), len(found))
    return await _listed(ctx, title, page, rest, words)


def _is_cry(words: str, answers: list[Answer]) -> bool:
    """Whether the words seem to speak of an emergency and no result answers them; they are then not stored."""
    return all(answer.partial or not answer.hits for answer in answers) and speaks_of_emergency(words)


async def _ask(ctx: Context, slug: str, words: str, workplace: str) -> Answer:
    today = ctx.now.date()
    return await ctx.library.ask(ctx.tx, words, community=slug, today=today, limit=MOST, workplace=workplace)


def limit_of(ctx: Context) -> int:
    """How many results fit in an answer here."""
    return IN_PRIVATE if ctx.direct else IN_ROOM


async def _listed(
    ctx: Context, title: str, page: list[Resource], rest: list[int], words: str, *, before: str = ""
) -> Reply:
    """A page of results. A dialogue stores the ids of all pages and of the rest, and the words, to ask volunteers."""
    found = "/".join(filter(None, (before, ".".join(str(row.id) for row in page))))
    text = Text.of(title, _counted(ctx, page, first=len(_ids(before)) + 1), _actions(ctx, FOUND, picks=True, rest=rest))
    reply = await offer(ctx, RESULTS, {"found": found, "rest": rest, "asked": words}, text)
    # Votes count long after the list is forgotten, so the card itself names what it showed.
    return replace(reply, about=Ref(FOUND, found))


def _counted(ctx: Context, page: list[Resource], *, first: int) -> Text:
    """The list goes on where the page before it ended; what no number chooses has none."""
    items = [in_list(row, ctx.now.date()) for row in page]
    numbers = max(0, len(NUMBERS) - first + 1)
    return Text.of(numbered(items[:numbers], start=first), bullets(*items[numbers:]))


def _ids(found: str) -> list[str]:
    return found.replace("/", ".").split(".") if found else []


def _title(words: str, answers: list[Answer], count: int, total: int) -> str:
    filled = [answer for answer in answers if answer.hits]
    corrected = next((answer.corrected for answer in filled if answer.corrected), None)
    if all(answer.partial for answer in filled):
        sentence, corrected = _("**Results close** to “{words}”"), None
    elif corrected:
        sentence = ngettext(
            "**{count} resource** for “{words}” (spelling corrected)",
            "**{count} resources** for “{words}” (spelling corrected)",
            count,
        )
    elif total > count:
        sentence = _("**{count} resources out of {total}** for “{words}”")
    else:
        sentence = ngettext("**{count} resource** for “{words}”", "**{count} resources** for “{words}”", count)
    return sentence.format(count=count, total=total, words=one_line(corrected or words))


async def _nothing(ctx: Context, words: str, answers: list[Answer]) -> Reply:
    if not terms(words):
        raise UserError(_("I need at least one word to look for. For example: `!doc tool`"))
    noted = [await failed_searches.note(ctx.tx, community.slug, words, now=ctx.now) for community in ctx.communities]
    suggestion = next((answer.suggestion for answer in answers if answer.suggestion), None)
    offered = suggestion is not None and not await something_waits(ctx)
    text = Text.of(
        _("I found nothing for “{words}”.").format(words=one_line(words)),
        _suggested(suggestion, offered=offered) if suggestion else "",
        _instead(ctx),
        _("I noted these words, without your name, for the community's team.") if all(noted) else "",
    )
    if offered:
        return await offer(ctx, SUGGESTED, {"words": suggestion, "asked": words}, text)
    return await offer(ctx, UNKNOWN, {"asked": words}, text)


def _suggested(words: str, *, offered: bool) -> str:
    """Other words: for a yes, or to be typed while something else waits for one."""
    if offered:
        return _("Did you mean “{words}”? ✅ yes: I search again.").format(words=one_line(words))
    return _("Perhaps you meant: `!doc {words}`").format(words=one_line(words))


def _instead(ctx: Context) -> str:
    """What to do when nothing was found: volunteers, where there is mutual help."""
    if ctx.menu.action(NOT_FOUND, Gesture.HELP) is None:
        return _("Try fewer words, or others.")
    return _("Try other words, or 🙋 ask: I put the question to volunteers.")


async def _pick(ctx: Context, data: Draft, number: int) -> Reply:
    """Show one result in full, unless it may no longer be seen."""
    row = await chosen(ctx, data["found"], number)
    if row is None:
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    return await show(ctx, row)


async def chosen(ctx: Context, found: str, number: int) -> Resource | None:
    """The resource of this number in a list, counted from 1, if it can still be found here."""
    numbers = _ids(found)
    return await _called(ctx, int(numbers[number - 1])) if number <= len(numbers) else None


async def first_shown(ctx: Context, found: str) -> Resource | None:
    """The first resource of the last page of a list."""
    return await chosen(ctx, found.rpartition("/")[2], 1)


async def _more(ctx: Context, data: Draft) -> Reply:
    here, rest = data["rest"][: limit_of(ctx)], data["rest"][limit_of(ctx) :]
    found = [await _called(ctx, number) for number in here]
    page = [row for row in found if row is not None]
    asked = str(data.get("asked", ""))
    if not page:
        return say(_("There is nothing more."))
    return await _listed(
        ctx, _("**What follows** for “{words}”").format(words=one_line(asked)), page, rest, asked, before=data["found"]
    )


RESULTS = command.choice("search", pick=_pick, more=_more)
SUGGESTED = command.choice(NOT_FOUND, suggests=True)
UNKNOWN = command.choice(MISSED)


@command.reaction(Gesture.YES, about=NOT_FOUND)
async def search_again(ctx: Context, item: str) -> Reply | None:
    """Search for the suggested words; only the person who searched may accept them."""
    dialogue = await dialogues.get(ctx.tx, item)
    if dialogue is None or dialogue.name != NOT_FOUND or dialogue.person != ctx.sender or "words" not in dialogue.data:
        return None
    words = str(dialogue.data["words"])
    await end(ctx, dialogue, dialogues.DONE)
    return await search(ctx, words)


def _actions(ctx: Context, kind: str, *, picks: bool = False, rest: Sequence[int] = ()) -> Text:
    """What one may do with what is shown, in a row; volunteers only where there is mutual help."""
    asks = ctx.menu.action(kind, Gesture.HELP) is not None
    gestures = _("👍 useful, 👎 not useful, 🙋 ask") if asks else _("👍 useful, 👎 not useful")
    goes_on = _("`1`: details, `more`: the others") if rest else _("`1`: details")
    return Text.of(gestures, more(goes_on) if picks else "")
