"""How often a document is printed, and the mark of each copy.

A client's `send_options` is 1, 2 or 3: the original, with a duplicate, with a triplicate (vendor docs
2026-07: clients). That one file holds them all, one after the other, is assumed; so is that guides keep to
`send_options` too, although paper that travels with goods is made in triplicate (Decreto-Lei 147/2003,
art. 6): transport documents communicated electronically need none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from ...books.documents.document import Document

Copy = Literal["original", "duplicate", "triplicate", "second_copy"]

_IN_ORDER: Final[tuple[Copy, ...]] = ("original", "duplicate", "triplicate")


def copies_of(document: Document, *, second_copy: bool) -> tuple[Copy | None, ...]:
    """Return the marks of the copies to print, in order; None for a draft.

    A second copy is printed once, whatever the client's options. The options are those of the
    moment at which the document was issued (Despacho 8632/2014, 2.2.15).
    """
    if not document.is_issued:
        return (None,)
    if second_copy or document.status == "second_copy":
        return ("second_copy",)
    copies = document.client.get("send_options")
    return _IN_ORDER[: copies if isinstance(copies, int) and copies > 0 else 1]
