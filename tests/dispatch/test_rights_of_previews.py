"""Previews of a team's changes: only a right that lasts until the yes does anything, and of two at once the second
learns that it was done. The table names every one that `!admin` opens; a new one has to join it."""

from typing import Any

import commands
from bot.communities.people import people
from bot.dispatch.menu.menu import Menu
from bot.programmes import SupportApplication, applications, catalogue, themes
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat, Said
from tests.homeserver import BOT

OTHER, THIRD, GONE = "!autre:example.org", "!troisieme:example.org", "@partie:example.org"
OPENS = (
    ("setting", "!admin réglage vague1 3"),
    ("undo", "!admin annuler"),
    ("room-kind", "!admin salon experts"),
    ("room-language", "!admin langue en"),
    ("room-language", "!admin langue fr"),
    ("room-protection", "!admin protection off"),
    ("topic-add", "!admin sujet ajouter Hortensias"),
    ("topic-rename", "!admin sujet renommer Hortensias Pivoines"),
    ("topic-remove", "!admin sujet retirer Pivoines"),
    ("synonym-add", "!admin synonyme zorglub = hortensia"),
    ("synonym-remove", "!admin synonyme retirer zorglub"),
    ("team-add", f"!admin équipe ajouter {ANA} observation"),
    ("team-remove", f"!admin équipe retirer {ANA}"),
    ("volunteer-add", f"!admin expert ajouter {BEN}"),
    ("volunteer-remove", f"!admin expert retirer {BEN}"),
    ("resource-new", "!doc proposer https://example.org/pivoines « Guide des pivoines »"),
    ("resource-change", "!admin doc modifier DOC-{doc} titre Guide des roses"),
    ("resource-owner", f"!admin doc modifier DOC-{{doc}} responsable {BEN}"),
    ("resource-archive", "!admin doc archiver DOC-{doc}"),
    ("resource-publish", "!admin doc publier DOC-{doc}"),
    ("resource-merge", "!admin doc fusionner DOC-{first} DOC-{doc}"),
    ("erase-person", f"!admin effacer {GONE}"),
    ("challenge-open", '!admin défi ouvrir "Comment saisir une fois ?" jusqu\'au 30/1/2027'),
    ("challenge-rule", "!admin défi C-1 règle 2 votes"),
    ("challenge-step", "!admin défi C-1 abandonner la question ne se pose plus"),
    ("support-theme", '!admin appui ouvrir "Imagerie territoriale"'),
    ("support-room", "!admin appui salon imagerie territoriale"),
    ("support-decide", "!admin appui P-1 refuser trop tard"),
    ("room-link", "!admin communauté lier numerique"),
    ("main-room", "!admin salon principal"),
    ("room-unlink", "!admin communauté délier"),
)
"""In an order in which each makes sense, and changes something."""
IN = {"room-link": THIRD, "main-room": OTHER, "room-unlink": THIRD}
"""Where it is written, if not in the main room."""
SAID_TO_ALL = {"room-unlink"}
"""The answer to the first is the last word in a room that is linked no more: the second reads it there."""
OPERATORS = {"community-new", "team-name"}
"""For those who operate the bot: they are named by its settings, and cannot be demoted meanwhile."""
HELD = (
    *("community", "community_setting", "room_binding", "appointment", "topic", "synonym", "expert", "resource"),
    *("challenge", "support_theme", "support_application"),
    "undo",
)


async def state(chat: Chat) -> list[Any]:
    """All that such a change can change, and whether somebody was asked to be erased."""
    found = [await chat.rows(f"SELECT * FROM {table}") for table in HELD]
    erased = "SELECT key FROM outbox WHERE substr(key, 1, 8) = 'erasure:'"
    return [*map(sorted_rows, found), sorted_rows(await chat.rows(erased))]


def sorted_rows(rows: list[Any]) -> list[str]:
    return sorted(str(tuple(row)) for row in rows)


async def rules(chat: Chat, **power: int) -> None:
    """The power levels of every room of the community."""
    levels = {BOSS: 100} | {f"@{name}:example.org": level for name, level in power.items()}
    for room in (chat.room, OTHER, THIRD):
        chat.homeserver.event(room, "m.room.power_levels", BOSS, {"users": levels}, state_key="")
        await chat.hears(room)


async def prepared(chat: Chat) -> None:
    await chat.opens(OTHER, community="numerique")
    await chat.opens(THIRD)
    async with chat.database.transaction() as tx:
        await people.greet(tx, GONE, "numerique", now=chat.now)
    await chat.direct(BEN)
    await applied(chat)


async def applied(chat: Chat) -> None:
    """An application for support that waits for the team."""
    async with chat.database.transaction() as tx:
        theme = await themes.set_open(
            tx, "numerique", catalogue.every()["biologie"], is_open=True, until=None, now=chat.now
        )
        row = SupportApplication(
            account=BOT,
            community="numerique",
            theme=theme.id or 0,
            applicant=ANA,
            status="submitted",
            begun_at=chat.now,
            changed_at=chat.now,
        )
        await applications.write(tx, row)


async def numbered(chat: Chat, line: str) -> str:
    """The line with the first and the latest resource of the community."""
    query = "SELECT min(id), max(id) FROM resource WHERE community = 'numerique'"
    [[first, doc]] = await chat.rows(query)
    return line.format(first=first, doc=doc)


async def opened(chat: Chat, who: str, name: str, line: str) -> Said:
    """The command is written, and this preview waits."""
    await chat.says(who, await numbered(chat, line), room=IN.get(name, chat.room))
    waiting = await chat.rows(f"SELECT person FROM dialogue WHERE name = '{name}' AND status = 'open'")
    assert (who,) in [tuple(row) for row in waiting], (line, chat.last.text)
    return chat.messages[-1]


async def yes(chat: Chat, who: str, preview: Said) -> None:
    """In words and by a tap, for one of them wants a tap."""
    await chat.reacts(who, "✅", preview)
    await chat.says(who, "oui", room=preview.room_id)


def test_the_table_names_every_preview_of_a_team() -> None:
    forms = {form.name for command in Menu.of(commands).commands if command.under == "admin" for form in command.forms}
    assert {name for name, _line in OPENS} == forms - OPERATORS


async def test_whoever_was_demoted_meanwhile_changes_nothing_and_before_they_would_have(chat: Chat) -> None:
    await prepared(chat)
    wrong = []
    for name, line in OPENS:
        await rules(chat, modo=100)
        preview = await opened(chat, MODO, name, line)
        before = await state(chat)
        await rules(chat)
        await yes(chat, MODO, preview)
        wrong += [] if await state(chat) == before else [f"{name}: done by a demoted moderator"]
        await rules(chat, modo=100)
        await yes(chat, MODO, await opened(chat, MODO, name, line))
        wrong += [] if await state(chat) != before else [f"{name}: {chat.last.text}"]
    assert wrong == []


async def test_of_two_at_once_one_does_it_and_the_other_learns_that_it_was_done(chat: Chat) -> None:
    await prepared(chat)
    await rules(chat, modo=100, cleo=100)
    wrong = []
    for name, line in OPENS:
        first, second = await opened(chat, MODO, name, line), await opened(chat, CLEO, name, line)
        await yes(chat, MODO, first)
        once, said = await state(chat), len(chat.sent) - (name in SAID_TO_ALL)
        await yes(chat, CLEO, second)
        wrong += [] if await state(chat) == once else [f"{name}: done twice: {chat.last.text}"]
        wrong += [] if len(chat.sent) > said else [f"{name}: no answer to the second"]
    assert wrong == []


async def test_whoever_leads_another_community_changes_nothing_of_this_one_from_there(chat: Chat) -> None:
    await prepared(chat)
    there = await chat.opens("!rse:example.org", community="rse", power={CLEO: 100})
    await chat.confirms(MODO, "!doc proposer https://example.org/roses « Guide des roses »")
    await rules(chat, modo=100)

    async def own() -> list[Any]:
        tables = [table for table in HELD if table != "community"]
        return [
            sorted_rows(await chat.rows(f"SELECT * FROM {table} WHERE community = 'numerique'")) for table in tables
        ]

    before, wrong = await own(), []
    for name, line in OPENS:
        for words in (await numbered(chat, line), "oui"):
            await chat.says(CLEO, words, room=there)
        wrong += [] if await own() == before else [name]
    assert wrong == []


async def test_a_card_for_the_whole_team_is_answered_once_by_whoever_is_first(chat: Chat) -> None:
    """A room that asks to be linked, and a volunteer: the cards stand in the main room."""
    await prepared(chat)
    await rules(chat, modo=100, cleo=100)
    wrong = []
    asked = ((ANA, "!admin communauté lier numerique", THIRD), (BEN, "!expert devenir", await chat.direct(BEN)))
    for who, line, room in asked:
        chat.forget()
        await chat.says(who, line, room=room)
        for word in ("1", "oui"):  # the topic for which somebody volunteers, and their own yes
            await chat.says(who, word, room=room)
        card = next(said for said in chat.messages if said.room_id == chat.room and "✅ oui" in said.text)
        before = await state(chat)
        await chat.reacts(MODO, "✅", card)
        once, said = await state(chat), len(chat.sent)
        wrong += [] if once != before else [f"{line}: not done"]
        await chat.reacts(CLEO, "❌", card)
        await chat.says(CLEO, "non", reply_to=card)
        wrong += [] if await state(chat) == once else [f"{line}: changed by the second"]
        wrong += [] if len(chat.sent) > said else [f"{line}: no answer to the second"]
    assert wrong == []
