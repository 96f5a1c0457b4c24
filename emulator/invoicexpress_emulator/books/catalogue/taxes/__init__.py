"""The account's taxes."""
