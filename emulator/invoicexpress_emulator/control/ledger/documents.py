"""Rows about what documents say, and how they are found."""

from __future__ import annotations

from typing import Final

from .behaviour import (
    ARCHIVE,
    ASSUMED,
    CREATE,
    DOCUMENTED,
    FAMILY_LISTS,
    GET,
    LEGACY,
    LISTS,
    OBSERVED,
    PAGE,
    TYPE_LISTS,
    UPDATE,
    WRITE,
    Behaviour,
    Subject,
)

_GUIDES: Final = ("createGuide", "updateGuide")

DOCUMENTS: Final = Subject(
    "Documents",
    (
        Behaviour(
            "created_as_draft",
            "A new document is a draft: no number, no hash, no ATCUD, and the type's own root.",
            OBSERVED, "recorded 2019", CREATE, "books.documents.api",
        ),
        Behaviour(
            "idempotency",
            "A create that repeats the `proprietary_uid` of a live document answers with that one.",
            OBSERVED, f"{PAGE}; weareswat 2020", ("createInvoice",), "books.documents.api",
        ),
        Behaviour(
            "idempotency_running",
            "While the first create with a `proprietary_uid` runs, a second one gets 409.",
            DOCUMENTED, f"{PAGE}; weareswat 2020", ("createInvoice",), "faults.late_writes",
        ),
        Behaviour(
            "idempotency_place", "The `proprietary_uid` stands beside the root, and is not shown.",
            OBSERVED, "tim-online 2023-11; voluzi 2026; OCA 2026-08", ("createInvoice",),
            "books.documents.api",
        ),
        Behaviour(
            "idempotency_misplaced",
            "A `proprietary_uid` inside the root is ignored; the request log has a remark.",
            OBSERVED, "tim-online 2023-11 (moved out of it); assumed: that it is ignored since",
            ("createInvoice",), "api.remarks",
        ),
        Behaviour(
            "idempotency_freed",
            "A deleted document frees its `proprietary_uid`, and so does a cancelled one (setting "
            "`key_of_canceled`).",
            OBSERVED, "clients 2026 (claimed again)", ("createInvoice",), "books.documents.rows",
        ),
        Behaviour(
            "date_unreadable", "An unreadable date is silently today; a date that is not text is refused.",
            DOCUMENTED, PAGE, WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "due_date_default", "Without a due date a document is due on its date.",
            ASSUMED, "assumed: that it may be missing was seen, the due date then was not", WRITE,
            "books.documents.drafting",
        ),
        Behaviour(
            "before_balance", "A document may not be older than its client's initial balance.",
            OBSERVED, "diogopms 2026-06", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "before_balance_types", "The initial balance concerns invoices, notes and receipts alone.",
            ASSUMED, "assumed: only these count in a balance", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "quantity_default", "A line without a quantity has the quantity 1.",
            OBSERVED, "clients 2026 (left out); assumed: that it is 1", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "scales", "Quantities keep 2 decimals, prices 4, discounts 4, exchange rates 6.",
            OBSERVED, "weareswat 2020", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "largest_total", "A total has at most nine digits before the point.",
            OBSERVED, "weareswat 2020", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "discount_amount", "An absolute `discount_amount` of a line is ignored; a percentage counts.",
            OBSERVED, "suestecreative 2026", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "exemption_needed", "A line without VAT needs a reason, its own or the document's: else 422.",
            OBSERVED, "suestecreative 2026; Despacho 8632/2014, 3.2.6", CREATE, "books.documents.drafting",
        ),
        Behaviour(
            "exemption_stamped", "An update without a reason silently gets M99.",
            OBSERVED, "suestecreative 2026", UPDATE, "books.documents.drafting",
        ),
        Behaviour(
            "exemption_places", "The reason is read from `tax_exemption` of document and line, and from "
            "`tax_exemption_reason`.",
            OBSERVED, f"{PAGE}; digitaldev 2026-07; suestecreative 2026", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "exemption_words",
            "The words of the reason are appended to the observations of issued documents.",
            OBSERVED, "recorded 2019", GET, "profiles.document", ("observed",),
        ),
        Behaviour(
            "currency", "`currency_code` and `rate` add the total in that currency; all else stays in EUR.",
            DOCUMENTED, PAGE, WRITE, "profiles.document",
        ),
        Behaviour(
            "rate_default", "A foreign currency without a rate has the rate 1.",
            ASSUMED, "assumed: the page does not say", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "currency_name", "`currency` is a name, and always the account's.",
            OBSERVED, "recorded 2019", GET, "profiles.document",
        ),
        Behaviour(
            "currencies", "Currencies are those of the vendor's table.", DOCUMENTED, PAGE, WRITE,
            "fiscal.currencies",
        ),
        Behaviour(
            "final_consumer", "A simplified invoice without a client is for the final consumer.",
            DOCUMENTED, PAGE, ("createInvoice", "updateInvoice"), "fiscal.document_types",
        ),
        Behaviour(
            "owner",
            "`owner_invoice_id` links note and invoice, invoice and guide, guide and invoice.",
            OBSERVED, f"{PAGE}; Webdados 2025 (guides)", WRITE, "fiscal.document_types",
        ),
        Behaviour(
            "owner_ignored",
            "An owner is ignored for types that have none; an update without it keeps the link.",
            ASSUMED, "assumed: clients send it always", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "owner_in_draft", "The owner of a note must be issued.",
            OBSERVED, "suestecreative 2026", ("createInvoice", "changeInvoiceState"),
            "books.documents.drafting",
        ),
        Behaviour(
            "owner_canceled", "The owner of a note must not be cancelled.",
            DOCUMENTED, "Despacho 8632/2014, 3.3.7", ("createInvoice", "changeInvoiceState"),
            "books.documents.drafting",
        ),
        Behaviour(
            "update_replaces",
            "An update replaces the whole of a draft; client and items must be sent again (setting "
            "`dates_alone`).",
            OBSERVED, f"{PAGE}; suestecreative 2026", UPDATE, "books.documents.api",
        ),
        Behaviour(
            "wrong_type_path", "A document under another type's path is a 404.",
            OBSERVED, "suestecreative 2026", GET, "books.documents.api",
        ),
        Behaviour(
            "receipts_path", "VAT MOSS receipts are under the path of receipts too.",
            ASSUMED, "assumed: the page has no other way to cancel a payment",
            ("cancelReceipt",),
            "books.documents.api",
        ),
        Behaviour(
            "permalink", "A permalink is the id and forty digits; it opens the PDF without a key.",
            OBSERVED, "recorded 2019; assumed: that it is the PDF", GET, "profiles.document",
        ),
        Behaviour(
            "search_text", "`text` finds references, observations, lines, numbers and clients.",
            DOCUMENTED, PAGE, FAMILY_LISTS, "books.documents.document",
        ),
        Behaviour(
            "filters_optional",
            "No filter is required; an unreadable date or amount is ignored, as if it were not sent.",
            OBSERVED, "recorded 2019; vendor docs 2026-07 (examples)", LISTS, "books.documents.filters",
        ),
        Behaviour(
            "filter_other_type",
            "A type that the list does not have, such as `type[]=quotes` in the list of invoices, matches "
            "nothing.",
            ASSUMED, "assumed: the safest; to ignore it would show documents of other types", LISTS,
            "books.documents.filters",
        ),
        Behaviour(
            "filter_unknown_status", "An unknown status, such as `status[]=foo`, matches nothing.",
            ASSUMED, "assumed: as unknown types", LISTS, "fiscal.states",
        ),
        Behaviour(
            "filter_sent", "The filter calls final documents `sent`.",
            OBSERVED, "square-bit 2026-04; diogopms 2026-06", LISTS, "fiscal.states",
        ),
        Behaviour(
            "filter_archived", "Two flags choose archived and other documents; neither means both.",
            DOCUMENTED, PAGE, LISTS, "books.documents.filters",
        ),
        Behaviour(
            "deleted_hidden", "Deleted drafts show in lists only when asked for.",
            ASSUMED, "assumed: no source shows one", LISTS, "books.documents.filters",
        ),
        Behaviour(
            "guides_by_loading", "Guides are found by the days on which their goods are loaded.",
            DOCUMENTED, PAGE, ("listGuides",), "books.documents.filters",
        ),
        Behaviour(
            "list_order", "Documents are listed by id.",
            OBSERVED, "recorded 2019", LISTS, "books.documents.api",
        ),
        Behaviour(
            "type_list_root", "The list of one type has that type's plural for its key.",
            OBSERVED, "suestecreative 2026; voluzi 2026", TYPE_LISTS, "books.documents.api",
        ),
        Behaviour(
            "related", "Related documents are receipts, notes and the owner; deleted drafts are left out.",
            OBSERVED, "square-bit 2026-04; weareswat 2020", ("relatedDocs",), "books.documents.rows",
        ),
        Behaviour(
            "archiving", "Archiving answers an empty 200, and changes nothing on the printed document.",
            ASSUMED, "assumed: the first version's route, as JSON", ARCHIVE, "books.documents.api",
        ),
        Behaviour(
            "loading_required", "A guide needs a departure and both addresses in full.",
            DOCUMENTED, f"{PAGE}; Webdados 2025 (a dash for the unknown)", _GUIDES, "books.documents.goods",
        ),
        Behaviour(
            "loading_in_the_past",
            "A draft may have a departure in the past; a guide must be issued before its departure.",
            OBSERVED, "diogopms 2026-06; Decreto-Lei 147/2003, art. 5", (*_GUIDES, "changeGuideState"),
            "books.documents.issuing",
        ),
        Behaviour(
            "loading_shown", "Guides show the time and place of loading.",
            ASSUMED, "assumed: filipetoscano 2022 reads `loaded_at`", ("getGuide",),
            "profiles.document",
            ("observed",),
        ),
        Behaviour(
            "at_doc_code", "The tax authority's code of a guide comes later; its key is absent before.",
            OBSERVED, "Webdados 2025", ("getGuide",), "profiles.document", ("observed",),
        ),
        Behaviour(
            "order_goods", "A purchase order has the date and place of delivery.",
            LEGACY, "vendor docs 2017", ("createPurchaseOrder", "updatePurchaseOrder"),
            "fiscal.document_types",
        ),
        Behaviour(
            "order_shown", "A purchase order shows the delivery as the first version did.",
            ASSUMED, "assumed: no JSON of one is known", ("getPurchaseOrder",), "profiles.document",
        ),
    ),
)  # read by rows # fmt: skip
