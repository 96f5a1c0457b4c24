"""The database: its schema and migrations, transactions, ids, and files that are written whole or not at all."""
