"""Programs that run in an environment of `environments.py`, and print JSON."""
