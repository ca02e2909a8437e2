"""The loop's other ends: a request that had its answer, an experience told at a meet-up, colleagues who sign too."""

import pytest

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import LINE, publishes
from tests.help.people import QUESTION, asks, offers, volunteers
from tests.sheets.writing import DONE, RESULT, answers, kept, shown, to, writes

N = "\u00a0"


async def answered(chat: Chat, *, useful: str = "oui") -> None:
    """Ben helped Ana, who said how it went."""
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await chat.says(ANA, "!expert D-1 résolu", room=await chat.direct(ANA))
    await answers(chat, ANA, "oui")
    chat.forget()
    await answers(chat, ANA, useful)
    await chat.passes(minutes=1)


async def test_a_request_that_was_of_use_becomes_a_sheet_if_both_agree(chat: Chat) -> None:
    await answered(chat)
    asked, helped = to(chat, ANA)[-1], to(chat, BEN)[-1]
    assert asked.lines[0] == helped.lines[0] == f"Cette réponse peut servir à d'autres. En faire une fiche (F-1){N}?"
    assert (await kept(chat))["need"] == "", "nothing is copied before both agree"

    await chat.reacts(BEN, "✅", helped)
    assert (await kept(chat))["status"] == "proposed"
    chat.forget()
    await chat.reacts(ANA, "✅", asked)
    assert (await kept(chat))["need"] == QUESTION.removesuffix(" ?") or (await kept(chat))["need"] == QUESTION
    invited = to(chat, BEN)[-1]
    assert invited.lines[0] == f"Vous êtes d'accord tous les deux{N}: la fiche F-1 peut être écrite, en deux questions."
    await chat.reacts(BEN, "✅", invited)
    assert chat.last.text.startswith("2 sur 3.")
    chat.forget()
    await answers(chat, BEN, DONE, RESULT, "oui")

    assert to(chat, ANA)[0].lines[0] == "Une fiche que vous signez est en relecture."
    assert "par Ben, Ana" in shown(chat, MODO).text
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    assert [said.text.partition(N)[0] for said in (*to(chat, ANA)[1:], to(chat, BEN)[-1])] == [
        "Votre fiche est publiée",
        "Votre fiche est publiée",
    ]


@pytest.mark.parametrize("first", [ANA, BEN])
async def test_the_no_of_one_ends_it_and_nothing_is_kept(chat: Chat, first: str) -> None:
    await answered(chat)
    other = BEN if first == ANA else ANA
    cards = {person: to(chat, person)[-1] for person in (ANA, BEN)}
    await chat.reacts(first, "✅", cards[first])
    await chat.reacts(other, "❌", cards[other])

    assert (await kept(chat))["status"] == "withdrawn"
    assert to(chat, first)[-1].text.startswith(f"La fiche F-1 est retirée{N}:")
    chat.forget()
    await chat.reacts(first, "✅", cards[first])
    assert chat.messages == []


async def test_a_consent_that_is_taken_back_removes_the_draft(chat: Chat) -> None:
    await answered(chat)
    for person in (BEN, ANA):
        await chat.reacts(person, "✅", [said for said in to(chat, person) if "En faire une fiche" in said.text][-1])
    await answers(chat, BEN, "!fiche F-1 reprendre", DONE)
    await answers(chat, ANA, "!fiche F-1 retirer", "oui")

    row = await kept(chat)
    assert (row["status"], row["need"], row["done"], row["title"]) == ("withdrawn", "", "", "")
    await answers(chat, BEN, RESULT)
    assert "n'est plus en cours d'écriture" in chat.last.text


async def test_what_was_of_no_use_is_proposed_to_nobody(chat: Chat) -> None:
    await answered(chat, useful="non")
    await chat.passes(days=10)

    assert await kept(chat) == {}


async def test_whoever_wants_no_unasked_message_is_asked_nothing(chat: Chat) -> None:
    await chat.says(BEN, "stop", room=await chat.direct(BEN))
    await answered(chat)

    assert await kept(chat) == {}


async def test_an_experience_told_at_a_meetup_is_proposed_a_day_later(chat: Chat) -> None:
    await chat.direct(ANA)
    await publishes(chat, LINE)
    await chat.says(ANA, "!rdv R-1 retex notre tri des déchets")
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await chat.passes(days=70)

    (card,) = [said for said in to(chat, ANA) if "raconté une expérience" in said.text]
    assert "«" not in card.text
    assert "notre tri des déchets" in card.text
    row = await kept(chat)
    assert (row["kind"], row["title"], row["status"]) == ("retex", "notre tri des déchets", "draft")
    await chat.reacts(ANA, "❌", card)
    assert ((await kept(chat))["status"], (await kept(chat))["title"]) == ("withdrawn", "")


async def test_a_colleague_signs_by_a_yes_and_takes_the_name_off_again(chat: Chat) -> None:
    await chat.direct(BEN)
    await writes(chat, ANA, "!fiche F-1 avec @ben:example.org")
    assert "par Ana," not in chat.last.text
    await chat.reacts(CLEO, "✅", to(chat, BEN)[-1], room=to(chat, BEN)[-1].room_id)
    assert await chat.rows("SELECT agreed_at FROM sheet_author") == [(None,)]
    await chat.reacts(BEN, "✅", to(chat, BEN)[-1])
    await answers(chat, ANA, "!F-1")
    assert "par Ana, Ben" in chat.last.text
    await answers(chat, BEN, "!fiche F-1 conditions une salle")
    assert (await kept(chat))["fields"] == {"conditions": "une salle"}
    await answers(chat, BEN, "!fiche F-1 retirer")

    assert await chat.rows("SELECT agreed_at FROM sheet_author") == [(None,)]
    assert (await kept(chat))["status"] == "draft"
    await answers(chat, ANA, "!F-1")
    assert "Ben" not in chat.last.text


async def test_who_does_not_want_to_sign_a_sheet_is_not_asked_again(chat: Chat) -> None:
    await chat.direct(BEN)
    await writes(chat, ANA, "!fiche F-1 avec @ben:example.org")
    await chat.reacts(BEN, "❌", to(chat, BEN)[-1])
    chat.forget()
    await answers(chat, ANA, "!fiche F-1 avec @ben:example.org")
    assert chat.last.text == "La question a déjà été posée à cette personne."
    await answers(chat, ANA, "!fiche F-1 partenaire @ben:example.org")
    assert to(chat, BEN) == []


async def test_after_a_restart_in_which_nobody_spoke_a_colleague_is_still_a_member(chat: Chat) -> None:
    await chat.direct(BEN)
    await writes(chat, ANA)
    await chat.restarts()
    await answers(chat, ANA, "!fiche F-1 avec @ben:example.org")
    assert "signer une fiche" in to(chat, BEN)[-1].text


async def test_a_line_of_the_minutes_is_proposed_too_unless_it_is_deleted(chat: Chat) -> None:
    """`^retex` in the thread of a meet-up: to whoever wrote the line, with what it says a day later."""
    await chat.direct(ANA)
    await chat.direct(BEN)
    card = await publishes(chat, LINE)
    await chat.passes(hours=4, minutes=30)
    first = await chat.says(ANA, "^retex notre trie des déchets", thread=card.event_id)
    await chat.edits(ANA, first, "^retex notre tri des déchets")
    gone = await chat.says(BEN, "^retex les piles", thread=card.event_id)
    await chat.redacts(BEN, gone)
    chat.forget()
    await chat.restarts()
    await chat.passes(days=3)
    assert [said.lines[1] for said in to(chat, ANA) if "raconté une expérience" in said.text] == [
        "notre tri des déchets"
    ]
    assert [said for said in to(chat, BEN) if "raconté une expérience" in said.text] == []
