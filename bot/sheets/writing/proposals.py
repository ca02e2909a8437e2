"""Sheets that are proposed: of a request that had its answer, of an experience that was told at a meet-up."""

from datetime import timedelta
from functools import partial

from bot.communities.acting import Hands
from bot.communities.people import members, people
from bot.communities.tell import Words, tell
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, quote
from bot.help import HelpRequest, requests
from bot.help.exchange import satisfaction
from bot.help.rules.request import LIFECYCLE as REQUEST
from bot.help.rules.request import Status as RequestStatus
from bot.help.texts_before import number
from bot.i18n import _
from bot.meetups import MeetupNote, meetups, notes
from bot.meetups.meetups import Meetup
from bot.meetups.reminder_timers import hours_of
from bot.noun import When
from bot.resources.texts import one_line
from bot.sheets import sheets
from bot.sheets.rules.parts import LONGEST_ANSWER, title_of
from bot.sheets.rules.sheet import CONSENT, START, Status
from bot.sheets.tables import Sheet
from bot.sheets.writing import authors
from bot.store.database import Transaction

OF_REQUEST, OF_RETEX = "sheet-of-request", "sheet-of-retex"
"""The timers: a request was closed, an experience was told."""
AFTER_THE_MEETUP = timedelta(hours=24)
WHEN = (
    When(REQUEST.noun, source=RequestStatus.RESOLVED, to=RequestStatus.CLOSED, timer=OF_REQUEST),
    When(notes.RETEX, to=notes.TOLD, timer=OF_RETEX, after=AFTER_THE_MEETUP),
)
YES_NO = (Gesture.YES, Gesture.NO)


async def of_request(hands: Hands, item: str) -> None:
    """Propose a sheet to both who talked: nothing of it is kept but the question, and only if both want it."""
    request = await requests.get(hands.tx, item)
    if request is None or await _speaks_against(hands, request):
        return
    asked, helped = request.requester or "", request.expert or ""
    origin = number(request)
    sheet = await sheets.begin(hands, request.community, helped, status=Status.PROPOSED, origin=origin)
    for person in (asked, helped):
        await authors.ask(hands.tx, sheet, person, now=hands.now, needed=True)
        await _propose(hands, sheet, person, partial(_to_both, sheet, request.text, writes=person == helped), CONSENT)


async def _speaks_against(hands: Hands, request: HelpRequest) -> bool:
    """Whether nobody is proposed anything: it was of no use, nobody helped, somebody left or wants no such message."""
    rated = await satisfaction.of(hands.tx, request)
    people_ = [person for person in (request.requester, request.expert) if person]
    if request.status != RequestStatus.CLOSED or len(people_) < 2 or not request.text:
        return True
    if rated is not None and rated.was_useful is False:
        return True
    if await sheets.of_origin(hands.tx, number(request)) is not None:
        return True
    return not all([await _may_be_asked(hands, person, request.community) for person in people_])


async def _may_be_asked(hands: Hands, person: str, community: str) -> bool:
    here = await members.is_member_for_sure(hands.tx, hands.directory, person, community)
    return here and not await people.has_stopped(hands.tx, person)


def _to_both(sheet: Sheet, question: str, *, writes: bool) -> Text:
    return Text.of(
        _("**This answer may help others.** Shall it become a practice sheet ({number})?").format(
            number=sheets.number(sheet)
        ),
        quote(one_line(question, longest=300)),
        _("You would write it in three questions; the other person signs it with you.")
        if writes
        else _(
            "Whoever helped you would write it, and you sign it too. Only your question is there, nothing of your talk."
        ),
        _("It is begun only if both of you agree. Without an answer nothing happens."),
        _("**Agreed?** ✅ yes, ❌ no"),
    )


async def community_of_request(tx: Transaction, item: str) -> str | None:
    """The community whose members must be known before a sheet is proposed."""
    return next(iter(await requests.belongs_to(tx, item)), None)


async def community_of_retex(tx: Transaction, item: str) -> str | None:
    """The same for an experience that was told."""
    return next(iter(await notes.belongs_to(tx, item)), None)


async def of_retex(hands: Hands, item: str) -> None:
    """Propose a sheet to whoever told their experience, with its title."""
    note = await notes.get(hands.tx, int(item))
    meetup = await meetups.get(hands.tx, note.meetup) if note is not None else None
    if note is None or meetup is None:
        return
    origin, community = f"{meetup.reference}#{note.id}", meetup.series.community
    if await sheets.of_origin(hands.tx, origin) is not None or not await _may_be_asked(hands, note.author, community):
        return
    hours = await hours_of(hands.tx, note.author, meetup.zone)
    if not hours.is_open(hands.now):
        await hands.timers.set(hands.tx, OF_RETEX, item, due_at=hours.next_opening(hands.now))
        return
    sheet = await sheets.begin(hands, community, note.author, origin=origin, kind="retex")
    sheet.title = title_of(note.text)
    await sheets.write(hands.tx, sheet)
    await _propose(hands, sheet, note.author, partial(_to_speaker, sheet, meetup, note), START)


def _to_speaker(sheet: Sheet, meetup: Meetup, note: MeetupNote) -> Text:
    return Text.of(
        _("**You shared an experience at {title} ({reference}).** May others find it?").format(
            title=one_line(meetup.title, longest=80), reference=meetup.reference
        ),
        quote(one_line(note.text, longest=200)),
        _("Three questions make a sheet of it ({number}), one message each.").format(number=sheets.number(sheet)),
        _("**Begin?** ✅ yes, ❌ no"),
    )


async def _propose(hands: Hands, sheet: Sheet, person: str, words: Words, kind: str) -> None:
    community = await sheets.community_of(hands.tx, sheet)
    asked = [row.person for row in await authors.of(hands.tx, sheet)]
    place = asked.index(person) if person in asked else 0
    await tell(
        hands,
        person,
        words,
        key=f"sheet:{sheet.id}:proposed:{place}",
        language=community.language,
        about=Ref(kind, str(sheet.id)),
        gestures=YES_NO,
        rings=False,
        unasked=True,
    )


async def agreed(hands: Hands, sheet: Sheet) -> None:
    """All agree: the question of the request is the need, which its author may change. The caller moves the sheet."""
    found = sheet.origin.partition("-")[2]
    request = await requests.get(hands.tx, found) if found.isdigit() else None
    if request is not None and number(request) == sheet.origin:
        sheet.need = request.text[:LONGEST_ANSWER]
        sheet.title, sheet.topics = title_of(request.text), [request.topic] if request.topic else []
    await sheets.change(hands, sheet)
