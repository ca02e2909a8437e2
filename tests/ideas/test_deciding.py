"""What the team decides about an irritant: with a reason, told once to whom it concerns, never in a circle."""

from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import to
from tests.ideas.reporting import DOUBLE, card, ideas, now_reads, reports, supporters

PAPER = "Trop de papier à la pharmacie"


async def read(chat: Chat, person: str) -> list[str]:
    return [said.text.replace("\u00a0", " ") for said in to(chat, person)]


async def test_what_is_set_aside_says_why_to_whom_it_concerns_once_and_is_taken_back(chat: Chat) -> None:
    for person in (ANA, BEN, CLEO):
        await chat.direct(person)
    shown = await reports(chat)
    await chat.reacts(BEN, "➕", shown)
    chat.forget()
    await chat.says(MODO, "!idée I-1 écarter")
    assert "Dites pourquoi" in chat.last.text
    await chat.confirms(MODO, "!idée I-1 écarter le logiciel change en mars")
    await chat.restarts()
    for person in (ANA, BEN):
        (said,) = await read(chat, person)
        assert "C'est écarté : le logiciel change en mars" in said
    assert await read(chat, CLEO) == []
    assert "C'est écarté" in await now_reads(chat, shown)
    await chat.reacts(CLEO, "➕", shown)
    assert await supporters(chat) == [BEN], "it is over"

    await chat.confirms(MODO, "!admin annuler")
    assert "moi aussi" in await now_reads(chat, shown)
    await chat.reacts(CLEO, "➕", shown)
    assert await supporters(chat) == [BEN, CLEO]


async def test_a_merge_counts_everybody_once_and_is_taken_back(chat: Chat) -> None:
    await reports(chat)
    other = await reports(chat, BEN, "Les entrées sont saisies deux fois")
    for person in (CLEO, MODO):
        await chat.reacts(person, "➕", other)
    await chat.reacts(CLEO, "➕", await card(chat, 1))
    await chat.confirms(MODO, "!idée I-2 fusionner avec I-1")
    assert await supporters(chat, 1) == [CLEO, MODO, BEN]
    assert "C'est regroupé avec I-1" in await now_reads(chat, other)
    await chat.confirms(MODO, "!admin annuler")
    assert await supporters(chat, 1) == [CLEO]
    assert [row["status"] for row in await ideas(chat)] == ["reported", "reported"]


async def test_a_merge_that_is_taken_back_counts_nobody_further_on_either(chat: Chat) -> None:
    """One was merged into another, and that into a third: who came by the first leaves both, who joined stays."""
    for person, text in ((ANA, DOUBLE), (BEN, PAPER), (CLEO, "Un seul ascenseur")):
        await reports(chat, person, text)
    await chat.reacts(MODO, "➕", await card(chat, 1))
    await chat.reacts(BOSS, "➕", await card(chat, 1))
    await chat.reacts(BOSS, "➕", await card(chat, 2))
    await chat.confirms(MODO, "!idée I-1 fusionner I-2")
    await chat.confirms(MODO, "!idée I-2 fusionner I-3")
    await chat.confirms(MODO, "!admin annuler 2")
    assert [set(await supporters(chat, number)) for number in (1, 2, 3)] == [{MODO, BOSS}, {BOSS}, {BEN, BOSS}]
    assert "2 autres personnes" in await now_reads(chat, await card(chat, 3))


async def test_what_may_not_be_is_refused_and_says_why(chat: Chat) -> None:
    """In a circle, into itself, into another kind; by a member, somebody of another community; what is not there."""
    await reports(chat)
    await reports(chat, BEN, PAPER)
    await reports(chat, BEN, "Un café des pharmaciens", kind="")
    await chat.confirms(MODO, "!idée I-1 fusionner I-2")
    rows = {
        (MODO, "!idée I-2 fusionner I-1"): "I-1 n'est plus ouvert",
        (MODO, "!idée I-2 fusionner I-2"): "avec lui-même",
        (MODO, "!idée I-2 fusionner I-3"): "du même type",
        (MODO, "!idée I-2 fusionner I-99"): "Je ne connais pas de I-99",
        (MODO, "!idée I-2 fusionner"): "À regrouper avec lequel",
        (MODO, "!idée I-1 retenir"): "C'est regroupé avec I-2",
        (ANA, "!idée I-2 écarter je n'aime pas"): "C'est l'équipe de la communauté qui en décide",
        (ANA, "!idée I-2 retirer"): "C'est l'équipe de la communauté qui en décide",
        (ANA, "!idée I-2 chanter"): "Je ne comprends pas « chanter »",
        (BEN, "!idée I-2 moi aussi"): "vous comptez déjà",
        (ANA, f"!idée {'x' * 601}"): "601 caractères",
        (ANA, "!idée irritant …"): "Il manque quelque chose",
    }
    wrong = []
    for (person, typed), why in rows.items():
        await chat.says(person, typed)
        if why not in chat.last.text.replace("\u00a0", " "):
            wrong.append((typed, chat.last.text))
    assert wrong == []
    await chat.opens("!rse:example.org", community="rse")
    await chat.says(ANA, "!I-2", room="!rse:example.org")
    assert "Je ne connais pas de I-2 ici" in chat.last.text
    assert [row["status"] for row in await ideas(chat)] == ["merged", "reported", "reported"]


async def test_similar_ones_are_proposed_before_a_new_one_and_different_ones_are_not(chat: Chat) -> None:
    await reports(chat)
    await reports(chat, BEN, PAPER)
    rows = {
        "Doubles saisies à l'entrée en EHPAD": "I-1",
        "Encore une double saisie pour les entrées": "I-1",
        "La pharmacie imprime trop de papiers": "I-2",
        "Les plannings sont connus trop tard": "",
        "On ne trouve pas de place de parking": "",
    }
    wrong = []
    for typed, number in rows.items():
        await chat.says(CLEO, f"!idée irritant {typed}")
        text = chat.last.text.replace("\u00a0", " ")
        if bool(number) != ("Peut-être déjà signalé" in text) or f"({number})" not in text + "()":
            wrong.append((typed, text))
        await chat.says(CLEO, "non")
    assert wrong == []


async def test_a_list_is_of_a_territory_a_stake_or_a_kind(chat: Chat) -> None:
    await reports(chat, options="territorialité", text=f"{DOUBLE}, territoire Bretagne")
    await reports(chat, BEN, "Un café des pharmaciens", kind="")
    await chat.says(BEN, "!idée I-2 territoire Finistère")
    seen = {}
    for words in ("Finistère", "Bretagne", "Ain", "territorialité", "irritants", "idées"):
        await chat.says(CLEO, f"!idée liste {words}")
        seen[words] = [number for number in ("I-1", "I-2") if f"({number})" in chat.last.text]
    assert seen == {
        "Finistère": ["I-1", "I-2"],
        "Bretagne": ["I-1", "I-2"],
        "Ain": [],
        "territorialité": ["I-1"],
        "irritants": ["I-1"],
        "idées": ["I-2"],
    }


async def test_who_leaves_concerns_it_no_more_and_the_old_is_forgotten(chat: Chat) -> None:
    shown = await reports(chat)
    for person in (BEN, CLEO):
        await chat.reacts(person, "➕", shown)
    chat.homeserver.member(chat.room, BEN, "leave")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert await supporters(chat) == [CLEO]
    assert "1 autre personne dit : moi aussi" in await now_reads(chat, shown)
    chat.homeserver.member(chat.room, ANA, "ban")
    await chat.hears(chat.room)
    await chat.passes(days=1)
    assert DOUBLE in await now_reads(chat, shown), "what somebody reported stays"
    await chat.passes(days=731)
    await chat.engine.routine.forget_old()
    assert await ideas(chat) == []


async def test_a_community_that_enough_people_miss_is_offered_to_the_team_once(chat: Chat) -> None:
    await chat.confirms(BOSS, "!admin réglage seuil-communaute 3")
    await chat.confirms(BOSS, f"!admin équipe ajouter {BOSS} administration")
    for person in (ANA, MODO, BOSS):
        await chat.direct(person)
    await chat.confirms(ANA, '!idée communauté "Pharmacie GHT"')
    shown = await card(chat)
    chat.forget()
    await chat.reacts(BEN, "➕", shown)
    assert await read(chat, MODO) == []
    plus = await chat.reacts(CLEO, "➕", shown)
    await chat.redacts(CLEO, plus)
    await chat.reacts(CLEO, "➕", shown)
    (asked,) = to(chat, MODO)
    assert "manque à 3 personnes" in asked.text
    await chat.reacts(MODO, "✅", asked)
    assert await chat.rows("SELECT slug FROM community WHERE slug = 'pharmacie-ght'") == []
    await chat.reacts(BOSS, "✅", to(chat, BOSS)[0])
    assert len(await chat.rows("SELECT slug FROM community WHERE slug = 'pharmacie-ght'")) == 1
    assert any("Cette communauté existe maintenant" in text for text in await read(chat, ANA))
    assert (await ideas(chat))[0]["status"] == "founded"


async def test_a_long_list_goes_on_with_what_is_still_open(chat: Chat) -> None:
    for number, word in enumerate("abcdefghijklmnopqrs"):
        await chat.confirms(MODO if number else ANA, f"!idée irritant Le formulaire {word * 5} manque")
    await chat.says(CLEO, "!idée")
    pages = [chat.last.text]
    await chat.confirms(ANA, "!idée I-1 retirer")
    for _page in range(3):
        await chat.says(CLEO, "suite")
        pages.append(chat.last.text)
    counts = [sum(line.startswith("- ") for line in text.split("\n")) for text in pages]
    assert counts == [8, 8, 2, 0], "the one that was withdrawn meanwhile is left out"
    assert "et 11 de plus" in pages[0].replace("\u00a0", " ")
    assert "et 2 de plus : suite" in pages[1].replace("\u00a0", " ")
    assert "rien de plus" in pages[3]
