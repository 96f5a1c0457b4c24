"""In which language a document is printed: its client's, as it was when the document was issued.

A client's `language` is pt, en or es (vendor docs 2026-07: clients). What follows from it is assumed: one
that says none gets its account's language, and English from an account that is not in Portugal; Spanish, in
which no page was ever shown, is English, as it is for what an account is told (`accounts.language_of`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .words import ENGLISH, PORTUGUESE, Words

if TYPE_CHECKING:
    from ...books.accounts.account import Account
    from ...books.documents.document import Document
    from ...http.messages import Language


def words_for(document: Document, account: Account) -> Words:
    """Return the words of a document's page."""
    return PORTUGUESE if _language(document, account) == "pt" else ENGLISH


def _language(document: Document, account: Account) -> Language:
    spoken = document.client.get("language")
    if spoken is not None:
        return "pt" if spoken == "pt" else "en"
    return account.settings.language if account.is_portuguese else "en"
