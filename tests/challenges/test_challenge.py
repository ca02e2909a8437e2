"""A challenge: opened from irritants under a rule that everybody reads, answered by solutions, voted on, counted."""

import json

from sqlalchemy import column, delete, table

from bot.privacy.departures import MEMBER_LEFT
from tests.challenges.opening import QUESTION, closes, gives, kept, opens, outcomes, solution_card, stored, votes_begin
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import to
from tests.ideas.reporting import card as idea_card
from tests.ideas.reporting import ideas, now_reads, reports, reports_discreetly
from tests.sheets.writing import still_read


async def read(chat: Chat, person: str) -> list[str]:
    return [said.text.replace("\u00a0", " ") for said in to(chat, person)]


async def test_from_irritants_to_a_result_everybody_who_took_part_reads_each_end_once(chat: Chat) -> None:
    for person in (ANA, BEN, CLEO, MODO):
        await chat.direct(person)
    irritant = await reports(chat)
    await chat.reacts(BEN, "➕", irritant)
    await reports_discreetly(chat, BEN, "Trop de papier à la pharmacie")
    chat.forget()
    await chat.says(MODO, f'!admin défi ouvrir "{QUESTION}" depuis I-1 I-2 jusqu\'au 30/1, seuil 2')
    preview = chat.last.text.replace("\u00a0", " ")
    for words in (
        "samedi 30 janvier 2027, à 23 h 59",
        "3 votes par personne",
        "à partir de 2 voix",
        "À égalité",
        "I-2",
    ):
        assert words in preview
    assert await chat.rows("SELECT id FROM challenge") == []
    await chat.says(MODO, "oui")
    assert [len(await read(chat, person)) for person in (ANA, BEN, CLEO)] == [1, 1, 0]
    assert {row["status"] for row in await ideas(chat)} == {"attached"}
    assert "Le défi C-1 le reprend" in await now_reads(chat, await idea_card(chat, 1))

    await gives(chat, CLEO, ANA)
    await chat.passes(days=30)
    assert (await kept(chat))["status"] == "voting", "on the next working day"
    chat.forget()
    first, second = [await solution_card(chat, number) for number in (1, 2)]
    for person, one in ((ANA, first), (BEN, first), (CLEO, second)):
        await chat.reacts(person, "⭐", one)
    await chat.restarts()
    await chat.passes(days=16)
    found = await kept(chat)
    assert (found["status"], found["tally"], found["voted"]) == ("retained", {"1": 2, "2": 1}, 3)
    assert await outcomes(chat) == {1: "retained", 2: "not_retained"}
    for person in (ANA, BEN, CLEO):
        assert sum("Résultat du défi" in text for text in await read(chat, person)) == 1
    (result,) = [said for said in chat.messages if said.room_id == chat.room and "Résultat du défi" in said.text]
    assert "N° 1 : Solution de cle (2 voix)" in result.text.replace("\u00a0", " ")


async def test_what_a_team_writes_wrongly_is_said_and_opens_nothing(chat: Chat) -> None:
    await reports(chat)
    await chat.confirms(MODO, "!idée I-1 écarter le logiciel change")
    rows = {
        f'"{QUESTION}" jusqu\'au 3/1/2027': "cette date est passée",
        f'"{QUESTION}" jusqu\'au 30/1/2029': "dans plus d'un an",
        f"\"{QUESTION}\" jusqu'au 30/1 vote jusqu'au 20/1": "donnez-lui une date plus tardive",
        f'"{QUESTION}"': "Jusqu'à quand",
        f"{QUESTION} jusqu'au 30/1": "entre guillemets",
        f'"{QUESTION}" jusqu\'au 30/1 99 votes': "de 1 à 10 votes",
        f'"{QUESTION}" en couleurs jusqu\'au 30/1': "Je ne comprends pas « en couleurs »",
        f'"{QUESTION}" depuis I-1 jusqu\'au 30/1': "Ce signalement n'est plus ouvert",
        f'"{QUESTION}" depuis I-9 jusqu\'au 30/1': "Je ne connais pas de I-9",
    }
    wrong = []
    for line, why in rows.items():
        await chat.says(MODO, f"!admin défi ouvrir {line}")
        if why not in chat.last.text.replace("\u00a0", " "):
            wrong.append((line, chat.last.text))
    assert wrong == []
    await chat.says(ANA, f'!admin défi ouvrir "{QUESTION}" jusqu\'au 30/1')
    assert "réservée à l'équipe" in chat.last.text
    assert await chat.rows("SELECT id FROM challenge") == []


async def test_a_solution_is_changed_withdrawn_and_signed_with_others_until_the_vote(chat: Chat) -> None:
    home = await chat.direct(BEN)
    shown = await opens(chat)
    (mine,) = await gives(chat, ANA)
    reply = await chat.says(CLEO, "Solution : deux secrétariats, un seul outil", reply_to=shown)
    assert "Merci : solution 2" in chat.last.text.replace("\u00a0", " ")
    assert (await solution_card(chat, 2)).thread == shown.event_id
    await chat.edits(ANA, mine, "!idée C-1 Un seul dossier partagé")
    assert "Un seul dossier partagé" in await now_reads(chat, await solution_card(chat, 1))
    await chat.edits(CLEO, reply, "Solution : un seul outil")
    assert [row[0] for row in await chat.rows("SELECT text FROM solution ORDER BY rank")] == [
        "Un seul dossier partagé",
        "un seul outil",
    ]
    await chat.says(ANA, "!idée C-1 1 avec Ben")
    await chat.reacts(BEN, "✅", to(chat, BEN)[-1], room=home)
    assert "de Ana, Ben" in (await now_reads(chat, await solution_card(chat, 1)))
    await chat.says(CLEO, "!idée C-1 1 retirer")
    assert "Seules les personnes qui signent" in chat.last.text
    await chat.redacts(CLEO, reply)
    assert await outcomes(chat) == {1: "given", 2: "withdrawn"}
    assert still_read(chat, "deux secrétariats") == still_read(chat, "un seul outil") == []
    await gives(chat, MODO)
    await chat.confirms(MODO, "!admin défi C-1 voter")

    await chat.edits(ANA, mine, "!idée C-1 Trois dossiers")
    await chat.redacts(ANA, mine)
    await chat.says(CLEO, "!idée C-1 Encore une solution")
    assert "La vôtre n'est pas perdue" in chat.last.text
    assert [row[0] for row in await chat.rows("SELECT text FROM solution WHERE rank = 1")] == [
        "Un seul dossier partagé"
    ]
    await chat.says(BEN, "!idée C-1 vote 1", room=home)
    assert "ne compte pas" in chat.last.text, "who signs it does not vote for it"
    assert await stored(chat) == []


async def test_a_vote_is_counted_once_and_refused_with_the_present_votes(chat: Chat) -> None:
    """The fourth of three, one's own, twice; before the vote, after it, from another room, by ⭐ and in words."""
    for person in (ANA, BEN):
        await chat.direct(person)
    first, *others = await votes_begin(chat, ANA, CLEO, MODO, BOSS, BEN)
    chat.forget()
    await chat.reacts(ANA, "⭐", first)
    assert "sa propre solution" in (await read(chat, ANA))[-1]
    stars = [await chat.reacts(BEN, "⭐", one) for one in (first, *others[:3])]
    refused = (await read(chat, BEN))[-1]
    assert "vous avez donné 3 voix, n° 1, n° 2, n° 3" in refused
    await chat.says(BEN, "!idée C-1 vote 1")
    assert "Ce vote compte déjà" in chat.last.text
    assert await stored(chat) == [(1, BEN), (2, BEN), (3, BEN)]
    await chat.redacts(BEN, stars[3])
    await chat.redacts(BEN, stars[0])
    await chat.restarts()
    in_words = await chat.says(BEN, "!idée C-1 vote 4", room=await chat.direct(BEN))
    await chat.redacts(BEN, in_words, room=await chat.direct(BEN))
    assert "n'annule pas" in chat.last.text
    assert await stored(chat) == [(2, BEN), (3, BEN), (4, BEN)]
    await chat.says(BEN, "!idée C-1 vote pas 2")
    assert "Il vous reste 1 vote sur 3" in chat.last.text
    await chat.says(ANA, "!idée C-1 vote 99")
    assert "n'a pas de solution 99" in chat.last.text
    await closes(chat)
    await chat.reacts(ANA, "⭐", others[0])
    await chat.says(ANA, "!idée C-1 vote 2")
    assert "Le vote pour" in chat.last.text
    assert await stored(chat) == [(3, BEN), (4, BEN)]


async def test_a_tie_retains_all_that_are_level_and_a_rule_in_use_does_not_change(chat: Chat) -> None:
    first, second, third = await votes_begin(chat, ANA, BEN, CLEO, rule="seuil 1, 2 votes")
    await chat.says(MODO, "!admin défi C-1 règle 5 votes")
    assert "ne change plus depuis le début du vote" in chat.last.text
    for person, one in ((MODO, first), (BOSS, first), (ANA, second), (MODO, second), (BEN, third)):
        await chat.reacts(person, "⭐", one)
    await closes(chat)
    found = await kept(chat)
    assert (found["votes_each"], found["tally"]) == (2, {"1": 2, "2": 2, "3": 1})
    assert await outcomes(chat) == {1: "retained", 2: "retained", 3: "not_retained"}


async def test_the_team_chooses_once_among_those_that_are_level_and_says_why(chat: Chat) -> None:
    homes = {person: await chat.direct(person) for person in (ANA, BEN)}
    first, second, third = await votes_begin(chat, ANA, BEN, CLEO, rule="seuil 1, 2 votes")
    await chat.says(MODO, "!admin défi C-1 départager 1 plus simple")
    assert "aucune solution n'est à égalité" in chat.last.text
    for person, one in ((MODO, first), (BOSS, first), (ANA, second), (MODO, second), (BEN, third)):
        await chat.reacts(person, "⭐", one)
    await closes(chat)
    assert any("l'équipe peut choisir parmi elles" in said.text for said in chat.messages), "the rule says so"
    for words, why in {"": "À égalité : n° 1, n° 2", "3 plus simple": "À égalité", "1 2 les deux": "À égalité"}.items():
        await chat.says(MODO, f"!admin défi C-1 départager {words}")
        assert why in chat.last.text.replace("\u00a0", " "), words
    await chat.says(MODO, "!admin défi C-1 départager 2")
    assert "Dites pourquoi" in chat.last.text
    await chat.says(ANA, "!admin défi C-1 départager 1 la mienne")
    chat.forget()
    await chat.confirms(MODO, "!admin défi C-1 départager 2 moins de matériel")
    assert await outcomes(chat) == {1: "not_retained", 2: "retained", 3: "not_retained"}
    (result,) = [said for said in chat.messages if said.room_id == chat.room and "Résultat du défi" in said.text]
    assert "moins de matériel" in result.text
    assert [sum("moins de matériel" in text for text in await read(chat, person)) for person in homes] == [1, 1]
    assert "Elle n'est pas retenue" in await now_reads(chat, first)
    await chat.confirms(MODO, "!admin défi C-1 départager 1 finalement")
    assert "l'équipe a déjà choisi" in chat.last.text
    assert await outcomes(chat) == {1: "not_retained", 2: "retained", 3: "not_retained"}


async def test_a_vote_on_one_solution_needs_the_teams_word(chat: Chat) -> None:
    home = await chat.direct(MODO)
    await opens(chat)
    await chat.says(MODO, "!admin défi C-1 voter")
    assert "pas encore de solution" in chat.last.text
    await gives(chat, ANA)
    await chat.says(MODO, "!admin défi C-1 voter")
    assert "une seule solution" in chat.last.text
    await chat.confirms(MODO, "!admin défi C-1 règle 1 vote seuil 1 jusqu'au 20/1")
    assert (await kept(chat))["votes_each"] == 1
    chat.forget()
    await chat.passes(days=17)
    assert (await kept(chat))["status"] == "open"
    assert sum("le vote ne commence pas" in said.text for said in chat.messages if said.room_id == home) == 1
    await chat.confirms(MODO, "!admin défi C-1 voter quand même")
    assert (await kept(chat))["status"] == "voting"


async def test_a_challenge_that_is_given_up_says_why_and_frees_its_irritants(chat: Chat) -> None:
    for person in (ANA, BEN):
        await chat.direct(person)
    await reports(chat)
    await votes_begin(chat, BEN, CLEO, sources="depuis I-1")
    chat.forget()
    await chat.says(MODO, "!admin défi C-1 abandonner")
    assert "Dites pourquoi" in chat.last.text
    await chat.confirms(MODO, "!admin défi C-1 abandonner le logiciel change en mars")
    for person in (ANA, BEN):
        assert sum("le logiciel change en mars" in text for text in await read(chat, person)) == 1
    assert [row["status"] for row in await ideas(chat)] == ["retained"]
    await chat.reacts(CLEO, "➕", await idea_card(chat, 1))
    assert "1 autre personne" in await now_reads(chat, await idea_card(chat, 1))


async def test_a_discreet_vote_is_private_and_leaves_counts_alone(chat: Chat) -> None:
    """No event of any room says who voted, and after the vote no row does."""
    people = [f"@v{number}:example.org" for number in range(5)]
    for person in people:
        chat.homeserver.member(chat.room, person, displayname=person[1:3].title())
    await chat.hears(chat.room)
    first, _second = await votes_begin(chat, ANA, BEN, rule="discret, 1 vote")
    chat.forget()
    await chat.reacts(people[0], "⭐", first)
    await chat.says(people[0], "!idée C-1 vote 1")
    assert "discret" in chat.last.text
    assert await stored(chat) == []
    for place, person in enumerate(people):
        await chat.says(person, f"!idée C-1 vote {1 + place % 2}", room=await chat.direct(person))
    assert len(await stored(chat)) == 5
    await closes(chat)
    assert await stored(chat) == []
    assert (await kept(chat))["tally"] == {"1": 3, "2": 2}
    said = json.dumps([one.source for one in chat.sent if not one.room_id.startswith("!direct-v")], ensure_ascii=False)
    assert "@v1" not in said
    assert "(3 voix)" in next(one.text.replace("\u00a0", " ") for one in chat.sent if "Résultat" in one.text)
    rows = [str(row).replace("\u00a0", " ") for row in await chat.rows("SELECT recipient, content FROM outbox")]
    assert not any("@v" in row and "n° 1" in row for row in rows)


async def test_of_a_discreet_vote_of_few_no_count_is_shown(chat: Chat) -> None:
    await votes_begin(chat, ANA, BEN, rule="discret, seuil 1")
    await chat.says(CLEO, "!idée C-1 vote 1", room=await chat.direct(CLEO))
    await closes(chat)
    await chat.says(BEN, "!C-1")
    assert "Trop peu de votes pour donner le détail" in chat.last.text
    assert "voix)" not in chat.last.text


async def test_who_leaves_or_is_erased_votes_no_more(chat: Chat) -> None:
    first, second = await votes_begin(chat, ANA, BEN)
    for person in (CLEO, MODO):
        await chat.reacts(person, "⭐", first)
        await chat.reacts(person, "⭐", second)
    chat.homeserver.member(chat.room, CLEO, "ban")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert await stored(chat) == [(1, MODO), (2, MODO)]
    await chat.says(CLEO, "!idée C-1 vote 1", room=await chat.direct(CLEO))
    assert await stored(chat) == [(1, MODO), (2, MODO)], "who is no member does not vote"


async def test_only_volunteers_vote_where_the_rule_says_so(chat: Chat) -> None:
    first, _second = await votes_begin(chat, ANA, BEN, rule="par les volontaires")
    await chat.direct(CLEO)
    chat.forget()
    await chat.reacts(CLEO, "⭐", first)
    assert "Seuls les volontaires" in (await read(chat, CLEO))[-1]
    assert await stored(chat) == []


async def test_what_was_sent_in_time_counts_though_we_were_away_at_the_end(chat: Chat) -> None:
    first, _second = await votes_begin(chat, ANA, BEN, rule="seuil 1")
    await chat.reacts(MODO, "⭐", first)
    before = chat.now
    sent = chat.homeserver.event(
        chat.room,
        "m.reaction",
        CLEO,
        {"m.relates_to": {"rel_type": "m.annotation", "event_id": first.event_id, "key": "⭐"}},
    )
    chat.now = before.replace(month=3)
    await chat.engine.alarms.drain()
    await chat.settles()
    assert (await kept(chat))["status"] == "voting", "what people said meanwhile is heard first"
    await chat.hears(chat.room)
    await chat.passes(minutes=20)
    assert (await kept(chat))["status"] == "retained"
    assert (await kept(chat))["tally"] == {"1": 2, "2": 0}
    assert sent["sender"] == CLEO


async def test_another_community_sees_nothing_of_it(chat: Chat) -> None:
    place = "!rse:example.org"
    await votes_begin(chat, ANA, BEN)
    await chat.opens(place, community="rse", power={MODO: 0, CLEO: 50})
    for typed in ("!C-1", "!idée C-1 vote 1", "!idée C-1 une solution", "!admin défi C-1 clore"):
        await chat.says(CLEO, typed, room=place)
        assert "Je ne connais pas de défi C-1 ici" in chat.last.text.replace("\u00a0", " ")


async def test_who_left_a_moment_before_the_count_does_not_count(chat: Chat) -> None:
    first, _second = await votes_begin(chat, CLEO, MODO)
    for person in (ANA, BEN):
        await chat.reacts(person, "⭐", first)
    chat.homeserver.member(chat.room, ANA, "leave")
    await chat.hears(chat.room)
    async with chat.database.transaction() as tx:  # what follows from the departure is still to come
        await tx.exec(delete(table("timer")).where(column("kind") == MEMBER_LEFT))
    await closes(chat)
    found = await kept(chat)
    assert (found["tally"], found["voted"]) == ({"1": 1, "2": 0}, 1)
