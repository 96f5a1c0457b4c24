"""How a series is spelt on each wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..fiscal.atcud import NOT_RELEVANT

if TYPE_CHECKING:
    from ..books.series.series import Series, SeriesRow
    from ..http.wire_values import JsonValue

OBSERVED_SERIES_ROWS: Final = (
    "invoice",
    "invoice_receipt",
    "simplified_invoice",
    "credit_note",
    "debit_note",
    "receipt",
    "shipping",
    "transport",
    "devolution",
    "proforma",
    "quote",
    "fees_note",
    "purchase_order",
    "vat_moss_invoice",
    "vat_moss_credit_note",
    "vat_moss_receipt",
)
"""Not the order of ids; the row of cash invoices exists and is not shown (recorded 2019)."""

DOCUMENTED_SERIES_ROWS: Final = tuple(root for root in OBSERVED_SERIES_ROWS if root != "purchase_order")
"""The same order, without purchase orders (vendor docs 2026-07)."""


def series_as_json(
    series: Series, roots: tuple[str, ...], unregistered: str, serie: JsonValue
) -> dict[str, JsonValue]:
    """Return a series: three keys per document type. `unregistered` is the code of a type that waits
    for one.
    """

    def code(row: SeriesRow) -> str:
        return row.validation_code or (unregistered if row.needs_registration else NOT_RELEVANT)

    result: dict[str, JsonValue] = {
        "id": series.id,
        "serie": serie,
        "default_sequence": int(series.is_default),
    }
    for root in roots:
        row = series.rows[root]
        result[f"current_{root}_number"] = row.last_number
        result[f"current_{root}_sequence_id"] = row.id
        result[f"current_{root}_validation_code"] = code(row)
    return result
