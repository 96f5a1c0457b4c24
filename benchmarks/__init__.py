"""What `make bench` measures: client, emulator and generator, each beside something that others know.

A row of the table in `table.py` is measured by a function of `rows/`, partly in programs of `workers/` that
run in environments of their own. Speed is a ratio: subject and reference take turns in one run, so that a
busy machine slows both.
"""
