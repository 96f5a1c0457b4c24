"""Answers that were recorded of the live service, as shapes: the keys in their order, with JSON types.

The shapes are facts of `recorded 2019`, restated; no value was taken over. A list stands for its different
shapes, in the order in which they first appear. `newer()` marks what later evidence has changed since, with
its source: there the emulator follows the later evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Shape = Any
"""The name of a JSON type, a list of shapes, or an object of them."""

BLANK: Final = "blank"
"""An empty body."""
SPACE: Final = "space"
"""One space."""
PAGE: Final = "page"
"""Text that is not JSON."""

JSON: Final = "application/json; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"
COMPARED_HEADERS: Final = ("cache-control", "content-type", "etag", "set-cookie", "status", "x-runtime")
ERROR: Final = ("cache-control", "content-type", "set-cookie", "status", "x-runtime")
WRITTEN: Final = ERROR
READ: Final = COMPARED_HEADERS
OF_A_PAGE: Final = ("cache-control", "content-type", "set-cookie", "status")


def keys(text: str, **nested: Shape) -> dict[str, Shape]:
    """Return an object: `id:int name:text`; a key without a type takes its shape from `nested`."""
    pairs = (each.partition(":") for each in text.split())
    return {key: kind or nested[key] for key, _, kind in pairs}


def newer(shape: Shape, source: str) -> Shape:
    """Return a shape that differs from the recording, since this later source saw it."""
    assert source, "a difference from the recording has a source"
    return shape


@dataclass(frozen=True)
class Recorded:
    """One recorded answer, and how to get it from the emulator."""

    ask: str
    """Method and path; `{name}` stands for an id that `before` keeps under this name."""
    status: int
    answer: Shape
    headers: Sequence[str] = READ
    media_type: str = JSON
    send: Mapping[str, Any] | None = None
    before: Sequence[tuple[str, str, Mapping[str, Any]]] = ()
    """Requests before: a name for the new id, method and path, body."""
    with_key: bool = True


# Clients ----------------------------------------------------------------------------------------------

CONTACT: Final = keys("name:text email:text phone:text mobile:null")
NO_CONTACT: Final = keys("name:null email:null phone:null mobile:null")
_FULL: Final = (
    "id:int name:text code:text language:text email:text address:text city:text postal_code:text "
    "fiscal_id:text website:text country:text phone:text fax:text preferred_contact observations:text"
)
CLIENT_READ: Final = keys(
    f"{_FULL} open_account_link:text send_options:int payment_days:int tax_exemption_code:text",
    preferred_contact=CONTACT,
)
CLIENT_MADE: Final = keys(f"{_FULL} send_options:int", preferred_contact=CONTACT)


def client_row(
    *, email: str = "text", fiscal_id: str = "null", country: str = "country:text", contact: Shape
) -> dict[str, Shape]:
    """Return an entry of the list of clients; `email` is the type of everything that fills an address."""
    return keys(
        f"id:int name:text code:text language:null email:{email} address:{email} city:null "
        f"postal_code:{email} fiscal_id:{fiscal_id} website:null {country} phone:{email} fax:null "
        "preferred_contact observations:null send_options:null",
        preferred_contact=contact,
    )


WHOLE_CLIENT: Final = {
    "name": "Ana Lda", "code": "A", "language": "pt", "email": "a@example.com", "address": "Rua A, 1",
    "city": "Faro", "postal_code": "8000-001", "fiscal_id": "508025338", "website": "www.example.com",
    "country": "Portugal", "phone": "210000000", "fax": "210000001", "observations": "Nota",
    "send_options": 1, "preferred_contact": {"name": "Rui", "email": "r@example.com", "phone": "211"},
}  # read by rows # fmt: skip
_ADDRESS: Final = {
    "email": "a@example.com", "address": "Rua A, 1", "postal_code": "8000-001", "phone": "210000000",
}  # read by rows # fmt: skip
_IN_PORTUGAL: Final = {**_ADDRESS, "country": "Portugal"}
_CLIENTS: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    ("A", {"name": "A", "code": "A", **_IN_PORTUGAL}),
    ("B", {"name": "B", "code": "B", **_IN_PORTUGAL, "fiscal_id": "508025338"}),
    ("C", {"name": "C", "code": "C"}),
    ("D", {"name": "D", "code": "D", **_ADDRESS}),
    ("E", {"name": "E", "code": "E", **_IN_PORTUGAL, "preferred_contact": {"name": "", "email": None}}),
)

# Documents --------------------------------------------------------------------------------------------

_LINE: Final = keys(
    "name:text description:text unit_price:text unit quantity:text tax discount:float subtotal:float "
    "tax_amount:float discount_amount:float total:float",
    unit="null",
    tax=keys("id:int name:text value:float"),
)
_AMOUNTS: Final = "sum:float discount:float before_taxes:float taxes:float total:float currency:text"
_DRAFT_CLIENT: Final = keys("id:int name:text code:text")
DRAFT: Final = keys(
    "id:int status:text archived:bool type:text sequence_number:text date:text due_date:text reference:null "
    f"observations:null retention:null permalink:text {_AMOUNTS} client items",
    client=_DRAFT_CLIENT,
    items=[_LINE],
)


def issued(*, exemption: str = "", observations: str, fiscal_id: str = "") -> dict[str, Shape]:
    """Return an issued document of a client with an address."""
    return keys(
        "id:int status:text archived:bool type:text sequence_number:text inverted_sequence_number:text atcud "
        f"sequence_id:int {exemption} date:text due_date:text reference:text observations:{observations} "
        f"retention:null permalink:text saft_hash:text {_AMOUNTS} client items",
        atcud=newer("text", "vendor docs 2026-07: documents have an ATCUD, after the number"),
        client=keys(
            "id:int name:text email:text address:text postal_code:text country:text code:text "
            f"{fiscal_id} phone:text"
        ),
        items=[{**_LINE, "unit": "text"}],
    )


DOCUMENTS_PAGES: Final = keys("total_entries:int total_pages:int current_page:int per_page:int")
_SENT_LINE: Final = {"name": "A", "description": "Limpeza", "unit_price": "10.0", "quantity": "1.0"}
_JOHN: Final = {"client": {"name": "John", "code": "100"}, "items": [_SENT_LINE]}
_LONGER: Final = {
    "reference": "PO-1",
    "items": [{**_SENT_LINE, "unit": "unit"}],
    "client": {"name": "A", "code": "A", **_IN_PORTUGAL},
}
_EXEMPT: Final = {
    **_LONGER,
    "tax_exemption": "M02",
    "items": [{**_SENT_LINE, "unit": "unit", "tax": {"name": "Isento"}}],
}
_WITH_NUMBER: Final = {"name": "B", "code": "B", **_IN_PORTUGAL, "fiscal_id": "508025338"}


def _made(name: str, **document: Any) -> tuple[str, str, Mapping[str, Any]]:
    return (name, "POST /invoices.json", {"invoice": document})


def _finalized(name: str) -> tuple[str, str, Mapping[str, Any]]:
    return ("", f"PUT /invoices/{{{name}}}/change-state.json", {"invoice": {"state": "finalized"}})


# Series and taxes -------------------------------------------------------------------------------------

SERIES_ORDER: Final = (
    "invoice", "invoice_receipt", "simplified_invoice", "credit_note", "debit_note", "receipt", "shipping",
    "transport", "devolution", "proforma", "quote", "fees_note", "purchase_order", "vat_moss_invoice",
    "vat_moss_credit_note", "vat_moss_receipt",
)  # read by rows # fmt: skip
_CODE: Final = newer("text", "square-bit 2026-04: each type has a validation code since December 2022")
SERIES: Final = {
    **keys("id:int serie:int default_sequence:int"),
    **{
        f"current_{root}_{what}": kind
        for root in SERIES_ORDER
        for what, kind in (("number", "int"), ("sequence_id", "int"), ("validation_code", _CODE))
    },
}
TAX: Final = keys(
    "id:int name:text value region code default_tax:int",
    value=newer("text", "diogopms 2026-06: the rate is a text"),
    region=newer("text", "diogopms 2026-06: a tax has a region"),
    code=newer("text", "voluzi 2026: a tax has a code"),
)
_UNUSED_TAX: Final = {"tax": {"name": "T", "value": "5", "region": "PT", "code": "RED"}}
_TAX_MADE: Final = ("it", "POST /taxes.json", _UNUSED_TAX)

ERRORS: Final = {"errors": [{"error": "text"}]}

RECORDED: Final = (
    Recorded("GET /invoices.json", 401, ERRORS, ERROR, with_key=False),
    Recorded(
        "GET /clients.json",
        200,
        {
            "clients": [
                client_row(contact={}),
                client_row(contact={}, fiscal_id="text"),
                client_row(contact={}, email="null", country=""),
                client_row(contact={}, country=""),
                client_row(contact=NO_CONTACT),
            ],
            "pagination": keys("current_page:int total_entries:int per_page:int total_pages:int"),
        },
        before=[(name, "POST /clients.json", {"client": each}) for name, each in _CLIENTS],
    ),
    Recorded("POST /clients.json", 422, ERRORS, ERROR, send={"client": {}}),
    Recorded("POST /clients.json", 201, {"client": CLIENT_MADE}, WRITTEN, send={"client": WHOLE_CLIENT}),
    Recorded("GET /clients/0.json", 404, BLANK, ERROR),
    *(
        Recorded(
            f"GET /clients/{path}",
            200,
            {"client": CLIENT_READ},
            before=[("it", "POST /clients.json", {"client": WHOLE_CLIENT})],
        )
        for path in ("{it}.json", "find-by-code.json?client_code=A", "find-by-name.json?client_name=Ana Lda")
    ),
    Recorded("POST /clients/0/invoices.json", 404, PAGE, OF_A_PAGE, HTML, send={"filter": {}}),
    Recorded(
        "GET /invoices.json",
        200,
        {
            "invoices": [
                issued(exemption="tax_exemption:text", observations="text"),
                issued(observations="null", fiscal_id="fiscal_id:text"),
                issued(exemption="tax_exemption:text", observations="text", fiscal_id="fiscal_id:text"),
                DRAFT,
            ],
            "pagination": DOCUMENTS_PAGES,
        },
        before=[
            _made("one", **_EXEMPT), _finalized("one"),
            _made("two", **{**_LONGER, "client": _WITH_NUMBER}), _finalized("two"),
            _made("three", **{**_EXEMPT, "client": _WITH_NUMBER}), _finalized("three"),
            _made("four", **_JOHN),
        ],
    ),
    *(
        Recorded(f"POST /{root}s.json", 201, {root: DRAFT}, WRITTEN, send={"invoice": _JOHN})
        for root in ("invoice", "invoice_receipt", "simplified_invoice")
    ),
    Recorded(
        "POST /sequences.json",
        201,
        {"sequence": SERIES},
        WRITTEN,
        send={"sequence": {"serie": 2017, "default_sequence": 1}},
    ),
    Recorded("GET /taxes.json", 200, {"taxes": [TAX]}),
    Recorded("POST /taxes.json", 201, {"tax": TAX}, WRITTEN, send=_UNUSED_TAX),
    Recorded(
        "POST /taxes.json",
        422,
        [["text"]],
        ERROR,
        send=_UNUSED_TAX,
        before=[_TAX_MADE],
    ),
    Recorded("DELETE /taxes/{it}.json", 200, SPACE, WRITTEN, before=[_TAX_MADE]),
    Recorded("GET /taxes/0.json", 404, SPACE, ERROR),
    Recorded("DELETE /taxes/0.json", 404, SPACE, ERROR),
)  # read by rows # fmt: skip
