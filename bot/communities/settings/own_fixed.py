"""What holds in every community alike, and no team sets: of communities themselves, of people, of messages."""

from bot.communities import patient_data_log, rooms
from bot.communities.people import activity
from bot.communities.settings.fixed import stored_for
from bot.communities.settings.setting import Fixed
from bot.communities.team import undo
from bot.i18n import N_, _, ngettext
from bot.mailbox.sending import daily_limit


def _unasked() -> str:
    sentence = ngettext("{count} message in a room and day", "{count} messages in a room and day", daily_limit.A_DAY)
    return sentence.format(count=daily_limit.A_DAY)


FIXED = (
    Fixed(
        "silence",
        "quiet-hours",
        lambda: _("outside working hours"),
        what=N_("when I ask no volunteer"),
        why=N_("It follows from the working hours, `!admin setting working-hours`, and each volunteer sets their own."),
    ),
    Fixed(
        "messages-du-jour",
        "daily-messages",
        _unasked,
        what=N_("how many messages that nobody asked for a room gets at most"),
        why=N_("It protects members from too many messages, so no team may raise it."),
    ),
    Fixed(
        "debit-sortant",
        "sending-rate",
        lambda: _("as the operators set it"),
        what=N_("how fast I write"),
        why=N_("It depends on the homeserver, so whoever operates this bot sets it for all."),
    ),
    Fixed(
        "rattrapage-max",
        "catch-up-most",
        lambda: _("the commands of 24 hours"),
        what=N_("what I still answer after I was away"),
        why=N_("An older command is answered no more: whoever wrote it has found another way since."),
    ),
    stored_for(
        "personnes",
        "people",
        activity.ERASED_AFTER,
        what=N_("how long I know somebody who makes no gesture to me"),
        why=N_("It counts for a person in all their communities; they are warned a month before."),
    ),
    stored_for("historique", "history", undo.KEPT, what=N_("how long I keep that the team changed something")),
    stored_for("roles", "roles", undo.LASTS, what=N_("how long I keep a role that ended, to be able to give it back")),
    stored_for("rattachements", "links", rooms.REQUESTS_KEPT, what=N_("how long I keep who asked to link a room")),
    stored_for(
        "incidents",
        "incidents",
        patient_data_log.KEPT,
        what=N_("how long I keep that a message looked like patient data"),
        why=N_("It holds a rule, a room and a time, neither a name nor a word."),
    ),
)
