"""The oracle's questions. They make drafts, one client, one item and one tax, all of which are deleted again.

No question finalises or sends a document: a live account must be left without a fiscal trace. `{run}` is a
word unique to the run, so names are free and lists show only this run; other names in braces are values from
earlier answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
JsonObject = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Question:
    """One request, and the values to keep from its answer for later ones."""

    name: str
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Json = None
    learns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name -> keys down to the value, `*` for whatever root there is."""


_CLIENT: Final[JsonObject] = {"name": "Oráculo {run}", "code": "ORACLE-{run}"}
_LINE: Final[JsonObject] = {
    "name": "Consulta {run}",
    "description": "Uma hora",
    "unit_price": "12.3456",
    "quantity": "3.0",
    "unit": "hour",
    "discount": 10,
    "tax": {"name": "ORACLE {run}", "value": 23},
}


def _document(**changes: Json) -> JsonObject:
    return {
        "date": "01/01/2030",
        "due_date": "31/01/2030",
        "reference": "ORACLE-{run}",
        "client": _CLIENT,
        "items": [_LINE],
        **changes,
    }


def _of_type(segment: str, root: str, **more: Json) -> tuple[Question, ...]:
    one = f"/{segment}/{{{root}}}.json"
    return (
        Question(
            f"create {root}",
            "POST",
            f"/{segment}.json",
            body={root: _document(**more)},
            learns={root: "*/id"},
        ),
        Question(f"read {root}", "GET", one),
        Question(f"update {root}", "PUT", one, body={root: _document(observations="Segunda versão", **more)}),
        Question(f"read {root} after its update", "GET", one),
    )


_GUIDE: Final[JsonObject] = {
    "loaded_at": "01/01/2030 10:00:00",
    "address_from": {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"},
    "address_to": {"detail": "Rua B", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"},
}

QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "create a tax",
        "POST",
        "/taxes.json",
        body={"tax": {"name": "ORACLE {run}", "value": "23.0", "region": "PT"}},
        learns={"tax": "tax/id"},
    ),
    Question("read a tax", "GET", "/taxes/{tax}.json"),
    Question(
        "create the tax again",
        "POST",
        "/taxes.json",
        body={"tax": {"name": "ORACLE {run}", "value": "23.0", "region": "PT"}},
    ),
    Question("read a tax that is not there", "GET", "/taxes/0.json"),
    Question(
        "create a client", "POST", "/clients.json", body={"client": _CLIENT}, learns={"client": "client/id"}
    ),
    Question("create a client without a name", "POST", "/clients.json", body={"client": {}}),
    Question("create the client again", "POST", "/clients.json", body={"client": _CLIENT}),
    Question(
        "create a client with a country code",
        "POST",
        "/clients.json",
        body={"client": {"name": "Oráculo PT {run}", "country": "PT"}},
    ),
    Question("read a client", "GET", "/clients/{client}.json"),
    Question("find a client by code", "GET", "/clients/find-by-code.json", {"client_code": "ORACLE-{run}"}),
    Question("find a client by name", "GET", "/clients/find-by-name.json", {"client_name": "Oráculo {run}"}),
    Question("find nobody by code", "GET", "/clients/find-by-code.json", {"client_code": "NOBODY-{run}"}),
    Question("read a client that is not there", "GET", "/clients/0.json"),
    Question("list the invoices of nobody", "POST", "/clients/0/invoices.json", body={"filter": {}}),
    Question(
        "create an item",
        "POST",
        "/items.json",
        body={"item": {"name": "Artigo {run}", "description": "Um", "unit_price": "9.99", "unit": "unit"}},
        learns={"item": "item/id"},
    ),
    Question(
        "create an item with a number for a price",
        "POST",
        "/items.json",
        body={"item": {"name": "Número {run}", "description": "Um", "unit_price": 9.99}},
    ),
    Question("read an item", "GET", "/items/{item}.json"),
    Question("read an item that is not there", "GET", "/items/0.json"),
    *_of_type("invoices", "invoice"),
    *_of_type("invoice_receipts", "invoice_receipt"),
    *_of_type("simplified_invoices", "simplified_invoice"),
    *_of_type("quotes", "quote"),
    *_of_type("proformas", "proforma"),
    *_of_type("shippings", "shipping", **_GUIDE),
    *_of_type("transports", "transport", **_GUIDE),
    Question(
        "create an invoice under the family's root",
        "POST",
        "/invoice_receipts.json",
        body={"invoice": _document()},
        learns={"rooted": "*/id"},
    ),
    Question("create an invoice of nothing", "POST", "/invoices.json", body={"invoice": {}}),
    Question(
        "create an invoice due before its date",
        "POST",
        "/invoices.json",
        body={"invoice": _document(due_date="31/12/2029")},
        learns={"early": "*/id"},
    ),
    Question("read an invoice as a quote", "GET", "/quotes/{invoice}.json"),
    Question("read an invoice that is not there", "GET", "/invoices/0.json"),
    Question(
        "list this run's invoices", "GET", "/invoices.json", {"text": "ORACLE-{run}", "non_archived": "true"}
    ),
    Question("list this run's estimates", "GET", "/estimates.json", {"text": "ORACLE-{run}"}),
    Question("list this run's guides", "GET", "/guides.json", {"text": "ORACLE-{run}"}),
    Question("documents related to a draft", "GET", "/document/{invoice}/related_documents.json"),
    Question("the QR code of a draft", "GET", "/api/qr_codes/{invoice}.json"),
    Question(
        "settle a draft",
        "PUT",
        "/invoices/{invoice}/change-state.json",
        body={"invoice": {"state": "settled"}},
    ),
    Question("export a month of the future", "GET", "/api/export_saft.json", {"month": "1", "year": "2030"}),
)

_DRAFTS: Final = {
    "invoices": ("invoice", "early"),
    "invoice_receipts": ("invoice_receipt", "rooted"),
    "simplified_invoices": ("simplified_invoice",),
    "quotes": ("quote",),
    "proformas": ("proforma",),
    "shippings": ("shipping",),
    "transports": ("transport",),
}

TAKEN_BACK: Final[tuple[Question, ...]] = (
    *(
        Question(
            f"delete the draft {name}",
            "PUT",
            f"/{segment}/{{{name}}}/change-state.json",
            body={segment.removesuffix("s"): {"state": "deleted"}},
        )
        for segment, names in _DRAFTS.items()
        for name in names
    ),
    Question("delete the item", "DELETE", "/items/{item}.json"),
    Question("delete the tax", "DELETE", "/taxes/{tax}.json"),
    Question("delete the client", "DELETE", "/clients/{client}.json"),
)
"""Asked whatever happened before; what was never made is left out."""
