"""Whatever people do in whatever order: only a team of 3 to 5 who agreed, of several professions, is accepted."""

import asyncio
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotNow
from bot.programmes import applications, catalogue, members, steps, themes
from bot.programmes.rules.application import Party, Refusal, Status
from bot.programmes.rules.team import Mate, lacks
from bot.programmes.tables import SupportApplication
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import joins
from tests.test_privacy_schema import hands

EVA, FRED, DIR, DIR2 = (f"@{name}:example.org" for name in ("eva", "fred", "dir", "dir2"))
PEOPLE, APPROVERS = (ANA, BEN, CLEO, MODO, EVA, FRED), (DIR, DIR2)
WAYS = {"join": 12, "approve": 6, "accept": 6, "add": 1, "name": 4, "leave": 1, "decline": 1, "gone": 1}
"""What people do, and how often."""
JOBS = ("infirmier", "infirmier", "medecin", "")
MATES = st.lists(st.builds(Mate, st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "x", "y"])), max_size=8)


@given(MATES, st.booleans(), st.booleans(), st.booleans())
def test_what_lacks_nothing_is_what_the_programme_asks_for(
    team: list[Mate], framed: bool, approved: bool, territorial: bool
) -> None:
    whole = (
        framed
        and approved
        and 3 <= len(team) <= 5
        and len({mate.profession for mate in team} - {""}) >= 2
        and (not territorial or len({mate.establishment for mate in team} - {""}) >= 2)
    )
    found = lacks(team, framed=framed, approved=approved, territorial=territorial)
    assert (not found) == whole
    assert Refusal.TOO_FEW not in found or Refusal.TOO_MANY not in found


@pytest.mark.parametrize("seed", [1, 2, 7])
async def test_no_history_has_a_team_accepted_that_is_not_whole(chat: Chat, seed: int) -> None:
    """With people who leave at any moment, and two of the community's team who accept at once."""
    draw, number, accepted = Random(seed), await _begun(chat), 0
    for _step in range(80):
        done = await _one_step(chat, draw, number)
        state = await _is(chat, number)
        if done == "accept":
            accepted += 1
            assert await _whole(chat, number), seed
        if state in (Status.ACCEPTED, Status.REFUSED, Status.WITHDRAWN):
            number = await _begun(chat)
        elif state is Status.SUBMITTED:
            assert await _whole(chat, number), seed
    assert accepted > 0, "the histories come to something"


async def _begun(chat: Chat) -> int:
    """A draft of Ana's, sent."""
    for person in (*PEOPLE, *APPROVERS):
        await joins(chat, person)
    await chat.says(MODO, "!admin équipe")  # so that the members are known
    async with hands(chat) as acting:
        theme = await themes.set_open(
            acting.tx, "numerique", catalogue.every()["sterilisation"], is_open=True, until=None, now=chat.now
        )
        found = await applications.begin(acting, theme, ANA, challenge=None)
        found.need, found.project, found.approver = "Un besoin", "Un projet", DIR
        for person in PEOPLE[:4]:
            await members.ask(acting.tx, found, person, now=chat.now)
        own = await members.get(acting.tx, found, ANA)
        assert own is not None
        own.profession = "qualite"
        await steps.send(acting, found)
        return found.id or 0


async def _one_step(chat: Chat, draw: Random, number: int) -> str:
    """Something that somebody does; « accept » if a team was accepted by it."""
    way = draw.choice(
        ("join", "join", "join", "approve", "leave", "decline", "gone", "add", "name", "accept", "accept")
    )
    if way == "accept":
        both = await asyncio.gather(_accepts(chat, number), _accepts(chat, number))
        assert sum(both) <= 1, "two at once accept it once"
        return "accept" if any(both) else ""
    person, job = draw.choice(PEOPLE), draw.choice(JOBS)
    async with hands(chat) as acting:
        found = await applications.get(acting.tx, number, lock=True)
        assert found is not None
        row = await members.get(acting.tx, found, person)
        if way == "join" and row is not None and row.agreed_at is None:
            row.profession = job
            await steps.joins(acting, found, row)
        elif way == "approve" and found.approver is not None and found.approved_at is None:
            await steps.approves(acting, found)
        elif way == "decline":
            await steps.loses_approver(acting, found)
        elif way == "leave" and person != found.applicant:
            await steps.leaves(acting, found, person)
        elif way == "gone":
            await steps.gone(acting, found, draw.choice((*PEOPLE, *APPROVERS)))
        elif way == "add" and len(await members.of(acting.tx, found)) < 6:
            await members.ask(acting.tx, found, person, now=chat.now)
            await steps.settle(acting, found)
        elif way == "name" and (found.approver is None or draw.random() < 0.2):
            await steps.names_approver(acting, found, draw.choice(APPROVERS))
    return ""


async def _accepts(chat: Chat, number: int) -> bool:
    try:
        async with hands(chat) as acting:
            found = await applications.get(acting.tx, number, lock=True)
            assert found is not None
            await steps.accept(acting, found, by={Party.MODERATOR}, person=MODO)
    except NotNow:
        return False
    return True


async def _is(chat: Chat, number: int) -> Status:
    async with chat.database.reading() as tx:
        found = await tx.get(SupportApplication, number)
    assert found is not None
    return Status(found.status)


async def _whole(chat: Chat, number: int) -> bool:
    """As the rows have it, counted anew."""
    rows = await chat.rows(
        f"SELECT person, profession FROM support_member WHERE application = {number} AND agreed_at IS NOT NULL"
    )
    ((approver, at),) = await chat.rows(f"SELECT approver, approved_at FROM support_application WHERE id = {number}")
    people, jobs = {row[0] for row in rows}, {row[1] for row in rows} - {""}
    return 3 <= len(people) <= 5 and len(jobs) >= 2 and at is not None and approver not in people
