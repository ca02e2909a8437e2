"""A command with everything that a command may have, for the tests of the door alone."""

from functools import cache
from typing import Any

from bot.communities.rules.roles import Role
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin, offer
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft, Step
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text

done: list[Any] = []
"""What the test's command did."""


@cache
def trial() -> Command:
    """A command with everything that a command may have."""
    command = Command("essai", aliases=("trial",), summary="try", examples=("essai carte", "essai liste"))

    async def ask_title(_ctx: Context, _draft: Draft) -> Text:
        return Text.of("Titre ?")

    async def take_title(_ctx: Context, draft: Draft, answer: str) -> Draft:
        if len(answer) < 3:
            raise UserError("Trop court.")
        return draft | {"title": answer}

    async def ask_place(_ctx: Context, draft: Draft) -> Text:
        return Text.of(f"Lieu de {draft['title']} ?")

    async def take_place(_ctx: Context, draft: Draft, answer: str) -> Draft:
        return draft | {"place": answer}

    async def show(_ctx: Context, draft: Draft) -> Text:
        return Text.of(f"Aperçu : {draft['title']}")

    async def publish(_ctx: Context, draft: Draft) -> Reply:
        done.append(draft)
        return say("Publié.")

    def title(_ctx: Context, draft: Draft) -> str:
        return str(draft["title"])

    full = command.form(
        "full",
        preview=show,
        done=publish,
        title=title,
        steps=(Step(ask_title, take_title), Step(ask_place, take_place)),
    )
    short = command.form("short", preview=show, done=publish, title=title)

    async def fail(_ctx: Context, _draft: Draft) -> Reply:
        raise UserError("La salle est prise.")

    failing = command.form("failing", preview=show, done=fail, title=title)
    team = command.form("team", preview=show, done=publish, title=title, role=Role.MODERATOR)

    async def pick(_ctx: Context, data: Draft, number: int) -> Reply:
        return say(f"{data['from'] + number - 1} choisi")

    async def more(ctx: Context, data: Draft) -> Reply:
        return await offer(ctx, numbers, {"from": data["from"] + 3}, Text.of("La suite"))

    numbers = command.choice("numbers", pick=pick, more=more)

    @command.verb("question", usage="essai question")
    async def question(ctx: Context) -> Reply:
        return await begin(ctx, full, {})

    @command.verb("apercu", usage="essai apercu <titre>")
    async def preview(ctx: Context, words: Rest) -> Reply:
        return await begin(ctx, short, {"title": words})

    @command.verb("rate", usage="essai rate")
    async def fails(ctx: Context) -> Reply:
        return await begin(ctx, failing, {"title": "raté"})

    @command.verb("equipe", usage="essai equipe", role=Role.MODERATOR)
    async def for_team(ctx: Context) -> Reply:
        return await begin(ctx, team, {"title": "équipe"})

    @command.verb("liste", usage="essai liste")
    async def listed(ctx: Context) -> Reply:
        return await offer(ctx, numbers, {"from": 1}, Text.of("Une liste"), gestures=(Gesture.USEFUL, Gesture.USELESS))

    @command.verb("carte", usage="essai carte <nom>")
    async def card(_ctx: Context, name: Rest) -> Reply:
        about = Ref("place", name)
        return Reply(Text.of("Venez ?"), about=about, gestures=(Gesture.YES, Gesture.MAYBE, Gesture.NO), waits=True)

    async def anywhere(_tx: object, _item: str) -> list[str]:
        return ["numerique"]

    command.belongs("place", to=anywhere)

    def note(gesture: Gesture, about: str, *, removed: bool) -> None:
        @command.reaction(gesture, about=about, removed=removed)
        async def noted(ctx: Context, item: str) -> Reply | None:
            done.append((ctx.sender, "-" if removed else "+", gesture.value, item if about == "place" else about))
            return None

    for gesture in (Gesture.YES, Gesture.NO, Gesture.MAYBE):
        note(gesture, "place", removed=False)
        note(gesture, "place", removed=True)
    note(Gesture.USEFUL, "numbers", removed=False)
    note(Gesture.USEFUL, "numbers", removed=True)

    @command.title(about="place")
    async def named(_ctx: Context, item: str) -> str:
        return f"Rencontre {item}"

    return command
