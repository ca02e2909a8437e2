"""Promises of where a resource comes from, whom to ask about it, and who answers for it."""

from bot.resources.resources import Draft
from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.test_doc import write
from tests.commands.test_doc_team import PAGE, proposed, row


async def test_no_resource_is_shown_without_a_source(chat: Chat) -> None:
    """The one that its proposer names, that of the team, or the site on which it is."""
    number = await proposed(chat)
    await chat.says(MODO, f"!admin doc valider DOC-{number}")
    assert "Comme source, j'indique son site, example.org." in chat.last.text
    await chat.says(MODO, "oui")
    await chat.says(BEN, "!doc choisir un pansement")
    assert "example.org" in chat.last.lines[3]

    await chat.confirms(MODO, f"!admin doc modifier DOC-{number} source HAS")
    await chat.says(BEN, f"!doc DOC-{number}")
    assert "Publication, HAS, vérifié en janvier 2027" in chat.last.text
    for nothing in ("aucune", "-", "« rien »"):
        await chat.confirms(MODO, f"!admin doc modifier DOC-{number} source {nothing}")
        await chat.says(BEN, f"!doc DOC-{number}")
        assert "Publication, example.org, vérifié en janvier 2027" in chat.last.text, nothing
        await chat.confirms(MODO, f"!admin doc modifier DOC-{number} source HAS")


async def test_whoever_proposes_a_page_may_name_its_source(chat: Chat) -> None:
    """Address, title and source as typed, then title and source as they are stored."""
    table = {
        f"{PAGE} Choisir un pansement, source HAS": ("Choisir un pansement", "HAS"),
        f"{PAGE}2 « Choisir une attelle » (source : CHU de Lyon)": ("Choisir une attelle", "CHU de Lyon"),
        f"{PAGE}3 Source d'information : les bases": ("Source d'information : les bases", ""),
        f"{PAGE}4 La source de l'eau": ("La source de l'eau", ""),
    }
    for typed, expected in table.items():
        address, _space, title = typed.partition(" ")
        found = await row(chat, await proposed(chat, title, address))
        assert (found.title, found.source) == expected, typed

    await chat.says(MODO, f"!doc proposer {PAGE}5 Choisir une orthèse, source ANAP")
    assert "Source\u00a0: ANAP" in chat.last.lines


async def test_the_contact_is_shown_where_there_is_one(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.says(BEN, f"!doc DOC-{number}")
    assert "Contact" not in chat.last.text
    await chat.confirms(MODO, f"!admin doc modifier DOC-{number} contact Service qualité, 01 02 03 04 05")
    await chat.says(BEN, f"!doc DOC-{number}")
    assert "Contact\u00a0: Service qualité, 01 02 03 04 05" in chat.last.lines
    await chat.confirms(MODO, f"!admin doc modifier DOC-{number} contact personne")
    await chat.says(BEN, f"!doc DOC-{number}")
    assert "Contact" not in chat.last.text


async def test_the_team_takes_over_from_an_owner_who_has_left_or_was_erased(chat: Chat) -> None:
    for title, goes in (("pansement", "leaves"), ("attelle", "is erased")):
        number = await proposed(chat, f"Choisir {title}", f"https://example.org/{title}")
        await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
        assert (await row(chat, number)).owner == ANA
        direct = await chat.direct(ANA)
        chat.forget()
        if goes == "leaves":
            chat.homeserver.member(chat.room, ANA, "leave")
            await chat.hears(chat.room)
        else:
            await chat.confirms(ANA, "oublie-moi", room=direct)
        await chat.passes(minutes=2)

        assert (await row(chat, number)).owner is None, goes
        told = [said for said in chat.messages if "n'est plus là" in said.text]
        assert [said.meant_for for said in told] == [[MODO]], goes
        assert f"Choisir {title} (DOC-{number})" in told[0].text
        assert "ana" not in told[0].text.lower(), goes

        chat.homeserver.member(chat.room, ANA)
        await chat.hears(chat.room)
        chat.forget()
        await chat.passes(days=400)
        assert not [said for said in chat.messages if "répondez" in said.text], goes
