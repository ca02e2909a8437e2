"""Sheets that are made of what somebody wrote in a room: only with their consent, until which nothing of it is kept."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import quote

from sqlalchemy import func
from sqlmodel import col, select

from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.tell import tell, waits_in_private
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, link
from bot.i18n import _
from bot.noun import Cites
from bot.sheets import sheets, steps, texts
from bot.sheets.reading import published
from bot.sheets.rules.parts import LONGEST_ANSWER
from bot.sheets.rules.sheet import CONSENT, OVER, Party, Status, Trigger
from bot.sheets.tables import Sheet, SheetAuthor
from bot.sheets.writing import authors
from bot.store.database import Transaction

ORIGINAL_GONE = "sheet-original-gone"
"""The timer: the message of which a sheet was made is deleted."""

MOST_A_DAY = 3
"""How often one person is asked in a day for what they wrote, by all others together."""


async def of_message(tx: Transaction, room_id: str, event_id: str) -> Sheet | None:
    """The newest sheet that was made of a message, or proposed; also one that is over: a no stays a no."""
    same = select(Sheet).where(Sheet.room_id == room_id, Sheet.event_id == event_id)
    return (await tx.exec(same.order_by(col(Sheet.id).desc()))).first()


async def may_ask(tx: Transaction, person: str, *, now: datetime) -> bool:
    """Whether few enough have asked this person for a message of theirs lately, whoever they are."""
    asked = select(func.count()).select_from(SheetAuthor).join(Sheet, col(Sheet.id) == col(SheetAuthor.sheet))
    lately = asked.where(SheetAuthor.person == person, SheetAuthor.asked_at > now - timedelta(days=1))
    return (await tx.exec(lately.where(col(Sheet.event_id).is_not(None)))).one() < MOST_A_DAY


async def _find(tx: Transaction, room_id: str, event_ids: Collection[str]) -> Collection[tuple[str, str]]:
    here = (col(Sheet.event_id).in_(event_ids), Sheet.room_id == room_id, col(Sheet.status).not_in(OVER))
    rows = (await tx.exec(select(Sheet).where(*here))).all()
    return [(row.event_id, str(row.id)) for row in rows if row.event_id]


CITES = Cites(_find, ORIGINAL_GONE)


async def begin(hands: Hands, community: Community, author: str, *, room_id: str, event_id: str, own: bool) -> Sheet:
    """A sheet to be made of a message: its author's `own`, or one that they are asked about."""
    status = Status.DRAFT if own else Status.PROPOSED
    sheet = await sheets.begin(hands, community.slug, author, status=status)
    sheet.room_id, sheet.event_id = room_id, event_id
    await sheets.write(hands.tx, sheet)
    return sheet


async def ask(hands: Hands, community: Community, sheet: Sheet, *, by: str, room: str) -> None:
    """Ask the author of a message, in private; only where it stands is kept."""
    assert sheet.author is not None
    await authors.ask(hands.tx, sheet, sheet.author, now=hands.now, needed=True)
    await tell(
        hands,
        sheet.author,
        partial(_question, sheet, by, room),
        key=f"sheet:{sheet.id}:capture",
        language=community.language,
        about=Ref(CONSENT, str(sheet.id)),
        gestures=(Gesture.YES, Gesture.NO),
        rings=False,
        unasked=True,
        otherwise=waits_in_private(community, sheet.author),
    )


def _question(sheet: Sheet, by: str, room: str) -> Text:
    return Text.of(
        _("**{name} would like what you wrote to help others**, as a practice sheet ({number}).").format(
            name=by, number=sheets.number(sheet)
        ),
        _("It is a message of yours in the room {room}. I have kept nothing of it.").format(room=room) if room else "",
        link(_("Read this message again"), _address(sheet)),
        _("With a yes I read it once and put it into a draft, which you alone see."),
        _("Without an answer nothing happens."),
        _("**Agreed?** ✅ yes, ❌ no"),
    )


def _address(sheet: Sheet) -> str:
    """Where a client shows the message; `via`: a homeserver that is in the room."""
    room, event = (quote(part or "", safe="!$:") for part in (sheet.room_id, sheet.event_id))
    return f"https://matrix.to/#/{room}/{event}?via={quote(sheet.account.partition(':')[2], safe=':')}"


async def put(hands: Hands, sheet: Sheet, text: str, *, source: str) -> None:
    """What its author wrote is what was done; they read it if it is too long. Raises UserError for patient data."""
    said = _shortened(text.strip())
    await sheets.answer(hands, sheet, "done", said, source=source)
    if said != text.strip() and sheet.author is not None:
        community = await sheets.community_of(hands.tx, sheet)
        key, words = f"sheet:{sheet.id}:shortened", partial(_too_long, sheet)
        await tell(hands, sheet.author, words, key=key, language=community.language, rings=False)


def _shortened(text: str) -> str:
    """As many whole sentences as fit; of one that is longer, as many words."""
    if len(text) <= LONGEST_ANSWER:
        return text
    head = text[:LONGEST_ANSWER]
    end = max(head.rfind(sign) for sign in (". ", "! ", "? ", "… ", "\n"))
    return head[: end + 1].rstrip() if end > 0 else head.rpartition(" ")[0] or head


def _too_long(sheet: Sheet) -> Text:
    return Text.of(
        _("Your message has more than {most} characters: the end of it is not in the sheet {number}.").format(
            most=LONGEST_ANSWER, number=sheets.number(sheet)
        ),
        _("To say it in other words: `!sheet {number} done …`").format(number=sheets.number(sheet)),
    )


async def original_gone(hands: Hands, item: str) -> None:
    """The message is deleted: so is what is not published of it, and its author knows."""
    sheet = await sheets.get(hands.tx, item, lock=True)
    if sheet is None or sheet.status in OVER or published.is_read(sheet):
        return
    community, author = await sheets.community_of(hands.tx, sheet), sheet.author
    begun, name = sheet.status != Status.PROPOSED, texts.titled(sheet)
    await steps.end(hands, sheet, Trigger.WITHDRAW, by={Party.SYSTEM})
    if begun and author is not None:
        key, language = f"sheet:{sheet.id}:original gone", community.language
        await tell(hands, author, partial(_gone, name), key=key, language=language, rings=False)


def _gone(name: str) -> Text:
    return Text.of(
        _("The message of which {title} was made is deleted: so is the draft.").format(title=name),
        _("To write one anew: `!sheet`"),
    )
