"""Promises of asking: what is shown before it leaves, and what never leaves."""

import pytest
from sqlmodel import select

from bot.help.tables import HelpRequest
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import QUESTION, asks, made_rooms, offers, shown, to, volunteers, works

SHOWN = ["✅", "❌"]


async def requests(chat: Chat) -> list[HelpRequest]:
    async with chat.database.reading() as tx:
        return list(await tx.exec(select(HelpRequest)))


async def test_nothing_leaves_before_its_author_has_seen_it(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    room = await chat.direct(ANA)

    await chat.says(ANA, f"!expert {QUESTION}", room=room)

    shown = chat.messages[-1]
    assert "Sujet\u00a0: interopérabilité" in shown.text
    assert f"«\u00a0{QUESTION.replace(' ?', ' ?')}\u00a0»" in shown.text
    assert "Visible\u00a0: EHPAD, Ain\u00a0;" in shown.text
    assert "Nouvelles\u00a0: vendredi 8 janvier à 18\u00a0h\u00a000" in shown.text
    assert [said.emoji for said in chat.sent if said.emoji] == SHOWN
    assert offers(chat) == []


async def test_the_resource_that_may_answer_already_is_shown_in_the_preview(chat: Chat) -> None:
    await chat.says(ANA, f"!expert {QUESTION}")

    assert sum("À lire aussi\u00a0:" in line and "DOC-" in line for line in chat.last.lines) == 1
    assert '<a href="https://' in chat.last.html
    assert len(chat.last.lines) <= 12
    await chat.says(ANA, "forme visio", reply_to=chat.last)
    assert len(chat.last.lines) <= 12


async def test_yes_sends_it_to_the_first_two_and_says_so(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO, MODO)
    await asks(chat, ANA)

    assert len(offers(chat)) == 2
    assert "C'est envoyé\u00a0: interopérabilité (D-1)." in shown(chat, ANA).text


async def test_no_sends_nothing_and_forgets_the_question(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!expert {QUESTION}")
    await chat.reacts(ANA, "❌", chat.last)

    assert chat.last.text == "Rien n'a été envoyé, et votre question est oubliée."
    assert [(one.status, one.text) for one in await requests(chat)] == [("cancelled", "")]
    assert offers(chat) == []


async def test_nobody_else_sends_it(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!expert {QUESTION}")
    card = chat.last
    chat.forget()
    await chat.reacts(CLEO, "✅", card)
    await chat.reacts(MODO, "❌", card)

    assert chat.sent == []


async def test_a_second_yes_sends_nothing_twice(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)
    card = chat.last
    await chat.reacts(ANA, "✅", card)
    chat.forget()
    await chat.reacts(ANA, "👍", card)

    assert chat.messages == []


async def test_an_edited_question_changes_the_same_draft(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    asked = await chat.says(ANA, f"!expert {QUESTION}")
    await chat.edits(ANA, asked, "!expert Comment choisir un outil de télésanté en EHPAD ?")

    (request,) = await requests(chat)
    assert request.topic == "telesante"
    assert "télésanté" in chat.last.text
    assert chat.last.edits


async def test_the_topic_is_changed_in_one_step(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)
    await chat.says(ANA, "sujet cybersécurité", room=room)

    assert "Sujet\u00a0: cybersécurité" in chat.last.text
    await chat.says(ANA, "sujet 9", room=room)
    assert "Sujet\u00a0: télésanté" in chat.last.text


async def test_a_question_without_a_topic_asks_for_one_by_number(chat: Chat) -> None:
    await volunteers(chat, BEN)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert Qui peut nous aider à y voir plus clair ?", room=room)

    assert "Quel sujet\u00a0? (rien n'est parti)" in chat.last.text
    assert "3. Interopérabilité" in chat.last.text
    await chat.reacts(ANA, "✅", chat.last)
    assert chat.last.text == "Choisissez d'abord un sujet, par exemple sujet 3"
    assert offers(chat) == []


@pytest.mark.parametrize("question", ["", "   ", "aide", "interop ?"])
async def test_a_question_that_is_none_says_what_is_missing(chat: Chat, question: str) -> None:
    await chat.says(ANA, f"!expert {question}")

    assert len(chat.messages) == 1
    assert "question" in chat.last.text
    assert await requests(chat) == []


async def test_nine_thousand_characters_are_too_many_to_read_on_a_phone(chat: Chat) -> None:
    await chat.says(ANA, "!expert " + "interopérabilité " * 550)

    assert "trop longue pour être lue sur un téléphone" in chat.last.text
    assert await requests(chat) == []


async def test_a_patients_number_is_neither_kept_nor_repeated(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert Le dossier de 1 55 08 99 999 999 19 ne s'ouvre pas, que faire ?", room=room)

    assert await requests(chat) == []
    assert offers(chat) == []
    assert all("99 999 999" not in said.text for said in chat.sent)
    assert "numéro de sécurité sociale" in chat.last.text


async def test_an_emergency_goes_nowhere_until_its_author_says_that_it_can_wait(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert Urgence vitale, un résident fait un arrêt cardiaque, que faire ?", room=room)

    assert chat.last.lines[0].startswith("Je ne peux pas traiter une urgence")
    assert "3114" in chat.last.text
    card = chat.last
    await chat.reacts(ANA, "✅", card)
    assert offers(chat) == []

    await chat.says(ANA, "continuer", room=room)
    assert "Quel sujet\u00a0?" in chat.last.text


async def test_anonymous_is_refused_in_a_room_with_the_reason(chat: Chat) -> None:
    await chat.says(ANA, f"!expert anonyme {QUESTION}")

    assert chat.last.lines[0].startswith("Dans un salon, votre nom figure au-dessus de votre question.")
    assert await requests(chat) == []


async def test_a_fourth_open_request_waits_for_one_to_close(chat: Chat) -> None:
    for _number in range(3):
        await asks(chat, ANA)
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)

    assert "Vous avez 3 demandes ouvertes." in chat.last.text


async def test_a_draft_left_alone_is_forgotten_after_a_day_and_its_author_told_once(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)
    chat.forget()
    await chat.passes(hours=25)

    assert [(one.status, one.text) for one in await requests(chat)] == [("cancelled", "")]
    assert [said.lines[0] for said in chat.messages] == [
        "ana, votre saisie a attendu trop longtemps une réponse\u00a0: je l'ai refermée. Rien n'a été fait."
    ]


async def test_a_request_of_another_person_is_as_unknown_as_none(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    room = await chat.direct(MODO)
    await chat.says("@zoe:example.org", "!expert D-1")
    first = chat.last.text
    await chat.says("@zoe:example.org", "!expert D-999")

    assert room
    assert first == "Je ne connais pas de demande D-1 qui vous concerne."
    assert chat.last.text == "Je ne connais pas de demande D-999 qui vous concerne."
    assert made_rooms(chat) == []


async def test_people_see_where_their_requests_stand(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert mes", room=room)
    assert "interopérabilité (D-1)\u00a0: des volontaires ont reçu la demande" in chat.last.text
    await chat.says(ANA, "moi", room=room)
    assert "interopérabilité (D-1)\u00a0: des volontaires ont reçu la demande" in chat.last.text
    await chat.says(ANA, "!expert D-1", room=room)
    assert "personne n'a encore accepté" in chat.last.text


async def test_giving_up_closes_the_volunteers_cards_quietly(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    chat.forget()
    room = await chat.direct(ANA)
    await chat.says(ANA, "annuler", room=room)

    assert [said.text for said in chat.messages] == ["Votre demande D-1 est refermée."]
    edits = [said for said in chat.sent if said.edits]
    assert len(edits) == 2
    assert all("est refermée" in said.text and QUESTION not in said.text for said in edits)


@pytest.mark.parametrize(("option", "said"), [("par téléphone", "par téléphone"), ("en visio", "en visio")])
async def test_how_one_wishes_to_be_helped_is_shown_to_both_and_may_be_changed(
    chat: Chat, option: str, said: str
) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!expert {option} {QUESTION}")
    assert f"- Si possible {said}." in chat.last.lines
    assert option not in next(line for line in chat.last.lines if line.startswith("«"))
    await chat.says(ANA, "forme écrit", reply_to=chat.last)
    await chat.reacts(ANA, "✅", chat.last)

    assert "Si possible par écrit." in offers(chat)[0].text


async def test_in_a_room_a_bare_yes_sends_the_own_draft_once_and_nobody_elses(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await chat.says(ANA, f"!expert {QUESTION}")
    await chat.says(MODO, "!doc DPI")
    await chat.says(MODO, "oui")
    assert offers(chat) == []
    await chat.says(ANA, "oui")
    assert len(offers(chat)) == 2

    chat.forget()
    for word in ("oui", "non"):
        await chat.says(ANA, word)
    assert chat.texts == []


async def test_in_a_room_the_words_of_a_draft_answer_it_for_a_while_after_a_restart_too(chat: Chat) -> None:
    await chat.says(ANA, f"!expert {QUESTION}")
    await chat.restarts()
    await chat.says(ANA, "sujet messagerie")
    assert "Sujet\u00a0: messagerie sécurisée" in chat.last.text
    asked = len(chat.messages)
    await chat.says(BEN, "sujet 3")
    await chat.says(ANA, "sujet 3", thread="$elsewhere")
    await chat.says(ANA, "sujet sérieux, on en reparle demain matin")
    await chat.passes(minutes=16)
    await chat.says(ANA, "sujet 3")
    assert len(chat.messages) == asked


@pytest.mark.parametrize("deletes", [True, False])
async def test_a_draft_goes_with_its_command_and_so_does_all_that_quotes_it(chat: Chat, deletes: bool) -> None:
    command = await chat.says(ANA, f"!expert {QUESTION}")
    await chat.says(ANA, "sujet 4")
    quoting = [said.event_id for said in chat.messages if QUESTION in said.text]
    if deletes:
        await chat.redacts(MODO, command)
    else:
        await chat.edits(ANA, command, "finalement non")

    gone = [said.content["redacts"] for said in chat.sent if "redacts" in said.content]
    assert (len(quoting), sorted(gone)) == (2, sorted(quoting))
    assert [(one.status, one.text) for one in await requests(chat)] == [("cancelled", "")]


async def test_a_new_question_takes_the_place_of_the_draft_before(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!expert {QUESTION}")
    first = chat.last
    await chat.says(ANA, f"!expert {QUESTION} Et comment\u00a0?")
    await chat.reacts(ANA, "✅", first)
    assert "rien n'a été envoyé" in chat.last.text
    await chat.says(ANA, "oui")

    assert sorted(one.status for one in await requests(chat)) == ["cancelled", "seeking"]
    assert ["Et comment" in said.text for said in offers(chat)] == [True]


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("passer", "Ce n'est pas possible pour cette demande"),
        ("sujet 3", "Ce n'est pas possible pour cette demande"),
        ("répondre Oui", "Personne n'attend de réponse"),
        ("truc", "Je n'ai pas compris «\u00a0truc\u00a0»"),
    ],
)
async def test_a_step_that_cannot_be_says_why(chat: Chat, step: str, answer: str) -> None:
    await asks(chat, ANA)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert D-1 annuler", room=room)

    await chat.says(ANA, f"!expert D-1 {step}", room=room)

    assert chat.last.text.startswith(answer)


async def test_what_was_sent_is_no_answer_to_the_next_question(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!expert {QUESTION}")
    await chat.says(ANA, "oui")
    await chat.says(ANA, "!dok messagerie")
    await chat.says(ANA, "oui")

    assert "pour «\u00a0messagerie\u00a0»" in chat.last.lines[0]


async def test_nobody_being_there_is_said_once_in_private(chat: Chat) -> None:
    await asks(chat, ANA)

    assert ["Personne n'est encore disponible" in said.text for said in to(chat, ANA)[1:]] == [True]
    await chat.says(ANA, "annuler", room=await chat.direct(ANA))
    assert (await requests(chat))[0].status == "cancelled"


async def test_what_was_never_sent_is_its_authors_alone(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)
    await chat.says(ANA, "non", room=room)
    await chat.says(MODO, "!D-1")
    assert chat.last.text == "Je ne connais pas de demande D-1 qui vous concerne."
    await chat.says(ANA, "D-1", room=room)

    assert "elle a été abandonnée" in chat.last.text
