"""The loop: what somebody wrote is reviewed, published, and found by the next person."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.sheets.writing import DONE, NEED, RESULT, answers, kept, shown, to, writes

N = "\u00a0"


async def test_three_answers_make_a_sheet_that_is_reviewed_and_found(chat: Chat) -> None:
    await writes(chat)
    assert [text for text in (NEED, DONE, RESULT) if text not in chat.last.text] == []
    await answers(chat, ANA, "oui")
    card = shown(chat, MODO)
    assert NEED in card.text
    assert "Place des personnes accompagnées" not in card.text
    assert "place des personnes accompagnées et de leurs aidants" in card.text
    await chat.says(BEN, "!doc saisie entrée ehpad")
    assert "F-1" not in chat.last.text
    chat.forget()
    await chat.reacts(MODO, "✅", card)

    assert (await kept(chat))["status"] == "published"
    assert [said.lines[0] for said in to(chat, ANA)] == [
        f"Votre fiche est publiée{N}: Les entrées en EHPAD étaient saisies deux fois (F-1)."
    ]
    await chat.says(BEN, "!doc saisie entrée ehpad")
    assert "F-1 Pratique, une personne de la" in chat.last.text
    assert "fiche:F-1" not in chat.last.text
    await chat.says(BEN, "1")
    assert chat.last.lines[:2] == ["Les entrées en EHPAD étaient saisies deux fois", "F-1 Pratique, par Ana"]
    assert RESULT in chat.last.text
    await chat.reacts(BEN, "👍", chat.last)
    assert await chat.rows("SELECT useful FROM resource WHERE origin = 'F-1'") == [(1,)]


async def test_begun_in_a_room_five_messages_make_a_sheet_and_two_gestures_review_it(chat: Chat) -> None:
    room, written = await chat.direct(ANA), ["!fiche", NEED, DONE, RESULT]
    await chat.direct(MODO)
    await chat.says(ANA, written[0])
    await chat.reacts(ANA, "✅", shown(chat, ANA))
    for text in written[1:]:
        await chat.says(ANA, text, room=room)
    await chat.reacts(ANA, "✅", shown(chat, ANA))
    assert (await kept(chat))["status"] == "in_review"
    assert len(written) <= 5
    await chat.reacts(MODO, "🤔", shown(chat, MODO))
    await chat.says(MODO, "Combien d'entrées par an ?", room=await chat.direct(MODO))
    assert (await kept(chat))["status"] == "to_complete", "two gestures ask back"
    await chat.says(ANA, f"!fiche F-1 résultat {RESULT} Deux cents entrées par an.", room=room)
    await chat.says(ANA, "!fiche F-1 soumettre", room=room)
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    assert (await kept(chat))["status"] == "published", "one publishes"
