"""Every verb is for those whom it names: whoever has another role is refused, and nothing changes."""

import pytest

import commands
from bot.communities.rules.roles import Role, roles_in
from bot.dispatch.menu.command import Verb
from bot.dispatch.menu.menu import Menu
from tests.chat import ANA, BOSS, CLEO, MODO, Chat

CANNOT = (
    "réservée à l'équipe",
    "administrent le salon principal",
    "réservée aux personnes qui exploitent",
    "La modération de la communauté décide",
)
GIVEN = {ANA: None, CLEO: "coordination", "@olga:example.org": "observation"}
APPOINTED = {"coordination": {Role.FACILITATOR}, "observation": {Role.OBSERVER}, None: set[Role]()}
CHANGES = "SELECT id FROM undo ORDER BY id"
DIALOGUES = "SELECT name FROM dialogue"


def guarded() -> list[tuple[str, Verb]]:
    """Every verb that not everybody may use, with a line that calls it."""
    return [
        (f"!{command.path} {' '.join(verb.words[:1])} x y", verb)
        for command in Menu.of(commands)
        for verb in command.verbs
        if verb.role is not Role.MEMBER
    ]


@pytest.mark.parametrize(("person", "given"), GIVEN.items())
async def test_who_has_another_role_is_refused_by_every_verb(chat: Chat, person: str, given: str | None) -> None:
    if given is not None:
        chat.homeserver.member(chat.room, person)
        await chat.hears(chat.room)
        await chat.confirms(BOSS, f"!admin équipe ajouter {person} {given}")
    mine = roles_in(person, is_member=True, main_room=None, in_main_room=True, appointed=APPOINTED[given])
    before, wrong = [await chat.rows(CHANGES), await chat.rows(DIALOGUES)], []
    for line, verb in guarded():
        host = verb.role is Role.HOST and Role.MODERATOR in mine
        if verb.role in mine or host:
            continue
        await chat.says(person, line)
        wrong += [] if any(words in chat.last.text for words in CANNOT) else [(line, chat.last.text)]
    assert wrong == []
    assert [await chat.rows(CHANGES), await chat.rows(DIALOGUES)] == before


async def test_who_leads_one_community_leads_no_other(chat: Chat) -> None:
    """Modo moderates the first community, and is a member of the second."""
    other = await chat.opens("!rse:example.org", community="rse", power={MODO: 0})
    wrong = []
    for line, _verb in guarded():
        await chat.says(MODO, line, room=other)
        wrong += [] if any(words in chat.last.text for words in CANNOT) else [(line, chat.last.text)]
    assert wrong == []
