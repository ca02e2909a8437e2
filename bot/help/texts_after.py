"""What is said once somebody accepts: to both, in their room, and to those who make way."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.events.text import Text, bullets, more, quote
from bot.help.tables import HelpRequest
from bot.help.texts_before import Subject, day, day_and_hour, number, quoted
from bot.i18n import _
from bot.volunteers import Profile


class Ending(StrEnum):
    """Why we leave two people."""

    ANSWERED = "answered"
    IN_VAIN = "in_vain"  # the exchange does not take place
    UNANSWERED = "unanswered"  # a detail was waited for too long


def room_name(subject: Subject, requester: str, expert: str) -> str:
    """The private room's name: its first words differ from those of other rooms, and none is from the question."""
    return _("{number} {topic}, {requester} and {expert}").format(
        number=subject.number, topic=subject.topic, requester=requester, expert=expert
    )


def room_name_over(subject: Subject) -> str:
    """Its name once the exchange is over."""
    return _("{number} finished ({topic})").format(number=subject.number, topic=subject.topic or _("a question"))


def introduction(request: HelpRequest, requester: str, expert: str) -> Text:
    """The first message in the private room."""
    return Text.of(
        _("Hello. **{expert} agrees to help {requester}** ({number}).").format(
            expert=expert, requester=requester, number=number(request)
        ),
        quote(quoted(request.text)),
        _("Agree on the moment and the form."),
        more(_("No data about a patient or a resident.")),
        more(_("I keep nothing of what you write.")),
        _what_to_write(expert),
    )


def _what_to_write(expert: str) -> Text:
    return bullets(
        _("`resolved`: there is an answer, I leave the room"),
        _("`hand over` 🔁: {expert} can no longer help").format(expert=expert),
        _("`bot leave`: you talk without me"),
    )


def room_help(request: HelpRequest, expert: str) -> Text:
    """What the two may write in their room."""
    return Text.of(
        _("**Here is what you may write to me** in this room ({number}):").format(number=number(request)),
        _what_to_write(expert),
        _("The rest in a room of your community, or in private with me."),
    )


def introduction_in_thread(request: HelpRequest, requester: str, expert: str) -> Text:
    """The same in the thread of the question, for two people who may not be invited to a room."""
    return Text.of(
        _("**{expert} agrees to help {requester}** ({number}).").format(
            expert=expert, requester=requester, number=number(request)
        ),
        _("I cannot open a private conversation for you two: talk here, in this thread."),
        more(_("The whole room reads it: no data about a patient or a resident.")),
        more(_("I keep nothing of what you write.")),
        bullets(
            _("`resolved`: the question has its answer"),
            _("`hand over` 🔁: {expert} can no longer help").format(expert=expert),
        ),
    )


def introduction_alone(request: HelpRequest, expert: str, address: str) -> Text:
    """To the author in private, when no room could be opened for both."""
    return Text.of(
        _("**{expert} agrees to help you** ({number}), but I could not open a conversation for you two.").format(
            expert=expert, number=number(request)
        ),
        _("Write to them yourself: {address}").format(address=address),
        more(_("No data about a patient or a resident.")),
        _("Once you have your answer, write `resolved` here."),
    )


def accepted_openly(subject: Subject, requester: str, expert: str) -> Text:
    """The good news where others can read it."""
    return Text.of(
        _("**Good news, {requester}: {expert} agrees to help you** ({subject}).").format(
            requester=requester, expert=expert, subject=subject.aside
        ),
        _("I invite you both to a private conversation. If that cannot be, you meet in this thread."),
    )


def accepted(
    subject: Subject, requester: str, expert: str, profile: Profile, *, nudge_at: datetime, zone: ZoneInfo
) -> Text:
    """The good news for the author."""
    works = ", ".join(part for part in (profile.structure, profile.establishment) if part)
    return Text.of(
        _("**Good news, {requester}: {expert} agrees to help you** ({subject}).").format(
            requester=requester, expert=expert, subject=subject.aside
        ),
        more(_("Where {expert} works: {works}").format(expert=expert, works=works)) if works else "",
        _("Accept my invitation to the conversation {number}.").format(number=subject.number),
        _("If nothing has begun on {day}, I will write a word to {expert}.").format(
            day=day(nudge_at, zone), expert=expert
        ),
    )


def yours(subject: Subject, request: HelpRequest, requester: str, profile: Profile, *, alone: bool) -> Text:
    """The winner's card; `alone`: both meet in a private conversation, else in the thread of the question."""
    works = ", ".join(part for part in (profile.establishment, profile.department) if part)
    return Text.of(
        _("**Thank you: you help {requester}** ({subject}).").format(requester=requester, subject=subject.aside),
        more(_("Where {requester} works: {works}").format(requester=requester, works=works)) if works else "",
        quote(quoted(request.text)),
        _("Accept my invitation to the conversation {number}.").format(number=subject.number)
        if alone
        else _("I cannot invite you both to a private conversation: you meet in the thread of the question."),
        _("A mistake? Within 5 minutes, remove your reaction or answer “no”: I ask the others again."),
    )


def made_way(subject: Subject, expert: str) -> Text:
    """The others' cards."""
    return Text.of(
        _("{expert} takes care of this request: {subject}. Thank you, you have nothing to do.").format(
            expert=expert, subject=subject
        )
    )


def closed_card(subject: Subject) -> Text:
    """Cards of a request that is over."""
    return Text.of(_("This request is closed: {subject}. Thank you, you have nothing to do.").format(subject=subject))


def while_away(subject: Subject) -> Text:
    """The card of somebody who is away from today."""
    return Text.of(
        _("You are away: I ask others. You have nothing to do ({subject}).").format(subject=subject.aside),
        _("To help all the same: `!expert {number} take`").format(number=subject.number),
    )


def taken_back(subject: Subject, expert: str) -> Text:
    """To the author, when the yes was removed at once."""
    return Text.of(
        _("**{expert} is not available after all** ({subject}).").format(expert=expert, subject=subject.aside),
        _("Your request is open again, and I ask the other volunteers. You have nothing to do."),
    )


def handed_over(subject: Subject, expert: str) -> Text:
    """To the author, when somebody passes the request on."""
    return Text.of(
        _("**{expert} can no longer help** ({subject}).").format(expert=expert, subject=subject.aside),
        _("I am looking for somebody else. You have nothing to do."),
    )


def still_yours(subject: Subject) -> Text:
    """To the expert, who removes the yes too late."""
    return Text.of(
        _("You still help with {number}: removing the reaction counts for five minutes only.").format(
            number=subject.number
        ),
        _("To pass it on: `!expert {number} hand over`").format(number=subject.number),
    )


def cancelled_by_team(subject: Subject, reason: str) -> Text:
    """To the author, whose request the team closed."""
    return Text.of(
        _("**The community's team closed your request** {subject}.").format(subject=subject.by_number),
        _("Reason given: {reason}").format(reason=reason),
    )


def nudge(subject: Subject, requester: str) -> Text:
    """To the expert, when nothing began."""
    return Text.of(
        _("**{requester} waits for a first word from you** ({subject}).").format(
            requester=requester, subject=subject.aside
        ),
        _("One sentence to them is enough to begin."),
        _("No time after all? `hand over` 🔁, without giving a reason."),
    )


def hand_over_question(subject: Subject) -> Text:
    """To the expert, when nothing began for long."""
    return Text.of(
        _("**The exchange has not begun**: {subject}.").format(subject=subject),
        _("Shall I look for somebody else? `hand over` 🔁"),
        more(_("If you do nothing, the request stays yours.")),
    )


def still_useful(subject: Subject, ends_at: datetime, zone: ZoneInfo) -> Text:
    """To the author, of an exchange that lasts, or has never begun."""
    return Text.of(
        _("**Is your request still useful?** {subject}").format(subject=subject),
        bullets(
            _("`resolved`: it has its answer"),
            _("`keep`: the exchange goes on"),
            _("`hand over` 🔁: I look for somebody else"),
        ),
        _("Without an answer I close it {when}.").format(when=day_and_hour(ends_at, zone)),
    )


def reminder(subject: Subject) -> Text:
    """To the author, who was asked something."""
    return Text.of(
        _("**The person who helps you waits for a detail**: {subject}.").format(subject=subject),
        _("Your next message here is the answer. Without one I close the request later, without reproach."),
    )


def unanswered(subject: Subject) -> Text:
    """To both, when the author did not answer."""
    return Text.of(
        _("I close this request, which has had no answer for ten working days: {subject}.").format(subject=subject),
        _("To take it up again within 30 days: `!expert {number} reopen`").format(number=subject.number),
    )


def reopened(subject: Subject, *, helped: bool) -> Text:
    """To the author, whose request is sought for again; `helped`: somebody had accepted it."""
    return Text.of(
        _("**Your request is open again**: {subject}.").format(subject=subject),
        _("I first ask the person who helped you.") if helped else _("I look for somebody again."),
    )


def ended(subject: Subject) -> Text:
    """To the author, for whom nobody was found: the end that was announced."""
    return Text.of(
        _("**I close your request, as announced**: {subject}.").format(subject=subject),
        _("To take it up again within 30 days: `!expert {number} reopen`").format(number=subject.number),
    )


def goes_on(subject: Subject) -> Text:
    """The author wants an exchange to last."""
    return Text.of(_("It is noted, the exchange goes on: {subject}.").format(subject=subject))


def went_well(subject: Subject) -> Text:
    """The first of two questions."""
    return Text.of(
        _("**Did the exchange go well?** ({subject}) ✅ yes, ❌ no").format(subject=subject.aside),
        _("Two questions, counted without your name. You need not answer."),
    )


def was_useful() -> Text:
    """The second."""
    return Text.of(_("**And did it bring you something useful?** ✅ yes, ❌ no"))


def thanks(subject: Subject, *, useful: bool) -> Text:
    """After both."""
    if useful:
        return Text.of(_("Thank you, it is noted."))
    return Text.of(
        _("Thank you for saying so."),
        _("To ask somebody else within 30 days: `!expert {number} reopen`").format(number=subject.number),
    )


def resolved(subject: Subject) -> Text:
    """The last message in the private room."""
    return Text.of(
        _("**The question has its answer**: {subject}. Thank you both.").format(subject=subject),
        _("I leave this room, which remains yours."),
    )


def sent_away(number: str) -> Text:
    """The last message in a private room whose two members talk on alone."""
    return Text.of(
        _("I leave this room, which remains yours."),
        _("When the question has its answer, tell me in private: `!expert {number} resolved`").format(number=number),
    )


def left_room(subject: Subject) -> Text:
    """The last message in a private room that was opened for nothing."""
    return Text.of(
        _("This exchange does not take place after all: {subject}. I leave this room.").format(subject=subject)
    )


def left_unanswered(subject: Subject) -> Text:
    """The last message in the private room of a request that waited for its author in vain."""
    return Text.of(
        _("I close this request, which has had no answer for ten working days: {subject}.").format(subject=subject),
        _("I leave this room, which remains yours."),
    )


def over_in_thread(subject: Subject, *, because: Ending) -> Text:
    """The last message in the thread in which two people met."""
    sentence = {
        Ending.ANSWERED: _("**The question has its answer**: {subject}. Thank you both."),
        Ending.IN_VAIN: _("This exchange does not take place after all: {subject}."),
        Ending.UNANSWERED: _("I close this request, which has had no answer for ten working days: {subject}."),
    }[because]
    return Text.of(sentence.format(subject=subject))


def goodbye(subject: Subject, because: Ending) -> Text:
    """The last message in the private room."""
    said = {Ending.ANSWERED: resolved, Ending.IN_VAIN: left_room, Ending.UNANSWERED: left_unanswered}
    return said[because](subject)
