"""An ordinary command asks the database little, whichever it is. `tests.bench.cost` measures what that takes."""

from bot.store.database import Database
from tests.statements import STATEMENTS, TRANSACTIONS, of_commands


async def test_an_ordinary_command_takes_twelve_statements_in_three_transactions(database: Database) -> None:
    for command, asked in (await of_commands(database)).items():
        listed = "\n".join([command, *asked.statements])
        assert len(asked.statements) <= STATEMENTS, listed
        assert asked.transactions <= TRANSACTIONS, f"{asked.transactions} transactions\n{listed}"
