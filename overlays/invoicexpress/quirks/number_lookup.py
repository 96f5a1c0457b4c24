"""Finds a document by its number, without a lookup at the service.

It reads the list of the type, in the service's order, until the number turns up. That may take one request
for each hundred documents, so there is a limit (suestecreative 2026 walks the list as well).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar, cast

from invoicexpress_generated import models
from invoicexpress_loading import loading
from invoicexpress_wire import shown

from ..errors import InputError, SearchLimitError
from ..sending.pagination import PageReader, PageWalk

if TYPE_CHECKING:
    from ..sending.flows import Flow
    from .document_types import Family

D = TypeVar("D", "models.Invoice", "models.Estimate", "models.Guide", "models.PurchaseOrder")

LIMIT: Final = 5000
"""Default limit in documents: fifty requests."""

WITH_NUMBER: Final[Mapping[Family, Sequence[models.DocumentStatus]]] = {
    "invoice": ("final", "settled", "canceled", "second_copy"),
    "estimate": ("final", "accepted", "refused", "canceled"),
    "guide": ("final", "canceled", "second_copy"),
    "purchase_order": ("final", "second_copy", "accepted", "refused", "completed", "canceled"),
}
"""Statuses of numbered documents, in the filters of each family (vendor docs 2026-07)."""


def _check_count(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InputError(name, f"expected one or more, got {value!r}")


def find_number(
    reader: PageReader[D], number: int, sequence: models.Sequence | str, limit: int
) -> Flow[D | None]:
    """Finds the document with `number` in the série `sequence`; returns None without a match.

    Raises SearchLimitError after `limit` documents, InputError for a number or a limit below one.
    """
    given = cast("object", number)
    if not isinstance(given, int):
        with loading():
            from ..errors.field_hints import number_in  # noqa: PLC0415 - for errors only
        example = number_in(shown(given)) or '28, "A"'
        raise InputError(
            "number",
            f"expected the number within its série, an int, got {shown(given)}; "
            f"write find_by_number({example})",
        )
    _check_count("number", number)
    _check_count("limit", limit)
    # Number before série: "28/A" (recorded 2019; the list example of the vendor's page has it the other way).
    serie = sequence.serie if isinstance(sequence, models.Sequence) else str(sequence).strip()
    full_number = f"{number}/{serie}"
    looked_at = 0
    walk = PageWalk(reader)
    while not walk.is_over:
        page = walk.accept((yield from walk.next_page()))
        for document in page.entries if page is not None else ():
            if looked_at == limit:
                raise SearchLimitError(full_number, limit)
            looked_at += 1
            if full_number == document.sequence_number:
                return document
    return None
