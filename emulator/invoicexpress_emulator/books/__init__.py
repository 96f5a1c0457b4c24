"""The books of an account. Each sub-room has the record, its SQL (rows.py) and its end points (api.py)."""
