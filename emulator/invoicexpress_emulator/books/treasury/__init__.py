"""Client balances, regularizations and treasury movements."""
