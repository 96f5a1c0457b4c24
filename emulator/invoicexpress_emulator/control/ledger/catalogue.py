"""Rows about clients, items, taxes and series."""

from __future__ import annotations

from typing import Final

from .behaviour import ASSUMED, CREATE, DOCUMENTED, LEGACY, OBSERVED, PAGE, WRITE, Behaviour, Subject

_CLIENT_WRITES: Final = ("createClient", "updateClient")
_ITEM_WRITES: Final = ("createItem", "updateItem")
_TAX_WRITES: Final = ("createTax", "updateTax")

CATALOGUE: Final = Subject(
    "Clients, items, taxes and series",
    (
        Behaviour(
            "clients_unique", "Names of clients are unique in an account, and so are their codes.",
            OBSERVED, f"{PAGE}; suestecreative 2026", _CLIENT_WRITES, "books.clients.api",
        ),
        Behaviour(
            "clients_by_name_order", "Clients are listed by name, and `fiscal_id` narrows the list.",
            OBSERVED, "recorded 2019; suestecreative 2026 (fiscal_id)", ("listClients",),
            "books.clients.rows",
        ),
        Behaviour(
            "client_find", "A client is found by the exact name or code: one client, or 404.",
            OBSERVED, "recorded 2019; diogopms 2026-06; oxdog 2026-08 (500)",
            ("findClientByName", "findClientByCode"), "books.clients.api",
        ),
        Behaviour(
            "client_update",
            "An update keeps fields that are not sent, needs the name, and answers without a body.",
            OBSERVED, f"{PAGE}; diogopms 2026-06", ("updateClient",), "books.clients.api",
        ),
        Behaviour(
            "client_invoices", "The list of a client's documents is a POST, with its filter in the body.",
            OBSERVED, f"{PAGE}; recorded 2019", ("listClientInvoices",), "books.documents.api",
        ),
        Behaviour(
            "client_delete", "A client without documents can be deleted.",
            OBSERVED, "square-bit 2026-04", ("deleteClient",), "books.clients.api", ("observed",),
        ),
        Behaviour(
            "client_delete_refused", "A client with documents cannot be deleted: 422.",
            ASSUMED, "assumed: its documents name it", ("deleteClient",), "books.clients.api", ("observed",),
        ),
        Behaviour(
            "client_of_document",
            "A document finds its client by id, then by code, then by name, or creates it.",
            OBSERVED, f"{PAGE}; suestecreative 2026", WRITE, "books.clients.values",
        ),
        Behaviour(
            "known_client_kept", "Other fields of a known client in a document are ignored.",
            DOCUMENTED, PAGE, WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "broken_client", "A client stored with a wrong tax number blocks new documents.",
            OBSERVED, "suestecreative 2026", CREATE, "books.clients.values",
        ),
        Behaviour(
            "nif",
            "A Portuguese tax number with a wrong check digit is refused; those of other countries pass.",
            OBSERVED, "suestecreative 2026; ventrata 2026 (other countries)", (*_CLIENT_WRITES, *WRITE),
            "fiscal.fiscal_ids",
        ),
        Behaviour(
            "nif_of_examples", "Three numbers of the page's own examples pass, although they are wrong.",
            ASSUMED, f"assumed: the page's examples must work ({PAGE})", (*_CLIENT_WRITES, *WRITE),
            "fiscal.fiscal_ids",
        ),
        Behaviour(
            "countries", "Countries are English names of the vendor's own list.",
            OBSERVED, f"{PAGE}; suestecreative 2026", (*_CLIENT_WRITES, *WRITE), "fiscal.countries",
        ),
        Behaviour(
            "drafts_follow_client",
            "Drafts follow changes of their client; issued documents keep the client as it was.",
            DOCUMENTED, "Despacho 8632/2014, 2.2.15; assumed: that drafts follow", ("updateClient",),
            "books.clients.rows",
        ),
        Behaviour(
            "open_account_link", "A client has a link to its open documents, which needs no key.",
            OBSERVED, "recorded 2019", ("getClient", "findClientByName", "findClientByCode"),
            "profiles.client",
        ),
        Behaviour(
            "items_unpaged", "The list of items comes in pages, without a pagination object.",
            OBSERVED, "filipetoscano 2022", ("listItems",), "books.catalogue.items.api",
        ),
        Behaviour(
            "item_price_scale", "Prices of items keep four decimals.",
            OBSERVED, "weareswat 2020", _ITEM_WRITES, "books.catalogue.items.item",
        ),
        Behaviour(
            "item_name_frozen", "The name of an item cannot be changed once documents have it.",
            DOCUMENTED, PAGE, ("updateItem",), "books.catalogue.items.api",
        ),
        Behaviour(
            "item_deleted", "Deleting an item leaves the lines of documents as they are.",
            ASSUMED, "assumed: issued documents must not change", ("deleteItem",),
            "books.catalogue.items.api",
        ),
        Behaviour(
            "items_on_the_fly", "A line creates an item of its name, or overwrites the existing one.",
            DOCUMENTED, PAGE, WRITE, "books.catalogue.items.rows",
        ),
        Behaviour(
            "units", "A unit is one of six words.", DOCUMENTED, PAGE, (*_ITEM_WRITES, *WRITE),
            "books.catalogue.items.item",
        ),
        Behaviour(
            "taxes_unpaged", "All taxes come in one list.", OBSERVED, "recorded 2019", ("listTaxes",),
            "books.catalogue.taxes.api",
        ),
        Behaviour(
            "default_taxes",
            "A new account has the rates of the mainland, in the region PT, the normal one first.",
            OBSERVED, "recorded 2019; CIVA, art. 18", ("listTaxes",), "books.catalogue.taxes.rows",
        ),
        Behaviour(
            "default_taxes_elsewhere",
            "An account in another country begins with that country's rates, under made-up names.",
            ASSUMED, "assumed: no source shows one", ("listTaxes",), "books.catalogue.taxes.rows",
        ),
        Behaviour(
            "tax_resolution",
            "A line's tax is found by name, or by rate where no name is sent; an id is not enough.",
            OBSERVED, "suestecreative 2026", WRITE, "books.catalogue.taxes.tax",
        ),
        Behaviour(
            "unknown_tax", "An unknown tax silently becomes the account's default.",
            OBSERVED, f"{PAGE}; voluzi 2026", WRITE, "books.catalogue.taxes.tax",
        ),
        Behaviour(
            "tax_value_text", "The rate of a tax is a text; a JSON number is refused, or fails live.",
            OBSERVED, "diogopms 2026-06", _TAX_WRITES, "books.catalogue.taxes.api",
        ),
        Behaviour(
            "tax_default_moves",
            "A new default tax replaces the old one; the default is never just unset.",
            ASSUMED, "assumed: an account without a default could not tax a line", _TAX_WRITES,
            "books.catalogue.taxes.api",
        ),
        Behaviour(
            "tax_default_stays", "The default tax cannot be deleted.",
            ASSUMED, "assumed: an account without a default could not tax a line", ("deleteTax",),
            "books.catalogue.taxes.api",
        ),
        Behaviour(
            "tax_regions",
            "The region of a tax is one of the vendor's codes; a tax without one counts as PT.",
            DOCUMENTED, f"{PAGE}; assumed: the meaning of none", _TAX_WRITES, "fiscal.tax_regions",
        ),
        Behaviour(
            "exemption_codes",
            "Reasons for 0 % are the page's codes, and M26, M34 and M35 besides; their words have º, where "
            "the page has °.",
            OBSERVED, f"{PAGE}; square-bit 2026-04; AT table V4.0; recorded 2019 (º)",
            (*WRITE, *_CLIENT_WRITES), "fiscal.exemption_codes",
        ),
        Behaviour(
            "rows_of_a_series",
            "A series has a row with an id of its own for each type, in the order of creation.",
            OBSERVED, "recorded 2019; weareswat 2020",
            ("listSequences", "getSequence", "createSequence"),
            "fiscal.document_types",
        ),
        Behaviour(
            "series_row_of_type", "The id of another type's row, the series' own included, is refused.",
            OBSERVED, "suestecreative 2026; digitaldev 2026-07", WRITE, "books.documents.drafting",
        ),
        Behaviour(
            "series_row_unknown", "An unknown series id counts as none.",
            ASSUMED, f"assumed: examples of the page carry such ids ({PAGE})", WRITE,
            "books.documents.drafting",
        ),
        Behaviour(
            "series_default", 'Only "1" and true make a new series the default; an integer 1 is ignored.',
            OBSERVED, "recorded 2019; weareswat 2020", ("createSequence",), "books.series.api",
        ),
        Behaviour(
            "series_names", "The name of a series has no blank and no slash, and at most 35 characters.",
            DOCUMENTED, "SAF-T schema 1.04_01, InvoiceNo; assumed: length", ("createSequence",),
            "books.series.api",
        ),
        Behaviour(
            "first_series",
            "A new account's series has the account's name, reduced to capital letters and digits.",
            OBSERVED, "weareswat 2020", ("listSequences",), "books.series.series",
        ),
        Behaviour(
            "series_registered_on_creation", "Creating a series registers it at the tax authority.",
            DOCUMENTED, PAGE, ("createSequence",), "books.series.api",
        ),
        Behaviour(
            "series_register",
            "Registering answers a list with the one series, and 409 if nothing is left to register.",
            DOCUMENTED, PAGE, ("registerSequence",), "books.series.api",
        ),
        Behaviour(
            "series_needs_credentials", "Without credentials of the tax authority series are refused.",
            OBSERVED, f"{PAGE}; diogopms 2026-06", ("createSequence", "registerSequence"),
            "books.series.api",
        ),
        Behaviour(
            "validation_code",
            "The validation code has eight characters and begins with EMU, so it is recognisably not real.",
            ASSUMED, "assumed: the letters must never look like the tax authority's", ("createSequence",),
            "fiscal.atcud",
        ),
        Behaviour(
            "types_without_code", "Fees notes, orders and VAT MOSS need no validation code: N/A.",
            DOCUMENTED, f"{PAGE}; assumed: orders", ("listSequences", "getSequence"),
            "fiscal.document_types",
        ),
        Behaviour(
            "series_names_in_any_case",
            "A name that differs from an existing series' in case alone counts as taken.",
            ASSUMED, "assumed: on paper the two would be one (Despacho 8632/2014, 1.8)", ("createSequence",),
            "books.series.rows",
        ),
        Behaviour(
            "series_codes_of_names",
            "A name that the tax authority does not take is 003 of creating and 001 of registering; a series "
            "that it knows already is 002 and 007.",
            ASSUMED, "assumed: the page has the codes, and not when they are met",
            ("createSequence", "registerSequence"), "books.series.api",
        ),
        Behaviour(
            "series_stay", "A series cannot be renamed or deleted.",
            OBSERVED, "diogopms 2026-06", ("listSequences",), "books.series.series",
        ),
        Behaviour(
            "supplier", "A purchase order may call its client `supplier`.",
            LEGACY, "vendor docs of the XML API", ("createPurchaseOrder", "updatePurchaseOrder"),
            "fiscal.document_types",
        ),
    ),
)  # read by rows # fmt: skip
