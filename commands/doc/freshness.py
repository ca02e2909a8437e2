"""Whether resources are still right: members report, owners are asked at intervals."""

from collections.abc import Callable
from typing import TypeAlias

from bot.communities import communities
from bot.communities.tell import tell
from bot.contributors import returns
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import leads, reserved
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, bullets, link
from bot.i18n import DEFAULT, _
from bot.resources import Resource, contributions, resources
from bot.resources.checks import CHECK, arm, zone_of
from bot.resources.texts import page_of, titled
from commands.private import if_reachable

OUTDATED = (
    *("périmé", "périmée", "obsolète", "dépassé", "dépassée", "plus à jour", "n'est plus à jour", "pas à jour"),
    *("lien mort", "lien cassé", "outdated", "out of date", "dead link", "broken link"),
)
CURRENT = ("à jour", "vérifié", "vérifiée", "up to date", "verified")


async def report(ctx: Context, row: Resource) -> Reply:
    """A member reports that it is out of date: rank it lower, and ask its owner once."""
    if not row.outdated:
        await resources.change(ctx.tx, row, outdated=True)
        if row.owner and row.owner != ctx.sender:
            await ask_owner(ctx, row, _reported)
    await returns.given(ctx.tx, contributions.report(row), ctx.sender, community=row.community, now=ctx.now)
    return say(
        _("Thank you. “{title}” is shown as to be verified from now on.").format(title=titled(row)),
        _("The community's team sees it in its list."),
        await if_reachable(ctx, _("I write to you in private what becomes of it.")),
    )


async def confirm(ctx: Context, row: Resource) -> Reply:
    """The owner, or a moderator, confirms that it is right."""
    community = await communities.get(ctx.tx, row.community)
    assert community is not None
    if row.owner != ctx.sender and not await leads(ctx, community):
        sentence = _("Only the person who answers for this resource, or the community's team, may say so.")
        raise await reserved(ctx, community, sentence)
    await verified(ctx, row)
    return say(_("Noted: “{title}” was verified today.").format(title=titled(row)))


async def verified(ctx: Context, row: Resource) -> None:
    """Note that it was verified today; its owner is asked again after its interval."""
    community = await communities.get(ctx.tx, row.community)
    today = ctx.now.astimezone(zone_of(community)).date()
    await resources.change(ctx.tx, row, verified_on=today.isoformat(), outdated=False)
    await ctx.outbox.close_cards(ctx.tx, Ref(CHECK, str(row.id)))
    await arm(ctx, row)
    await contributions.verified(ctx, row)


def _to_read(row: Resource) -> Text:
    """The way to what it says; a thing of another noun has no page."""
    page = page_of(row)
    return link(_("See the page"), page) if page else Text.of(_("To read it: `!{number}`").format(number=row.origin))


async def ask_owner(ctx: Context | Moment, row: Resource, reason: "Reason") -> None:
    """Ask the owner of a resource, in their language; they answer yes or no."""
    assert row.owner is not None
    community = await communities.get(ctx.tx, row.community)

    def words() -> Text:
        return Text.of(
            reason(row),
            _to_read(row),
            _("**Is it still right?**"),
            bullets(
                _("✅ **yes**: I note that it was verified today"),
                _("❌ **no**: it stays to be verified, and the team corrects or archives it"),
            ),
            _("Without an answer it stays to be verified; I will not ask again."),
        )

    await tell(
        ctx,
        row.owner,
        words,
        key=f"{CHECK}:{row.id}:{row.revision}",
        language=community.language if community else DEFAULT,
        about=Ref(CHECK, str(row.id)),
        gestures=(Gesture.YES, Gesture.NO),
        unasked=True,
    )


Reason: TypeAlias = Callable[[Resource], str]


def _reported(row: Resource) -> str:
    return _("Somebody says that “{title}”, for which you answer, is out of date.").format(title=titled(row))


def gone(row: Resource) -> str:
    """The reason for asking an owner when the page is gone."""
    sentence = _("The link of “{title}”, for which you answer, leads nowhere any more.")
    return sentence.format(title=titled(row))


def expired(row: Resource) -> str:
    """The reason for asking an owner after the interval."""
    sentence = _("“{title}”, for which you answer, was last verified {count} months ago.")
    return sentence.format(title=titled(row), count=row.interval_months)
