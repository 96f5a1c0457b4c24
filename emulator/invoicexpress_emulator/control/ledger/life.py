"""Rows about states, issuing, payments and amounts."""

from __future__ import annotations

from typing import Final

from .behaviour import ASSUMED, CANCEL_RECEIPT, DOCUMENTED, LEGACY, OBSERVED, STATE, WRITE, Behaviour, Subject
from .behaviour import PAGE as _PAGE

_PAYING: Final = ("generatePayment", "changeInvoiceState")

LIFE: Final = Subject(
    "States, issuing and payments",
    (
        Behaviour(
            "transitions", "States change as the page's tables say; any other pair is `CantHandle`.",
            OBSERVED, f"{_PAGE}; tim-online 2023-11",
            ("changeInvoiceState", "changeEstimateState", "changeGuideState"),
            "fiscal.states",
        ),
        Behaviour(
            "transitions_of_orders", "Purchase orders change state as the first version's table says.",
            LEGACY, "vendor docs of the XML API", ("changePurchaseOrderState",), "fiscal.states",
        ),
        Behaviour(
            "accept_words", "`accept` and `accepted` mean the same, and so do `refuse` and `refused`.",
            OBSERVED, f"{_PAGE}, table and schema; diogopms 2026-06", ("changeEstimateState",),
            "fiscal.states",
        ),
        Behaviour(
            "state_answer", "A change of state answers with the document as it then is.",
            OBSERVED, f"{_PAGE}; weareswat gem 2016", STATE, "books.documents.state_changes",
        ),
        Behaviour(
            "cancel_reason", "Cancelling wants a reason.",
            OBSERVED, f"{_PAGE}; square-bit 2026-04", (*STATE, *CANCEL_RECEIPT),
            "books.documents.state_changes",
        ),
        Behaviour(
            "cancel_refused", "A document with a live receipt or note is not cancelled.",
            DOCUMENTED, "Despacho 8632/2014, 3.3.8; Webdados 2025", ("changeInvoiceState",),
            "books.documents.state_changes",
        ),
        Behaviour(
            "numbers", "Numbers run from 1 in each series and type; a refused request takes none.",
            DOCUMENTED, "Despacho 8632/2014, 1.6", STATE, "books.documents.issuing",
        ),
        Behaviour(
            "series_dates", "No document is issued behind the date of the last of its series and type.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.4.2", STATE, "books.documents.issuing",
        ),
        Behaviour(
            "entries",
            "No document is entered before another of its account; where the clock is behind, at its moment.",
            ASSUMED, "assumed: nobody can be asked, as Despacho 8632/2014, 3.4.3 wants; 3.2.1 for the order",
            STATE, "books.documents.issuing",
        ),
        Behaviour(
            "cancel_moment",
            "No document is cancelled before it was entered, or before what rested on it was cancelled.",
            ASSUMED, "assumed: as entries", (*STATE, *CANCEL_RECEIPT), "books.documents.state_changes",
        ),
        Behaviour(
            "due_after_date", "No document is issued that is due before its date.",
            OBSERVED, "suestecreative 2026", STATE, "books.documents.issuing",
        ),
        Behaviour(
            "registered_series", "No document is issued in a series that needs registration and has none.",
            DOCUMENTED, "Portaria 195/2020, art. 2; Decreto-Lei 28/2019, art. 35", STATE,
            "books.series.series",
        ),
        Behaviour(
            "atcud", "The ATCUD is validation code and number; types without a code say N/A.",
            DOCUMENTED, f"Portaria 195/2020, art. 3; {_PAGE}", STATE, "fiscal.atcud",
        ),
        Behaviour(
            "validation_codes",
            "Validation codes begin with EMU and have eight characters or more; no two series have the same.",
            DOCUMENTED, "Portaria 195/2020, art. 3; assumed: that they show to be none",
            ("createSequence", "registerSequence"), "fiscal.atcud",
        ),
        Behaviour(
            "signature",
            "Documents that a customer sees are signed in a chain by series and type; receipts are not.",
            DOCUMENTED, "Despacho 8632/2014, 1.1, 2.1, 6.2 and 7.1", STATE, "fiscal.signature",
        ),
        Behaviour(
            "printed_hash", "`saft_hash` is characters 1, 11, 21 and 31 of the signature.",
            DOCUMENTED, "Despacho 8632/2014, 2.2.2; recorded 2019 (four characters)", STATE,
            "fiscal.signature",
        ),
        Behaviour(
            "signing_key",
            "Signatures are made with a test key that comes with the emulator, whatever the seed; a data "
            "file of an older version keeps its own. The service's key is not known.",
            ASSUMED, "assumed: RSA, 1024 bits, as Despacho 8632/2014, 6.2 prescribes", STATE,
            "fiscal.signature",
        ),
        Behaviour(
            "orders_unsigned", "A purchase order is neither signed nor reported.",
            ASSUMED, "assumed: it goes to a supplier (Despacho 8632/2014, 1.1)",
            ("changePurchaseOrderState",),
            "fiscal.document_types",
        ),
        Behaviour(
            "certificate",
            "Documents print the certificate 9999 and the mark of training: they are worth nothing.",
            DOCUMENTED, "Despacho 8632/2014, 1.5; AT demonstration file", STATE, "fiscal.signature",
        ),
        Behaviour(
            "prefixes", "Each type prints a prefix of its own before series and number.",
            OBSERVED, "OCA 2026-08; assumed: those that it lacks (Portaria 302/2016, 4.1.4.1)", STATE,
            "fiscal.document_types",
        ),
        Behaviour(
            "invoice_receipt_settled", "An invoice-receipt is settled when it is issued.",
            DOCUMENTED, _PAGE, ("changeInvoiceState",), "fiscal.states",
        ),
        Behaviour(
            "unsettling", "Settling can be undone for credit and debit notes alone.",
            DOCUMENTED, _PAGE, ("changeInvoiceState",), "fiscal.states",
        ),
        Behaviour(
            "total_rounded_once", "The total is rounded once, half up, from lines of full precision.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.2.3", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "leftover_cent", "Where rounded parts do not add up, `before_taxes` takes the cent, then `sum`.",
            ASSUMED, "assumed: nobody has shown such a document", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "leftover_cent_of_parts",
            "Rows of the VAT summary are rounded down, and what is left goes to those that lost most.",
            ASSUMED, "assumed: nobody has shown such a document", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "line_amounts", "Amounts of lines are shown with ten decimals, their total with four.",
            OBSERVED, "recorded 2019; suestecreative 2026; weareswat 2020", WRITE, "books.documents.document",
        ),
        Behaviour(
            "global_discount",
            "A discount of the whole document is a percentage, or EUR spread over its lines.",
            DOCUMENTED, f"{_PAGE}; assumed: how it is spread", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "retention",
            "Tax withheld is a percentage of the amount before VAT, and not taken from the total.",
            DOCUMENTED, f"{_PAGE}; Despacho 8632/2014, 2.2.7", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "payment_receipt", "A payment makes a receipt, of the type Receipt, and answers with it.",
            OBSERVED, f"{_PAGE}; square-bit 2026-04", _PAYING, "books.documents.payments",
        ),
        Behaviour(
            "payable",
            "Payments go to invoices, simplified and VAT MOSS invoices that are final; an amount of 0 too.",
            DOCUMENTED, f"{_PAGE}; assumed: VAT MOSS", ("generatePayment",), "fiscal.document_types",
        ),
        Behaviour(
            "payment_settles", "What is paid in full is settled; settling pays what is open.",
            OBSERVED, f"{_PAGE}; vendor change log, 2013-09-29", _PAYING, "books.documents.payments",
        ),
        Behaviour(
            "payment_limit", "No payment is above what is open, credit notes taken off.",
            OBSERVED, "diogopms 2026-06; assumed: that credit notes count", _PAYING,
            "books.documents.balances",
        ),
        Behaviour(
            "payment_mechanisms", "A payment names one of fourteen mechanisms, a transfer if none is named.",
            DOCUMENTED, f"{_PAGE}; square-bit 2026-04 (CI)", ("generatePayment",),
            "fiscal.payment_mechanisms",
        ),
        Behaviour(
            "payment_series", "A payment's unknown series is the document's own.",
            ASSUMED, f"assumed: the page's example sends the word string ({_PAGE})", ("generatePayment",),
            "books.documents.payments",
        ),
        Behaviour(
            "receipt_amounts", "A receipt has no lines and no VAT: all of it stands before taxes.",
            ASSUMED, "assumed: nobody has shown its parts", ("generatePayment",), "books.documents.rows",
        ),
        Behaviour(
            "receipt_canceled",
            "Cancelling a receipt reopens what it paid; it stays among related documents.",
            ASSUMED, "assumed: clients cancel the invoice next (Webdados 2025); that it stays was seen "
            "(square-bit 2026-04)", CANCEL_RECEIPT, "books.documents.payments",
        ),
        Behaviour(
            "credit_canceled", "Cancelling a credit note reopens an owner that owes again.",
            ASSUMED, "assumed: as a receipt does", ("changeInvoiceState",), "books.documents.payments",
        ),
        Behaviour(
            "credit_limit", "Credit notes take no more than is left of their owner.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.2.7", ("changeInvoiceState",),
            "books.documents.balances",
        ),
        Behaviour(
            "credited_in_full",
            "What is credited in full has no further credit note, not even one of nothing.",
            DOCUMENTED, "Despacho 8632/2014, 3.3.7", ("changeInvoiceState",), "books.documents.issuing",
        ),
        Behaviour(
            "moss_receipts", "What pays a VAT MOSS invoice is a VAT MOSS receipt.",
            ASSUMED, "assumed: series have a row for it", _PAYING, "fiscal.document_types",
        ),
        Behaviour(
            "multibanco",
            "A Multibanco reference has right check digits and the entity 00000: nobody can pay it.",
            DOCUMENTED, f"{_PAGE} (mb_reference); assumed: check digits as in public code", WRITE,
            "fiscal.multibanco",
        ),
        Behaviour(
            "multibanco_range", "What costs nothing, or a million and more, is issued without a reference.",
            ASSUMED, "assumed: no reference can carry the amount", STATE, "fiscal.multibanco",
        ),
    ),
)  # read by rows # fmt: skip
