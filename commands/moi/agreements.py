"""`!moi accords`: what may be done with one's name and profile; nothing until one says yes."""

from bot import quotas
from bot.digest import thanks
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import offer
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.gestures import Gesture, gesture_of_word
from bot.events.text import Text, numbered, title
from bot.i18n import N_, _
from bot.text.plain_text import fold
from bot.volunteers import Profile, profiles
from bot.volunteers.profiles import Agreement
from commands.private import privately

command = Command(
    "accords",
    under="moi",
    aliases=("accord", "consentements", "consentement", "agreements", "agreement", "consents", "consent"),
    summary=N_("say what I may do with your name"),
    examples=(N_("me agreements"), N_("me agreements directory yes")),
    listed=False,
)
WORDS = {
    Agreement.DIRECTORY: ("annuaire", "directory"),
    Agreement.ENCOUNTERS: ("rencontres", "rencontre", "encounters", "encounter"),
    Agreement.THANKS: ("remerciements", "remerciement", "merci", "thanks"),
}


@command.run(usage=N_("me agreements directory yes"), makes=quotas.SETTING)
async def agreements(ctx: Context, words: Rest = NOTHING) -> Reply:
    row = await profiles.of(ctx.tx, ctx.sender)
    if words:
        await _change(ctx, row, words)
    if ctx.direct:
        return await offer(ctx, CHOICE, {}, _listed(row))

    async def told() -> Text:
        return _listed(row)

    return await privately(ctx, told)


async def _change(ctx: Context, row: Profile, words: str) -> None:
    first, _space, rest = words.partition(" ")
    plain, answer = fold(first).text, gesture_of_word(rest, yes_no=True)
    found = next((what for what, known in WORDS.items() if plain in known), None)
    if found is None or answer not in (Gesture.YES, Gesture.NO):
        raise UserError(_("Write for example: `!me agreements directory yes`, or: encounters no, thanks yes"))
    await _agree(ctx, row, found, agrees=answer is Gesture.YES)


async def _agree(ctx: Context, row: Profile, what: Agreement, *, agrees: bool) -> None:
    """Whoever does not want to be named any more is not named in what is still to be sent."""
    await profiles.agree(ctx.tx, row, what, agrees=agrees)
    if what is Agreement.THANKS and not agrees:
        await thanks.without(ctx, ctx.sender)


async def _pick(ctx: Context, _data: Draft, number: int) -> Reply | None:
    """A number changes its line: from no to yes, or back."""
    every = tuple(Agreement)
    if number > len(every):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    row, what = await profiles.of(ctx.tx, ctx.sender), every[number - 1]
    await _agree(ctx, row, what, agrees=what not in profiles.agreed(row))
    return await offer(ctx, CHOICE, {}, _listed(row))


def _listed(row: Profile) -> Text:
    agreed = profiles.agreed(row)
    return Text.of(
        title(_("What you agree to")),
        numbered(_sentence(what).format(answer=_("yes") if what in agreed else _("no")) for what in Agreement),
        _("Nothing is done without your yes. Nobody is found or introduced yet."),
        _("To change a line: its number, or `!me agreements directory yes`"),
    )


def _sentence(what: Agreement) -> str:
    return {
        Agreement.DIRECTORY: _(
            "**Directory**: {answer}. Members may find you by profession, territory and topics;"
            " the team counts professions."
        ),
        Agreement.ENCOUNTERS: _("**Encounters**: {answer}. I may propose that you meet a member from elsewhere."),
        Agreement.THANKS: _("**Thanks**: {answer}. Your name may be in the room's monthly thanks."),
    }[what]


CHOICE = command.choice("agreements", pick=_pick)
