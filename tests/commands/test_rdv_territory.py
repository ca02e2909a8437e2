"""Promises of the territories of meet-ups: where they are shown, who finds them, who sets them."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import card_now, flat, publishes, shown

DAY = '!rdv nouveau journée "Soins de demain" mardi 2 mars 9h-17h Colmar, région Grand Est, 60 places'
SMALLER = "!rdv nouveau formation Dossier partagé mercredi 3 mars 10h territoire Haut-Rhin"
ELSEWHERE = "!rdv nouveau café DPI Bretagne jeudi 4 mars 14h"
ANYWHERE = "!rdv nouveau café DPI vendredi 5 mars 14h"


async def test_the_territory_of_a_line_stands_in_preview_card_list_and_calendar(chat: Chat) -> None:
    await chat.says(MODO, DAY)
    assert "- Territoire : Grand Est" in shown(chat)
    await chat.reacts(MODO, "❌", chat.last)
    card = await publishes(chat, DAY)
    assert card.lines[0] == "Soins de demain (journée, Grand Est)"
    assert "CATEGORIES:journée,Grand Est" in chat.homeserver.files[-1].decode().replace("\r\n ", "")
    assert "Lieu : Colmar" in card_now(chat, card)
    await chat.says(ANA, "!rdv Grand Est")
    assert any("(journée, Grand Est)" in line for line in shown(chat))


async def test_meetups_are_found_by_kind_and_territory(chat: Chat) -> None:
    """What is written, and the numbers that are listed."""
    for line in (DAY, SMALLER, ELSEWHERE, ANYWHERE):
        await publishes(chat, line)
    wrong = {}
    for asked, numbers in {
        "!rdv Grand Est": [1, 2],
        "!rdv en Bretagne": [3],
        "!rdv département du Haut-Rhin": [1, 2],
        "!rdv Bas-Rhin": [1],
        "!rdv cafés": [3, 4],
        "!rdv formations région Grand Est": [2],
        "!rdv coffee break": [3, 4],
        "!rdv Corse": [],
    }.items():
        await chat.says(ANA, asked)
        found = [number for number in (1, 2, 3, 4) if f"(R-{number})" in chat.last.text]
        if found != numbers or ("n'est encore prévue" in chat.last.text) == bool(numbers):
            wrong[asked] = chat.last.text
    assert wrong == {}
    await chat.says(ANA, "!rdv région Atlantide")
    assert "Je ne connais pas" in chat.last.text
    await chat.says(ANA, "!rdv Alsace")
    assert flat(chat.last.text) == "Lequel : Bas-Rhin (67), Haut-Rhin (68) ?"


async def test_whoever_leads_it_changes_the_territory_and_nobody_else_does(chat: Chat) -> None:
    card = await publishes(chat, ANYWHERE)
    await chat.says(BEN, "!rdv R-1 territoire Bretagne")
    await chat.says(MODO, "!rdv R-1 territoire Atlantide")
    await chat.says(MODO, "!rdv R-1 territoire")
    assert "Quelle région" in chat.last.text
    assert card_now(chat, card).startswith("café DPI\n")

    await chat.says(MODO, "!rdv R-1 territoire 29")
    assert card_now(chat, card).startswith("café DPI (Finistère)")
    await chat.says(MODO, "!rdv R-1 territoire aucun")
    assert card_now(chat, card).startswith("café DPI\n")


async def test_a_line_that_names_two_territories_by_one_word_is_asked_about(chat: Chat) -> None:
    await chat.says(MODO, '!rdv nouveau "Journée" mardi 2 mars 9h territoire : Alsace')
    assert flat(chat.last.text) == "Lequel : Bas-Rhin (67), Haut-Rhin (68) ?"


async def test_its_public_holidays_are_warned_of(chat: Chat) -> None:
    """Good Friday is one in Alsace and Moselle."""
    for place, warned in (("Moselle", True), ("Bretagne", False)):
        await chat.says(MODO, f'!rdv nouveau "Journée" vendredi 26 mars 9h territoire {place}')
        assert ("fériés" in chat.last.text) == warned, chat.last.text
        await chat.reacts(MODO, "❌", chat.last)
