"""The nouns of Relais, on one page: each is a folder with its tables, its rules and its words."""

from bot.communities import tables as communities
from bot.help import tables as help_requests
from bot.mailbox import tables as mailbox
from bot.meetups import tables as meetups
from bot.resources import tables as resources
from bot.volunteers import tables as volunteers

TABLES = mailbox, communities, resources, volunteers, help_requests, meetups
