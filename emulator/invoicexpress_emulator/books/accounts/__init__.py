"""Accounts (tenants), their settings, and who issues their documents."""
