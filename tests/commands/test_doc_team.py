"""Promises of what members propose and what the team does with it."""

from collections.abc import Iterable

from bot.resources import resources
from bot.resources.dead_links import Links
from bot.resources.resources import Draft
from bot.resources.tables import Resource
from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.test_doc import write

PAGE = "https://example.org/pansement"


async def proposed(chat: Chat, title: str = "Choisir un pansement", address: str = PAGE) -> int:
    """What Ana proposes; returns its number."""
    await chat.says(ANA, f"!doc proposer {address} {title}")
    async with chat.database.reading() as tx:
        return max(row.id or 0 for row in await resources.of_community(tx, "numerique", state=resources.PROPOSED))


async def row(chat: Chat, number: int) -> Resource:
    async with chat.database.reading() as tx:
        found = await resources.whatever(tx, number, community="numerique")
    assert found is not None
    return found


async def found(chat: Chat, words: str) -> bool:
    """Whether a member finds the page by these words."""
    await chat.says(BEN, f"!doc {words}")
    return PAGE in chat.last.text


async def test_what_a_member_proposes_is_found_once_the_team_has_published_it(chat: Chat) -> None:
    number = await proposed(chat)
    assert any("l'équipe de la communauté, qui la relit" in text for text in chat.texts)
    assert not await found(chat, "choisir un pansement")

    await chat.says(MODO, "!admin doc lister")
    assert f"- Choisir un pansement (DOC-{number})" in chat.last.lines

    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    assert await found(chat, "choisir un pansement")
    await chat.says(BEN, "1")
    assert "vérifié en janvier 2027" in chat.last.text


async def test_the_team_is_told_when_something_begins_to_wait_and_not_again_before_it_has_looked(chat: Chat) -> None:
    number = await proposed(chat)
    await proposed(chat, "Choisir une attelle", "https://example.org/attelle")
    told = [said for said in chat.messages if "Une ressource est proposée" in said.text]
    assert [(said.meant_for, "!admin doc lister" in said.text) for said in told] == [([MODO], True)]

    for waiting in (number, number + 1):
        await chat.confirms(MODO, f"!admin doc valider DOC-{waiting}")
    await proposed(chat, "Choisir une orthèse", "https://example.org/orthese")
    assert len([said for said in chat.messages if "Une ressource est proposée" in said.text]) == 2


async def test_a_member_publishes_nothing(chat: Chat) -> None:
    number = await proposed(chat)
    await chat.says(ANA, f"!admin doc valider DOC-{number}")

    assert not await found(chat, "choisir un pansement")


async def test_a_page_that_is_there_is_named_however_its_address_is_spelt(chat: Chat) -> None:
    await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.says(ANA, "!doc proposer http://www.example.org/pansement/?utm_source=x Un autre titre")

    assert "Cette page est déjà dans les ressources" in chat.last.text


async def test_the_address_may_come_last(chat: Chat) -> None:
    number = await proposed(chat, PAGE, "« Choisir un pansement »")

    assert ((await row(chat, number)).title, (await row(chat, number)).url) == ("Choisir un pansement", PAGE)


async def test_a_title_that_is_nearly_there_is_shown_to_whoever_proposes_it(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", "https://example.org/autre"))
    await proposed(chat, "Choisir les pansements")

    assert any(f"«\u00a0Choisir un pansement (DOC-{number})\u00a0»" in text for text in chat.texts)


async def test_the_team_sees_what_may_be_there_twice_before_and_after_it_is_published(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", "https://example.org/autre"))
    other = await proposed(chat, "Choisir les pansements")
    merging = f"!admin doc fusionner DOC-{number} DOC-{other}"
    await chat.says(MODO, "!admin doc doublons")
    assert "pansement" not in chat.last.text
    await chat.says(MODO, f"!admin doc valider DOC-{other}")
    assert merging in chat.last.text
    await chat.says(MODO, "oui")
    await chat.says(MODO, "!admin doc doublons")
    assert merging in chat.last.text


async def test_the_team_s_list_holds_what_is_shown_as_to_be_verified(chat: Chat) -> None:
    number = await proposed(chat)
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    await chat.confirms(MODO, f"!admin doc modifier DOC-{number} intervalle 3")
    await chat.passes(days=100)
    await chat.says(MODO, "!admin doc périmées")

    assert f"- Choisir un pansement (DOC-{number})" in chat.last.lines


async def test_what_is_no_address_is_refused_with_an_example(chat: Chat) -> None:
    for words in ("pansement", "javascript:alert(1) Titre", "https://example.org/seul"):
        await chat.says(ANA, f"!doc proposer {words}")
        assert "!doc proposer https://exemple.fr/page Titre de la page" in chat.last.text


async def test_an_archived_resource_is_found_no_more_until_it_is_brought_back(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.confirms(MODO, f"!admin doc archiver DOC-{number}")
    assert not await found(chat, "choisir un pansement")
    await chat.says(BEN, f"!doc DOC-{number}")
    assert PAGE not in chat.last.text

    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    assert await found(chat, "choisir un pansement")


async def test_a_correction_is_found_at_once(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.confirms(MODO, f"!admin doc modifier DOC-{number} type outil")
    await chat.confirms(MODO, f"!admin doc modifier DOC-{number} titre Soigner une escarre")
    await chat.says(BEN, "!doc escarre")

    assert "Soigner une escarre" in chat.last.text
    assert "Outil" in chat.last.text


async def test_an_unknown_kind_changes_nothing(chat: Chat) -> None:
    (number,) = await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.says(MODO, f"!admin doc modifier DOC-{number} type n'importe quoi")

    assert "Je ne connais pas ce type" in chat.last.text
    assert (await row(chat, number)).kind == "publication"


async def test_of_two_merged_resources_the_first_stays_and_answers_for_both(chat: Chat) -> None:
    kept, other = await write(
        chat,
        Draft("Choisir un pansement", PAGE, tags=("plaie",)),
        Draft("Les pansements", "https://example.org/autre", tags=("escarre",)),
    )
    for number, person in ((kept, ANA), (other, ANA), (other, BEN)):
        await chat.says(person, f"!doc DOC-{number}")
        await chat.reacts(person, "👍", chat.last)
    await chat.says(MODO, f"!admin doc fusionner DOC-{kept} DOC-{other}")
    await chat.says(MODO, "oui")
    await chat.says(BEN, f"!doc DOC-{other}")

    assert chat.last.lines[1].startswith(f"DOC-{kept}")
    assert "Mots-clés\u00a0: plaie, escarre" in chat.last.lines
    assert (await row(chat, kept)).useful == 2
    assert await found(chat, "escarre")


# ── synonyms ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_words_that_the_team_calls_the_same_find_the_same_in_its_community_alone(chat: Chat) -> None:
    await write(chat, Draft("Choisir un pansement", PAGE))
    await write(chat, Draft("Choisir un pansement", PAGE), community="rse")
    assert not await found(chat, "gazinette")

    await chat.confirms(MODO, "!admin synonyme gazinette = pansement")
    assert "gazinette = pansement" in chat.last.text
    assert await found(chat, "gazinette")

    room = await chat.opens("!rse:example.org", community="rse")
    await chat.says(BEN, "!doc gazinette", room=room)
    assert PAGE not in chat.last.text


async def test_words_taken_back_find_nothing_any_more(chat: Chat) -> None:
    await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.confirms(MODO, "!admin synonyme GZT = pansement")
    assert await found(chat, "gzt")
    await chat.confirms(MODO, "!admin synonyme retirer gzt")

    assert not await found(chat, "gzt")


async def test_words_that_now_find_something_leave_the_list_of_searches_in_vain(chat: Chat) -> None:
    await write(chat, Draft("Choisir un pansement", PAGE))
    await chat.says(ANA, "!doc gazinette")
    await chat.confirms(MODO, "!admin synonyme gazinette = pansement")
    await chat.says(MODO, "!admin recherches")

    assert chat.last.text == "Aucune recherche n'est restée sans résultat."


# ── freshness ─────────────────────────────────────────────────────────────────────────────────────────────


async def published(chat: Chat) -> int:
    number = await proposed(chat)
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    chat.forget()
    return number


async def test_whoever_proposed_it_is_asked_once_after_a_year(chat: Chat) -> None:
    number = await published(chat)
    direct = await chat.direct(ANA)
    chat.forget()
    await chat.passes(days=364)
    assert chat.messages == []

    await chat.passes(days=30)
    assert len(chat.messages) == 1
    assert chat.last.room_id == direct
    assert f"«\u00a0Choisir un pansement (DOC-{number})\u00a0»" in chat.last.text
    assert "n'a pas été vérifiée depuis 12" in chat.last.text


async def test_yes_verifies_it_for_another_year(chat: Chat) -> None:
    number = await published(chat)
    direct = await chat.direct(ANA)
    await chat.passes(days=370)
    await chat.reacts(ANA, "✅", chat.last, room=direct)
    assert (await row(chat, number)).verified_on == "2028-01-10"

    chat.forget()
    await chat.passes(days=360)
    assert chat.messages == []
    await chat.passes(days=10)
    assert len(chat.messages) == 1


async def test_what_is_out_of_date_says_so_and_asks_whoever_answers_for_it_once(chat: Chat) -> None:
    number = await published(chat)
    direct = await chat.direct(ANA)
    chat.forget()
    await chat.says(BEN, f"!doc DOC-{number} périmé")
    await chat.says(MODO, f"!doc DOC-{number} périmée")
    assert [said.room_id for said in chat.messages].count(direct) == 1

    await chat.says(BEN, "!doc choisir un pansement")
    assert "à vérifier" in chat.last.text
    await chat.says(MODO, "!admin doc lister")
    assert "À vérifier (1)" in chat.last.lines


async def test_a_moderator_says_that_it_is_right_again_and_a_member_may_not(chat: Chat) -> None:
    number = await published(chat)
    await chat.says(BEN, f"!doc DOC-{number} périmé")
    await chat.says(BEN, f"!doc DOC-{number} vérifié")
    assert (await row(chat, number)).outdated

    await chat.says(MODO, f"!doc DOC-{number} vérifié")
    assert not (await row(chat, number)).outdated


async def test_no_leaves_it_to_the_team(chat: Chat) -> None:
    number = await published(chat)
    direct = await chat.direct(ANA)
    await chat.passes(days=370)
    await chat.says(ANA, "non", reply_to=chat.last, room=direct)

    assert (await row(chat, number)).outdated
    assert "l'équipe de la communauté le voit" in chat.last.text


async def test_an_archived_resource_asks_nobody(chat: Chat) -> None:
    number = await published(chat)
    await chat.direct(ANA)
    await chat.confirms(MODO, f"!admin doc archiver DOC-{number}")
    chat.forget()
    await chat.passes(days=400)

    assert chat.messages == []


class Looked(Links):
    """Says of these pages that they are gone, without asking anybody."""

    async def dead(self, addresses: Iterable[str]) -> set[str]:
        return {PAGE} & set(addresses)


async def test_a_dead_link_waits_for_the_team_stays_found_and_is_told_once_to_its_owner(chat: Chat) -> None:
    number = await proposed(chat)
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    chat.engine.routine.links = Looked
    for _week in range(2):
        await chat.engine.routine.check_links()
        await chat.passes(days=7)

    asked = [said for said in chat.messages if "ne marche plus" in said.text]
    assert [said.meant_for for said in asked] == [[ANA]]
    assert await found(chat, "choisir un pansement")
    assert "à vérifier" in chat.last.text
    await chat.says(MODO, "!admin doc lister")
    assert f"- Choisir un pansement (DOC-{number})" in chat.last.lines
