"""The command line: `relais run`, `check`, `migrate`, `import` …"""

import sys

import typer

from bot.cli.guard import guard
from bot.cli.run import run
from bot.errors import MatrixError, StartRefused, TokenLost

TOKEN_LOST = (
    "The homeserver no longer accepts the access token, so Relais stopped. "
    "Start it again with RELAIS_PASSWORD set: it renews the token for the same device."
)

cli = typer.Typer(
    name="relais",
    help="Relais, a Matrix chat bot for communities of practice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.command()(run)
cli.command()(guard)


def main() -> None:
    """Exit with 0 when done, 1 when it failed while running, 2 when it was refused before starting."""
    try:
        cli()
    except StartRefused as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except TokenLost:
        typer.echo(TOKEN_LOST, err=True)
        sys.exit(1)
    except MatrixError as error:
        typer.echo(f"The homeserver answered: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
