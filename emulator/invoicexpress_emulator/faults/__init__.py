"""Failures on request: broken answers, late writes, lists that lag, crashes."""
