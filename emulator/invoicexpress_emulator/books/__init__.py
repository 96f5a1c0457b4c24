"""The books of an account. Each sub-room has its record, its SQL (rows.py) and its endpoints (api.py)."""
