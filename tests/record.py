"""`python -m tests.record`: writes section 4 of the record from the pages of the nouns, and from the menu."""

from pathlib import Path

import commands
from bot.communities.rules.roles import Role
from bot.dispatch.menu.menu import Menu
from bot.i18n import _, speaking
from bot.nouns import NOUNS
from bot.readers import Reader

RECORD = Path(__file__).parents[1] / "deploy" / "RGPD.md"
BEGINS, ENDS = "## 4. Qui peut lire quoi\n", "\nSalons chiffrés\u00a0:"
SEMICOLON = "\u00a0; "
HEAD = "\n| qui | quoi | par |\n|---|---|---|\n"
WITHOUT_THE_BOT = """| exploitant de Relais | **toute la base**, les journaux, le jeton du compte\u00a0: \
habilitation nominative et engagement de confidentialité | accès au serveur |
| exploitant du serveur Matrix | les salons non chiffrés, et qui parle à qui | accès au serveur |
"""
"""Who reads without the bot: no noun can know."""
ROLES = {
    Reader.TEAM: {Role.MODERATOR, Role.GATEKEEPER, Role.ADMINISTRATOR, Role.HOST},
    Reader.OBSERVERS: {Role.OBSERVER},
    Reader.OPERATORS: {Role.OPERATOR},
}


def section() -> str:
    """The table as it should be, in French."""
    with speaking("fr"):
        return HEAD + "".join(map(_row, Reader)) + WITHOUT_THE_BOT


def _row(reader: Reader) -> str:
    whats = [_(reads.what) for noun in NOUNS for reads in noun.read if reads.by is reader]
    return f"| {_(reader.value)} | {SEMICOLON.join(whats)} | {_commands(reader)} |\n"


def _commands(reader: Reader) -> str:
    """The commands with a verb that these people, and nobody of lower rank, may use."""
    theirs = ROLES.get(reader, set())
    found = {command.path for command in Menu.of(commands) for verb in command.verbs if verb.role in theirs}
    return ", ".join(f"`!{path}`" for path in sorted(found))


def written() -> str:
    """The table as it is."""
    return parts()[1]


def parts() -> tuple[str, str, str]:
    """The record before the table, the table, and behind it."""
    before, rest = RECORD.read_text(encoding="utf-8").split(BEGINS)
    table, behind = rest.split(ENDS)
    return before + BEGINS, table, ENDS + behind


if __name__ == "__main__":
    before, _table, behind = parts()
    RECORD.write_text(before + section() + behind, encoding="utf-8")
