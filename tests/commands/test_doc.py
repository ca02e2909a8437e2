"""Promises of `!doc`."""

from dataclasses import replace

import pytest

from bot.resources import resources
from bot.resources.resources import Draft
from bot.resources.tables import Resource
from tests.chat import ANA, BEN, MODO, Chat

COMMUNITIES = ("numerique", "sante-mentale", "rse", "immobilier", "gestion")

WHOLE = Draft(
    title="Admission sans double saisie",
    url="https://example.org/admission",
    summary="Un dossier pour toute l'entrée.",
    kind="outil",
    tags=("entrée", "dossier"),
    source="ANAP",
    ready=True,
    verified_on="2026-03-12",
)


async def write(chat: Chat, *drafts: Draft, community: str = "numerique") -> list[int]:
    """Published resources; returns their numbers."""
    async with chat.database.transaction() as tx:
        await resources.write(tx, community, drafts)
        rows = {row.url: row.id for row in await resources.of_community(tx, community)}
        return [rows[draft.url] or 0 for draft in drafts]


async def row(chat: Chat, number: int) -> object:
    async with chat.database.reading() as tx:
        return await resources.whatever(tx, number, community="numerique")


async def test_a_member_finds_a_resource_by_words_without_accents(chat: Chat) -> None:
    asked = await chat.says(ANA, "!doc messagerie securisee")

    assert "Tchap" in chat.last.text
    assert "https://tchap.numerique.gouv.fr/" in chat.last.text
    assert chat.last.reply_to == asked
    assert not chat.last.rings


async def test_a_result_is_chosen_by_its_number_without_quoting(chat: Chat) -> None:
    await chat.says(ANA, "!doc données de santé")
    second = chat.last.html.split("<li>")[2].partition("<br>")[0]

    await chat.says(ANA, "2")

    assert second in chat.last.html
    assert "https://" in chat.last.text


async def test_more_results_follow_and_then_there_are_no_more(chat: Chat) -> None:
    await chat.says(ANA, "!doc données de santé")
    first = {line for line in chat.last.lines if line.startswith("http")}
    await chat.says(ANA, "suite")
    assert not first & set(chat.last.lines)

    for _ in range(20):
        await chat.says(ANA, "suite")
    assert chat.last.text == "Il n'y a rien de plus."


async def test_a_result_says_what_it_is_who_publishes_it_and_when_it_was_verified(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, "!doc double saisie admission")

    assert chat.last.lines[1:5] == [
        "1. Admission sans double saisie",
        "Un dossier pour toute l'entrée.",
        f"DOC-{number} Outil, ANAP",
        "https://example.org/admission",
    ]
    assert '<li><a href="https://example.org/admission"><strong>Admission sans double saisie</strong>' in chat.last.html

    await chat.says(ANA, "1")
    assert f"DOC-{number} Outil prêt à l'emploi, ANAP, vérifié en mars 2026" in chat.last.lines


@pytest.mark.parametrize(
    ("verified_on", "told"),
    [
        ("2025-11-30", "Outil, à vérifier, ANAP"),
        (None, "Outil, ANAP"),
    ],
)
async def test_what_is_old_is_to_be_verified_and_what_is_unknown_is_left_out(
    chat: Chat, verified_on: str | None, told: str
) -> None:
    (number,) = await write(chat, replace(WHOLE, verified_on=verified_on))
    await chat.says(ANA, "!doc double saisie admission")

    assert chat.last.lines[3] == f"DOC-{number} {told}"


async def test_a_room_gets_three_results_and_a_direct_chat_five(chat: Chat) -> None:
    await write(chat, *(Draft(f"Grille de tri numéro {n}", f"https://example.org/{n}", source="X") for n in range(8)))
    await chat.says(ANA, "!doc grille de tri")
    assert "3. Grille" in chat.last.text
    assert "4. Grille" not in chat.last.text

    await chat.says(ANA, "doc grille de tri", room=await chat.direct(ANA))
    assert "5. Grille" in chat.last.text
    assert "6. Grille" not in chat.last.text


async def test_a_corrected_spelling_is_said(chat: Chat) -> None:
    await write(chat, WHOLE)
    await chat.says(ANA, "!doc admision sans double saisie")

    assert "orthographe corrigée" in chat.last.lines[0]
    assert "admission" in chat.last.lines[0]


async def test_results_that_hold_less_than_half_of_what_was_asked_are_called_close(chat: Chat) -> None:
    await write(chat, WHOLE)
    await chat.says(ANA, "!doc admission zinzolin quetsche mirabelle topinambour")

    assert chat.last.lines[0].startswith("Résultats proches de «\u00a0admission")


async def test_a_filter_alone_lists_that_kind(chat: Chat) -> None:
    await write(chat, WHOLE, Draft("Formation au tri", "https://example.org/f", kind="formation"), community="rse")
    room = await chat.opens("!rse:example.org", community="rse")
    await chat.says(ANA, "!doc formations", room=room)

    assert "Formation au tri" in chat.last.text
    assert "double saisie" not in chat.last.text


async def test_a_number_shows_the_whole_resource(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc doc-{number}")

    assert chat.last.lines[:2] == [
        "Admission sans double saisie",
        f"DOC-{number} Outil prêt à l'emploi, ANAP, vérifié en mars 2026",
    ]
    assert "Un dossier pour toute l'entrée." in chat.last.lines
    assert "Mots-clés\u00a0: entrée, dossier" in chat.last.lines


async def test_the_number_of_another_community_is_unknown(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE, community="rse")
    await chat.says(ANA, f"!doc DOC-{number}")

    assert chat.last.text == f"Je ne connais pas de ressource DOC-{number} ici."


async def test_nothing_found_is_said_noted_and_shown_to_the_team_without_a_name(chat: Chat) -> None:
    await chat.says(ANA, "!doc zinzolin quetsche")
    assert chat.last.lines[0] == "Je n'ai rien trouvé pour «\u00a0zinzolin quetsche\u00a0»."
    assert "sans votre nom" in chat.last.lines[-1]

    await chat.says(ANA, "!doc Zinzolin Quetsche")
    await chat.says(MODO, "!admin recherches")
    assert "- Zinzolin Quetsche (2)" in chat.last.lines
    assert "ana" not in chat.last.text.lower().replace("administration", "")


async def test_only_the_team_sees_what_was_looked_for_in_vain(chat: Chat) -> None:
    await chat.says(ANA, "!doc zinzolin quetsche")
    await chat.says(ANA, "!admin recherches")

    assert "zinzolin" not in chat.last.text
    assert "équipe de la communauté" in chat.last.text


# ── answers to results ────────────────────────────────────────────────────────────────────────────────────


async def test_useful_counts_once_a_person_and_its_removal_undoes_it(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc DOC-{number}")
    card = chat.last
    first = await chat.reacts(ANA, "👍", card)
    assert await counted(chat, number) == (1, 0)

    await chat.says(ANA, "utile", reply_to=card)
    assert await counted(chat, number) == (1, 0)

    await chat.redacts(ANA, first)
    assert await counted(chat, number) == (0, 0)


async def test_not_useful_replaces_useful(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc DOC-{number}")
    card = chat.last
    first = await chat.reacts(ANA, "👍", card)
    await chat.reacts(ANA, "👎", card)
    await chat.redacts(ANA, first)

    assert await counted(chat, number) == (0, 1)


async def test_a_vote_and_what_is_out_of_date_are_said_by_number_too(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc DOC-{number} pas utile")
    assert await counted(chat, number) == (0, 1)

    await chat.says(ANA, f"!doc DOC-{number} n’est plus à jour")
    assert "à vérifier" in chat.last.text


async def test_under_a_list_the_vote_is_for_the_first_result(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, "!doc admission sans double saisie")
    await chat.reacts(MODO, "👍", chat.last)

    assert await counted(chat, number) == (1, 0)


async def counted(chat: Chat, number: int) -> tuple[int, int]:
    found = await row(chat, number)
    assert isinstance(found, Resource)
    return found.useful, found.useless


async def test_useful_is_said_without_quoting_by_whoever_searched(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, "!doc admission sans double saisie")
    await chat.says(MODO, "utile")
    assert await counted(chat, number) == (0, 0)

    await chat.says(ANA, "utile")
    assert await counted(chat, number) == (1, 0)


async def test_yes_searches_again_for_what_was_meant(chat: Chat) -> None:
    await write(chat, WHOLE)
    await chat.says(ANA, "!doc adimsisom")
    assert "Vouliez-vous dire «\u00a0admission\u00a0»" in chat.last.text
    await chat.says(ANA, "oui")

    assert WHOLE.url in chat.last.text


async def test_nobody_else_searches_again(chat: Chat) -> None:
    await write(chat, WHOLE)
    await chat.says(ANA, "!doc adimsisom")
    await chat.reacts(MODO, "✅", chat.last)
    assert WHOLE.url not in chat.last.text

    await chat.reacts(ANA, "✅", chat.last)
    assert WHOLE.url in chat.last.text


async def test_a_number_in_reply_to_a_list_shows_that_resource(chat: Chat) -> None:
    first, second = Draft("Grille de tri", "https://example.org/1"), Draft("Grille de tri bis", "https://example.org/2")
    await write(chat, first, second)
    await chat.says(ANA, "!doc grille de tri")
    wanted = chat.last.lines[chat.last.lines.index("https://example.org/2") - 2 :]
    await chat.says(ANA, "2", reply_to=chat.last)

    assert wanted
    assert "https://example.org/2" in chat.last.text
    assert "https://example.org/1" not in chat.last.lines


async def test_a_changed_search_changes_its_answer(chat: Chat) -> None:
    asked = await chat.says(ANA, "!doc xyzzy")
    answer = chat.last
    await chat.edits(ANA, asked, "!doc messagerie sécurisée")
    assert chat.last.edits == answer.event_id
    assert "https://tchap.numerique.gouv.fr/" in chat.last.text


async def test_a_search_taken_back_takes_its_answer_with_it(chat: Chat) -> None:
    asked = await chat.says(ANA, "!doc messagerie sécurisée")
    answer = chat.last
    await chat.redacts(ANA, asked)
    assert chat.sent[-1].content == {"redacts": answer.event_id}


async def test_the_same_search_shows_the_same_with_what_suits_ones_workplace_first(chat: Chat) -> None:
    await write(
        chat,
        Draft("Choisir un lit", "https://example.org/h", tags=("hôpital",)),
        Draft("Choisir un lit", "https://example.org/e", tags=("EHPAD",)),
    )
    await chat.says(BEN, "moi profil EHPAD, Ain", room=await chat.direct(BEN))
    shown = {}
    for person in (ANA, BEN):
        await chat.says(person, "!doc choisir un lit")
        shown[person] = [line for line in chat.last.lines if line.startswith("https://example.org/")]
    assert shown[BEN] == shown[ANA][::-1] == ["https://example.org/e", "https://example.org/h"]


async def test_between_equal_matches_what_is_ready_comes_first_in_the_answer_too(chat: Chat) -> None:
    await write(
        chat,
        Draft("Choisir un brancard", "https://example.org/long", summary="Un guide."),
        Draft("Choisir un brancard", "https://example.org/pret", summary="Un guide à lire.", ready=True),
    )
    await chat.says(ANA, "!doc choisir un brancard")
    assert chat.last.text.index("/pret") < chat.last.text.index("/long")


async def test_what_holds_no_word_or_somebody_s_address_is_not_noted_as_missing(chat: Chat) -> None:
    for words in ("🙂🙂", "l'", '"'):
        await chat.says(ANA, f"!doc {words}")
        assert "au moins un mot" in chat.last.text
    await chat.says(ANA, "!doc @cleo:example.org xylophone")
    assert "J'ai noté" not in chat.last.text
    await chat.says(MODO, "!admin recherches")
    assert "cleo" not in chat.last.text


async def test_an_unknown_number_is_said_to_be_so_whatever_follows_it(chat: Chat) -> None:
    for words in ("DOC-999", "DOC-999 périmé", "DOC-999 à jour"):
        await chat.says(ANA, f"!doc {words}")
        assert chat.last.text == "Je ne connais pas de ressource DOC-999 ici."


async def test_other_words_behind_a_number_are_answered_with_those_that_may_stand_there(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc DOC-{number} bidule")
    said = (
        "vous pouvez écrire «\u00a0utile\u00a0», «\u00a0pas utile\u00a0», «\u00a0vérifié\u00a0» ou «\u00a0périmé\u00a0»"
    )
    assert chat.last.text == f"Après DOC-{number}, {said}, ou rien pour voir la ressource."
    await chat.says(ANA, "!doc DOC-999 bidule")
    assert chat.last.text == "Je ne connais pas de ressource DOC-999 ici."
    assert await chat.rows("SELECT * FROM search_miss") == []


async def test_somebody_in_danger_is_told_where_to_turn_and_nothing_is_noted(chat: Chat) -> None:
    for words in ("je veux mourir", "un patient menace de se suicider"):
        await chat.says(ANA, f"!doc {words}")
        assert "3114" in chat.last.text
    assert await chat.rows("SELECT * FROM search_miss") == []


async def test_what_turns_the_writing_around_is_not_repeated(chat: Chat) -> None:
    await chat.says(ANA, "!doc xylophone \u202egnp.exe")
    assert "\u202e" not in chat.last.text


async def test_a_number_after_a_search_without_results_is_meant_for_somebody_else(chat: Chat) -> None:
    await chat.says(ANA, "!doc zinzolin")
    chat.forget()
    await chat.says(ANA, "2")

    assert chat.texts == []


@pytest.mark.parametrize("community", COMMUNITIES)
async def test_what_help_proposes_to_try_finds_something_everywhere(chat: Chat, community: str) -> None:
    room = chat.room if community == "numerique" else await chat.opens("!other:example.org", community=community)
    await chat.says(ANA, "!aide doc", room=room)
    tried = next(line[2:].partition("\u00a0: ")[0] for line in chat.last.lines if line.startswith("- "))
    await chat.says(ANA, tried, room=room)

    assert "3 ressources" in chat.last.text


@pytest.mark.parametrize("words", ["DOC-{number} périmé", "périmé DOC-{number}", "DOC-{number} obsolète"])
async def test_it_is_out_of_date_is_said_in_either_order(chat: Chat, words: str) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc {words.format(number=number)}")

    assert "signalée «\u00a0à vérifier\u00a0»" in chat.last.text


async def test_out_of_date_alone_asks_for_the_number_and_is_no_search(chat: Chat) -> None:
    await chat.says(ANA, "!doc périmé")

    assert chat.last.text == "De quelle ressource s'agit-il\u00a0? Écrivez son numéro\u00a0: !doc DOC-4 périmé"
    assert await chat.rows("SELECT * FROM search_miss") == []


@pytest.mark.parametrize("quoted", ["“zinzolin”", "« zinzolin »", '"zinzolin"'])
async def test_quotes_around_words_are_no_part_of_them(chat: Chat, quoted: str) -> None:
    await chat.says(ANA, f"!doc {quoted}")

    assert "Je n'ai rien trouvé pour «\u00a0zinzolin\u00a0»." in chat.last.lines
    assert await chat.rows("SELECT words FROM search_miss") == [("zinzolin",)]


async def test_useful_written_in_private_is_not_met_with_silence(chat: Chat) -> None:
    await write(chat, WHOLE)
    room = await chat.direct(ANA)
    await chat.says(ANA, "doc admission sans double saisie", room=room)
    await chat.says(ANA, "utile", room=room)

    assert chat.last.text.startswith("Merci, c'est noté\u00a0: DOC-")
