"""The memory: tables, database, migrations."""
