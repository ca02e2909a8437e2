"""How tall a message is where most people read it."""

from bot.text.phone import COLUMNS as COLUMNS
from bot.text.phone import lines_of as lines_of
