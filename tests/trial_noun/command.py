"""`!boite`: leave an idea; the team puts it on a shelf."""

from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest, Word
from bot.dispatch.menu.command import Command
from bot.events.messages import Ref
from bot.events.text import Text
from bot.thanks import of_things
from tests.trial_noun import ideas
from tests.trial_noun.noun import NOUN

command = Command("boite", summary="leave an idea", examples=("boite x", "boite y"), items=NOUN.letter)
IDEA = "trial idea"
command.belongs(IDEA, to=ideas.belongs_to, also={of_things.ABOUT: ideas.number_on_card})


@command.run(usage="boite <words>")
async def boite(ctx: Context, words: Rest) -> Reply:
    if words.startswith(f"{NOUN.letter}-"):
        found = await ideas.get(ctx.tx, int(words.partition("-")[2]))
        return Reply(Text.of(found.text), about=Ref(IDEA, str(found.id))) if found else say("Aucune idée de ce numéro.")
    idea = await ideas.note(ctx.tx, the_community(ctx).slug, ctx.room_id, ctx.sender, words, now=ctx.now)
    return say(f"Notée\u00a0: X-{idea.id}")


@command.verb("ranger", usage="boite ranger <number> <shelf>", role=Role.MODERATOR)
async def shelve(ctx: Context, number: Word, shelf: Rest) -> Reply:
    community = the_community(ctx).slug
    async with undo.noted(ctx, ideas.SHELF, number, community=community, role=Role.MODERATOR):
        await ideas.put_on(ctx.tx, int(number), shelf)
    return say("Rangée.")
