"""`!doc`: look for a tool, a document, an account of experience."""

from bot.dispatch.command import Command, Rest
from bot.dispatch.context import Context
from bot.dispatch.filling import offer
from bot.dispatch.form import Draft
from bot.dispatch.reply import Reply, say
from bot.domain.messages import Line, Text
from bot.errors import UserError
from bot.i18n import N_, _, ngettext
from bot.search.index import Answer, Hit
from bot.search.kinds import filters
from bot.services import resources

command = Command(
    "doc",
    aliases=("ressource", "ressources", "trouver", "chercher", "cherche", "find", "search", "r"),
    summary=N_("look for a tool, a document, an account of experience"),
    place=10,
    examples=(N_("doc double entry"), N_("doc tool shared record")),
)

IN_ROOM, IN_PRIVATE = 3, 5


@command.run(usage=N_("doc <words>"))
async def doc(ctx: Context, words: Rest) -> Reply:
    return await _page(ctx, words, seen=0)


async def _page(ctx: Context, words: str, *, seen: int) -> Reply:
    """The results that follow those seen before, as a list to choose from."""
    kinds, ready_only, rest = filters(words.split())
    wanted, limit = " ".join(rest) or words, seen + _limit(ctx)
    answers = [await _search(ctx, community.slug, wanted, kinds, ready_only, limit) for community in ctx.communities]
    hits = sorted((hit for answer in answers for hit in answer.hits), key=lambda hit: -hit.score)[seen:limit]
    if not hits:
        return say(_("There is nothing more.")) if seen else await _nothing(ctx, wanted, answers)
    data = {
        "words": words,
        "seen": seen + len(hits),
        "found": [[hit.document.community, hit.document.id] for hit in hits],
    }
    return await offer(ctx, RESULTS, data, _found(ctx, wanted, hits, answers))


async def _pick(ctx: Context, data: Draft, number: int) -> Reply:
    """One result in full; what the person may no longer see is not shown."""
    if number > len(data["found"]):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    slug, identity = data["found"][number - 1]
    here = slug in {community.slug for community in ctx.communities}
    found = await resources.get(ctx.tx, identity, community=slug) if here else None
    if found is None:
        raise UserError(_("This resource is there no more."))
    return say(
        f"{found.title} (DOC-{found.id})",
        found.summary,
        _("From: {source}").format(source=found.source) if found.source else "",
        found.url,
    )


async def _more(ctx: Context, data: Draft) -> Reply:
    return await _page(ctx, data["words"], seen=data["seen"])


RESULTS = command.choice("search", pick=_pick, more=_more)


async def _search(ctx: Context, slug: str, words: str, kinds: frozenset[str], ready_only: bool, limit: int) -> Answer:
    return await ctx.library.search(
        ctx.tx,
        words,
        community=slug,
        today=ctx.now.date(),
        limit=limit,
        kinds=kinds,
        ready_only=ready_only,
    )


def _limit(ctx: Context) -> int:
    return IN_PRIVATE if ctx.direct else IN_ROOM


def _found(ctx: Context, words: str, hits: list[Hit], answers: list[Answer]) -> Text:
    corrected = next((answer.corrected for answer in answers if answer.corrected), None)
    title = ngettext("{count} resource for “{words}”:", "{count} resources for “{words}”:", len(hits))
    return Text.of(
        title.format(count=len(hits), words=shortened(corrected or words)),
        *(line for number, hit in enumerate(hits, 1) for line in _lines(number, hit)),
    )


def _lines(number: int, hit: Hit) -> list[Line]:
    document = hit.document
    title = f"{number}. {shortened(document.title)} (DOC-{document.id})"
    about = [Line(shortened(document.summary))] if document.summary else []
    return [Line(title, link=document.url), *about, Line(document.url)]


async def _nothing(ctx: Context, words: str, answers: list[Answer]) -> Reply:
    for community in ctx.communities:
        await resources.missed(ctx.tx, community.slug, words, now=ctx.now)
    suggestion = next((answer.suggestion for answer in answers if answer.suggestion), None)
    return Reply(
        Text.of(
            _("I found nothing for “{words}”.").format(words=shortened(words)),
            _("Did you mean “{words}”?").format(words=suggestion) if suggestion else "",
            _("I noted these words, without your name, so that the community's team may complete the resources."),
        )
    )


LONGEST = 160


def shortened(text: str) -> str:
    """One line of a readable length, without what could break out of it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
