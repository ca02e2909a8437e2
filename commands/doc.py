"""`!doc`: look for a tool, a document, an account of experience."""

from bot.dispatch.command import Command, Rest
from bot.dispatch.context import Context
from bot.dispatch.filling import offer
from bot.dispatch.form import Draft
from bot.dispatch.reply import Reply, say
from bot.domain.messages import Line, Text
from bot.errors import UserError
from bot.i18n import N_, _, ngettext
from bot.search.document import Document
from bot.search.index import Answer, Hit
from bot.search.kinds import filters
from bot.services import resources
from bot.store.tables import Resource

command = Command(
    "doc",
    aliases=("ressource", "ressources", "trouver", "chercher", "cherche", "find", "search", "r"),
    summary=N_("look for a tool, a document, an account of experience"),
    place=10,
    examples=(N_("doc double entry"), N_("doc tool shared record")),
)

IN_ROOM, IN_PRIVATE, LONGEST_LIST = 3, 5, 30


@command.run(usage=N_("doc <words>"))
async def doc(ctx: Context, words: Rest) -> Reply:
    kinds, ready_only, rest = filters(words.split())
    wanted = " ".join(rest) or words
    answers = [await _search(ctx, community.slug, wanted, kinds, ready_only) for community in ctx.communities]
    hits = sorted((hit for answer in answers for hit in answer.hits), key=lambda hit: -hit.score)[:LONGEST_LIST]
    if not hits:
        return await _nothing(ctx, wanted, answers)
    found = [[hit.document.community, hit.document.id] for hit in hits]
    shown = _limit(ctx)
    text = _found(ctx, wanted, hits[:shown], answers)
    return await offer(ctx, RESULTS, {"found": found[:shown], "rest": found[shown:]}, text)


async def _pick(ctx: Context, data: Draft, number: int) -> Reply:
    """One result in full."""
    if number > len(data["found"]):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    found = await _resource(ctx, *data["found"][number - 1])
    if found is None:
        raise UserError(_("This resource is there no more."))
    return say(
        f"{found.title} (DOC-{found.id})",
        found.summary,
        _("From: {source}").format(source=found.source) if found.source else "",
        found.url,
    )


async def _more(ctx: Context, data: Draft) -> Reply:
    """The results that follow. They were noted by their numbers: what was looked for is kept nowhere."""
    here, rest = data["rest"][: _limit(ctx)], data["rest"][_limit(ctx) :]
    found = [await _resource(ctx, *item) for item in here]
    documents = [resources.document_of(row) for row in found if row is not None]
    if not documents:
        return say(_("There is nothing more."))
    lines = [line for number, document in enumerate(documents, 1) for line in _lines(number, document)]
    shown = [[document.community, document.id] for document in documents]
    return await offer(ctx, RESULTS, {"found": shown, "rest": rest}, Text.of(_("What follows:"), *lines))


async def _resource(ctx: Context, slug: str, identity: int) -> Resource | None:
    """The resource, if it is still there and the person still has to do with its community."""
    if slug not in {community.slug for community in ctx.communities}:
        return None
    return await resources.get(ctx.tx, identity, community=slug)


RESULTS = command.choice("search", pick=_pick, more=_more)


async def _search(ctx: Context, slug: str, words: str, kinds: frozenset[str], ready_only: bool) -> Answer:
    return await ctx.library.search(
        ctx.tx,
        words,
        community=slug,
        today=ctx.now.date(),
        limit=LONGEST_LIST,
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
        *(line for number, hit in enumerate(hits, 1) for line in _lines(number, hit.document)),
    )


def _lines(number: int, document: Document) -> list[Line]:
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
