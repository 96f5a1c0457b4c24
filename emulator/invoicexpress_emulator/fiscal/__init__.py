"""The law: pure functions and tables, each with its clause. No database and no HTTP."""
