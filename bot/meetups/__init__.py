"""Meet-ups: dates, seats, reminders, calendars and notes.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.meetups.tables import DatePoll, MeetupNote, Reminder, ThemePoll

__all__ = ["DatePoll", "MeetupNote", "Reminder", "ThemePoll"]
