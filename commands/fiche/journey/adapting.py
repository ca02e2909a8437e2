"""`!fiche F-12 adapter`: a sheet of one's own, in one's own community, that names the one it comes from.

It takes over how that sheet is classified, and none of its words: an adaptation says what another team did, under
other names. Words taken over would be signed by people who did not write them, which no licence makes true.
"""

from dataclasses import replace

from bot.communities import communities
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import _
from bot.sheets import Sheet, sheets, texts
from bot.sheets.journey import milestones, texts_milestones, way
from bot.sheets.reading.published import as_read
from bot.sheets.rules.milestones import Milestone
from commands.fiche.numbered import Parties, step
from commands.fiche.write import start


@step("adapter", "adapt")
async def adapt(ctx: Context, sheet: Sheet, by: Parties, rest: str) -> Reply:
    """Begin it, or go on with the one that the person began. Raises UserError, SeveralCommunities."""
    why_not = await milestones.in_the_way(ctx.tx, sheet, Milestone.TRIED)
    if why_not is not None:
        raise UserError(texts_milestones.refused(sheet, why_not))
    if sheet.author == ctx.sender:
        sentence = _("It is your own sheet. To write it anew: `!sheet {number} revise`")
        raise UserError(sentence.format(number=sheets.number(sheet)))
    own = await way.being_adapted_by(ctx.tx, sheet, ctx.sender)
    reply = await start(ctx, own or await _begin(ctx, as_read(sheet)))
    begun = _("**Your adaptation of {title}**: it names that sheet, which names yours once it is published.")
    return replace(reply, text=Text.of(begun.format(title=texts.titled(sheet)), reply.text))


async def _begin(ctx: Context, parent: Sheet) -> Sheet:
    community = the_community(ctx)
    child = await sheets.begin(ctx, community.slug, ctx.sender, kind=parent.kind)
    known = {topic.slug for topic in await communities.topics_of(ctx.tx, community.slug)}
    child.parent = parent.id
    child.ingredients, child.stakes = list(parent.ingredients), list(parent.stakes)
    child.topics = [topic for topic in parent.topics if topic in known]
    await sheets.write(ctx.tx, child)
    return child
