"""Evidence of operations: that they exist under this method and path, and answer as they do here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .behaviour import ARCHIVE, ASSUMED, DOCUMENTED, LEGACY, OBSERVED, PAGE, TYPE_LISTS, Evidence

if TYPE_CHECKING:
    from ...api.routes import Operation


class Known(NamedTuple):
    """How an operation is known, and the one wire that has it, if only one does."""

    evidence: Evidence
    source: str
    only: str | None = None


_RECORDED: Final = Known(OBSERVED, f"{PAGE}; recorded 2019")
_DIOGOPMS: Final = Known(OBSERVED, f"{PAGE}; diogopms 2026-06")
_SQUARE_BIT: Final = Known(OBSERVED, f"{PAGE}; square-bit 2026-04")
_FILIPETOSCANO: Final = Known(OBSERVED, f"{PAGE}; filipetoscano 2022")
_PAGE_ALONE: Final = Known(DOCUMENTED, PAGE)
_OLD_PAGE: Final = Known(LEGACY, "vendor docs 2017")
_XML: Final = Known(ASSUMED, "assumed: JSON in place of the first version's XML")

_BY_ID: Final[dict[str, Known]] = {
    "createAccount": _DIOGOPMS,
    "createAccountExisting": _PAGE_ALONE,
    "getAccount": _DIOGOPMS,
    "updateAccount": _DIOGOPMS,
    "atCommunication": _DIOGOPMS,
    "getAccountStats": _XML,
    "suspendAccount": _XML,
    "activateAccount": _XML,
    "listClients": _RECORDED,
    "createClient": _RECORDED,
    "findClientByName": _RECORDED,
    "findClientByCode": _RECORDED,
    "getClient": _RECORDED,
    "updateClient": _DIOGOPMS,
    "listClientInvoices": _RECORDED,
    "deleteClient": Known(OBSERVED, "square-bit 2026-04", "observed"),
    "getClientBalance": _PAGE_ALONE,
    "updateClientInitialBalance": _DIOGOPMS,
    "getClientRegularizations": _PAGE_ALONE,
    "createClientRegularization": _DIOGOPMS,
    "deleteClientRegularization": _PAGE_ALONE,
    "createClientTreasuryMovement": _DIOGOPMS,
    "deleteClientTreasuryMovement": _DIOGOPMS,
    "listItems": _FILIPETOSCANO,
    "createItem": _DIOGOPMS,
    "getItem": _SQUARE_BIT,
    "updateItem": _SQUARE_BIT,
    "deleteItem": _SQUARE_BIT,
    "listTaxes": _RECORDED,
    "createTax": _DIOGOPMS,
    "getTax": _RECORDED,
    "updateTax": _DIOGOPMS,
    "deleteTax": _RECORDED,
    "listSequences": _RECORDED,
    "createSequence": _FILIPETOSCANO,
    "getSequence": _FILIPETOSCANO,
    "setSequenceDefault": _DIOGOPMS,
    "registerSequence": Known(DOCUMENTED, f"{PAGE}; diogopms 2026-06 (refused alone)"),
    "generatePdf": _DIOGOPMS,
    "getQrCode": Known(OBSERVED, f"{PAGE}; digitaldev 2026-07"),
    "export_saft": _DIOGOPMS,
    "relatedDocs": _SQUARE_BIT,
    "generatePayment": _SQUARE_BIT,
    "cancelReceipt": _SQUARE_BIT,
    "getReceipt": Known(ASSUMED, "assumed: as every other type is read"),
    "getVatMossReceipt": Known(ASSUMED, "assumed: as every other type is read"),
    "cancelVatMossReceipt": Known(ASSUMED, "assumed: as receipts are cancelled"),
    "listInvoices": _RECORDED,
    "listEstimates": _DIOGOPMS,
    "listGuides": _DIOGOPMS,
    "listPurchaseOrders": _OLD_PAGE,
    "createInvoice": _RECORDED,
    "createEstimate": _DIOGOPMS,
    "createGuide": _DIOGOPMS,
    "getInvoice": _RECORDED,
    "getEstimate": _DIOGOPMS,
    "getGuide": _DIOGOPMS,
    "updateInvoice": Known(OBSERVED, f"{PAGE}; suestecreative 2026"),
    "updateEstimate": _PAGE_ALONE,
    "updateGuide": _DIOGOPMS,
    "changeInvoiceState": _DIOGOPMS,
    "changeEstimateState": _DIOGOPMS,
    "changeGuideState": _DIOGOPMS,
    "sendInvoiceEmail": _DIOGOPMS,
    "sendEstimateEmail": _PAGE_ALONE,
    "sendGuideEmail": _PAGE_ALONE,
    **dict.fromkeys(
        ("createPurchaseOrder", "getPurchaseOrder", "updatePurchaseOrder", "changePurchaseOrderState",
         "sendPurchaseOrderEmail"),
        _OLD_PAGE,
    ),
    **dict.fromkeys(ARCHIVE, _XML),
}  # read by rows # fmt: skip
"""By the id, whatever the type."""

_OF_TYPE: Final[dict[str, Known]] = {
    "vat_moss_invoices": Known(LEGACY, "vendor docs 2017, and no newer page"),
    "vat_moss_credit_notes": Known(ASSUMED, "assumed: as credit notes; only its series and clients name it"),
}
"""By the segment: types that the family's page does not name; archives and lists apart."""

_TYPE_LIST: Final = Known(OBSERVED, "suestecreative 2026; voluzi 2026")
_UNSEEN_TYPE_LIST: Final = Known(ASSUMED, "assumed: as the lists of single types that were seen")
_SEEN_TYPE_LISTS: Final[dict[str, Known]] = {
    "listInvoiceReceipts": _TYPE_LIST,
    "listCreditNotes": _TYPE_LIST,
    "listSimplifiedInvoices": Known(LEGACY, "vendor docs 2017, in passing"),
    "listVatMossInvoices": Known(LEGACY, "vendor docs 2017, in passing"),
}


def known(operation: Operation) -> Known:
    """Return how an operation is known.

    Raises:
        KeyError: the ledger has no row for it.
    """
    if operation.id in TYPE_LISTS:
        return _SEEN_TYPE_LISTS.get(operation.id, _UNSEEN_TYPE_LIST)
    segment = operation.path.removeprefix("/").partition("/")[0].removesuffix(".json")
    if segment in _OF_TYPE and operation.id not in ARCHIVE:
        return _OF_TYPE[segment]
    return _BY_ID[operation.id]


class NotEmulated(NamedTuple):
    """An operation that is known and answered with 501, and why."""

    method: str
    path: str
    reason: str
    source: str


NOT_EMULATED: Final = (
    NotEmulated(
        "POST", "/login.xml", "first version, XML: a login with e-mail and password, before API keys",
        "vendor docs of the XML API",
    ),
    NotEmulated(
        "GET", "/users/accounts.xml", "first version, XML: the accounts of a user, found by that login",
        "vendor docs of the XML API",
    ),
    NotEmulated(
        "PUT", "/users/change_account.xml", "first version, XML: switches the account of a login",
        "vendor docs of the XML API",
    ),
    NotEmulated(
        "GET", "charts, top clients, top debtors, quarterly results, users",
        "first version, XML: figures of the web pages' dashboard; no shape of theirs is known",
        "vendor change log, 2011",
    ),
    NotEmulated(
        "*", "every path of the first version ending in .xml", "JSON took their place; XML is not spoken",
        "vendor docs of the XML API",
    ),
    NotEmulated(
        "PUT", "/invoice/{id}/change-state.json",
        "the singular path of the first version; one client sends it",
        "ripe-tech",
    ),
    NotEmulated(
        "POST", "/{type}/{id}/change-state.json",
        "the method until May 2022; whether it still works is not known", "Webdados 2025 (its changes)",
    ),
    NotEmulated(
        "GET", "/clients/{id}/invoices.json", "a client sends GET; the page says POST, which was recorded",
        "voluzi 2026",
    ),
    NotEmulated(
        "PUT", "/documents/{id}/partial_payments/{id}/change-state.json",
        "one client's guess, by its own words unverified; payments are cancelled by their receipt",
        "digitaldev 2026-07",
    ),
    NotEmulated(
        "*", "/api/v3/invoice_receipts and its like", "the vendor's own API of its web pages; not documented",
        "clients 2026",
    ),
    NotEmulated(
        "*", "/cash_invoices", "a type that the law withdrew; it is left in filters and in series alone",
        "vendor docs 2026-07",
    ),
)  # read by rows # fmt: skip
"""Operations that a caller may expect and that are not emulated; every other unknown path answers 501 too."""
