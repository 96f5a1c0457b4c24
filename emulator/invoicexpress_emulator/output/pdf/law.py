"""The words that the law prescribes. They are quoted, so they are Portuguese on pages of every language.

The reasons of exemption are the tax authority's table (`exemption_codes`), and are not translated either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...fiscal.signature import CERTIFICATE_NUMBER, printed_characters

if TYPE_CHECKING:
    from ...books.documents.document import Document

TRAINING_MARK: Final = "Documento emitido para fins de Formação"
"""Despacho 8632/2014, 1.5."""

SOFTWARE: Final = "Emulador InvoiceXpress - software de testes, sem certificação"
"""Despacho 8632/2014, 1.5: in training, the header is the software's, too."""

NOT_AN_INVOICE: Final = "Este documento não serve de fatura"
"""Despacho 8632/2014, 1.2."""


def certificate(document: Document) -> str:
    """Return the line about the program on an issued document: with four characters of its signature, or
    without a signature (Despacho 8632/2014, 2.2.2 and 2.2.3).
    """
    if document.signature is None:
        return f"Emitido por programa certificado n.º {CERTIFICATE_NUMBER}/AT"
    four = printed_characters(document.signature)
    return f"{four}-Processado por programa certificado n.º {CERTIFICATE_NUMBER}/AT"
