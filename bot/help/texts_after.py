"""What is said once somebody accepts: to both, in their room, and to those who make way."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.events.text import Text
from bot.help.tables import HelpRequest
from bot.help.texts_before import Subject, day, quoted
from bot.i18n import _
from bot.volunteers import Profile


class Ending(StrEnum):
    """Why we leave two people."""

    ANSWERED = "answered"
    IN_VAIN = "in_vain"  # the exchange does not take place
    UNANSWERED = "unanswered"  # a detail was waited for too long


def room_name(subject: Subject, *, over: bool = False) -> str:
    """The private room's name: the topic, never the question."""
    if over:
        return _("Mutual help {subject}, finished").format(subject=subject)
    return _("Mutual help {subject}").format(subject=subject)


def introduction(request: HelpRequest, requester: str, expert: str) -> Text:
    """The first message in the private room."""
    return Text.of(
        _("Hello to you both. {expert} accepts to help {requester} (D-{id}).").format(
            expert=expert, requester=requester, id=request.id
        ),
        quoted(request.text),
        _("Agree together on the moment and the form that suit you; it is a voluntary exchange."),
        _("Even in this conversation, no data about a patient or a resident."),
        _("I do not keep what you write here; I only see that the exchange has begun."),
        _("When the question has its answer, write “resolved”: I then leave this room."),
        _("To talk without me: write “bot leave”."),
        _("If {expert} can no longer help: answer “hand over” (🔁) to this message.").format(expert=expert),
    )


def introduction_in_thread(request: HelpRequest, requester: str, expert: str) -> Text:
    """The same in the thread of the question, for two people who may not be invited to a room."""
    return Text.of(
        _("{expert} accepts to help {requester} (D-{id}).").format(expert=expert, requester=requester, id=request.id),
        _("I cannot open a private conversation between you two: talk to each other here, in this thread."),
        _("Agree together on the moment and the form that suit you; it is a voluntary exchange."),
        _("The whole room can read this thread: no data about a patient or a resident."),
        _("I do not keep what you write here; I only see that the exchange has begun."),
        _("When the question has its answer, write “resolved” in this thread."),
        _("If {expert} can no longer help: answer “hand over” (🔁) to this message.").format(expert=expert),
    )


def introduction_alone(request: HelpRequest, expert: str, address: str) -> Text:
    """To the author in private, when no room could be opened for both."""
    return Text.of(
        _("{expert} accepts to help you (D-{id}), and I could not open a conversation for both of you.").format(
            expert=expert, id=request.id
        ),
        _("Write to them yourself: {address}").format(address=address),
        _("Even in that conversation, no data about a patient or a resident."),
        _("When you have your answer, write “resolved” here."),
    )


def accepted_openly(subject: Subject, requester: str, expert: str) -> Text:
    """The good news where others can read it."""
    return Text.of(
        _("Good news, {requester}: {expert} accepts to help you ({subject}).").format(
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
        _("Good news, {requester}: {expert} accepts to help you ({subject}).").format(
            requester=requester, expert=expert, subject=subject.aside
        ),
        _("Where {expert} works: {works}").format(expert=expert, works=works) if works else "",
        _("Accept my invitation to the private conversation “{room}”.").format(room=room_name(subject)),
        _("As announced when you sent it, {expert} sees your name and establishment there.").format(expert=expert),
        _("It is a voluntary exchange: agree together on the moment and the form that suit you."),
        _("Even in that conversation, no data about a patient or a resident."),
        _("If nothing has begun on {day}, I will write a word to {expert}.").format(
            day=day(nudge_at, zone), expert=expert
        ),
        _("When you have your answer, write “resolved” in that conversation."),
    )


def yours(subject: Subject, requester: str, profile: Profile, *, alone: bool) -> Text:
    """The winner's card; `alone`: both meet in a private conversation, else in the thread of the question."""
    works = ", ".join(part for part in (profile.establishment, profile.department) if part)
    return Text.of(
        _("Thank you: you help {requester} ({subject}).").format(requester=requester, subject=subject.aside),
        _("Where {requester} works: {works}").format(requester=requester, works=works) if works else "",
        _("Accept my invitation to the private conversation “{room}”.").format(room=room_name(subject))
        if alone
        else _("I cannot invite you both to a private conversation: you meet in the thread of the question."),
        _("A mistake? Remove your reaction within 5 minutes, and the others are asked again."),
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
        _("You are away: I ask others about {subject}. You have nothing to do.").format(subject=subject),
        _("To help all the same: `!expert {number} take`").format(number=subject.number),
    )


def taken_back(subject: Subject, expert: str) -> Text:
    """To the author, when the yes was removed at once."""
    return Text.of(
        _("{expert} is not available after all for your request {subject}.").format(expert=expert, subject=subject),
        _("Your request is open again, and the other volunteers are asked. You have nothing to do."),
    )


def handed_over(subject: Subject, expert: str) -> Text:
    """To the author, when somebody passes the request on."""
    return Text.of(
        _("{expert} can no longer help with {subject}.").format(expert=expert, subject=subject),
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
        _("The community's team closed your request {subject}.").format(subject=subject),
        _("Reason given: {reason}").format(reason=reason),
    )


def nudge(subject: Subject, requester: str) -> Text:
    """To the expert, when nothing began."""
    return Text.of(
        _("{requester} is waiting for a first word from you: {subject}.").format(requester=requester, subject=subject),
        _("One sentence to them is enough to begin."),
        _("If you have no time after all, answer “hand over” (🔁); nobody will ask why."),
    )


def hand_over_question(subject: Subject) -> Text:
    """To the expert, when nothing began for long."""
    return Text.of(
        _("The exchange has not begun: {subject}.").format(subject=subject),
        _("Shall I look for somebody else? Answer “hand over” (🔁)."),
        _("If you do nothing, the request stays yours."),
    )


def still_useful(subject: Subject) -> Text:
    """To the author, when nothing began for very long."""
    return Text.of(
        _("Is your request still useful: {subject}?").format(subject=subject),
        _("“hand over” (🔁): I look for somebody else"),
        _("“cancel”: I close the request"),
        _("Without an answer it stays as it is."),
    )


def reminder(subject: Subject) -> Text:
    """To the author, who was asked something."""
    return Text.of(
        _("The person who helps you waits for a detail from you: {subject}.").format(subject=subject),
        _("Answer them directly. Without an answer I close the request later, without reproach."),
    )


def unanswered(subject: Subject) -> Text:
    """To both, when the author did not answer."""
    return Text.of(
        _("I close this request, which has had no answer for ten working days: {subject}.").format(subject=subject),
        _("To take it up again within 30 days: `!expert {number} reopen`").format(number=subject.number),
    )


def went_well(subject: Subject) -> Text:
    """The first of two questions."""
    return Text.of(
        _("Thank you. Two short questions about your exchange ({subject}). The first:").format(subject=subject.aside),
        _("Did the exchange go well? Answer “yes” (✅) or “no” (❌)."),
        _("Your answer counts in a total, without your name. You need not answer."),
    )


def was_useful() -> Text:
    """The second."""
    return Text.of(_("And did it bring you something useful? Answer “yes” (✅) or “no” (❌)."))


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
        _("The question has its answer: {subject}. Thank you both. I leave this room, which remains yours.").format(
            subject=subject
        )
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
        Ending.ANSWERED: _("The question has its answer: {subject}. Thank you both."),
        Ending.IN_VAIN: _("This exchange does not take place after all: {subject}."),
        Ending.UNANSWERED: _("I close this request, which has had no answer for ten working days: {subject}."),
    }[because]
    return Text.of(sentence.format(subject=subject))


def goodbye(subject: Subject, because: Ending) -> Text:
    """The last message in the private room."""
    said = {Ending.ANSWERED: resolved, Ending.IN_VAIN: left_room, Ending.UNANSWERED: left_unanswered}
    return said[because](subject)
