"""How long an operator waits is decided by what is loaded before the first word is read."""

import subprocess
import sys


def test_to_read_a_date_neither_a_matrix_client_nor_a_database_is_loaded() -> None:
    asked = "import sys; sys.argv = ['relais', 'when', 'demain']; from bot.__main__ import main\n"
    loaded = "try: main()\nfinally: print(*{name.partition('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", asked + loaded], capture_output=True, text=True, check=True).stdout
    assert "typer" in said.split()
    assert not {"nio", "sqlalchemy", "aiohttp", "sqlmodel"} & set(said.split())
