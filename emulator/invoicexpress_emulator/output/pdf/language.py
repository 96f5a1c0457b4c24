"""The language of a printed document: its client's, as it was when the document was issued.

A client's `language` is pt, en or es (vendor docs 2026-07: clients). The rest is assumed: a client
without a language gets its account's, and English from an account that is not in Portugal; Spanish, in which
no page is known, becomes English, as it does for the messages of an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...books.documents.issuer import issuer_of
from .words import ENGLISH, PORTUGUESE, Words

if TYPE_CHECKING:
    from ...books.accounts.account import Account
    from ...books.documents.document import Document
    from ...http.messages import Language


def words_for(document: Document, account: Account) -> Words:
    """Return the words of a document's page."""
    return PORTUGUESE if _language(document, account) == "pt" else ENGLISH


def _language(document: Document, account: Account) -> Language:
    language = document.client.get("language")
    if language is not None:
        return "pt" if language == "pt" else "en"
    issuer = issuer_of(document, account)
    return issuer.language if issuer.is_portuguese else "en"
