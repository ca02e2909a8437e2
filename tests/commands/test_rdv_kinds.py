"""Promises of the kinds of meet-ups, and of those that others hold."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import card_now, publishes, shown

TRAINING = '!rdv nouveau formation "Gestion du risque" mardi 19 janvier 9h-17h'
EXTERNAL = f"{TRAINING} externe 2 places"


def _calendar(chat: Chat) -> str:
    """The latest calendar file in the room, with its long lines whole."""
    return chat.homeserver.files[-1].decode().replace("\r\n ", "")


async def test_the_kind_stands_in_the_title_of_card_and_lists_and_in_the_calendar(chat: Chat) -> None:
    card = await publishes(chat, TRAINING)
    assert card.lines[0] == "Gestion du risque (formation)"
    assert "CATEGORIES:formation" in _calendar(chat)

    for asked in ("!rdv mois", "!rdv"):
        await chat.says(ANA, asked)
        assert any("Gestion du risque (formation)" in line for line in shown(chat)), asked


async def test_a_kind_with_which_the_title_begins_is_not_said_twice(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Café DPI" mardi 19 janvier 14h')
    assert card.lines[0] == "Café DPI"
    assert "CATEGORIES:café" in _calendar(chat)


async def test_whoever_leads_it_changes_the_kind_and_nobody_else_does(chat: Chat) -> None:
    card = await publishes(chat, TRAINING)
    await chat.says(BEN, "!rdv R-1 type atelier")
    await chat.says(MODO, "!rdv R-1 type cérémonie")
    assert chat.last.text.startswith("Je connais ces types")
    assert card_now(chat, card).startswith("Gestion du risque (formation)")

    await chat.says(MODO, "!rdv R-1 type atelier")
    assert "désormais de ce type" in chat.last.text
    assert card_now(chat, card).startswith("Gestion du risque (atelier)")
    assert ("CATEGORIES:atelier" in _calendar(chat), "SEQUENCE:1" in _calendar(chat)) == (True, True)

    await chat.says(MODO, "!rdv R-1 type aucun")
    assert card_now(chat, card).startswith("Gestion du risque\n")
    assert "CATEGORIES" not in _calendar(chat)


async def test_one_that_others_hold_says_so_everywhere_and_takes_no_places(chat: Chat) -> None:
    await chat.says(MODO, EXTERNAL)
    assert any("Organisée par d'autres" in line for line in shown(chat))
    assert not any("place" in line and "liste d'attente" in line for line in shown(chat))
    await chat.reacts(MODO, "❌", chat.last)

    card = await publishes(chat, EXTERNAL)
    for person in (ANA, BEN, MODO):
        await chat.reacts(person, "✅", card)
    assert card_now(chat, card).startswith("Gestion du risque (formation, externe)")
    assert "3 personnes y vont" in card_now(chat, card)
    assert "CATEGORIES:formation,externe" in _calendar(chat)
    assert "SUMMARY:Gestion du risque (formation\\, externe)" in _calendar(chat)

    await chat.says(MODO, "!rdv R-1 places 2")
    assert "organisée par d'autres" in chat.last.text
    assert "3 personnes y vont" in card_now(chat, card)
