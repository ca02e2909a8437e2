"""What is done to a sheet: submitted, published, asked back, withdrawn; who is told, and what the search finds."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.people import people
from bot.communities.tell import Words, name, tell, waits_in_private
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.help import settings
from bot.mailbox import forgetting
from bot.mailbox.sending.outbox import Card
from bot.meetups.reminder_timers import hours_of
from bot.resources.checks import zone_of
from bot.resources.resources import ARCHIVED
from bot.sheets import sheets, texts
from bot.sheets.journey import circulations
from bot.sheets.reading import as_resource, published
from bot.sheets.rules.sheet import COMMENT, REVIEW, START, Party, Refusal, Status, Trigger
from bot.sheets.tables import Sheet
from bot.sheets.writing import authors, remarks, reviews
from bot.store.database import Transaction
from bot.time.delay import Delay

REVIEW_WAITS = Delay(days=3)
"""Working days after which somebody else is asked to review."""
NEXT_REVIEWER, UNFINISHED = "sheet-reviewer", "sheet-unfinished"
"""The timers: somebody else is asked to review; the author is reminded once of a draft."""
ASKED_BACK: Final = "asked back"
"""What the keys of the messages name in which its authors read what is missing."""
REMINDED_AFTER = timedelta(days=7)
JUST_DECIDED = timedelta(hours=1)
_COPIES: Final = re.compile(r"sheet:\d+:\d+:(review|team|submitted)\b")
_ALL_COPIES: Final = re.compile(r"sheet:\d+:(sign|\d+:(review|team|submitted))\b")
"""The keys of the messages that show to others what is not published, and of these together with those that ask
somebody to sign it."""
ANSWERS = (Gesture.YES, Gesture.NO, Gesture.MAYBE)


@contextmanager
def explained(sheet: Sheet, word: str = "") -> Iterator[None]:
    """A step that is refused becomes the sentence that says why."""
    try:
        yield
    except NotNow as error:
        raise UserError(texts.refused(sheet, Refusal(error.why), word)) from None


async def shown(hands: Hands, sheet: Sheet) -> texts.Shown:
    """The sheet with the names of those who sign it."""
    community = await sheets.community_of(hands.tx, sheet)
    signing = await authors.signing(hands.tx, sheet)
    known = await communities.topics_of(hands.tx, sheet.community)
    return texts.Shown(sheet, [name(hands, person, community) for person in signing], known)


async def parties(hands: Hands, sheet: Sheet, person: str, *, leads: bool) -> set[Party]:
    """What somebody is to a sheet at this moment."""
    row = await authors.get(hands.tx, sheet, person)
    found = {
        Party.AUTHOR: person in await authors.signing(hands.tx, sheet),
        Party.NEEDED: row is not None and row.needed,
        Party.REVIEWER: await reviews.asks(hands.tx, sheet, person),
        Party.MODERATOR: leads,
    }
    return {party for party, true in found.items() if true}


async def remind_later(hands: Hands, sheet: Sheet) -> None:
    """Its author is reminded once, if they leave it unfinished."""
    if not sheet.reminded:
        await hands.timers.set(hands.tx, UNFINISHED, str(sheet.id), due_at=hands.now + REMINDED_AFTER)


async def remind(hands: Hands, item: str) -> None:
    """Remind the author of a draft in which something is written, once, in their hours."""
    sheet = await sheets.get(hands.tx, item, lock=True)
    if (
        sheet is None
        or sheet.status != Status.DRAFT
        or not sheets.is_begun(sheet)
        or sheet.reminded
        or sheet.author is None
    ):
        return
    community = await sheets.community_of(hands.tx, sheet)
    hours = await hours_of(hands.tx, sheet.author, zone_of(community))
    if not hours.is_open(hands.now):
        await hands.timers.set(hands.tx, UNFINISHED, item, due_at=hours.next_opening(hands.now))
        return
    sheet.reminded = True
    await sheets.write(hands.tx, sheet)
    await tell(
        hands,
        sheet.author,
        lambda: texts.reminder(sheet),
        key=f"sheet:{sheet.id}:unfinished",
        language=community.language,
        about=Ref(START, item),
        gestures=(Gesture.YES, Gesture.NO),
        rings=False,
        unasked=True,
    )


async def submit(hands: Hands, sheet: Sheet, *, by: Collection[Party], person: str) -> bool:
    """One of its authors thinks that it is ready: the others read it, somebody is asked to review it. Raises NotNow.

    False if there is nobody to ask.
    """
    await sheets.move(hands, sheet, Trigger.SUBMIT, by=by)
    await hands.timers.cancel(hands.tx, UNFINISHED, str(sheet.id))
    found = await shown(hands, sheet)
    await tell_authors(hands, sheet, lambda: texts.submitted_by_another(found), key="submitted", but=person)
    return await ask_reviewer(hands, sheet)


async def ask_reviewer(hands: Hands, sheet: Sheet) -> bool:
    """Ask the next volunteer, or wait until one comes to work; when nobody is left, ask the team.

    False if nobody is left there either.
    """
    community = await communities.locked(hands.tx, sheet.community)  # two sheets cannot both take a last free place
    assert community is not None
    manner = await settings.of(hands.tx, community)
    choice = await reviews.next_one(hands.tx, sheet, community, now=hands.now)
    if choice.chosen:
        person = choice.chosen[0].person
        await reviews.ask(hands.tx, sheet, person, now=hands.now)
        place = len(await reviews.of(hands.tx, sheet))
        await _show_reviewer(hands, sheet, person, key=f"review:{place}")
    elif choice.opens_at is None:
        return await _ask_team(hands, sheet)
    due_at = REVIEW_WAITS.after(hands.now, manner.working) if choice.chosen else choice.opens_at
    assert due_at is not None
    await hands.timers.set(hands.tx, NEXT_REVIEWER, str(sheet.id), due_at=due_at)
    return True


async def _ask_team(hands: Hands, sheet: Sheet) -> bool:
    """Ask the team, each in private: the sheet is for nobody else yet. Never its authors."""
    community, signing = await sheets.community_of(hands.tx, sheet), await authors.signing(hands.tx, sheet)
    team = await people.team(hands.tx, community, hands.directory, but=hands.account)
    stopped = await people.stopped_among(hands.tx, team)
    others = [person for person in team if person not in signing and person not in stopped]
    for place, person in enumerate(others):
        await _show_reviewer(hands, sheet, person, key=f"team:{place}")
    return bool(others)


async def _show_reviewer(hands: Hands, sheet: Sheet, person: str, *, key: str) -> None:
    community, found = await sheets.community_of(hands.tx, sheet), await shown(hands, sheet)
    await tell(
        hands,
        person,
        lambda: texts.to_review(found),
        key=f"sheet:{sheet.id}:{sheet.version}:{key}",
        language=community.language,
        about=Ref(REVIEW, str(sheet.id)),
        gestures=ANSWERS,
        otherwise=waits_in_private(community, person),
    )


async def not_me(hands: Hands, sheet: Sheet, person: str) -> None:
    """A volunteer does not review this one: somebody else is asked."""
    await reviews.close(hands.tx, sheet, person=person)
    await hands.outbox.close_cards(hands.tx, Ref(REVIEW, str(sheet.id)), asker=person)
    if sheet.status == Status.IN_REVIEW:
        await ask_reviewer(hands, sheet)


async def comment_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether what is missing may be said; shortly after somebody else decided, its reviewer is answered that."""
    sheet = await sheets.get(tx, item)
    return sheet is not None and (sheet.status == Status.IN_REVIEW or now - sheet.changed_at < JUST_DECIDED)


async def ask_back(
    hands: Hands, sheet: Sheet, missing: str, *, by: Collection[Party], person: str, source: str
) -> None:
    """The reviewer says in a message, `source`, what is missing: its authors complete it. Raises NotNow."""
    await sheets.move(hands, sheet, Trigger.ASK_BACK, by=by, person=person, reason=missing)
    sheet.missing = missing
    remarks.note(sheet, Ref(remarks.MISSING, str(sheet.version)), source)
    await _reviewed(hands, sheet, person)
    await tell_authors(hands, sheet, lambda: texts.asked_back(sheet), key=ASKED_BACK)


async def not_missing(hands: Hands, source: str) -> Sheet | None:
    """A reviewer deleted the message that said what is missing: its authors read it no more; None if there is none.

    While they complete it, they learn that.
    """
    found = await remarks.take_out(hands.tx, remarks.MISSING, source)
    if found is None:
        return None
    sheet, remark = found
    await forgetting.unsay(hands, re.compile(""), f"sheet:{sheet.id}:{remark.id}:{ASKED_BACK}:")
    if remarks.is_last(sheet, remark):
        sheet.missing = ""
        await sheets.write(hands.tx, sheet)
    if sheet.status == Status.TO_COMPLETE and int(remark.id) == sheet.version:
        await tell_authors(hands, sheet, lambda: texts.not_missing(sheet), key="not missing")
    return sheet


async def publish(hands: Hands, sheet: Sheet, *, by: Collection[Party], person: str) -> None:
    """It can be found from now on; those who sign it are told. Raises NotNow."""
    await sheets.move(hands, sheet, Trigger.PUBLISH, by=by, person=person)
    sheet.published_at, sheet.missing = sheet.published_at or hands.now, ""
    await _reviewed(hands, sheet, person)
    await as_resource.put_everywhere(hands, sheet)
    await tell_authors(hands, sheet, lambda: texts.published(sheet), key="published")


async def taken_out(hands: Hands, sheet: Sheet, person: str, *, source: str) -> None:
    """Somebody who signs it deleted a message of which it held the words: no copy of ours shows them any more.

    If it is reviewed, its reviewers get it anew; without one of its answers they read that it is not reviewed.
    """
    asked = await _asked(hands, sheet)
    await forgetting.unsay(hands, _COPIES, f"sheet:{sheet.id}:")
    await forgetting.unsay_cards(hands, Ref(REVIEW, str(sheet.id)))
    if sheet.status != Status.IN_REVIEW:
        return
    if sheets.missing(sheet):
        await forgetting.unsay_cards(hands, Ref(COMMENT, str(sheet.id)))
        await sheets.move(hands, sheet, Trigger.TAKE_OUT, by={Party.AUTHOR})
        await _reviewed(hands, sheet, "")
        await _not_reviewed(hands, sheet, asked)
    else:
        await hands.outbox.close_cards(hands.tx, Ref(REVIEW, str(sheet.id)))
        for place, reviewer in enumerate(asked):
            await _show_reviewer(hands, sheet, reviewer, key=f"review:{source}:{place}")
    await tell_authors(hands, sheet, lambda: texts.shortened(sheet), key=f"taken out:{source}", but=person)


async def _asked(hands: Hands, sheet: Sheet) -> list[str]:
    """Those whose review is waited for, and who have read what they are asked about."""
    cards = await hands.outbox.cards_about(hands.tx, Ref(REVIEW, str(sheet.id)))
    return list(dict.fromkeys(card.asker for card in cards if card.asker))


async def _not_reviewed(hands: Hands, sheet: Sheet, asked: Sequence[str]) -> None:
    await _tell_each(hands, sheet, asked, lambda: texts.not_reviewed(sheet), key="not reviewed")


async def _remove_copies(hands: Hands, sheet: Sheet, asked: Sequence[str]) -> None:
    """Nobody reads any more what was not published of it; those who had it to review know."""
    await forgetting.unsay(hands, _ALL_COPIES, f"sheet:{sheet.id}:")
    await forgetting.unsay_cards(hands, *(Ref(kind, str(sheet.id)) for kind in (REVIEW, COMMENT)))
    await _not_reviewed(hands, sheet, asked)


async def _reviewed(hands: Hands, sheet: Sheet, by: str) -> None:
    """Nobody is asked any more; another reviewer who is writing what is missing reads it when it comes."""
    await hands.outbox.close_cards(hands.tx, Ref(COMMENT, str(sheet.id)), asker=by)
    await reviews.close(hands.tx, sheet)
    await hands.timers.cancel(hands.tx, NEXT_REVIEWER, str(sheet.id))
    await sheets.write(hands.tx, sheet)


async def tell_authors(hands: Hands, sheet: Sheet, words: Words, *, key: str, but: str = "") -> None:
    """Write to each of those who sign it, once for each step."""
    signing = await authors.signing(hands.tx, sheet)
    await _tell_each(hands, sheet, signing, words, key=key, but=but)


async def _tell_each(
    hands: Hands, sheet: Sheet, people: Sequence[str], words: Words, *, key: str, but: str = ""
) -> None:
    community = await sheets.community_of(hands.tx, sheet)
    for place, person in enumerate(people):
        if person != but:
            name, spoken = f"sheet:{sheet.id}:{sheet.version}:{key}:{place}", community.language
            await tell(hands, person, words, key=name, language=spoken, otherwise=waits_in_private(community, person))


async def revise(hands: Hands, sheet: Sheet, *, by: Collection[Party]) -> None:
    """It may be no longer right: shown as to be verified until it is confirmed or published anew. Raises NotNow."""
    await sheets.move(hands, sheet, Trigger.REVISE, by=by)
    await as_resource.mark(hands, sheet, outdated=True)


async def confirm(hands: Hands, sheet: Sheet, *, by: Collection[Party]) -> None:
    """It is still right. Raises NotNow."""
    await sheets.move(hands, sheet, Trigger.CONFIRM, by=by)
    community = await sheets.community_of(hands.tx, sheet)
    today = hands.now.astimezone(zone_of(community)).date()
    await as_resource.mark(hands, sheet, outdated=False, verified_on=today.isoformat())


async def end(
    hands: Hands, sheet: Sheet, trigger: Trigger, *, by: Collection[Party], reason: str = "", but: str = ""
) -> None:
    """Archive or withdraw it: nobody finds it any more. Of what is withdrawn no word is left. Raises NotNow.

    Those who had it to review learn it, `but` whoever ends it.
    """
    asked = await _asked(hands, sheet)
    await sheets.move(hands, sheet, trigger, by=by, reason=reason)
    is_withdrawn = sheet.status == Status.WITHDRAWN
    nothing = {"title": sheets.number(sheet), "summary": "", "tags": []} if is_withdrawn else {}
    await as_resource.mark(hands, sheet, state=ARCHIVED, **nothing)
    await circulations.end_all(hands, sheet)
    for timer in (UNFINISHED, NEXT_REVIEWER):
        await hands.timers.cancel(hands.tx, timer, str(sheet.id))
    await reviews.close(hands.tx, sheet)
    if is_withdrawn:
        sheets.empty(sheet)
        await sheets.write(hands.tx, sheet)
        await _remove_copies(hands, sheet, [person for person in asked if person != but])
        await circulations.unsay(hands, sheet)


async def leave(hands: Hands, sheet: Sheet) -> None:
    """Nobody goes on with what was not published: it ends, or gives way to what was published before."""
    if sheet.status == Status.PUBLISHED:
        return
    if sheet.published_at is None:
        words = partial(texts.abandoned, texts.titled(sheet))
        await tell_authors(hands, sheet, words, key="abandoned", but=sheet.author or "")
        await end(hands, sheet, Trigger.WITHDRAW, by={Party.SYSTEM})
        return
    asked = await _asked(hands, sheet)
    await sheets.move(hands, sheet, Trigger.LEAVE, by={Party.SYSTEM})
    published.restore(sheet)
    sheet.missing = ""
    await _reviewed(hands, sheet, "")
    await _remove_copies(hands, sheet, asked)
