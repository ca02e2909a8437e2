"""Promises of the roles that a team gives: coordination leads without deciding who belongs, observation only looks."""

from tests.chat import BEN, BOSS, CLEO, MODO, Chat
from tests.homeserver import BOT


async def test_a_facilitator_moderates_but_decides_neither_who_nor_which_room_belongs(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO} animatrice")
    assert chat.last.lines[0] == f"C'est fait. Cleo ({CLEO})\u00a0: coordination."

    await chat.says(CLEO, "!admin salon experts")
    assert "Ce salon deviendrait" in chat.last.text
    await chat.says(CLEO, "non")
    for line in (f"!admin expert ajouter {BEN}", f"!admin expert retirer {BEN}", "!admin communauté délier"):
        await chat.says(CLEO, line)
        assert "modération de la communauté" in chat.last.text, line
    await chat.says(CLEO, f"!admin équipe ajouter {BEN}")
    assert "administrent le salon principal" in chat.last.text

    other = await chat.opens("!other:example.org")
    await chat.says(CLEO, "!admin communauté lier numerique", room=other)
    card = next(said for said in chat.messages if said.room_id == chat.room and "Le relier" in said.text)
    for person, linked in ((CLEO, False), (MODO, True)):
        await chat.reacts(person, "✅", card)
        assert bool(await chat.rows(f"SELECT * FROM room_binding WHERE room_id = '{other}'")) is linked


async def test_an_observer_changes_nothing(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO} observation")
    for line in ("!admin salon experts", "!admin historique", "!admin synonyme RSE = environnement"):
        await chat.says(CLEO, line)
        assert "réservée à l'équipe" in chat.last.text, line


async def test_an_unknown_role_gives_none_and_says_which_there_are(chat: Chat) -> None:
    await chat.says(BOSS, "!admin équipe ajouter @cleo:example.org chef")
    assert chat.last.text.startswith(
        "Je connais ces rôles\u00a0: modération, administration, coordination, observation."
    )

    await chat.says(BOSS, "!admin équipe ajouter Cleo Duval", mentions=[CLEO])
    assert "Cleo (@cleo:example.org) aurait un rôle dans la communauté\u00a0: modération." in chat.last.lines
    await chat.says(BOSS, "!admin équipe ajouter @cleo:example.org observatrice")
    assert "observation" in chat.last.text


async def test_whoever_gets_a_role_or_loses_it_learns_once_in_private_what_they_may_do(chat: Chat) -> None:
    given = ("Numérique en santé\u00a0: l'équipe vous a donné un rôle, coordination.", "!admin")
    ended = ("Numérique en santé\u00a0: le rôle que l'équipe vous avait donné a pris fin.", "!aide contact")
    looks = ("Numérique en santé\u00a0: l'équipe vous a donné un rôle, observation.", "!admin tableau")
    for line, (first, step) in (
        (f"!admin équipe ajouter {CLEO} coordination", given),
        ("!admin annuler", ended),
        (f"!admin équipe ajouter {CLEO} observation", looks),
        (f"!admin équipe retirer {CLEO}", ended),
        ("!admin annuler", looks),
    ):
        await chat.confirms(BOSS, line)
        chat.forget()
        await chat.passes(minutes=1)
        [said] = chat.messages
        assert (said.meant_for, said.lines[0]) == ([CLEO], first), line
        assert said.lines[-1].endswith(f"\u00a0: {step}"), line
        assert "Boss" not in said.text


async def test_no_notice_of_a_role_reaches_whoever_gave_it_is_no_member_or_said_stop(chat: Chat) -> None:
    await chat.says(CLEO, "stop", room=await chat.direct(CLEO))
    chat.forget()
    for person in (CLEO, BOSS, "@stranger:example.org"):
        await chat.confirms(BOSS, f"!admin équipe ajouter {person}")
    await chat.passes(minutes=1)
    assert [said for said in chat.messages if said.room_id != chat.room] == []


async def test_whoever_is_appointed_before_joining_is_shown_so_and_learns_it_on_joining_once(chat: Chat) -> None:
    she = "@zoe:example.org"
    await chat.says(BOSS, f"!admin équipe ajouter {she}")
    assert "le rôle comptera, et je le lui écrirai, dès qu'elle en rejoindra un." in chat.last.text
    await chat.says(BOSS, "oui")
    await chat.passes(minutes=1)
    await chat.says(BOSS, "!admin équipe")
    assert "- zoe\u00a0: modération (dès son arrivée dans un salon)" in chat.last.lines
    chat.forget()
    for _time in range(2):
        for membership in ("join", "leave"):
            chat.homeserver.member(chat.room, she, membership)
            await chat.hears(chat.room)
            await chat.passes(minutes=1)
    assert [said.lines[0] for said in chat.messages if said.meant_for == [she]] == [
        "Numérique en santé\u00a0: l'équipe vous a donné un rôle, modération."
    ]


async def test_the_bot_itself_is_given_no_role(chat: Chat) -> None:
    await chat.says(BOSS, f"!admin équipe ajouter {BOT}")
    assert chat.last.text.startswith("C'est moi, un programme")
