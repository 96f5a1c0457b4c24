"""Everything that goes wrong on request: broken answers, late writes, lists that lag, crashes."""
