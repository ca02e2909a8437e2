"""A sheet is reviewed by a volunteer who knows its topic, else by the team; never by who signs it."""

import pytest

from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import TOPIC, sets, volunteers
from tests.help.test_own_data import erases
from tests.sheets.writing import DONE, NEED, RESULT, answers, kept, publishes, shown, still_read, submits, to, writes

N = "\u00a0"


def cards(chat: Chat, person: str) -> list[str]:
    return [said.event_id for said in to(chat, person) if said.text.startswith("Une fiche à relire")]


async def submitted(chat: Chat, *reviewers: str) -> None:
    """Ana's sheet about a topic that these volunteers know."""
    await volunteers(chat, *reviewers)
    await writes(chat, ANA, f"!fiche F-1 sujet {TOPIC}")
    chat.forget()
    await answers(chat, ANA, "!fiche F-1 soumettre")


async def test_a_volunteer_is_asked_first_then_another_then_the_team(chat: Chat) -> None:
    await chat.direct(MODO)
    await submitted(chat, BEN, CLEO)
    first, second = (BEN, CLEO) if cards(chat, BEN) else (CLEO, BEN)
    assert [len(cards(chat, person)) for person in (first, second, MODO, ANA)] == [1, 0, 0, 0]
    await chat.reacts(first, "❌", to(chat, first)[-1])
    assert [len(cards(chat, person)) for person in (first, second, MODO)] == [1, 1, 0]
    await chat.passes(days=4)
    assert [len(cards(chat, person)) for person in (first, second, MODO)] == [1, 1, 1]
    await chat.reacts(first, "✅", to(chat, first)[0])
    assert (await kept(chat))["status"] == "in_review", "who declined has no say any more"
    await chat.reacts(second, "✅", to(chat, second)[-1])
    late = to(chat, MODO)[-1]
    chat.forget()
    await chat.reacts(MODO, "✅", late)

    assert (await kept(chat))["status"] == "published"
    assert to(chat, ANA) == [], "once"


async def test_what_is_missing_goes_back_in_two_gestures_without_the_reviewers_name(chat: Chat) -> None:
    await submitted(chat, BEN)
    await chat.reacts(BEN, "🤔", to(chat, BEN)[-1])
    assert chat.last.text.startswith("Que manque-t-il à")
    await answers(chat, BEN, "Combien d'entrées par mois ?")

    asked = to(chat, ANA)[-1]
    assert "Combien d'entrées par mois" in asked.text
    assert "Ben" not in asked.text
    assert (await kept(chat))["status"] == "to_complete"
    await answers(chat, ANA, "!fiche F-1 indicateur 40 entrées par mois", "!fiche F-1 soumettre")
    assert (await kept(chat))["status"] == "in_review"
    await answers(chat, BEN, "compléter encore le contact")
    assert (await kept(chat))["missing"] == "encore le contact"


@pytest.mark.parametrize("person", [ANA, BEN])
async def test_neither_who_signs_it_nor_a_bystander_publishes_it(chat: Chat, person: str) -> None:
    await submits(chat)
    card = shown(chat, MODO)
    await chat.reacts(person, "✅", card, room=card.room_id)
    await answers(chat, person, "!fiche F-1 publier")

    assert (await kept(chat))["status"] == "in_review"


async def test_of_the_team_an_author_is_not_asked_and_may_not(chat: Chat) -> None:
    await submits(chat, MODO)
    assert cards(chat, MODO) == []
    assert "Je ne vois encore personne" in chat.last.text
    await answers(chat, MODO, "!fiche F-1 publier")
    assert chat.last.text.startswith("Personne ne relit une fiche qui porte sa signature")
    levels = {"users": {MODO: 50, CLEO: 50}}
    await chat.does(BOSS, "m.room.power_levels", levels, state_key="")
    await answers(chat, CLEO, "!fiche relire")
    assert "en relecture" in chat.last.text
    await answers(chat, CLEO, "!fiche F-1 publier")
    assert (await kept(chat))["status"] == "published"


async def test_a_reviewer_who_leaves_is_replaced(chat: Chat) -> None:
    await submitted(chat, BEN, CLEO)
    first, second = (BEN, CLEO) if cards(chat, BEN) else (CLEO, BEN)
    chat.homeserver.member(chat.room, first, "ban")
    await chat.hears(chat.room)
    await chat.passes(minutes=1)

    assert len(cards(chat, second)) == 1
    await chat.reacts(first, "✅", to(chat, first)[0])
    assert (await kept(chat))["status"] == "in_review"


async def test_a_volunteer_whose_month_is_full_is_not_asked(chat: Chat) -> None:
    await sets(chat, BEN, month_cap=0)
    await chat.direct(MODO)
    await submitted(chat, BEN)

    assert [len(cards(chat, person)) for person in (BEN, MODO)] == [0, 1]


async def test_erased_its_author_is_a_former_member_and_its_sense_stays(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche", "Un deuxième besoin, pas encore publié", "annuler")
    await erases(chat, ANA)

    assert [tuple(row) for row in await chat.rows("SELECT author, status, need FROM sheet ORDER BY id")] == [
        (None, "published", NEED),
        (None, "withdrawn", ""),
    ]
    await chat.says(BEN, "!F-1")
    assert chat.last.lines[1] == "F-1 Pratique, par un ancien membre"


async def test_of_a_withdrawn_sheet_no_word_is_left(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 conseil Un seul service", "!fiche F-1 retirer", "oui")
    stored = str(await chat.rows("SELECT * FROM sheet")) + str(
        await chat.rows("SELECT * FROM resource WHERE origin = 'F-1'")
    )
    assert [word for word in ("secrétariats", "EHPAD", "service") if word in stored] == []


async def test_withdrawn_it_is_found_no_more_and_its_number_says_so(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 retirer")
    assert "ne serait plus visible" in chat.last.text
    await answers(chat, ANA, "oui")
    await chat.says(BEN, "!doc saisie entrée ehpad")

    assert "F-1" not in chat.last.text
    await answers(chat, ANA, "!F-1")
    assert chat.last.text == f"F-1{N}: retirée"


async def test_the_team_says_why_it_archives_and_the_author_reads_it(chat: Chat) -> None:
    await publishes(chat)
    room = await chat.direct(MODO)
    await chat.says(MODO, "!fiche F-1 archiver", room=room)
    assert "ne serait plus visible" in chat.last.text
    await chat.says(MODO, "oui", room=room)

    assert to(chat, ANA)[-1].text.startswith("Les entrées en EHPAD étaient saisies deux fois (F-1) n'est plus visible")
    assert (await kept(chat))["status"] == "archived"


@pytest.mark.parametrize(
    "words",
    [
        "Il faut un indicateur de résultat, merci",
        "Aide des familles : qui la coordonne ?",
        "Rendez-vous avec les aidants : à quelle fréquence ?",
        "J'ai besoin d'un exemple",
        "Non, ce n'est pas assez précis sur les moyens",
    ],
)
async def test_whatever_a_reviewer_writes_next_goes_to_the_authors(chat: Chat, words: str) -> None:
    await submitted(chat, BEN)
    await chat.reacts(BEN, "🤔", to(chat, BEN)[-1])
    await answers(chat, BEN, words)

    row = await kept(chat)
    assert (row["status"], row["missing"]) == ("to_complete", words)


@pytest.mark.parametrize("words", ["annuler", "!aide", "merci", "aide", "non", "oui"])
async def test_a_command_or_a_bare_yes_or_no_is_no_comment(chat: Chat, words: str) -> None:
    await submitted(chat, BEN)
    await chat.reacts(BEN, "🤔", to(chat, BEN)[-1])
    await answers(chat, BEN, words)

    row = await kept(chat)
    assert (row["status"] != "to_complete", row["missing"]) == (True, "")


async def test_a_reviewer_whose_colleague_decided_meanwhile_reads_that(chat: Chat) -> None:
    await chat.direct(MODO)
    await submitted(chat, BEN)
    await chat.reacts(BEN, "🤔", to(chat, BEN)[-1])
    await answers(chat, MODO, "!fiche F-1 publier")
    await answers(chat, BEN, "Il manque un exemple")

    assert chat.last.text.startswith("Les entrées en EHPAD étaient saisies deux fois (F-1) vient d'être publiée")
    assert (await kept(chat))["status"] == "published"
    await answers(chat, BEN, "Il manque un exemple")
    assert "vient d'être publiée" not in chat.last.text, "once"


async def test_who_said_stop_is_not_asked_to_review(chat: Chat) -> None:
    await chat.direct(MODO)
    await volunteers(chat, BEN)
    await answers(chat, BEN, "stop")
    await submitted(chat)
    assert [len(cards(chat, person)) for person in (BEN, MODO)] == [0, 1]


async def test_of_the_team_too_who_said_stop_is_not_asked(chat: Chat) -> None:
    await answers(chat, MODO, "stop")
    await submits(chat)
    assert cards(chat, MODO) == []


def gone(chat: Chat) -> list[str]:
    """The messages of ours that were removed."""
    return [said.content["redacts"] for said in chat.sent if said.source["type"] == "m.room.redaction"]


async def test_an_answer_that_is_deleted_meanwhile_is_gone_from_every_copy(chat: Chat) -> None:
    """A volunteer who said no and one who has not answered had read it; both copies go, and the second knows why."""
    room = await chat.direct(ANA)
    await volunteers(chat, BEN, CLEO)
    await answers(chat, ANA, "!fiche", NEED)
    done = await chat.says(ANA, "Ce que je ne veux plus dire.", room=room)
    await answers(chat, ANA, RESULT, f"!fiche F-1 sujet {TOPIC}", "!fiche F-1 soumettre")
    first, second = (BEN, CLEO) if cards(chat, BEN) else (CLEO, BEN)
    await chat.reacts(first, "❌", to(chat, first)[-1])
    copies = [*cards(chat, first), *cards(chat, second)]
    chat.forget()
    await chat.restarts()
    await chat.redacts(ANA, done, room=room)
    assert sorted(gone(chat)) == sorted(copies)
    assert [said.lines[0] for said in to(chat, second)] == [
        f"La fiche F-1 n'est plus à relire{N}: une partie en a été retirée."
    ]
    assert to(chat, first) == []
    assert (await kept(chat))["status"] == "to_complete"
    assert any("La fiche n'est plus en relecture." in said.text for said in chat.sent), "its author knows"
    assert await chat.rows("SELECT id FROM outbox WHERE CAST(content AS text) LIKE '%%ne veux plus%%'") == []
    chat.forget()
    await answers(chat, ANA, "!fiche F-1 reprendre", DONE, "oui")
    assert (await kept(chat))["status"] == "in_review"
    assert len(cards(chat, first)) + len(cards(chat, second)) == 1


@pytest.mark.parametrize("ends", ["withdraws", "is erased", "leaves"])
async def test_what_is_withdrawn_meanwhile_is_gone_from_every_copy_and_its_reviewer_knows(
    chat: Chat, ends: str
) -> None:
    """Also what the team read of it by its number, and the question under which it says what is missing."""
    await submitted(chat, BEN)
    await answers(chat, MODO, "!F-1")
    await chat.reacts(MODO, "🤔", to(chat, MODO)[-1])
    await answers(chat, ANA, "!fiche F-1 avec Cleo")
    asked = [said.event_id for said in to(chat, CLEO)]
    copies = [*cards(chat, BEN), *asked]
    chat.forget()
    if ends == "withdraws":
        await answers(chat, ANA, "!fiche F-1 retirer", "oui")
    elif ends == "is erased":
        await erases(chat, ANA)
    else:
        chat.homeserver.member(chat.room, ANA, "leave")
        await chat.hears(chat.room)
        await chat.passes(minutes=1)
    assert (await kept(chat))["status"] == "withdrawn"
    assert set(copies) <= set(gone(chat))
    assert {said for said in still_read(chat, "saisies deux fois") if said != await chat.direct(ANA)} == set()
    assert [said.lines[0] for said in to(chat, BEN)] == [
        f"La fiche F-1 n'est plus à relire{N}: elle ne va pas plus loin."
    ]


async def test_a_further_part_that_is_deleted_meanwhile_leaves_it_with_its_reviewer(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.direct(MODO)
    await writes(chat)
    said = await chat.says(ANA, "!fiche F-1 conditions Une salle de réunion", room=room)
    await answers(chat, ANA, "!fiche F-1 soumettre")
    await answers(chat, ANA, "!fiche F-1 avec Cleo")
    copies = [*cards(chat, MODO), shown(chat, CLEO).event_id]
    assert "salle" in shown(chat, CLEO).text
    chat.forget()
    await chat.redacts(ANA, said, room=room)
    assert sorted(gone(chat)) == sorted(copies)
    assert [person for person in (MODO, CLEO) if "salle" in shown(chat, person).text] == []
    await chat.reacts(CLEO, "✅", shown(chat, CLEO))
    assert "votre nom" in shown(chat, CLEO).text
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    assert ((await kept(chat))["status"], (await kept(chat))["fields"].get("conditions")) == ("published", None)


async def test_what_is_missing_is_gone_for_its_authors_once_the_reviewer_deletes_it(chat: Chat) -> None:
    """Both of what they said: what the sheet still holds, and what it held before."""
    await submitted(chat, BEN)
    await chat.reacts(BEN, "🤔", to(chat, BEN)[-1])
    room = await chat.direct(BEN)
    first = await chat.says(BEN, "Combien d'entrées par mois ?", room=room)
    await answers(chat, ANA, "!fiche F-1 indicateur 40 entrées par mois", "!fiche F-1 soumettre")
    second = await chat.says(BEN, "compléter encore le contact", room=room)
    assert len(still_read(chat, "Combien d'entrées")) == len(still_read(chat, "encore le contact")) == 1
    chat.forget()
    await chat.restarts()
    await chat.redacts(BEN, first, room=room)
    assert still_read(chat, "Combien d'entrées") == []
    assert (await kept(chat))["missing"] == "encore le contact"
    assert to(chat, ANA) == []
    await chat.redacts(BEN, second, room=room)
    assert still_read(chat, "encore le contact") == []
    assert ((await kept(chat))["missing"], (await kept(chat))["status"]) == ("", "to_complete")
    assert [said.lines for said in to(chat, ANA)] == [
        [
            "Ce qui manquait à Les entrées en EHPAD étaient saisies deux fois (F-1) est retiré par qui l'avait dit.",
            f"Quand elle est prête{N}: !fiche F-1 soumettre",
        ]
    ]
