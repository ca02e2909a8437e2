"""What a sheet comes to: each milestone once, whatever happens in whatever order; valued, capitalised, counted."""

from hypothesis import given
from hypothesis import strategies as st

from bot import consequences
from bot.sheets.rules.milestones import Hindrance, Milestone, hindrance, next_step
from bot.sheets.rules.sheet import LIFECYCLE, PUBLIC, Trigger
from bot.store import audit
from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import LINE
from tests.commands.meetups import publishes as announces
from tests.help.test_own_data import erases
from tests.sheets.writing import DONE, NEED, RESULT, answers, kept, publishes, shown, to, writes

N = "\u00a0"
TITLE = "Les entrées en EHPAD étaient saisies deux fois (F-1)"
STEPS = st.one_of(st.sampled_from(Trigger), st.sampled_from(Milestone))


@given(st.lists(STEPS, max_size=40))
def test_whatever_happens_no_milestone_is_reached_before_its_time_and_none_is_lost(
    steps: list[Trigger | Milestone],
) -> None:
    status, reached = LIFECYCLE.start, list[Milestone]()
    for one in steps:
        if isinstance(one, Trigger):
            status = LIFECYCLE.target(status, one) or status
            continue
        why_not = hindrance(one, published=status in PUBLIC, reached=reached)
        if status not in PUBLIC:
            assert why_not is Hindrance.NOT_PUBLISHED
        elif one is Milestone.CIRCULATING and Milestone.EVALUATED not in reached:
            assert why_not is Hindrance.NOT_EVALUATED
        else:
            assert why_not is None
            reached.append(one)
    if Milestone.CIRCULATING in reached:
        assert reached.index(Milestone.EVALUATED) < reached.index(Milestone.CIRCULATING)


def test_each_reader_is_shown_one_next_step_that_is_possible_for_them() -> None:
    everything = [frozenset(), frozenset({Milestone.EVALUATED}), frozenset(Milestone)]
    wrong = []
    for reached in everything:
        for signs, tries in ((True, False), (False, True), (False, False)):
            step = next_step(reached, signs=signs, tries=tries)
            if step is not None and hindrance(step, published=True, reached=reached) is not None:
                wrong.append((reached, signs, tries, step))
            if signs and step is Milestone.TRIED:
                wrong.append((reached, signs, tries, step))
    assert wrong == []


async def milestones(chat: Chat) -> list[str]:
    return [name for (name,) in await chat.rows("SELECT name FROM sheet_milestone ORDER BY id")]


async def happens(chat: Chat, noun: str, item: str, after: str) -> None:
    """Another noun does something of which it notes no more than this."""
    async with chat.database.transaction() as tx:
        audit.happened(tx, noun, item, after)
        await consequences.follow(tx, chat.timers, now=chat.now)
    await chat.passes(minutes=1)


async def test_presented_put_first_or_thanked_for_it_is_valued_and_its_author_told_once(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(BEN, "!doc F-1")
    pick = await chat.reacts(MODO, "📰", chat.last)
    await chat.redacts(MODO, pick)
    await chat.passes(hours=2)
    assert await milestones(chat) == [], "it was taken back"
    await chat.reacts(MODO, "📰", [said for said in chat.messages if said.room_id == chat.room][-1])
    await chat.passes(hours=2)
    for _twice in range(2):
        await happens(chat, LIFECYCLE.noun, "1", "thanked")

    assert await milestones(chat) == ["valued"]
    assert [said.lines for said in to(chat, ANA)] == [
        [
            f"Ce que vous avez écrit est valorisé{N}: {TITLE}.",
            "L'équipe de la communauté l'a mise en tête de son récapitulatif.",
        ]
    ]
    await chat.says(BEN, "!F-1")
    assert f"Où elle en est{N}: publiée, valorisée" in chat.last.text


async def test_presented_at_a_meet_up_or_come_of_one_it_is_valued(chat: Chat) -> None:
    await publishes(chat)
    await chat.direct(BEN)
    await announces(chat, LINE)
    for words in ("la fiche F-1 en pratique", "notre tri des déchets"):
        await chat.says(BEN, f"!rdv R-1 retex {words}")
        await chat.reacts(MODO, "✅", shown(chat, MODO))
    chat.forget()
    await chat.passes(days=70)
    assert [said.lines[0] for said in to(chat, ANA) if "valorisé" in said.text] == [
        f"Ce que vous avez écrit est valorisé{N}: {TITLE}."
    ]
    assert await milestones(chat) == ["valued"]
    card = next(said for said in to(chat, BEN) if "notre tri des déchets" in said.text)
    await chat.reacts(BEN, "✅", card)
    await answers(chat, BEN, NEED, DONE, RESULT, "oui")
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await chat.passes(minutes=1)
    assert await milestones(chat) == ["valued", "valued"]


async def test_what_is_not_published_is_not_valued(chat: Chat) -> None:
    await writes(chat)
    await happens(chat, LIFECYCLE.noun, "1", "thanked")
    assert await milestones(chat) == []


async def test_made_to_last_its_author_is_asked_at_its_date_and_again_a_year_later(chat: Chat) -> None:
    await publishes(chat)
    await answers(chat, BEN, "!fiche F-1 capitaliser")
    assert chat.last.text.startswith("C'est l'équipe de la communauté qui décide")
    for words in ("hier", "demain dans dix ans", "5 mars 2031"):
        await answers(chat, MODO, f"!fiche F-1 capitaliser {words}")
        assert chat.last.text.startswith("Donnez une date d'ici un an"), words
    await answers(chat, MODO, "!fiche F-1 capitaliser 6 mars")
    assert "8 mars 2027" in chat.last.text, "the 6th is a Saturday"
    chat.forget()
    await chat.restarts()
    await chat.passes(days=61)
    assert to(chat, ANA) == []
    await chat.passes(days=2)
    assert (await kept(chat))["status"] == "to_revise"
    [asked] = to(chat, ANA)
    await chat.reacts(BEN, "✅", asked, room=asked.room_id)
    await chat.reacts(ANA, "✅", asked)
    assert (await kept(chat))["status"] == "published"
    chat.forget()
    await chat.passes(days=370)
    assert len([said for said in to(chat, ANA) if said.text.startswith("Est-elle toujours juste")]) == 1


async def test_at_its_date_the_team_is_asked_for_an_author_who_is_gone(chat: Chat) -> None:
    await publishes(chat)
    await chat.direct(MODO)
    await answers(chat, MODO, "!fiche F-1 capitaliser 8 mars")
    await erases(chat, ANA)
    chat.forget()
    await chat.passes(days=63)

    assert "Plus personne n'en répond" in shown(chat, MODO).text
    await answers(chat, MODO, "!fiche F-1 vérifié")
    assert (await kept(chat))["status"] == "published"


async def test_a_team_sees_the_whole_loop_in_sums(chat: Chat) -> None:
    await publishes(chat)
    for person in (BEN, MODO):
        await answers(chat, person, "!fiche F-1 essayer")
    await chat.says(BEN, "!doc F-1")
    await answers(chat, BEN, "!fiche F-1 évaluer Une heure de moins")
    await answers(chat, MODO, "!admin tableau")
    lines = chat.last.lines
    assert f"1 avis sur une fiche à lire{N}: !fiche F-1 évaluer" in chat.last.text
    assert f"1 fiche (1 ouverture, essais{N}: trop peu de personnes, 0 reprise){N}: !doc fiche" in lines, lines


async def test_what_is_unfinished_comes_first_among_one_s_sheets(chat: Chat) -> None:
    await publishes(chat)
    await chat.direct(BEN)
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche Les stocks étaient comptés à la main", "annuler")
    await answers(chat, ANA, f"!fiche F-1 avec {BEN}")
    await chat.reacts(BEN, "✅", to(chat, BEN)[-1])
    for person in (ANA, BEN):
        await answers(chat, person, "!fiche mes")
        assert f"(F-1){N}: publiée, à vérifier" in chat.last.lines[1], person
        await answers(chat, person, "!moi")
        assert "publiée, à vérifier" in chat.last.text, person


async def test_a_sheet_for_which_somebody_thanked_counts_as_valued(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(BEN, "!merci F-1 pour le tableau")
    await chat.passes(minutes=1)

    assert await milestones(chat) == ["valued"]
