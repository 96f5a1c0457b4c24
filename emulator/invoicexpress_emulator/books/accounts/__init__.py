"""Accounts (tenants), their settings, and the issuer of their documents."""
