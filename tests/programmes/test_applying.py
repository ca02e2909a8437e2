"""A team applies for support: framed in private, agreed to by each, approved by name; complete or not."""

from tests.challenges.opening import opens as opens_challenge
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import to
from tests.help.test_own_data import erases
from tests.ideas.reporting import now_reads
from tests.programmes.applying import (
    DIR,
    NEED,
    PROJECT,
    answers,
    applies,
    complete,
    decides,
    having,
    kept,
    known,
    plain,
    read,
    ready,
    rooms_made,
    status,
    team,
)


async def test_from_a_theme_to_a_supported_team_that_meets_the_others(chat: Chat) -> None:
    await ready(chat)
    await chat.says(ANA, "!appui", room=await chat.direct(ANA))
    assert "- Blocs opératoires" in chat.last.text
    await chat.says(ANA, f"!appui candidater blocs opératoires {BEN} {CLEO}")
    here = [plain(said) for said in chat.messages if said.room_id == chat.room]
    assert having(here, "en conversation privée") == 1, "others need not read the need"
    room = await chat.direct(ANA)
    await answers(chat, ANA, "✅", "Commencer")
    assert "Quel est le besoin" in chat.last.text
    for line in (NEED, PROJECT):
        await chat.says(ANA, line, room=room)
    assert "Qui donne l'accord" in chat.last.text
    await chat.says(ANA, "@ben:example.org", room=room)
    assert "hors de l'équipe" in chat.last.text
    await chat.says(ANA, DIR, room=room)
    preview = chat.last
    assert "personne n'est encore prévenu" in plain(preview)
    assert (read(chat, BEN), read(chat, DIR)) == ([], [])
    await chat.says(ANA, "oui", room=room)
    assert await status(chat) == "incomplete"
    assert "Dir n'a pas répondu" in await now_reads(chat, preview)
    await answers(chat, BEN, "✅")
    await answers(chat, CLEO, "✅")
    assert (await status(chat), await team(chat)) == ("incomplete", [ANA, BEN, CLEO])
    await answers(chat, DIR, "✅")
    assert await status(chat) == "submitted"
    assert having(read(chat, MODO), "est complète") == having(read(chat, ANA), "est complète") == 1

    await chat.says(MODO, "!admin appui P-1")
    assert all(words in plain(chat.last) for words in (NEED, PROJECT, "Ben, médecin", "Accord de la direction : Dir"))
    await decides(chat, "P-1 accepter")
    assert await status(chat) == "accepted"
    for person in (ANA, BEN, CLEO, DIR):
        assert having(read(chat, person), "désormais accompagnée") == 1
    (made,) = rooms_made(chat)
    assert chat.homeserver.invited(made) == [ANA, BEN, CLEO]
    await decides(chat, "P-1 accepter")
    assert "ce n'est plus possible" in plain(chat.last)
    assert having(read(chat, BEN), "désormais accompagnée") == 1


async def test_what_cannot_be_a_team_is_refused_with_the_reason(chat: Chat) -> None:
    more = [f"@m{number}:example.org" for number in range(1, 5)]
    await ready(chat, *more)
    await chat.confirms(MODO, '!admin appui ouvrir "pharmacie interne"')
    await chat.confirms(MODO, '!admin appui ouvrir "pharmacie territoriale"')
    room = await chat.direct(ANA)
    rows = {
        f"blocs opératoires {BEN}": "Vous êtes 2 personnes. Une équipe accompagnée compte au moins 3",
        f"blocs opératoires {' '.join([BEN, *more])}": "Vous êtes 6 personnes. Une équipe accompagnée compte au plus 5",
        f"blocs opératoires {BEN} {BEN} {ANA}": "Vous êtes 2 personnes",
        f"blocs opératoires {BEN} {CLEO} accord {ANA}": "hors de l'équipe",
        f"blocs opératoires {BEN} @zoe:ailleurs.org": "Hors de cette communauté",
        f"stérilisation {BEN} {CLEO}": "ne prend pas de candidatures en ce moment. Ouverts : Blocs opératoires",
        f"hortensias {BEN} {CLEO}": "Quel thème",
        f"pharmacie {BEN} {CLEO}": "Pharmacie interne, Pharmacie territorial",
    }
    wrong = []
    for words, why in rows.items():
        await chat.says(ANA, f"!appui candidater {words}", room=room)
        if why not in plain(chat.last):
            wrong.append((words, plain(chat.last)))
    assert wrong == []
    assert await chat.rows("SELECT id FROM support_application") == []
    await complete(chat)
    await chat.says(ANA, f"!appui candidater blocs {BEN} {CLEO}", room=room)
    assert "Vous portez déjà une candidature sur ce thème : !P-1" in plain(chat.last)
    await chat.says(CLEO, f"!appui candidater blocs {ANA} {BEN}", room=await chat.direct(CLEO))
    assert "Vous êtes déjà dans une équipe" in plain(chat.last)


async def test_one_profession_or_one_establishment_stays_incomplete_and_is_not_accepted(chat: Chat) -> None:
    await ready(chat, theme="biologie")
    for person in (ANA, BEN, CLEO):
        await known(chat, person, "infirmier", "CH de Bourg")
    await known(chat, CLEO, None, None)
    await applies(chat, theme="biologie")
    await answers(chat, BEN, "✅")
    await answers(chat, DIR, "✅")
    await answers(chat, CLEO, "✅")
    assert "Quel est votre métier" in chat.last.text
    room = await chat.direct(CLEO)
    await chat.says(CLEO, "licorne", room=room)
    assert await team(chat) == [ANA, BEN]
    await chat.says(CLEO, "infirmière", room=room)
    assert "Dans quel établissement" in chat.last.text
    await chat.says(CLEO, "C.H. de BOURG", room=room)
    assert await team(chat) == [ANA, BEN, CLEO]
    news = read(chat, ANA)[-1]
    assert "un deuxième métier : une équipe accompagnée est pluriprofessionnelle" in news
    await chat.says(MODO, "!admin appui P-1 accepter")
    assert "Il manque encore" in plain(chat.last)
    assert await status(chat) == "incomplete"
    await known(chat, MODO, "medecin", "CHU de Lyon")
    await chat.says(ANA, "!appui P-1 ajouter Modo", room=await chat.direct(ANA))
    await answers(chat, MODO, "✅")
    assert await status(chat) == "submitted"


async def test_who_declines_leaves_or_is_erased_makes_it_incomplete_and_its_lead_names_another(chat: Chat) -> None:
    second = "@dir2:example.org"
    await ready(chat, second)
    await complete(chat, BEN, CLEO)
    assert await status(chat) == "submitted"
    room = await chat.direct(ANA)
    chat.forget()
    chat.homeserver.member(chat.room, DIR, "leave")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert (await status(chat), (await kept(chat))["approver"]) == ("incomplete", None)
    assert having(read(chat, ANA), "L'accord de Dir manque") == 1
    await chat.says(ANA, f"!appui P-1 accord {second}", room=room)
    await answers(chat, second, "❌")
    assert having(read(chat, ANA), "L'accord de Dir2 manque") == 1
    await chat.says(ANA, f"!appui P-1 accord {MODO}", room=room)
    await answers(chat, MODO, "✅", "accord de la direction")
    assert await status(chat) == "submitted"
    await erases(chat, MODO)
    assert (await status(chat), (await kept(chat))["approved_at"]) == ("incomplete", None)

    await chat.says(ANA, f"!appui P-1 accord {second}", room=room)
    await answers(chat, second, "✅")
    await chat.says(second, "!appui P-1 quitter", room=await chat.direct(second))
    assert (await status(chat), having(read(chat, ANA), "L'accord de Dir2 manque")) == ("incomplete", 2)
    await chat.says(ANA, f"!appui P-1 accord {second}", room=room)
    await answers(chat, second, "✅")
    chat.forget()
    await erases(chat, BEN)
    assert (await status(chat), await team(chat)) == ("incomplete", [ANA, CLEO])
    assert having(read(chat, ANA), "Ben n'est pas dans l'équipe") == 1
    await chat.says(ANA, "!appui P-1 ajouter Boss", room=room)
    assert having(read(chat, ANA), "Toute personne ajoutée") == 1
    assert BEN not in str(await chat.rows("SELECT * FROM support_member"))


async def test_whoever_leads_it_passes_it_on_and_alone_takes_it_back(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    chat.forget()
    chat.homeserver.member(chat.room, ANA, "ban")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert ((await kept(chat))["applicant"], await status(chat)) == (BEN, "incomplete")
    assert having(read(chat, BEN), "c'est vous qui la portez") == 1
    await chat.says(ANA, "!P-1", room=await chat.direct(ANA))
    assert PROJECT not in plain(chat.last)
    await chat.says(CLEO, "!appui P-1 retirer Ben", room=await chat.direct(CLEO))
    assert "Seule la personne qui porte" in plain(chat.last)
    await chat.says(CLEO, "!appui P-1 quitter", room=await chat.direct(CLEO))
    await chat.says(BEN, "!appui P-1 quitter", room=await chat.direct(BEN))
    assert (await status(chat), await team(chat)) == ("withdrawn", [])


async def test_what_its_lead_reads_is_so(chat: Chat) -> None:
    fourth = "@fay:example.org"
    await ready(chat, fourth)
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!appui candidater blocs {BEN} {CLEO} accord {DIR}", room=room)
    await chat.says(ANA, "!P-1", room=room)
    assert ("n'a pas répondu" in plain(chat.last), "!appui P-1 continuer" in chat.last.lines[-1]) == (False, True)
    await chat.says(ANA, f"!appui candidater blocs {BEN} {CLEO}", room=room)
    assert "Pour la reprendre : !appui P-1 continuer" in plain(chat.last)
    await chat.says(ANA, "!appui P-1 quitter", room=room)
    assert ("retirée" in chat.last.text, await status(chat)) == (True, "withdrawn"), "nobody is left in it"
    await applies(chat, BEN, CLEO, fourth)
    for person in (BEN, CLEO, DIR):
        await answers(chat, person, "✅")
    assert await status(chat, 2) == "submitted"
    assert having(read(chat, ANA), "tout le monde") == 0, "one person has not answered"
    await answers(chat, fourth, "❌")
    assert await status(chat, 2) == "submitted"
    assert having(read(chat, ANA), "Fay n'est pas dans l'équipe") == 1
    assert "Elle reste complète" in read(chat, ANA)[-1]
    await chat.says(ANA, "!appui P-2 retirer", room=room)
    assert "Retirer la candidature ?" in plain(chat.last)
    await chat.says(ANA, "oui", room=room)
    await chat.says(ANA, "!P-2", room=room)
    assert "Où elle en est : candidature retirée." in plain(chat.last)


async def test_several_are_added_at_once_and_who_had_agreed_learns_that_it_counts_no_more(chat: Chat) -> None:
    ida, jo, other = (f"@{name}:example.org" for name in ("ida", "jo", "other"))
    await ready(chat, ida, jo, other)
    await complete(chat)
    room = await chat.direct(ANA)
    chat.forget()
    await chat.says(ANA, f"!appui P-1 ajouter {ida} {jo} {other}", room=room)
    assert "Vous êtes 6 personnes" in plain(chat.last)
    await chat.says(ANA, f"!appui P-1 ajouter {ida} et {jo}", room=room)
    assert [having(read(chat, person), "En êtes-vous") for person in (ida, jo, other)] == [1, 1, 0]
    await chat.says(ANA, f"!appui P-1 retirer {other}", room=room)
    assert "Other n'est pas dans l'équipe" in plain(chat.last)
    for person in (CLEO, ida):
        await chat.says(ANA, f"!appui P-1 retirer {person}", room=room)
        assert "Toute personne ajoutée" not in plain(chat.last)
    await chat.says(ANA, f"!appui P-1 accord {other}", room=room)
    assert [having(read(chat, person), "ne vous compte plus") for person in (CLEO, ida, BEN)] == [1, 0, 0]
    assert having(read(chat, DIR), "à quelqu'un d'autre") == 1


async def test_a_theme_that_closes_meanwhile_keeps_the_draft_and_what_was_sent_goes_on(chat: Chat) -> None:
    await ready(chat, until="jusqu'au 20/1")
    await applies(chat)
    room = await chat.direct(MODO)
    await chat.says(MODO, f"!appui candidater blocs {BEN} @boss:example.org accord {DIR}", room=room)
    for line in (NEED, PROJECT):
        await chat.says(MODO, line, room=room)
    await chat.restarts()
    await chat.confirms(MODO, "!admin appui fermer blocs")
    await chat.says(MODO, "oui", reply_to=[said for said in chat.messages if "À relire" in said.text][-1], room=room)
    assert "reste un brouillon" in plain(chat.last)
    assert (await status(chat, 1), await status(chat, 2)) == ("incomplete", "draft")
    for person in (BEN, CLEO, DIR):
        await answers(chat, person, "✅")
    assert await status(chat, 1) == "submitted"
    await chat.confirms(MODO, "!admin annuler")
    await chat.says(MODO, "!appui P-2 continuer", room=room)
    await chat.says(MODO, "oui", room=room)
    assert await status(chat, 2) == "incomplete"
    await answers(chat, BEN, "✅")
    assert "Vous êtes déjà dans une équipe sur ce thème : !P-1" in plain(chat.last)
    assert await team(chat, 2) == [MODO]
    await chat.passes(days=20)
    await chat.says(ANA, "!appui")
    assert "Aucun thème" in plain(chat.last)


async def test_nobody_else_reads_it_or_answers_for_another(chat: Chat) -> None:
    await ready(chat)
    await applies(chat)
    asked = to(chat, BEN)[-1]
    place = await chat.opens("!rse:example.org", community="rse", power={CLEO: 100, MODO: 0})
    for who, line, room in (
        (MODO, "!P-1", None),
        (CLEO, "!admin appui P-1", place),
        (CLEO, "!admin appui P-1 refuser non", place),
        (MODO, "!appui P-1 retirer", None),
    ):
        await chat.says(who, line, room=room)
        assert PROJECT not in plain(chat.last)
        assert "candidature P-1 ici" in plain(chat.last), line
    await chat.reacts(MODO, "✅", asked)
    assert await team(chat) == [ANA]
    await chat.says(BEN, "!P-1")
    assert "en conversation privée" in plain(chat.last)
    assert PROJECT in read(chat, BEN)[-1]
    chat.homeserver.member(chat.room, BEN, "leave")
    await chat.hears(chat.room)
    await chat.reacts(BEN, "✅", asked)
    assert await team(chat) == [ANA]


async def test_a_team_applies_from_a_challenge_and_words_without_anybody_are_a_solution(chat: Chat) -> None:
    await ready(chat)
    await opens_challenge(chat)
    await chat.says(ANA, "!idée C-1 équipe mobile de pharmaciens")
    assert [row[0] for row in await chat.rows("SELECT text FROM solution")] == ["équipe mobile de pharmaciens"]
    room = await chat.direct(ANA)
    await chat.says(ANA, f"!idée C-1 équipe {BEN} {CLEO}", room=room)
    assert "Quel est le besoin" in plain(chat.last)
    assert (await kept(chat))["challenge"] == 1
