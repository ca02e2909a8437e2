"""The command line: `relais run`, `check`, `migrate`, `import` …"""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from bot.process.collection import uncollected

WORDS = {
    "run": "bot.cli.run:run",
    "demo": "bot.cli.demo:demo",
    "check": "bot.cli.check:check",
    "migrate": "bot.cli.migrate:migrate",
    "backup": "bot.cli.backup:backup",
    "restore": "bot.cli.restore:restore",
    "import": "bot.cli.importing:import_",
    "export": "bot.cli.export:export",
    "search": "bot.cli.search:search",
    "when": "bot.cli.when:when",
    "guard": "bot.cli.guard:guard",
    "identity": "bot.cli.identity:identity",
}
"""The function of each word. Only the typed one is imported: reading a date must not wait for a Matrix client."""


def main() -> None:
    """Exit with 0 when done, 1 when it failed while running, 2 when it was refused before starting."""
    try:
        _line(sys.argv[1:])(prog_name="relais")
    except Exception as error:
        # imports the database and Matrix, which a successful word may not need
        from bot.cli.terminal.failures import report

        sys.exit(report(error))


def _line(typed: Sequence[str]) -> typer.Typer:
    """The command line with the typed word only, or with all words if the list must be shown."""
    line = typer.Typer(
        name="relais",
        help="Relais, a Matrix chat bot for communities of practice.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    line.callback()(lambda: None)  # else typer would not expect the word itself when there is only one
    for word in typed[:1] if typed and typed[0] in WORDS else WORDS:
        module, _colon, name = WORDS[word].partition(":")
        with uncollected():
            does = getattr(import_module(module), name)
        if isinstance(does, typer.Typer):
            line.add_typer(does, name=word)
        else:
            line.command(word)(does)
    return line


if __name__ == "__main__":
    main()
