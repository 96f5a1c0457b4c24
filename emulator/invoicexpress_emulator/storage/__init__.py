"""The database: its schema and migrations, transactions, ids, and files written whole or not at all."""
