"""The account's clients."""
