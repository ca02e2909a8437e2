"""How long an operator waits is decided by what is loaded before the first word is read."""

import subprocess
import sys


def test_a_standby_has_loaded_all_commands_before_its_time_comes() -> None:
    warm = "import sys; from bot import app; app.warm_up(); before = set(sys.modules)\n"
    asked = (
        "import commands; from bot.dispatch.menu.menu import Menu; Menu.of(commands); print(*set(sys.modules) - before)"
    )
    said = subprocess.run([sys.executable, "-c", warm + asked], capture_output=True, text=True, check=True).stdout
    assert said.split() == []


def test_to_read_a_date_neither_a_matrix_client_nor_a_database_is_loaded() -> None:
    asked = "import sys; sys.argv = ['relais', 'when', 'demain']; from bot.__main__ import main\n"
    loaded = "try: main()\nfinally: print(*{name.partition('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", asked + loaded], capture_output=True, text=True, check=True).stdout
    assert "typer" in said.split()
    assert not {"nio", "sqlalchemy", "aiohttp", "sqlmodel"} & set(said.split())
