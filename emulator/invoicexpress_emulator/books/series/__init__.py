"""Séries: the numbering of each document type, and its registration with the tax authority."""
