"""The database: its connections, transactions, lock, migrations and copies."""
