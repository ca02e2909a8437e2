"""How the house is kept, in figures. `python -m tests.house` prints them; `tests/test_house.py` holds the rules."""
