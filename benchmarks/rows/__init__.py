"""The measurements: each function returns the rounds of a row's figures, by their names in `table.py`."""
