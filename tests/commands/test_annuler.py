"""Promises of what a team changes: it is noted without a name, and can be taken back while nothing else changed it."""

import pytest

from bot.resources.resources import Draft
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.test_doc import write

PAGE = "https://example.org/pansement"


async def state(chat: Chat) -> list[object]:
    """All that a team can change."""
    return [
        await chat.rows(query)
        for query in (
            "SELECT room_id, community, kind, language FROM room_binding ORDER BY room_id",
            "SELECT slug, main_room FROM community ORDER BY slug",
            "SELECT person, role FROM appointment WHERE ended_at IS NULL ORDER BY id",
            "SELECT key, words FROM synonym ORDER BY key",
            "SELECT id, state, title, url, kind, tags, verified_on FROM resource ORDER BY id",
            "SELECT community, key, value FROM community_setting ORDER BY community, key",
        )
    ]


async def does(chat: Chat, person: str, line: str, room: str | None = None) -> None:
    """A line, and the yes that it may ask for."""
    await chat.says(person, line, room=room)
    if "oui" in chat.last.text or "yes" in chat.last.text:
        await chat.says(person, "oui", room=room)


@pytest.mark.parametrize(
    "line",
    [
        "!admin langue en",
        "!admin salon aide",
        "!admin salon principal",
        "!admin équipe ajouter @ana:example.org",
        "!admin équipe retirer @ana:example.org",
        "!admin communauté délier",
        "!admin synonyme GZT = pansement",
        "!admin synonyme RSE = environnement",
        "!admin synonyme retirer RSE",
        "!admin doc archiver DOC-{number}",
        "!admin doc modifier DOC-{number} titre Soigner une escarre",
        "!admin doc modifier DOC-{number} mots plaie, escarre",
        "!admin entraide délai 4 h",
    ],
)
async def test_what_the_team_changed_is_taken_back(chat: Chat, line: str) -> None:
    second = await chat.opens("!second:example.org", community="numerique", power={CLEO: 50})
    await does(chat, BOSS, "!admin équipe ajouter @cleo:example.org")
    await does(chat, BOSS, "!admin équipe ajouter @ana:example.org administration")
    await does(chat, MODO, "!admin synonyme RSE = responsabilité sociétale")
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    if "équipe ajouter" in line:
        await does(chat, BOSS, "!admin équipe retirer @ana:example.org")
    before = await state(chat)

    await does(chat, BOSS, line.format(number=number), room=second)
    assert await state(chat) != before
    await does(chat, BOSS, "!admin annuler", room=second)

    assert await state(chat) == before


async def test_three_changes_of_one_thing_are_taken_back_newest_first(chat: Chat) -> None:
    before = await state(chat)
    for kind in ("aide", "experts", "public"):
        await does(chat, MODO, f"!admin salon {kind}")

    await chat.says(MODO, "!admin annuler 3")
    assert "!admin annuler 4" in chat.last.text
    for _ in range(3):
        await does(chat, MODO, "!admin annuler")

    assert (await state(chat))[0] == before[0]


async def test_what_changed_in_another_way_since_is_left_alone(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    await does(chat, MODO, f"!admin doc modifier DOC-{number} titre Soigner une escarre")
    await write(chat, Draft("Panser une escarre", PAGE))

    await chat.says(MODO, "!admin annuler")

    assert "a changé autrement depuis" in chat.last.text
    assert "Panser une escarre" in str(await state(chat))


async def test_after_seven_days_it_is_too_late_and_what_was_before_is_forgotten(chat: Chat) -> None:
    await does(chat, MODO, "!admin synonyme GZT = pansement")
    await chat.passes(days=7, minutes=1)
    await chat.says(MODO, "!admin annuler")
    assert "plus de 7 jours" in chat.last.text

    await chat.engine.routine.forget_old()
    assert "pansement" not in str(await chat.rows("SELECT * FROM undo"))
    await chat.passes(days=366)
    await chat.engine.routine.forget_old()
    assert await chat.rows("SELECT * FROM undo") == []


async def test_only_who_could_make_a_change_takes_it_back(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique", power={BEN: 50})
    await does(chat, BOSS, "!admin équipe ajouter @cleo:example.org")
    await does(chat, BEN, "!admin langue en", room=second)
    await chat.says(ANA, "!admin annuler")
    assert "réservée à l'équipe" in chat.last.text

    for person in (MODO, BEN):
        await chat.says(person, "!admin annuler 3")
        assert "que vous puissiez annuler" in chat.last.text or "réservée" in chat.last.text
    other = await chat.opens("!rse:example.org", community="rse")
    await chat.says(BOSS, "!admin annuler 3", room=other)
    assert "que vous puissiez annuler" in chat.last.text

    await does(chat, BEN, "!admin undo", room=second)
    assert await chat.rows("SELECT language FROM room_binding WHERE room_id = '!second:example.org'") == [(None,)]


async def test_a_role_is_not_given_back_to_somebody_who_was_forgotten_since(chat: Chat) -> None:
    await does(chat, BOSS, "!admin équipe ajouter @cleo:example.org")
    await does(chat, BOSS, "!admin équipe retirer @cleo:example.org")
    room = await chat.direct(CLEO)
    await does(chat, CLEO, "moi oubli", room=room)
    await chat.passes(minutes=2)
    assert await chat.rows("SELECT * FROM appointment") == []

    await does(chat, BOSS, "!admin annuler")

    assert "ne peut pas être annulé" in chat.last.text


async def test_the_history_names_nobody(chat: Chat) -> None:
    await does(chat, BOSS, "!admin équipe ajouter @cleo:example.org")
    await does(chat, BOSS, "!admin annuler")

    await chat.says(MODO, "!admin historique")

    assert chat.last.lines[2].endswith("les rôles donnés dans l'équipe (annulé)")
    assert "cleo" not in str(await chat.rows("SELECT * FROM undo")).lower()
    assert "boss" not in str(await chat.rows("SELECT * FROM undo")).lower()


@pytest.mark.parametrize(
    "line",
    ["fusionner DOC-{first} DOC-{second}", "modifier DOC-{first} responsable @ana:example.org"],
)
async def test_what_cannot_be_taken_back_says_so_before_yes(chat: Chat, line: str) -> None:
    first, second = await write(chat, Draft("Pansement", PAGE), Draft("Escarre", f"{PAGE}/2"))

    await chat.says(MODO, f"!admin doc {line.format(first=first, second=second)}")

    assert "ne s'annule pas" in chat.last.text
    assert "oui" in chat.last.lines[-1]


async def test_what_only_an_operator_may_link_only_an_operator_takes_back(chat: Chat) -> None:
    before = await state(chat)
    for line in ("!admin annuler", "!admin annuler 1"):
        await does(chat, MODO, line)
        assert "aucune modification que vous puissiez annuler" in chat.last.text
    assert await state(chat) == before

    await does(chat, BOSS, "!admin annuler")
    assert (await state(chat))[0] == []
