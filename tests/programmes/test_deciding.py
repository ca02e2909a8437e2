"""The community's team opens themes, reads applications by pages, decides; the teams of a theme meet in one room."""

from bot.programmes import SupportApplication, applications, catalogue, themes
from tests.attacks.moves import closes as moves
from tests.attacks.moves import successor
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import joins
from tests.homeserver import BOT
from tests.programmes.applying import (
    DIR,
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

MORE = ("@eva:example.org", "@fred:example.org", "@gil:example.org")


async def second_team(chat: Chat) -> None:
    """Another team on the same theme, complete."""
    for person, job in zip(MORE, ("medecin", "infirmier", "qualite"), strict=True):
        await joins(chat, person)
        await chat.direct(person)
        await known(chat, person, job, None)
    await complete(chat, *MORE[1:], by=MORE[0])


async def test_themes_are_opened_closed_and_taken_back(chat: Chat) -> None:
    await chat.says(MODO, "!admin appui")
    assert "Stérilisation" in plain(chat.last)
    rows = {
        'ouvrir "hortensias"': "Je ne connais pas ce thème",
        'ouvrir "urgences"': "Urgences interne, Urgences territorial",
        'ouvrir "blocs" jusqu\'au 3/1/2027': "cette date est passée",
        'fermer "blocs"': "ne prend déjà pas de candidatures",
        "blocs": "n'a jamais été ouvert ici",
        "P-7": "Je ne connais pas de candidature P-7",
    }
    wrong = []
    for words, why in rows.items():
        await chat.says(MODO, f"!admin appui {words}")
        if why not in plain(chat.last):
            wrong.append((words, plain(chat.last)))
    assert wrong == []
    await chat.says(ANA, '!admin appui ouvrir "blocs"')
    assert "réservée à l'équipe" in plain(chat.last)
    await decides(chat, 'ouvrir "Blocs opératoires" jusqu\'au 30/11')
    await decides(chat, "ouvrir « Urgences territoriales »")
    await chat.says(MODO, '!admin appui ouvrir "urgences territoriales"')
    assert "prend déjà des candidatures ainsi" in plain(chat.last)
    await chat.says(ANA, "!appui")
    assert "Blocs opératoires, jusqu'au mardi 30 novembre 2027" in plain(chat.last)
    assert "Urgences (territorial)" in plain(chat.last)
    await decides(chat, "fermer blocs opératoires")
    await chat.says(ANA, "!appui")
    assert "Blocs" not in plain(chat.last)
    await chat.confirms(MODO, "!admin annuler")
    await chat.says(ANA, "!appui")
    assert "Blocs opératoires, jusqu'au mardi 30 novembre 2027" in plain(chat.last)


async def test_each_end_is_told_once_and_a_refusal_says_why(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    chat.forget()
    await chat.says(MODO, "!admin appui P-1 refuser")
    assert "Dites pourquoi" in plain(chat.last)
    await chat.says(MODO, "!admin appui P-1 accepter")
    waiting = chat.last
    await chat.says(BOSS, "!admin appui P-1 refuser le thème est complet")
    await chat.says(BOSS, "oui")
    await chat.reacts(MODO, "✅", waiting)
    assert "ce n'est plus possible" in plain(chat.messages[-1])
    assert await status(chat) == "refused"
    for person in (ANA, BEN, CLEO, DIR):
        assert having(read(chat, person), "le thème est complet") == 1
    assert rooms_made(chat) == []

    await applies(chat, BEN, CLEO)
    await answers(chat, BEN, "✅")
    chat.forget()
    await chat.confirms(ANA, "!appui P-2 retirer", room=await chat.direct(ANA))
    assert (await status(chat, 2), having(read(chat, BEN), "est retirée")) == ("withdrawn", 1)
    assert having(read(chat, CLEO), "est retirée") == 0, "who never answered learns nothing more"


async def test_a_team_that_is_complete_no_more_is_not_accepted_by_a_preview_that_waits(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    await chat.says(MODO, "!admin appui P-1 accepter")
    waiting = chat.last
    await chat.says(CLEO, "!appui P-1 quitter", room=await chat.direct(CLEO))
    await chat.reacts(MODO, "✅", waiting)
    assert (await status(chat), await team(chat)) == ("incomplete", [ANA, BEN])
    assert rooms_made(chat) == []


async def test_the_teams_of_a_theme_meet_in_one_room_and_who_leaves_is_not_in_it(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    await second_team(chat)
    await decides(chat, "P-1 accepter")
    await chat.restarts()
    await decides(chat, "P-2 accepter")
    (made,) = rooms_made(chat)
    assert chat.homeserver.invited(made) == [ANA, BEN, CLEO, *MORE]
    assert sum(said.room_id == made and "Jamais de donnée" in said.text for said in chat.messages) == 1
    chat.homeserver.member(made, BEN)
    await chat.hears(made)
    await chat.says(ANA, "!appui P-1 salon", room=await chat.direct(ANA))
    assert "Je vous invite dans le salon" in plain(chat.last)
    chat.homeserver.member(chat.room, BEN, "leave")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert BEN not in (*chat.homeserver.invited(made), *chat.homeserver.members(made))
    assert (await status(chat), await team(chat)) == ("accepted", [ANA, CLEO])

    place = await chat.opens("!theme:example.org", community="numerique")
    await chat.confirms(MODO, "!admin appui salon blocs", room=place)
    assert "échangent ici" in plain(chat.last)
    assert set(MORE) <= set(chat.homeserver.invited(place))
    new = await successor(chat, BOSS, of=place)
    await moves(chat, BOSS, place, to=new)
    await chat.hears(new)
    assert await chat.rows("SELECT room_id FROM support_theme") == [(new,)]


async def test_the_room_that_we_made_is_followed_when_it_is_upgraded(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    await decides(chat, "P-1 accepter")
    (made,) = rooms_made(chat)
    for person in (BEN, MODO):
        chat.homeserver.member(made, person)
    await chat.hears(made)
    await chat.passes(minutes=1)
    new = await successor(chat, MODO, of=made)
    chat.homeserver.member(new, CLEO)
    for person in (BOT, ANA):
        chat.homeserver.member(new, person, "join" if person == BOT else "leave")
    await moves(chat, MODO, made, to=new)
    await chat.says(ANA, "!appui P-1 salon", room=await chat.direct(ANA))
    assert ANA in chat.homeserver.invited(new)
    chat.homeserver.member(chat.room, CLEO, "leave")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert CLEO not in chat.homeserver.members(new)
    await chat.restarts()
    await second_team(chat)
    await decides(chat, "P-2 accepter")
    assert (set(MORE) <= set(chat.homeserver.invited(new)), rooms_made(chat)) == (True, [made])


async def test_a_supported_team_works_in_a_room_of_its_own_and_its_end_is_that_of_the_support(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    await decides(chat, "P-1 accepter")
    assert await chat.rows("SELECT community, about FROM team") == [("numerique", "support:1")]
    members = "SELECT person, profession FROM team_member ORDER BY id"
    assert await chat.rows(members) == [(ANA, "infirmier"), (BEN, "medecin"), (CLEO, "infirmier")]
    names = [str(room.state.get(("m.room.name", ""), "")) for room in chat.homeserver.rooms.values()]
    assert having(names, "Blocs opératoires, candidature P-1") == 1
    chat.forget()
    await chat.says(MODO, "!E-1 abandonner le bloc ferme")
    await chat.says(MODO, "oui")
    await chat.passes(minutes=1)
    assert await status(chat) == "ended"
    assert having(read(chat, BEN), "L'appui s'est-il bien déroulé") == 1
    assert having(read(chat, BEN), "L'appui de cette équipe est terminé") == 0, "the end of the team was told"
    await decides(chat, "P-1 terminer")
    assert "ce n'est plus possible" in plain(chat.messages[-1])


async def test_who_leaves_a_supported_team_leaves_its_rooms_and_who_leads_it_next_is_told(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    await decides(chat, "P-1 accepter")
    await chat.passes(minutes=1)
    chat.forget()
    for person, words in ((DIR, "salon"), (ANA, "salon")):
        await chat.says(person, "!appui", room=await chat.direct(person))
        assert (f"!appui P-1 {words}" in plain(chat.last)) == (person == ANA), "whoever approved is not in that room"
    await chat.says(DIR, "!appui P-1 quitter", room=await chat.direct(DIR))
    assert "ce n'est plus possible" in plain(chat.last)
    await chat.says(ANA, "!appui P-1 quitter", room=await chat.direct(ANA))
    assert "continue sans vous" in read(chat, ANA)[-1]
    assert (await team(chat), (await kept(chat))["applicant"]) == ([BEN, CLEO], BEN)
    assert await chat.rows("SELECT person FROM team_member ORDER BY id") == [(BEN,), (CLEO,)]
    assert having(read(chat, BEN), "c'est vous qui la portez") == 1
    assert having(read(chat, BEN), "P-1 retirer") == 0, "a supported one is not taken back"


async def test_a_hundred_and_seventy_five_teams_are_read_ten_at_a_time(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        theme = catalogue.every()["blocs-operatoires"]
        row = await themes.set_open(tx, "numerique", theme, is_open=True, until=None, now=chat.now)
        for number in range(175):
            one = SupportApplication(
                account=BOT,
                community="numerique",
                theme=row.id or 0,
                applicant=ANA,
                status="incomplete" if number else "submitted",
                project=f"Projet {number}",
                begun_at=chat.now,
                changed_at=chat.now,
            )
            await applications.write(tx, one)
    seen: list[str] = []
    await chat.says(MODO, "!admin appui blocs")
    while "rien de plus" not in plain(chat.last):
        assert len(chat.last.lines) <= 22
        seen += [line for line in plain(chat.last).splitlines() if line.startswith("Projet")]
        await chat.says(MODO, "suite")
    assert seen == [f"Projet {number}" for number in range(175)]
    await chat.says(MODO, "!admin candidatures 171")
    assert plain(chat.last).count("Projet") == 5
    await chat.says(MODO, "!admin appui")
    assert "à décider : 1, incomplètes : 174" in plain(chat.last)
    await chat.says(MODO, "!admin tableau")
    assert "1 candidature à un appui à décider" in plain(chat.last)
    assert (await kept(chat, 1))["status"] == "submitted"
