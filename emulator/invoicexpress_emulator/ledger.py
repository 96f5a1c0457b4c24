"""Stub for now."""


def as_markdown() -> str:
    return ""
