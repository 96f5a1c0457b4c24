"""Rows about states, issuing, payments and amounts."""

from __future__ import annotations

from typing import Final

from .behaviour import (
    ASSUMED,
    CANCEL_RECEIPT,
    DOCUMENTED,
    LEGACY,
    OBSERVED,
    PAGE,
    STATE,
    WRITE,
    Behaviour,
    Subject,
)

_PAYING: Final = ("generatePayment", "changeInvoiceState")

LIFE: Final = Subject(
    "States, issuing and payments",
    (
        Behaviour(
            "transitions", "States change as the page's tables say; any other pair is `CantHandle`.",
            OBSERVED, f"{PAGE}; tim-online 2023-11",
            ("changeInvoiceState", "changeEstimateState", "changeGuideState"),
            "fiscal.states",
        ),
        Behaviour(
            "transitions_of_orders", "Purchase orders change state as the first version's table says.",
            LEGACY, "vendor docs of the XML API", ("changePurchaseOrderState",), "fiscal.states",
        ),
        Behaviour(
            "accept_words", "`accept` and `accepted` mean the same, and so do `refuse` and `refused`.",
            OBSERVED, f"{PAGE}, table and schema; diogopms 2026-06", ("changeEstimateState",),
            "fiscal.states",
        ),
        Behaviour(
            "state_answer", "A change of state answers with the document as it then is.",
            OBSERVED, f"{PAGE}; weareswat gem 2016", STATE, "books.documents.state_changes",
        ),
        Behaviour(
            "cancel_reason", "Cancelling needs a reason.",
            OBSERVED, f"{PAGE}; square-bit 2026-04", (*STATE, *CANCEL_RECEIPT),
            "books.documents.state_changes",
        ),
        Behaviour(
            "cancel_refused", "A document with a live receipt or note cannot be cancelled.",
            DOCUMENTED, "Despacho 8632/2014, 3.3.8; Webdados 2025", ("changeInvoiceState",),
            "books.documents.state_changes",
        ),
        Behaviour(
            "numbers", "Numbers run from 1 in each series and type; a refused request takes none.",
            DOCUMENTED, "Despacho 8632/2014, 1.6", STATE, "books.documents.issuing",
        ),
        Behaviour(
            "series_dates",
            "A document cannot be issued with a date before that of the last one of its series and type.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.4.2", STATE, "books.documents.issuing",
        ),
        Behaviour(
            "entries",
            "A document is never entered before the account's last one; if the clock is behind, at the same "
            "moment.",
            ASSUMED, "assumed: no user is there to ask, as Despacho 8632/2014, 3.4.3 requires; 3.2.1 for "
            "the order",
            STATE, "books.documents.issuing",
        ),
        Behaviour(
            "cancel_moment",
            "A document is never cancelled before it was entered, or before its receipts and notes were "
            "cancelled.",
            ASSUMED, "assumed: as for entries", (*STATE, *CANCEL_RECEIPT), "books.documents.state_changes",
        ),
        Behaviour(
            "due_after_date", "A document that is due before its date cannot be issued.",
            OBSERVED, "suestecreative 2026", STATE, "books.documents.issuing",
        ),
        Behaviour(
            "registered_series",
            "A document cannot be issued in a series that needs registration and lacks it.",
            DOCUMENTED, "Portaria 195/2020, art. 2; Decreto-Lei 28/2019, art. 35", STATE,
            "books.series.series",
        ),
        Behaviour(
            "atcud", "The ATCUD is the validation code and the number; types without a code have N/A.",
            DOCUMENTED, f"Portaria 195/2020, art. 3; {PAGE}", STATE, "fiscal.atcud",
        ),
        Behaviour(
            "validation_codes",
            "Validation codes begin with EMU and have eight characters or more; no two series have the same.",
            DOCUMENTED, "Portaria 195/2020, art. 3; assumed: that they are recognisably not real",
            ("createSequence", "registerSequence"), "fiscal.atcud",
        ),
        Behaviour(
            "signature",
            "Documents for customers are signed in a chain by series and type; receipts are not.",
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
            "Documents print the certificate 9999 and the training mark: they have no legal value.",
            DOCUMENTED, "Despacho 8632/2014, 1.5; AT demonstration file", STATE, "fiscal.signature",
        ),
        Behaviour(
            "prefixes", "Each type prints a prefix of its own before series and number.",
            OBSERVED, "OCA 2026-08; assumed: those that it lacks (Portaria 302/2016, 4.1.4.1)", STATE,
            "fiscal.document_types",
        ),
        Behaviour(
            "invoice_receipt_settled", "An invoice-receipt is settled when it is issued.",
            DOCUMENTED, PAGE, ("changeInvoiceState",), "fiscal.states",
        ),
        Behaviour(
            "unsettling", "Only credit and debit notes can be unsettled.",
            DOCUMENTED, PAGE, ("changeInvoiceState",), "fiscal.states",
        ),
        Behaviour(
            "total_rounded_once", "The total is rounded once, half up, from lines of full precision.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.2.3", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "leftover_cent", "Where rounded parts do not add up, `before_taxes` takes the cent, then `sum`.",
            ASSUMED, "assumed: no source shows such a document", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "leftover_cent_of_parts",
            "Rows of the VAT summary are rounded down; the leftover cents go to the rows that lost most.",
            ASSUMED, "assumed: no source shows such a document", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "line_amounts", "Amounts of lines are shown with ten decimals, their total with four.",
            OBSERVED, "recorded 2019; suestecreative 2026; weareswat 2020", WRITE, "books.documents.document",
        ),
        Behaviour(
            "global_discount",
            "A discount of the whole document is a percentage, or EUR spread over its lines.",
            DOCUMENTED, f"{PAGE}; assumed: how it is spread", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "retention",
            "Tax withheld is a percentage of the amount before VAT, and not taken from the total.",
            DOCUMENTED, f"{PAGE}; Despacho 8632/2014, 2.2.7", WRITE, "fiscal.totals",
        ),
        Behaviour(
            "payment_receipt", "A payment makes a receipt, of the type Receipt, and answers with it.",
            OBSERVED, f"{PAGE}; square-bit 2026-04", _PAYING, "books.documents.payments",
        ),
        Behaviour(
            "payable",
            "Payments go to invoices, simplified and VAT MOSS invoices that are final; an amount of 0 too.",
            DOCUMENTED, f"{PAGE}; assumed: VAT MOSS", ("generatePayment",), "fiscal.document_types",
        ),
        Behaviour(
            "payment_settles", "A document that is paid in full is settled; settling pays the open amount.",
            OBSERVED, f"{PAGE}; vendor change log, 2013-09-29", _PAYING, "books.documents.payments",
        ),
        Behaviour(
            "payment_limit", "A payment is at most the open amount, after credit notes.",
            OBSERVED, "diogopms 2026-06; assumed: that credit notes count", _PAYING,
            "books.documents.balances",
        ),
        Behaviour(
            "payment_mechanisms", "A payment has one of fourteen mechanisms, by default a transfer.",
            DOCUMENTED, f"{PAGE}; square-bit 2026-04 (CI)", ("generatePayment",),
            "fiscal.payment_mechanisms",
        ),
        Behaviour(
            "payment_series", "A payment with an unknown series gets the document's own.",
            ASSUMED, f"assumed: the page's example sends the word string ({PAGE})", ("generatePayment",),
            "books.documents.payments",
        ),
        Behaviour(
            "receipt_amounts", "A receipt has no lines and no VAT: its whole amount is before taxes.",
            ASSUMED, "assumed: no source shows its parts", ("generatePayment",), "books.documents.rows",
        ),
        Behaviour(
            "receipt_canceled",
            "Cancelling a receipt reopens the documents it paid; it stays among related documents.",
            ASSUMED, "assumed: clients cancel the invoice next (Webdados 2025); that it stays was seen "
            "(square-bit 2026-04)", CANCEL_RECEIPT, "books.documents.payments",
        ),
        Behaviour(
            "credit_canceled", "Cancelling a credit note reopens its owner if an amount is open again.",
            ASSUMED, "assumed: as a receipt does", ("changeInvoiceState",), "books.documents.payments",
        ),
        Behaviour(
            "credit_limit", "Credit notes cannot exceed the amount of their owner that is not yet credited.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.2.7", ("changeInvoiceState",),
            "books.documents.balances",
        ),
        Behaviour(
            "credited_in_full",
            "A document that is credited in full gets no further credit note, not even one of 0.00.",
            DOCUMENTED, "Despacho 8632/2014, 3.3.7", ("changeInvoiceState",), "books.documents.issuing",
        ),
        Behaviour(
            "moss_receipts", "The receipt of a VAT MOSS invoice is a VAT MOSS receipt.",
            ASSUMED, "assumed: series have a row for it", _PAYING, "fiscal.document_types",
        ),
        Behaviour(
            "multibanco",
            "A Multibanco reference has right check digits and the entity 00000, so it cannot be paid.",
            DOCUMENTED, f"{PAGE} (mb_reference); assumed: check digits as in public code", WRITE,
            "fiscal.multibanco",
        ),
        Behaviour(
            "multibanco_range",
            "A document of 0.00 EUR, or of a million and more, is issued without a reference.",
            ASSUMED, "assumed: no reference can carry the amount", STATE, "fiscal.multibanco",
        ),
    ),
)  # read by rows # fmt: skip
