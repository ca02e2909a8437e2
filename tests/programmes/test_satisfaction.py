"""What the members of a team say once its support is over, counted as the ANAP counts it: among those who answer."""

from bot.programmes import SupportOpinion
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.programmes.applying import answers, complete, decides, having, known, plain, read, ready

COURSE, CONTRIBUTION = "bien déroulé", "apporté ce dont"


async def ended(chat: Chat, *more: str) -> None:
    """A supported team, whose support ends."""
    await ready(chat, *more)
    await complete(chat, BEN, CLEO, *more)
    await decides(chat, "P-1 accepter")
    chat.forget()
    await decides(chat, "P-1 terminer")
    await chat.passes(minutes=1)


async def opinions(chat: Chat) -> list[tuple[object, ...]]:
    rows = await chat.rows("SELECT person, went_well, was_useful FROM support_opinion ORDER BY id")
    return [tuple(None if one is None else one if isinstance(one, str) else bool(one) for one in row) for row in rows]


async def test_both_questions_are_asked_apart_with_one_reminder(chat: Chat) -> None:
    await ended(chat)
    assert [having(read(chat, person), COURSE) for person in (ANA, BEN, CLEO, MODO)] == [1, 1, 1, 0]
    assert having(read(chat, ANA), "appui de cette équipe est terminé") == 1
    await answers(chat, ANA, "👍", COURSE)
    assert CONTRIBUTION in chat.last.text
    await chat.says(ANA, "non", room=await chat.direct(ANA))
    assert "sans votre nom" in plain(chat.last)
    await answers(chat, BEN, "👎", COURSE)
    await chat.reacts(MODO, "👍", [said for said in chat.messages if COURSE in said.text][-1])
    await chat.restarts()
    await chat.passes(days=40)
    assert [having(read(chat, person), "Un rappel, le seul") for person in (ANA, BEN, CLEO)] == [0, 1, 1]
    assert having(read(chat, BEN), COURSE) == 1, "he is reminded of what he has not answered"
    assert await opinions(chat) == [(ANA, True, False), (BEN, False, None), (CLEO, None, None)]
    await chat.says(MODO, "!admin appui")
    assert "Déroulement : trop peu de réponses" in plain(chat.last)


async def test_whoever_was_asked_within_a_month_is_asked_later_and_who_wants_nothing_never(chat: Chat) -> None:
    await ready(chat)
    await complete(chat)
    await decides(chat, "P-1 accepter")
    async with chat.database.transaction() as tx:
        fields = {"application": 1, "community": "numerique", "person": ANA, "asked_at": chat.now}
        assert await tx.insert_new(SupportOpinion, fields)
    await chat.says(CLEO, "stop", room=await chat.direct(CLEO))
    await chat.confirms(MODO, '!admin appui ouvrir "imagerie interne"')
    for person in (BEN, BOSS):
        await known(chat, person, "medecin" if person == BEN else "qualite", None)
    await chat.direct(BOSS)
    await complete(chat, BEN, BOSS, theme="imagerie")
    await decides(chat, "P-2 accepter")
    chat.forget()
    await decides(chat, "P-2 terminer")
    await decides(chat, "P-1 terminer")
    await chat.passes(days=3)
    assert having(read(chat, ANA), COURSE) == 0
    assert having(read(chat, BEN), COURSE) == 1, "of two supports that end at once, one is asked about"
    assert having(read(chat, CLEO), COURSE) == 0
    await chat.passes(days=35)
    assert having(read(chat, ANA), COURSE) >= 1


async def test_the_share_is_of_those_who_answer_beside_the_line_of_ninety(chat: Chat) -> None:
    extra = ("@eva:example.org", "@fred:example.org")
    await ended(chat, *extra)
    for person in (ANA, BEN, CLEO, *extra):
        await answers(chat, person, "👍", COURSE)
        await answers(chat, person, "👎" if person == ANA else "👍", CONTRIBUTION)
    await chat.says(MODO, "!admin appui")
    shown = plain(chat.last)
    assert "Déroulement : parmi les réponses, 100 % de satisfaction (n = 5), la ligne de 90 % est atteinte" in shown
    assert "Apports : parmi les réponses, 80 % de satisfaction (n = 5), sous la ligne de 90 %" in shown
    assert "100 % (5 sur 5" in shown
    await chat.says(MODO, "!admin tableau satisfaction", room=await chat.direct(MODO))
    assert "100 % (5 sur 5)" in plain(chat.last)
