"""Questions, previews and lists: one way for every command to ask before it acts.

A command that creates something shows it first, and does it when the same person says yes within ten minutes:

    @command.verb("nouveau", "new", usage=N_("rdv new <title>"))
    async def new(ctx: Context, title: Rest) -> Reply:
        return await begin(ctx, MEETING, {"title": title})

    async def _shown(ctx: Context, draft: Draft) -> Text:
        return Text.of(_("Preview. Nothing is published yet."), draft["title"])

    async def _publish(ctx: Context, draft: Draft) -> Reply:
        meeting = await meetups.publish(ctx.tx, title=draft["title"], by=ctx.sender, now=ctx.now)
        return say(_("It is published ({id}).").format(id=f"R-{meeting.id}"))

    MEETING = command.form("meeting", preview=_shown, done=_publish, title=lambda ctx, draft: draft["title"])

With `steps`, questions come before the preview; `annuler` stops, `retour` goes back, and a restart changes nothing.
The right to do it is looked at again when yes is said. A list (`command.choice`) is answered by a number or `suite`.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.communities.rules.roles import Role
from bot.dispatch.menu.handlers import (
    Ask,
    ChangedAfterwards,
    Done,
    DraftAmong,
    DraftTitle,
    HasAnswer,
    Left,
    More,
    Named,
    Pick,
    Take,
)
from bot.dispatch.menu.handlers import Draft as Draft
from bot.i18n import N_

PREVIEW_LASTS = timedelta(minutes=10)
QUESTION_LASTS = timedelta(hours=24)
LIST_LASTS = timedelta(minutes=15)

QUESTION = N_("**Is that right?** ✅ yes, ❌ no")

AFTERWARDS = N_("It was done already: to change it, write it anew. A changed message changes nothing any more.")


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `take(ctx, draft, answer)` returns the draft with the answer; its UserError asks again.

    `has_answer` tells whether the question has its answer already, so that it is not asked. `changed(ctx, source)` is
    what we answer if the message that gave the answer is changed once the form is over; None for any other message.
    """

    ask: Ask
    take: Take
    has_answer: HasAnswer | None = None
    changed: ChangedAfterwards | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """`preview(ctx, draft)` shows what would be done, `done(ctx, draft)` does it, `title(ctx, draft)` names it.

    `question` is a msgid, the preview's last line. `asks_rights`: `done` looks at rights itself, in other rooms too.
    `among(tx, draft)`: the community whose members are loaded first, because `done` writes to them.
    `afterwards` is a msgid: our answer if the command is edited once it is done. `anywhere`: also for people who have
    left the community in which they began it. `makes`: the kind of thing that `done` makes (`bot.quotas`).
    `saves`: each step stores its answer itself, so that to stop loses nothing; after the last step, or when the person
    stops, `done` says what there is, without a preview.
    `left` says what stays of it when its person leaves it, if its answers are written down as they come.
    `suggests`: it only asks whether something else was meant; a bare yes goes first to anything else that waits for it.
    `tapped`: among people a bare yes, which may be for a colleague, is not enough: it has to be put under the preview.
    """

    name: str
    preview: Ask
    done: Done
    title: DraftTitle
    steps: tuple[Step, ...] = ()
    role: Role = Role.MEMBER
    question: str = QUESTION
    asks_rights: bool = False
    afterwards: str = AFTERWARDS
    among: DraftAmong | None = None
    anywhere: bool = False
    makes: str | None = None
    saves: bool = False
    suggests: bool = False
    tapped: bool = False
    left: Left | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A list that was shown. `pick(ctx, data, number)` counts from 1; `more(ctx, data)` shows what follows.

    Without `pick` the list has no numbers, and a number that somebody writes is not for us. `suggests`: as for a form.
    `named(data, text)` is the number of what other words name in private, None if they name none alone.
    """

    name: str
    pick: Pick | None = None
    more: More | None = None
    suggests: bool = False
    named: Named | None = None
