"""What to do in place of a method that a namespace does not have, since its type cannot do that.

Loaded for errors only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PAID: Final = "an invoice-receipt is paid already: finalizing it settles it"
_ISSUED: Final = "payments issue receipts, final at once: `ix.invoices.pay(invoice, amount=...)`"
_KEPT: Final = "a receipt is issued and cannot be changed; `cancel` reopens the amount"
_NO_DEBT: Final = "takes no payment; issue an invoice, and pay that with `ix.invoices.pay`"
_WHOLE: Final = "takes no partial payments; `settle` marks it as paid in full"
_REOPENED: Final = "cancel its receipt: `ix.receipts.cancel` reopens the amount"
_OFFERS: Final = "only quotes, proformas, fees notes and purchase orders have this"
_CREDIT: Final = "`ix.credit_notes.issue(invoice, key=...)` credits a document; `credit` makes the draft"
_BY_TYPE: Final = "use the namespace of the document's type, such as `ix.invoices.{name}`"

_OFFERED: Final = dict.fromkeys(("accept", "refuse"), _OFFERS)
_INVOICE: Final = {**_OFFERED, "unsettle": _REOPENED}
_RECEIPT: Final = {
    **dict.fromkeys(("create", "issue", "finalize", "pay", "settle"), _ISSUED),
    **dict.fromkeys(("update", "delete"), _KEPT),
    **_OFFERED,
}
_OFFER: Final = {
    **dict.fromkeys(("pay", "settle", "unsettle"), f"it {_NO_DEBT}"),
    "qr_code": "it has no QR code; invoices and guides have one",
}
_GUIDE: Final = {**_OFFERED, **dict.fromkeys(("pay", "settle", "unsettle"), f"a guide {_NO_DEBT}")}
_NOTE: Final = {**_OFFERED, "pay": f"a note {_WHOLE}"}

ADVICE: Final[Mapping[str, Mapping[str, str]]] = {
    "Invoices": _INVOICE,
    "SimplifiedInvoices": _INVOICE,
    "VatMossInvoices": _INVOICE,
    "InvoiceReceipts": {**_OFFERED, **dict.fromkeys(("pay", "settle"), _PAID), "unsettle": _PAID},
    "CreditNotes": _NOTE,
    "DebitNotes": _NOTE,
    "VatMossCreditNotes": _NOTE,
    "Receipts": _RECEIPT,
    "VatMossReceipts": _RECEIPT,
    "Quotes": _OFFER,
    "Proformas": _OFFER,
    "FeesNotes": _OFFER,
    "PurchaseOrders": _OFFER,
    "Shippings": _GUIDE,
    "Transports": _GUIDE,
    "Devolutions": _GUIDE,
    "AnyDocuments": dict.fromkeys(
        (
            *("create", "issue", "update", "finalize", "delete", "cancel", "email", "pay", "settle"),
            *("unsettle", "accept", "refuse", "find_by_number", "related_documents"),
        ),
        _BY_TYPE,
    ),
}
"""By class, then by the method that a caller tries."""


def advice(kind: type[object], name: str) -> str:
    """What to do in place of a method; "" if there is no advice. `kind` is the class of the namespace."""
    # The class for one kind of core, such as AsyncInvoices, is below the one that the table names.
    known = next((ADVICE[each.__name__] for each in kind.__mro__ if each.__name__ in ADVICE), None)
    if known is None:
        return ""
    return known.get(name, _CREDIT if name == "credit" else "").format(name=name)
