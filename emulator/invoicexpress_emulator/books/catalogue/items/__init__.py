"""The account's items."""
