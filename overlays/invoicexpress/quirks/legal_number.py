"""The number of a document as the law and its print have it: `FT DEMO/1`.

Answers have it in pieces: the type, and série and number (`DEMO/1`), or these the other way round (`1/DEMO`,
recorded 2019).
"""

from __future__ import annotations

from typing import cast

from invoicexpress_generated.types import Unset
from invoicexpress_wire import shown

from ..errors import InputError
from .file_names import CODES, Numbered
from .polymorphism import is_document


def legal_number(document: Numbered) -> str:
    """The number of an issued document with its type's code, as printed and in SAF-T files: `FT DEMO/1`.

    Raises InputError for a draft, for a type without a code of the tax authority, and for anything but a
    document.
    """
    given = cast("object", document)
    if not is_document(given):
        remedy = f"; read it with `ix.documents.get({given})`" if type(given) is int else ""
        raise InputError("document", f"expected a document, got {shown(given)}{remedy}")
    code, number = CODES.get(document.type), number_in_serie(document)
    if code is None:
        raise InputError("document", f"a {document.type} has no number by law; it is not reported")
    if number is None:
        raise InputError("document", f"{document.type} {document.id} has no number yet; finalize it first")
    return f"{code} {number}"


def number_in_serie(document: Numbered) -> str | None:
    """Série and number; None for a draft, which has "rascunho", "draft" or nothing."""
    for number, is_inverted in (
        (document.inverted_sequence_number, True),
        (document.sequence_number, False),
    ):
        if isinstance(number, Unset) or number is None or "/" not in number:
            continue
        first, _, rest = number.partition("/")
        return number if is_inverted else f"{rest}/{first}"
    return None
