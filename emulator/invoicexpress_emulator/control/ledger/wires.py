"""Rows about what the two wires disagree on: each field of `Profile`, said once for each wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from .behaviour import (
    ASSUMED,
    DOCUMENTED,
    EVERY,
    GET,
    LEGACY,
    LISTS,
    OBSERVED,
    PAGE,
    STATE,
    WRITE,
    Behaviour,
    Evidence,
    Subject,
)


class Difference(NamedTuple):
    """What each wire does, and how that is known of it."""

    field: str
    """Of `Profile`."""
    operations: tuple[str, ...]
    live: str
    live_source: str
    page: str
    page_source: str = PAGE
    live_evidence: Evidence = OBSERVED
    page_evidence: Evidence = DOCUMENTED

    def rows(self) -> Iterator[Behaviour]:
        """Yield the two rows."""
        yield Behaviour(
            self.field,
            self.live,
            self.live_evidence,
            self.live_source,
            self.operations,
            "profiles.profile",
            ("observed",),
        )
        yield Behaviour(
            self.field, self.page, self.page_evidence, self.page_source, self.operations, "profiles.profile",
            ("documented",),
        )  # read by rows # fmt: skip


_DOCUMENTS: Final = (*WRITE, *STATE, *GET)
_CLIENTS: Final = ("getClient", "findClientByName", "findClientByCode")

DIFFERENCES: Final = (
    Difference(
        "document_fields", _DOCUMENTS,
        "A draft has no number or hash, and is called `rascunho`; missing values are null or absent. The "
        "client has every field with a value. Recordings of 2019 have no ATCUD; documents have one now.",
        "recorded 2019; square-bit 2026-04 (city, website, fax and observations of the client; assumed: "
        "their places); vendor docs 2026-07 (ATCUD)",
        "Every key of the page is there, blank without a value; a draft is called `draft`.",
    ),
    Difference(
        "document_row_fields", LISTS, "An entry of a list is the whole document.", "recorded 2019",
        "An entry of a list has less of its client.",
    ),
    Difference(
        "guide_fields", ("createGuide", "getGuide", "changeGuideState"),
        "A guide is shown as other documents are.", "square-bit 2026-04; diogopms 2026-06",
        "A guide is shown as an entry of a list.",
    ),
    Difference(
        "rounds_lines", (*_DOCUMENTS, *LISTS),
        "Prices and quantities of lines are read back with two decimals, amounts at full precision.",
        "filipetoscano 2022; suestecreative 2026; recorded 2019 (one decimal)",
        "Prices and quantities of lines have all their decimals, as in the page's examples.",
    ),
    Difference(
        "root_by_type", _DOCUMENTS, "A document answers under the key of its own type.",
        "recorded 2019; voluzi 2026; OCA 2026-08; diogopms 2026-06",
        "A document answers under the key of its family.",
    ),
    Difference(
        "tax_fields", ("listTaxes", "getTax", "createTax"),
        "The rate of a tax is a text, and it has a region and a code, which may be null; in 2019 the rate "
        "was a number, and there was no code.",
        "diogopms 2026-06; voluzi 2026 (code); recorded 2019 (number)",
        "The rate of a tax is a number; region and code are texts.",
    ),
    Difference(
        "item_fields", ("listItems", "getItem", "createItem"),
        "An item's tax has its id, and its rate as a text.", "filipetoscano 2022",
        "An item's tax has its rate as a number, and a comment.",
    ),
    Difference(
        "client_fields", _CLIENTS,
        "A client's id, copies and days of payment are numbers; unknown values are null, an unknown country "
        "is left out, and a contact is empty until one is sent.",
        "recorded 2019; assumed: a single client's contact is empty where a list's is",
        "A client's id, copies and days of payment are texts; unknown values are blank.",
    ),
    Difference(
        "client_created_fields", ("createClient",),
        "Creating a client echoes less than reading it shows: no link, no days of payment.", "recorded 2019",
        "Creating a client answers as reading it does.",
    ),
    Difference(
        "client_row_fields", ("listClients",),
        "Clients in a list have ids, and lack the link, days of payment and code of exemption.",
        "recorded 2019", "Clients in a list have no ids.",
    ),
    Difference(
        "client_pagination", ("listClients",),
        "The pagination of clients begins with the current page; that of documents with the total.",
        "recorded 2019", "The pagination of clients is that of documents.",
    ),
    Difference(
        "series_root", ("createSequence", "getSequence"), "One series is under `sequence`.",
        "recorded 2019; filipetoscano 2022", "One series is under `sequences`.",
    ),
    Difference(
        "series_rows", ("listSequences", "createSequence", "getSequence", "registerSequence"),
        "A series shows sixteen types, purchase orders among them, in an order that is not that of ids; each "
        "has a validation code, which it lacked in 2019.",
        "recorded 2019; square-bit 2026-04 (codes)",
        "A series shows fifteen types in the page's order, without purchase orders.",
    ),
    Difference(
        "serie_echoes_integers", ("createSequence", "getSequence", "listSequences"),
        "A series that was sent as a number is echoed as one.", "recorded 2019",
        "The name of a series is a text.",
    ),
    Difference(
        "unregistered_code", ("listSequences", "getSequence", "createSequence"),
        "The code of a type that is not registered is N/A.", "square-bit 2026-04",
        "The code of a type that is not registered is N/D.",
    ),
    Difference(
        "tax_deleted", ("deleteTax",), "The body of a deleted tax is one space.", "recorded 2019",
        "The body of a deleted tax is empty.",
    ),
    Difference(
        "pdf_in_wrong_state", ("generatePdf",), "The PDF of a deleted document is 406.",
        "vendor docs 2017, and no newer page",
        "The PDF of a deleted document is 422, in a shape of its own.",
        f"{PAGE}, a schema that nothing uses", LEGACY,
    ),
    Difference(
        "guide_update", ("updateGuide",), "Updating a guide fails with 500, whatever is sent.",
        "diogopms 2026-06",
        "Updating a guide works as for other types; it did in 2022.",
    ),
    Difference(
        "saft_url_key", ("export_saft",), "The address of an export is under `url`.", "clients 2026",
        "The address of an export is under `Url`.",
    ),
    Difference(
        "client_deleted", ("deleteClient",), "Deleting a client answers 500, although it is gone.",
        "square-bit 2026-04", "Clients cannot be deleted: 405.",
    ),
    Difference(
        "flat_initial_balance", ("updateClientInitialBalance",),
        "An initial balance without its root fails with 500.",
        "diogopms 2026-06", "An initial balance without its root is refused, as any such body.",
        "assumed: the page does not say", page_evidence=ASSUMED,
    ),
    Difference(
        "regularization_created_in_list", ("createClientRegularization",), "A new write-off is an object.",
        "diogopms 2026-06", "A new write-off is a list of one.",
    ),
    Difference(
        "movement_shows_id", ("createClientTreasuryMovement",), "A movement has an id.", "diogopms 2026-06",
        "A movement has no id.",
    ),
    Difference(
        "movement_deleted", ("deleteClientTreasuryMovement",),
        "Deleting a movement answers 500, although it is gone.",
        "diogopms 2026-06", "Deleting a movement answers 204.",
    ),
    Difference(
        "account_id_is_text", ("createAccount", "createAccountExisting"), "A new account's id is a number.",
        "assumed: ids are numbers everywhere", "A new account's id is a text.", live_evidence=ASSUMED,
    ),
    Difference(
        "account_shows_address", ("getAccount",), "An account has its address.", "filipetoscano 2022",
        "An account has no address.",
    ),
    Difference(
        "tax_region_required_on_create", ("createTax",), "A new tax needs a region.", "diogopms 2026-06",
        "A new tax needs no region.",
    ),
    Difference(
        "wrong_verb_is_page", ("listClientInvoices",),
        "A GET in place of a POST for a client's documents answers an HTML page, 404.",
        "recorded 2019", "The same request is refused with 405.", "assumed: the page knows POST alone",
        page_evidence=ASSUMED,
    ),
    Difference(
        "create_tax_fails_on_numbers", ("createTax",),
        "A rate sent as a JSON number fails with 500.",
        "diogopms 2026-06", "A rate sent as a JSON number is refused.", "assumed: the page shows a text",
        page_evidence=ASSUMED,
    ),
    Difference(
        "fails_on_double_encoding", EVERY, "A body that is a JSON text of JSON fails with 500.", "indigitpt",
        "A body that is a JSON text of JSON is refused.", "assumed: the page does not say",
        page_evidence=ASSUMED,
    ),
    Difference(
        "unknown_tax_abroad_is_exempt", WRITE,
        "An unknown tax of a client in another country silently becomes 0 %.",
        "suestecreative 2026", "An unknown tax becomes the default, whatever the client.",
    ),
    Difference(
        "numeric_item_price_accepted", ("createItem", "updateItem"), "The price of an item must be a text.",
        "diogopms 2026-06", "The price of an item may be a number.",
    ),
)  # read by rows # fmt: skip

WIRES: Final = Subject(
    "What the two wires disagree on", tuple(row for difference in DIFFERENCES for row in difference.rows())
)
