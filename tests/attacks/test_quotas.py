"""More than others can read, or than anybody makes in a day."""

import asyncio
from datetime import UTC, date, datetime

from bot.communities.people import quota_uses
from bot.store.database import Database
from tests.attacks import attack
from tests.chat import ANA, BOSS, MODO, Chat, Said

DAY = date(2027, 1, 5)
REFUSED = "Je ne l'ai pas fait"
MEETUP = "!rdv nouveau “Café DPI” 14 janvier 14h"


async def propose(chat: Chat, numbers: range, *, person: str = ANA, room: str | None = None) -> None:
    for number in numbers:
        await chat.says(person, f"!doc proposer https://example.org/{number} Guide numéro {number}", room=room)


async def proposed(chat: Chat) -> int:
    return len(await chat.rows("SELECT id FROM resource WHERE state = 'proposed'"))


def refusals(chat: Chat) -> list[Said]:
    return [said for said in chat.messages if said.text.startswith(REFUSED)]


# ── in a row ──────────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a member",
    tries="proposes thirty resources in a row",
    instead="the day's ten are taken; it is said once, with the hour and the team, that the others are not",
)
async def test_thirty_proposals(chat: Chat) -> None:
    await propose(chat, range(30))

    assert await proposed(chat) == 10
    (told,) = refusals(chat)
    assert told.lines == [
        f"{REFUSED}\u00a0: vous en êtes au maximum du jour, 10 par personne (ressources proposées).",
        "Vous pourrez reprendre mercredi 6 janvier 2027, à 0\u00a0h\u00a000, heure de Paris.",
        "Si cela ne peut pas attendre, parlez-en à l'équipe de la communauté (Modo).",
    ]


@attack(
    who="a member",
    tries="proposes in private what the day has no room for",
    instead="nothing is lost without a word: each time a short one says so",
)
async def test_private_words_are_never_met_with_silence(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await propose(chat, range(13), room=room)

    assert len(refusals(chat)) == 3
    assert refusals(chat)[-1].lines[0] == f"{REFUSED} (ressources proposées)."


@attack(
    who="a member",
    tries="proposes forty accounts of experience for a meet-up",
    instead="the organiser hears of five",
)
async def test_forty_accounts(chat: Chat) -> None:
    await chat.confirms(MODO, MEETUP)
    await chat.direct(MODO)
    chat.forget()
    for number in range(40):
        await chat.says(ANA, f"!rdv R-1 retex tri des déchets {number}")

    assert len(await chat.rows("SELECT id FROM meetup_note")) == 5
    assert len([said for said in chat.messages if said.rings]) == 5
    assert len(refusals(chat)) == 1


@attack(who="a member", tries="puts twenty choices of dates into a room", instead="the room sees five")
async def test_twenty_polls(chat: Chat) -> None:
    for number in range(20):
        await chat.says(ANA, f"!rdv dates “Comité {number}” 12 janvier 14h, 14 janvier 10h")

    assert len(await chat.rows("SELECT id FROM date_poll")) == 5
    assert len(refusals(chat)) == 1


@attack(
    who="a member",
    tries="signs up for a meet-up and off again, five hundred times",
    instead="two hundred answers are counted, then the database and the card rest",
)
async def test_an_answer_changed_back_and_forth(chat: Chat) -> None:
    await chat.confirms(MODO, MEETUP)
    chat.forget()
    for _turn in range(101):
        await chat.says(ANA, "!rdv R-1 oui")
        await chat.says(ANA, "!rdv R-1 non")

    edits = await chat.rows("SELECT id FROM outbox WHERE kind = 'edit' AND substr(parent, 1, 7) = 'meetup:'")
    assert len(edits) == 200
    assert len(refusals(chat)) == 1


@attack(
    who="a member",
    tries="makes a reminder and cancels it, over and over",
    instead="what was taken back counts as made",
)
async def test_make_and_undo(chat: Chat) -> None:
    room = await chat.direct(ANA)
    for number in range(1, 33):
        await chat.says(ANA, "!rappel demain 9h relire", room=room)
        await chat.says(ANA, f"!rappel annuler {number}", room=room)

    assert (await chat.rows("SELECT made FROM quota_use WHERE kind = 'reminder'")) == [(30,)]
    assert len(refusals(chat)) == 2


@attack(
    who="a member",
    tries="changes one message forty times, each time into another proposal",
    instead="each change counts; past the day's ten the message makes nothing any more, and the answer says so",
)
async def test_a_storm_of_edits(chat: Chat) -> None:
    event = await chat.says(ANA, "!doc proposer https://example.org/first Le premier guide")
    for number in range(40):
        await chat.edits(ANA, event, f"!doc proposer https://example.org/{number} Guide numéro {number}")

    assert await proposed(chat) == 0
    assert chat.last.lines[0] == f"{REFUSED} (ressources proposées)."
    assert len(chat.messages) == 1 + 1  # the one answer, and the team's notice


# ── around the day ────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a member",
    tries="goes on a minute before midnight, and in Martinique's evening after it",
    instead="the day ends at midnight in the community's zone, for everybody alike",
)
async def test_midnight(chat: Chat) -> None:
    await chat.says(ANA, "!moi fuseau Martinique")
    await propose(chat, range(10))
    chat.now = datetime(2027, 1, 5, 22, 59, tzinfo=UTC)
    await propose(chat, range(10, 12))
    assert await proposed(chat) == 10

    chat.now = datetime(2027, 1, 5, 23, 0, tzinfo=UTC)
    await propose(chat, range(20, 22))

    assert await proposed(chat) == 12


@attack(
    who="a member of a community overseas",
    tries="goes on when it is past midnight in Paris",
    instead="the day ends when it ends there",
)
async def test_midnight_in_martinique(chat: Chat) -> None:
    await chat.database.run(
        lambda connection: connection.exec_driver_sql(
            "UPDATE community SET time_zone = 'America/Martinique' WHERE slug = 'rse'"
        )
    )
    await chat.restarts()
    room = await chat.opens("!rse:example.org", community="rse")
    await propose(chat, range(10), room=room)

    chat.now = datetime(2027, 1, 6, 3, 59, tzinfo=UTC)
    await propose(chat, range(10, 12), room=room)
    assert await proposed(chat) == 10
    chat.now = datetime(2027, 1, 6, 4, 0, tzinfo=UTC)
    await propose(chat, range(12, 14), room=room)

    assert await proposed(chat) == 12


@attack(who="a member", tries="waits for a restart", instead="what was made before it still counts")
async def test_a_restart_does_not_begin_the_day_anew(chat: Chat) -> None:
    await propose(chat, range(10))
    await chat.restarts()
    await propose(chat, range(10, 13))

    assert await proposed(chat) == 10


@attack(
    who="a member",
    tries="has everything about them erased, to begin the day anew",
    instead="a fingerprint counts on, which names nobody",
)
async def test_to_be_forgotten_does_not_begin_the_day_anew(chat: Chat) -> None:
    await propose(chat, range(10))
    room = await chat.direct(ANA)
    await chat.confirms(ANA, "!moi oubli", room=room)
    await chat.passes(minutes=2)
    await propose(chat, range(10, 13))

    assert await proposed(chat) == 10
    assert all(ANA not in str(row) for row in await chat.rows("SELECT * FROM quota_use"))


@attack(
    who="a member of two communities",
    tries="goes on in the other one",
    instead="the day's number is one person's, wherever they are",
)
async def test_another_community_is_not_another_day(chat: Chat) -> None:
    other = await chat.opens("!rse:example.org", community="rse")
    await propose(chat, range(10))
    await propose(chat, range(10, 13), room=other)

    assert await proposed(chat) == 10


@attack(
    who="somebody with nine accounts",
    tries="proposes ten resources with each of them in one room",
    instead="the room takes forty a day",
)
async def test_second_accounts(chat: Chat) -> None:
    crowd = [f"@second{number}:example.org" for number in range(9)]
    room = await chat.opens("!crowd:example.org", community="rse", members=[*crowd, BOSS])
    for place, person in enumerate(crowd):
        await propose(chat, range(100 * place, 100 * place + 6), person=person, room=room)

    assert await proposed(chat) == 40
    assert "ce lieu en est au maximum du jour, 40 en tout" in refusals(chat)[0].text


@attack(
    who="two at once with one account",
    tries="both make the day's last",
    instead="one of them does",
)
async def test_two_at_once(database: Database) -> None:
    async def one() -> bool:
        async with database.transaction() as tx:
            counted = await quota_uses.one_more(tx, ANA, "poll", day=DAY, most=5)
            await asyncio.sleep(0)
            return counted

    assert sum(await asyncio.gather(*(one() for _ in range(20)))) == 5


@attack(
    who="a moderator on a busy day",
    tries="announces twenty meet-ups one after the other",
    instead="nothing hinders them",
)
async def test_the_team_is_not_hindered(chat: Chat) -> None:
    for number in range(20):
        await chat.confirms(MODO, f"!rdv nouveau “Atelier {number}” 14 janvier 14h")

    assert len(await chat.rows("SELECT id FROM meetup_series")) == 20
    assert refusals(chat) == []
