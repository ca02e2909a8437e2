"""Which challenges a meet-up may be about, or why not."""

from collections.abc import Sequence

from bot.challenges import Challenge, challenges
from bot.challenges import texts as challenge_texts
from bot.challenges.rules.challenge import GOING_ON
from bot.challenges.rules.day import MOST
from bot.dispatch.answer.context import Context
from bot.errors import UserError
from bot.i18n import _
from commands.defi.numbered import unknown


async def usable(ctx: Context, community: str, numbers: Sequence[int]) -> list[Challenge]:
    """The challenges of these numbers, if a meet-up of this community may be about them. Raises UserError."""
    if len(numbers) > MOST:
        raise UserError(_("A meet-up is about {most} challenges at most: one table for each.").format(most=MOST))
    found = []
    for number in numbers:
        one = await challenges.get(ctx.tx, number)
        if one is None or one.community != community:
            raise unknown(str(number))
        if one.status not in GOING_ON:
            sentence = _("{challenge} is over: nobody works on it any more. Those that go on: `!challenge`")
            raise UserError(sentence.format(challenge=challenge_texts.titled(one)))
        found.append(one)
    return found


def one_date() -> str:
    """Why a meet-up that is repeated carries no challenges."""
    return _("A meet-up on challenges has one date: give one, without repetition.")
