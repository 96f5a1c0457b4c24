"""The numbers of issued documents."""

from __future__ import annotations

from typing import Final

from invoicexpress import AnyDocument, InputError, legal_number

RECEIPT_TYPES: Final = ("Receipt", "VatMossReceipt")
"""Types of the documents that payments make."""


def number_of(document: AnyDocument) -> str:
    """`FT A/12`; type and number without a code of the tax authority, as `VatMossInvoice A/12`.

    A draft is named by its type and id.
    """
    try:
        return legal_number(document)
    except InputError:
        number = document.inverted_sequence_number
        return f"{document.type} {number if number and '/' in number else document.id}"


def serie_of(document: AnyDocument) -> str | None:
    """The série of an issued document; None for a draft."""
    serie, slash, _ = number_of(document).partition(" ")[2].rpartition("/")
    return serie if slash else None
