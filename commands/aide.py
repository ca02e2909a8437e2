"""`!aide`: what the person may do here, and nothing else."""

from bot.dispatch.command import NOTHING, Command, Rest, Verb
from bot.dispatch.context import Context
from bot.dispatch.reply import Reply
from bot.domain.messages import Text
from bot.domain.roles import Role
from bot.errors import UserError
from bot.i18n import N_, _

command = Command(
    "aide",
    aliases=("help", "?", "bonjour", "hello"),
    summary=N_("what you may write to me"),
    examples=(N_("help doc"),),
    anywhere=True,
)


@command.run(usage=N_("help <word>"))
async def help_(ctx: Context, word: Rest = NOTHING) -> Reply:
    return Reply(await _about(ctx, word) if word else await _everything(ctx))


async def _everything(ctx: Context) -> Text:
    lines = [_line(found) for found in ctx.menu if found.listed and found is not command and _verbs(ctx, found)]
    detail = _("For a detailed example: !{example}").format(example=_(command.examples[0]))
    return Text.of(
        _("Here is what you may write to me:"),
        *lines,
        _("Capital letters and accents do not matter."),
        detail if lines else "",
        _(
            "I do not deal with emergencies. Life-threatening emergency: 15 or 112, or 114 by text message. "
            "Distress, suicidal thoughts: 3114."
        ),
    )


async def _about(ctx: Context, word: str) -> Text:
    understood = ctx.menu.read(word)
    verbs = _verbs(ctx, understood.command) if understood else []
    if understood is None or not verbs:
        raise UserError(_("I know no word like this one. To see those that I know: !help"))
    found = understood.command
    return Text.of(
        _("!{word}: {summary}").format(word=_shown(found), summary=_(found.summary)),
        *(
            _("!{usage}: {summary}").format(usage=_(verb.usage), summary=_(verb.summary))
            for verb in verbs
            if verb.usage
        ),
        *(_("For example: !{example}").format(example=_(example)) for example in found.examples),
    )


def _line(found: Command) -> str:
    shown = _(found.examples[0]) if found.examples else _shown(found)
    return _("!{word}: {summary}").format(word=shown, summary=_(found.summary))


def _shown(found: Command) -> str:
    return found.path


def _verbs(ctx: Context, found: Command) -> list[Verb]:
    """What the person may do with a word, here and now."""
    return [verb for verb in found.verbs if _may(ctx, verb)]


def _may(ctx: Context, verb: Verb) -> bool:
    if not ctx.communities and not verb.anywhere:
        return False
    return verb.role is Role.MEMBER or verb.role in ctx.roles
