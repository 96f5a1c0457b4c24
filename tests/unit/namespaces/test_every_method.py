"""Every method of every namespace, on both clients: the request sent and the result returned."""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import pytest
from invoicexpress import (
    Account,
    AccountDetails,
    AccountStats,
    AssumedOperationWarning,
    AsyncInvoiceXpress,
    Client,
    ClientBalance,
    ClientListEntry,
    Download,
    DraftMismatchError,
    Estimate,
    Guide,
    InitialBalance,
    Invoice,
    InvoiceXpress,
    Item,
    Regularization,
    Sequence,
    Tax,
    TreasuryMovement,
)
from invoicexpress.quirks.document_types import (
    DOCUMENT_TYPES,
    INVOICE,
    QUOTE,
    TRANSPORT,
    DocumentTypeRow,
    statuses_after,
)
from invoicexpress_wire import loads

from tests.unit.conftest import (
    KEY,
    PDF,
    PDF_LINK,
    PNG,
    QR_LINK,
    SAFT,
    SAFT_LINK,
    Answer,
    Run,
    Sent,
    Service,
    client_json,
    document_json,
    guide_json,
    is_of,
    item_json,
    line_json,
    methods_of,
    model_of,
    sequence_json,
    spaces_of,
    tax_json,
)

DAY = datetime.date(2026, 11, 21)
LINE: dict[str, Any] = {
    "name": "Café",
    "unit_price": Decimal("1.50"),
    "quantity": Decimal(2),
    "tax": {"name": "IVA23"},
}
LINE_SHOWN = {"name": "Café", "unit_price": "1.5", "quantity": "2.0"}
LINE_SENT = {**LINE, "unit_price": "1.50", "quantity": "2"}
FIELDS: dict[str, Any] = {"date": DAY, "client": {"name": "Ana", "code": "A1"}, "items": [LINE]}
FIELDS_SENT = {**FIELDS, "date": "21/11/2026", "items": [LINE_SENT]}
PLACE = {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
# Further fields of a family's documents, and their form on the wire.
OF_FAMILY: dict[str, dict[str, Any]] = {
    "guide": {
        "loaded_at": datetime.datetime(2099, 12, 31, 10, 30),  # noqa: DTZ001 Lisbon's time, as on the wire
        "address_from": PLACE,
        "address_to": PLACE,
        "license_plate": "11-AA-22",
        "owner_invoice_id": 9,
    },
    "purchase_order": {"loaded_at": datetime.date(2099, 12, 31), "delivery_site": "Armazém"},
}
OF_FAMILY_SENT: dict[str, dict[str, Any]] = {
    "guide": {**OF_FAMILY["guide"], "loaded_at": "31/12/2099 10:30:00"},
    "purchase_order": {**OF_FAMILY["purchase_order"], "loaded_at": "31/12/2099"},
}
ONE_PAGE = {"pagination": {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100}}


Call = Callable[[Any], Any]


class Case(NamedTuple):
    """A call, the service's answers, the expected requests, and the type of the result."""

    call: Callable[[Any], Any]
    answers: list[Answer]
    sent: list[Sent]
    kind: type | None


def case(call: Call, answers: list[Answer], sent: list[Sent], kind: type | None) -> Case:
    # A function, since a checker infers a lambda's type from a parameter, but not inside a tuple.
    return Case(call, answers, sent, kind)


def one(call: Callable[[Any], Any], answer: Answer, sent: Sent, kind: type | None) -> Case:
    return Case(call, [answer], [sent], kind)


def get(path: str, *query: tuple[str, str]) -> Sent:
    return Sent("GET", path, list(query), None)


def put(path: str, body: Any = None) -> Sent:
    return Sent("PUT", path, [], body)


def post(path: str, body: Any) -> Sent:
    return Sent("POST", path, [], body)


def delete(path: str) -> Sent:
    return Sent("DELETE", path, [], None)


def fields(row: DocumentTypeRow) -> dict[str, Any]:
    return {**FIELDS, **OF_FAMILY.get(row.family, {})}


def fields_sent(row: DocumentTypeRow) -> dict[str, Any]:
    return {**FIELDS_SENT, **OF_FAMILY_SENT.get(row.family, {})}


def document(row: DocumentTypeRow, http_status: int = 200, **changes: Any) -> Answer:
    """A document with the fields sent."""
    shown = {"type": row.type, "items": [line_json(**LINE_SHOWN)], **changes}
    return Answer(http_status, {row.root: document_json(**shown)})


def change(row: DocumentTypeRow, method: str, event: str, *args: str) -> Case:
    """A change of state; finalizing reads the draft first."""
    body = {"state": event, **({"message": args[0]} if args else {})}
    is_read = method == "finalize"
    return case(
        lambda space: getattr(space, method)(7, *args),
        [*[document(row)] * is_read, document(row, status=min(statuses_after(event)))],
        [
            *[get(f"/{row.segment}/7.json")] * is_read,
            put(f"/{row.segment}/7/change-state.json", {row.root: body}),
        ],
        model_of(row),
    )


def create(row: DocumentTypeRow) -> Case:
    key = {"proprietary_uid": "u1"} if row.idempotent_create else {}
    return one(
        lambda space: space.create(**fields(row), **key),
        document(row, 201),
        post(f"/{row.segment}.json", {row.root: fields_sent(row), **key}),
        model_of(row),
    )


def issue(row: DocumentTypeRow) -> Case:
    """Creates the draft and finalizes it; a reference is looked for first, and again before the create."""
    finalized = put(f"/{row.segment}/7/change-state.json", {row.root: {"state": "finalized"}})
    total = Decimal("12.30")
    if row.segment == "credit_notes":
        noted = credit(row)
        return case(
            lambda space: space.issue(
                document_from(OWNER), date=DAY + datetime.timedelta(1), reference="R1", key="u1"
            ),
            [
                noted.answers[0],
                *noted.answers[2:],
                noted.answers[1],
                note_of(row, status="final"),
            ],
            [
                noted.sent[0],
                *noted.sent[2:],
                noted.sent[1],
                finalized._replace(path="/credit_notes/8/change-state.json"),
            ],
            Invoice,
        )
    if row.idempotent_create:
        return case(
            lambda space: space.issue(key="u1", expect_total=total, **fields(row)),
            [document(row, 201), document(row, status="final")],
            [
                post(f"/{row.segment}.json", {row.root: fields_sent(row), "proprietary_uid": "u1"}),
                finalized,
            ],
            model_of(row),
        )
    none = Answer(body={row.family_segment: [], "pagination": {**ONE_PAGE["pagination"], "total_entries": 0}})
    text = "text" if row.family == "guide" else "reference"
    query = [("type[]", row.type), (text, "R1")]
    ordered = query[::-1] if row.family == "guide" else query
    listed = get(f"/{row.family_segment}.json", *ordered, *PAGED)
    return case(
        lambda space: space.issue(reference="R1", expect_total=total, **fields(row)),
        [none, none, document(row, 201, reference="R1"), document(row, status="final")],
        [
            listed,
            listed,
            post(f"/{row.segment}.json", {row.root: {**fields_sent(row), "reference": "R1"}}),
            finalized,
        ],
        model_of(row),
    )


def email(row: DocumentTypeRow) -> Case:
    message = {
        "client": {"email": "ana@example.com", "save": "1"},
        "subject": "Fatura",
        "body": "Olá",
        "cc": "c@example.com",
        "bcc": "b@example.com",
        "logo": "0",
    }
    options: dict[str, Any] = {
        "subject": "Fatura",
        "body": "Olá",
        "cc": "c@example.com",
        "bcc": "b@example.com",
    }
    return one(
        lambda space: space.email(7, "ana@example.com", save=True, logo=False, **options),
        Answer(),
        put(f"/{row.segment}/7/email-document.json", {"message": message}),
        None,
    )


EVERY_LIST: dict[str, Any] = {
    "text": "café & pão",
    "status": ["final", "settled"],
    "archived": True,
    "non_archived": False,
    "per_page": 30,
}
FILTERS: dict[str, Any] = {
    **EVERY_LIST,
    "reference": "ref 1",
    "date_from": DAY,
    "date_to": DAY,
    "due_date_from": DAY,
    "due_date_to": DAY,
    "total_before_taxes_from": Decimal("1.50"),
    "total_before_taxes_to": Decimal(20),
}
GUIDE_FILTERS: dict[str, Any] = {**EVERY_LIST, "loaded_at_from": DAY, "loaded_at_to": DAY}


def filters(row: DocumentTypeRow) -> dict[str, Any]:
    return GUIDE_FILTERS if row.family == "guide" else FILTERS


def filtered(row: DocumentTypeRow) -> list[tuple[str, str]]:
    own = [
        ("reference", "ref 1"),
        ("date[from]", "21/11/2026"),
        ("date[to]", "21/11/2026"),
        ("due_date[from]", "21/11/2026"),
        ("due_date[to]", "21/11/2026"),
        ("total_before_taxes[from]", "1.50"),
        ("total_before_taxes[to]", "20"),
    ]
    of_guides = [("loaded_at[from]", "21/11/2026"), ("loaded_at[to]", "21/11/2026")]
    return [
        ("text", "café & pão"),
        ("type[]", row.type),
        ("status[]", "sent"),
        ("status[]", "settled"),
        *(of_guides if row.family == "guide" else own),
        ("non_archived", "false"),
        ("archived", "true"),
        ("page", "1"),
        ("per_page", "30"),
    ]


def page_of(row: DocumentTypeRow, **changes: Any) -> Answer:
    entries = [document_json(type=row.type, **changes)]
    return Answer(body={row.family_segment: entries, **ONE_PAGE})


def find_by_number(row: DocumentTypeRow) -> Case:
    """A lookup by number, which leaves out the statuses of unnumbered documents."""
    statuses = {
        "invoice": ["sent", "settled", "canceled", "second_copy"],
        "estimate": ["sent", "accepted", "refused", "canceled"],
        "guide": ["sent", "canceled", "second_copy"],
        "purchase_order": ["sent", "second_copy", "accepted", "refused", "completed", "canceled"],
    }[row.family]
    query = [("type[]", row.type), *(("status[]", status) for status in statuses), *PAGED]
    return one(
        lambda space: space.find_by_number(28, "A"),
        page_of(row, sequence_number="28/A"),
        get(f"/{row.family_segment}.json", *query),
        model_of(row),
    )


OWNER = document_json(status="final", sequence_number="28/A")


def note_of(row: DocumentTypeRow, http_status: int = 200, **changes: Any) -> Answer:
    """A credit note for all of OWNER."""
    day = "22/11/2026"
    shown = {"id": 8, "type": row.type, "date": day, "due_date": day, "reference": "R1", **changes}
    return Answer(http_status, {row.root: document_json(**shown)})


def credit(row: DocumentTypeRow) -> Case:
    """Reads the credited document and its relatives, then creates the note."""
    note = {
        "date": "22/11/2026",
        "due_date": "22/11/2026",
        "client": {"name": "Ana", "code": "A1"},
        "owner_invoice_id": 7,
        "reference": "R1",
        "items": [
            {
                "name": "Café",
                "unit_price": "10.0",
                "quantity": "1.0",
                "discount": "0.0",
                "tax": {"name": "IVA23"},
            }
        ],
    }
    return case(
        lambda space: space.credit(
            document_from(OWNER), date=DAY + datetime.timedelta(1), reference="R1", proprietary_uid="u1"
        ),
        [
            Answer(body={"invoice": OWNER}),
            Answer(body={"documents": []}),
            note_of(row, 201),
            Answer(body={"documents": [OWNER]}),
        ],
        [
            get("/invoices/7.json"),
            get("/document/7/related_documents.json"),
            post("/credit_notes.json", {"credit_note": note, "proprietary_uid": "u1"}),
            get("/document/8/related_documents.json"),
        ],
        Invoice,
    )


def left_to_credit(row: DocumentTypeRow) -> Case:
    """Reads the document and its relatives."""
    owner = document_json(status="final")
    return case(
        lambda space: space.left_to_credit(document_from(owner)),
        [
            Answer(body={"invoice": owner}),
            Answer(body={"documents": [document_json(id=8, type=row.type, status="final", total=2.3)]}),
        ],
        [get("/invoices/7.json"), get("/document/7/related_documents.json")],
        Decimal,
    )


PAGED = (("page", "1"), ("per_page", "100"))
DOCUMENT_CASES: dict[str, Callable[[DocumentTypeRow], Case]] = {
    "get": lambda row: one(
        lambda space: space.get(7), document(row), get(f"/{row.segment}/7.json"), model_of(row)
    ),
    "list": lambda row: one(
        lambda space: space.list(**filters(row)),
        page_of(row),
        get(f"/{row.family_segment}.json", *filtered(row)),
        model_of(row),
    ),
    "find_by_number": find_by_number,
    "credit": credit,
    "left_to_credit": left_to_credit,
    "lines": lambda row: case(
        lambda space: space.lines(document_from(document_json(status="final"))),
        [Answer(body={"invoice": document_json(status="final")})],
        [get("/invoices/7.json")],
        list,
    ),
    "create": create,
    "issue": issue,
    "update": lambda row: one(
        lambda space: space.update(7, **fields(row)),
        document(row),
        put(f"/{row.segment}/7.json", {row.root: fields_sent(row)}),
        model_of(row),
    ),
    "pdf": lambda _: case(
        lambda space: space.pdf(7, second_copy=True),
        [Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF)],
        [get("/api/pdf/7.json", ("second_copy", "true")), get("/pdf/1", ("signature", "bearer-planted"))],
        Download,
    ),
    "qr_code": lambda _: case(
        lambda space: space.qr_code(7),
        [Answer(body={"qr_code": {"url": QR_LINK}}), Answer(body=PNG)],
        [get("/api/qr_codes/7.json"), get("/qr/1.png", ("signature", "bearer-planted"))],
        Download,
    ),
    "at_code": lambda row: one(
        lambda space: space.at_code(7),
        Answer(body={row.root: guide_json(type=row.type, status="final", at_doc_code_id="AT-1")}),
        get(f"/{row.segment}/7.json"),
        str,
    ),
    "email": email,
    "finalize": lambda row: change(row, "finalize", "finalized"),
    "delete": lambda row: case(
        lambda space: space.delete(7),
        [document(row, status="deleted"), Answer(404)],
        [
            put(f"/{row.segment}/7/change-state.json", {row.root: {"state": "deleted"}}),
            get(f"/{row.segment}/7.json"),
        ],
        None,
    ),
    "cancel": lambda row: change(row, "cancel", "canceled", "wrong client"),
    "settle": lambda row: change(row, "settle", "settled"),
    "unsettle": lambda row: change(row, "unsettle", "unsettled"),
    # Purchase orders take the names of the states, estimates those of the events (vendor docs 2017).
    "accept": lambda row: change(row, "accept", "accept" if row.family == "estimate" else "accepted"),
    "refuse": lambda row: change(row, "refuse", "refuse" if row.family == "estimate" else "refused"),
    "second_copy": lambda row: change(row, "second_copy", "second_copy"),
    "complete": lambda row: change(row, "complete", "completed"),
    "pay": lambda _: case(
        lambda space: space.pay(
            7, amount=Decimal("5.50"), payment_date=DAY, payment_mechanism="TB", note="half"
        ),
        [
            Answer(body={"documents": []}),
            Answer(200, {"receipt": document_json(id=8, type="Receipt", total="5.5")}),
        ],
        [
            get("/document/7/related_documents.json"),
            post(
                "/documents/7/partial_payments.json",
                {
                    "partial_payment": {
                        "amount": Decimal("5.50"),
                        "payment_mechanism": "TB",
                        "note": "half",
                        "payment_date": "21/11/2026",
                    }
                },
            ),
        ],
        Invoice,
    ),
    "related_documents": lambda _: one(
        lambda space: space.related_documents(7),
        Answer(body={"documents": [document_json(type="Receipt")]}),
        get("/document/7/related_documents.json"),
        list,
    ),
}


def on_client(make: Callable[[DocumentTypeRow], Case], call: Call) -> Case:
    """A call on the client sends the same requests as one on the document's namespace."""
    return make(INVOICE)._replace(call=call)


TAX: dict[str, Any] = {"name": "IVA23", "value": Decimal("23.0"), "region": "PT"}
TAX_SENT = {"tax": {**TAX, "value": "23.0"}}
AT_USER = {"username": "500100200/1", "password": "s3cret"}
ACCOUNT: dict[str, Any] = {
    "organization_name": "Acme",
    "email": "ana@example.com",
    "password": "s3cret",
    "terms": True,
}
ACCOUNT_SENT = {"account": {**ACCOUNT, "terms": "1"}}
ACCOUNT_MADE = {"account": {"id": 11, "name": "acme", "api_key": "kEy", "state": "active"}}
OWED = {"value": Decimal("12.50"), "date": DAY, "observation": "old books"}
OWED_SENT = {**OWED, "date": "2026-11-21"}
WRITTEN_OFF = {"id": 21, "number": "NR00000001", "value": "12.5", "date": "2026-11-21"}
CASES: dict[tuple[str, str], Case] = {
    ("taxes", "list"): one(
        lambda ix: ix.taxes.list(), Answer(body={"taxes": [tax_json()]}), get("/taxes.json"), list
    ),
    ("taxes", "create"): one(
        lambda ix: ix.taxes.create(**TAX, default_tax=True),
        Answer(201, {"tax": tax_json()}),
        post("/taxes.json", {"tax": {**TAX_SENT["tax"], "default_tax": "1"}}),
        Tax,
    ),
    ("taxes", "get"): one(
        lambda ix: ix.taxes.get(5), Answer(body={"tax": tax_json()}), get("/taxes/5.json"), Tax
    ),
    ("taxes", "update"): case(
        lambda ix: ix.taxes.update(5, **TAX),
        [Answer(), Answer(body={"tax": tax_json()})],
        [put("/taxes/5.json", TAX_SENT), get("/taxes/5.json")],
        Tax,
    ),
    # Success is one space (recorded 2019).
    ("taxes", "delete"): case(
        lambda ix: ix.taxes.delete(5),
        [Answer(body=b" "), Answer(404)],
        [delete("/taxes/5.json"), get("/taxes/5.json")],
        None,
    ),
    ("items", "list"): case(
        lambda ix: ix.items.list(),
        [Answer(body={"items": [item_json()]}), Answer(body={"items": []})],
        [get("/items.json", *PAGED), get("/items.json", ("page", "2"), ("per_page", "100"))],
        Item,
    ),
    ("items", "create"): one(
        lambda ix: ix.items.create(name="Café", unit_price=Decimal("1.50"), tax={"name": "IVA23"}),
        Answer(201, {"item": item_json()}),
        post("/items.json", {"item": {"name": "Café", "unit_price": "1.50", "tax": {"name": "IVA23"}}}),
        Item,
    ),
    ("items", "get"): one(
        lambda ix: ix.items.get(4), Answer(body={"item": item_json()}), get("/items/4.json"), Item
    ),
    ("items", "update"): case(
        lambda ix: ix.items.update(4, name="Café", unit_price=Decimal(2)),
        [Answer(), Answer(body={"item": item_json(unit_price="2.0")})],
        [put("/items/4.json", {"item": {"name": "Café", "unit_price": "2"}}), get("/items/4.json")],
        Item,
    ),
    ("items", "delete"): case(
        lambda ix: ix.items.delete(4),
        [Answer(), Answer(404)],
        [delete("/items/4.json"), get("/items/4.json")],
        None,
    ),
    ("sequences", "list"): one(
        lambda ix: ix.sequences.list(),
        Answer(body={"sequences": [sequence_json()]}),
        get("/sequences.json"),
        list,
    ),
    ("sequences", "find"): one(
        lambda ix: ix.sequences.find("2026"),
        Answer(body={"sequences": [sequence_json(id=5, serie="A"), sequence_json()]}),
        get("/sequences.json"),
        Sequence,
    ),
    ("sequences", "create"): one(
        lambda ix: ix.sequences.create(serie="2026", default_sequence=True),
        Answer(201, {"sequence": sequence_json()}),
        post("/sequences.json", {"sequence": {"serie": "2026", "default_sequence": "1"}}),
        Sequence,
    ),
    ("sequences", "get"): one(
        lambda ix: ix.sequences.get(6),
        Answer(body={"sequence": sequence_json()}),
        get("/sequences/6.json"),
        Sequence,
    ),
    ("sequences", "set_current"): case(
        lambda ix: ix.sequences.set_current(6),
        [Answer(), Answer(body={"sequence": sequence_json(default_sequence=1)})],
        [put("/sequences/6/set_current.json"), get("/sequences/6.json")],
        None,
    ),
    ("sequences", "register"): case(
        lambda ix: ix.sequences.register(6),
        [Answer(body={"sequence": sequence_json()}), Answer(body={"sequences": [sequence_json()]})],
        [get("/sequences/6.json"), put("/sequences/6/register.json")],
        list,
    ),
    ("clients", "list"): one(
        lambda ix: ix.clients.list(),
        Answer(body={"clients": [client_json()], **ONE_PAGE}),
        get("/clients.json", *PAGED),
        ClientListEntry,
    ),
    ("clients", "create"): one(
        lambda ix: ix.clients.create(
            name="Ana", code="A1", preferred_contact={"name": "Rui"}, payment_days=30
        ),
        Answer(201, {"client": client_json()}),
        post(
            "/clients.json",
            {
                "client": {
                    "name": "Ana",
                    "code": "A1",
                    "preferred_contact": {"name": "Rui"},
                    "payment_days": 30,
                }
            },
        ),
        Client,
    ),
    ("clients", "get"): one(
        lambda ix: ix.clients.get(3), Answer(body={"client": client_json()}), get("/clients/3.json"), Client
    ),
    ("clients", "update"): case(
        lambda ix: ix.clients.update(3, name="Ana"),
        [Answer(), Answer(body={"client": client_json()})],
        [put("/clients/3.json", {"client": {"name": "Ana"}}), get("/clients/3.json")],
        Client,
    ),
    ("clients", "delete"): case(
        lambda ix: ix.clients.delete(3),
        [Answer(body={"client": client_json()}), Answer(), Answer(404)],
        [get("/clients/3.json"), delete("/clients/3.json"), get("/clients/3.json")],
        None,
    ),
    ("clients", "get_or_create"): case(
        lambda ix: ix.clients.get_or_create("A1", name="Ana"),
        [Answer(404), Answer(201, {"client": client_json()})],
        [
            get("/clients/find-by-code.json", ("client_code", "A1")),
            post("/clients.json", {"client": {"name": "Ana", "code": "A1"}}),
        ],
        Client,
    ),
    ("clients", "find_by_name"): case(
        lambda ix: ix.clients.find_by_name("Ana & Rui"),
        [
            Answer(body={"client": client_json(name="Ana & Rui")}),
            Answer(body={"clients": [client_json(name="Ana & Rui")], **ONE_PAGE}),
        ],
        [
            get("/clients/find-by-name.json", ("client_name", "Ana & Rui")),
            get("/clients.json", *PAGED),
        ],
        Client,
    ),
    ("clients", "find_by_code"): one(
        lambda ix: ix.clients.find_by_code("A1"),
        Answer(body={"client": client_json()}),
        get("/clients/find-by-code.json", ("client_code", "A1")),
        Client,
    ),
    ("clients", "invoices"): one(
        lambda ix: ix.clients.invoices(3, status=["settled"], types=["Invoice"], archived=["non_archived"]),
        Answer(body={"invoices": [document_json()], **ONE_PAGE}),
        Sent(
            "POST",
            "/clients/3/invoices.json",
            list(PAGED),
            {"filter": {"status": ["settled"], "by_type": ["Invoice"], "archived": ["non_archived"]}},
        ),
        Invoice,
    ),
    ("documents", "list"): one(
        lambda ix: ix.documents.list(["Invoice"], **FILTERS),
        page_of(INVOICE),
        get("/invoices.json", *filtered(INVOICE)),
        Invoice,
    ),
    ("documents", "list_estimates"): one(
        lambda ix: ix.documents.list_estimates(["Quote"], **FILTERS),
        page_of(QUOTE),
        get("/estimates.json", *filtered(QUOTE)),
        Estimate,
    ),
    ("documents", "list_guides"): one(
        lambda ix: ix.documents.list_guides(["Transport"], **GUIDE_FILTERS),
        page_of(TRANSPORT),
        get("/guides.json", *filtered(TRANSPORT)),
        Guide,
    ),
    ("documents", "get"): case(
        lambda ix: ix.documents.get(7, ["Invoice", "transports"]),
        [Answer(404), Answer(body={"transport": guide_json()})],
        [get("/invoices/7.json"), get("/transports/7.json")],
        Guide,
    ),
    ("documents", "related"): one(
        lambda ix: ix.documents.related(7),
        Answer(body={"documents": [document_json(type="Receipt"), guide_json()]}),
        get("/document/7/related_documents.json"),
        list,
    ),
    ("documents", "pdf"): on_client(DOCUMENT_CASES["pdf"], lambda ix: ix.documents.pdf(7, second_copy=True)),
    ("documents", "qr_code"): on_client(DOCUMENT_CASES["qr_code"], lambda ix: ix.documents.qr_code(7)),
    ("saft", "export"): case(
        lambda ix: ix.saft.export(2026, 3),
        [Answer(body={"url": SAFT_LINK}), Answer(body=SAFT)],
        [
            get("/api/export_saft.json", ("month", "3"), ("year", "2026"), ("years", "2026")),
            get("/saft/1.xml", ("signature", "bearer-planted")),
        ],
        Download,
    ),
    ("accounts", "create"): one(
        lambda ix: ix.accounts.create(**ACCOUNT, fiscal_id="500100200", marketing=False),
        Answer(201, ACCOUNT_MADE),
        post(
            "/api/accounts/create.json",
            {"account": {**ACCOUNT_SENT["account"], "fiscal_id": "500100200", "marketing": "0"}},
        ),
        Account,
    ),
    ("accounts", "create_for_existing_user"): one(
        lambda ix: ix.accounts.create_for_existing_user(**ACCOUNT),
        Answer(200, ACCOUNT_MADE),
        post("/api/accounts/create_already_user.json", ACCOUNT_SENT),
        Account,
    ),
    ("accounts", "get"): one(
        lambda ix: ix.accounts.get(11),
        Answer(body={"account": {"organization_name": "Acme", "trial": True}}),
        get("/api/accounts/11/get.json"),
        AccountDetails,
    ),
    ("accounts", "update"): case(
        lambda ix: ix.accounts.update(11, city="Lisboa", credentials=AT_USER),
        [Answer(), Answer(body={"account": {"organization_name": "Acme", "city": "Lisboa"}})],
        [
            put(
                "/api/accounts/11/update.json",
                {"account": {"city": "Lisboa", "credentials": {**AT_USER, "password": "czNjcmV0"}}},
            ),
            get("/api/accounts/11/get.json"),
        ],
        None,
    ),
    ("accounts", "set_at_communication"): one(
        lambda ix: ix.accounts.set_at_communication(
            subuser="500100200/1", password="s3cret", communication_type="auto"
        ),
        Answer(body={"success": "true"}),
        post(
            "/api/v3/accounts/at_communication.json",
            {
                "at_communication": {
                    "at_subuser": "500100200/1",
                    "at_password": "czNjcmV0",
                    "communication_type": "auto",
                }
            },
        ),
        None,
    ),
    ("treasury", "balance"): one(
        lambda ix: ix.treasury.balance(3),
        Answer(body={"balance": {"with_vat": "12.3", "without_vat": 10}}),
        get("/api/v3/clients/3/balance.json"),
        ClientBalance,
    ),
    ("treasury", "balances"): one(
        lambda ix: ix.treasury.balances([3]),
        Answer(body={"balance": {"with_vat": "12.3", "without_vat": 10}}),
        get("/api/v3/clients/3/balance.json"),
        list,
    ),
    ("treasury", "set_initial_balance"): one(
        lambda ix: ix.treasury.set_initial_balance(3, **OWED),
        Answer(body={"initial_balance": {"value": "12.5", "date": "2026-11-21"}}),
        put("/api/v3/clients/3/initial_balance.json", {"initial_balance": OWED_SENT}),
        InitialBalance,
    ),
    ("treasury", "regularizations"): one(
        lambda ix: ix.treasury.regularizations(3),
        Answer(body={"regularization": [WRITTEN_OFF], **ONE_PAGE}),
        get("/api/v3/clients/3/regularization.json", *PAGED),
        Regularization,
    ),
    ("treasury", "create_regularization"): case(
        lambda ix: ix.treasury.create_regularization(3, **OWED),
        [
            Answer(body={"regularization": [WRITTEN_OFF], **ONE_PAGE}),
            Answer(201, {"regularization": WRITTEN_OFF}),
        ],
        [
            get("/api/v3/clients/3/regularization.json", *PAGED),
            post("/api/v3/clients/3/regularization.json", {"regularization": OWED_SENT}),
        ],
        Regularization,
    ),
    ("treasury", "delete_regularization"): case(
        lambda ix: ix.treasury.delete_regularization(3, 21),
        [
            Answer(body={"regularization": [{**WRITTEN_OFF, "id": 22}], **ONE_PAGE}),
            Answer(),
            Answer(body={"regularization": [{**WRITTEN_OFF, "id": 22}], **ONE_PAGE}),
        ],
        [
            get("/api/v3/clients/3/regularization.json", *PAGED),
            delete("/api/v3/clients/3/regularization/21.json"),
            get("/api/v3/clients/3/regularization.json", *PAGED),
        ],
        None,
    ),
    ("treasury", "create_movement"): one(
        lambda ix: ix.treasury.create_movement(
            3, **OWED, movement_type="Payment", payment_method="TB", serie="A"
        ),
        Answer(201, {"treasury_movement": {"value": "12.5"}}),
        post(
            "/api/v3/clients/3/treasury_movements.json",
            {
                "treasury_movement": {
                    **OWED_SENT,
                    "movement_type": "Payment",
                    "payment_method": "TB",
                    "serie": "A",
                }
            },
        ),
        TreasuryMovement,
    ),
    ("treasury", "delete_movement"): one(
        lambda ix: ix.treasury.delete_movement(3, 22),
        Answer(204),
        delete("/api/v3/clients/3/treasury_movements/22.json"),
        None,
    ),
    ("legacy", "archive"): case(
        lambda ix: ix.legacy.archive(7, "credit_notes"),
        [Answer(), Answer(body={"credit_note": document_json(type="CreditNote", archived=True)})],
        [put("/credit_notes/7/archive.json"), get("/credit_notes/7.json")],
        None,
    ),
    ("legacy", "unarchive"): case(
        lambda ix: ix.legacy.unarchive(7, "credit_notes"),
        [Answer(), Answer(body={"credit_note": document_json(type="CreditNote", archived=False)})],
        [put("/credit_notes/7/unarchive.json"), get("/credit_notes/7.json")],
        None,
    ),
    ("legacy", "account_stats"): one(
        lambda ix: ix.legacy.account_stats(11),
        Answer(body={"account": {"plan": "Pro", "documents": {"used_documents": "4"}}}),
        get("/api/accounts/11/stats.json"),
        AccountStats,
    ),
    ("legacy", "suspend_account"): one(
        lambda ix: ix.legacy.suspend_account(11), Answer(), put("/api/accounts/11/suspend.json"), None
    ),
    ("legacy", "activate_account"): one(
        lambda ix: ix.legacy.activate_account(11), Answer(), put("/api/accounts/11/activate.json"), None
    ),
    ("legacy", "typed_list"): one(
        lambda ix: ix.legacy.typed_list("credit_notes", **EVERY_LIST),
        Answer(body={"credit_notes": [document_json(type="CreditNote")], **ONE_PAGE}),
        get(
            "/credit_notes.json",
            ("text", "café & pão"),
            ("status[]", "sent"),
            ("status[]", "settled"),
            ("non_archived", "false"),
            ("archived", "true"),
            ("page", "1"),
            ("per_page", "30"),
        ),
        Invoice,
    ),
}
ASSUMED = {key for key in CASES if key[0] == "legacy"} - {("legacy", "typed_list")}
CLIENT = InvoiceXpress("acme", KEY, transport=Service().transport)


def check(service: Service, run: Run, case: Case, call: Callable[[Any], Any]) -> None:
    result = run(service.will(*case.answers), call)
    assert service.sent == case.sent
    if case.kind is None:
        assert result is None
    elif case.kind is not list and is_of(result, list):
        assert [type(result[0]), len(result)] == [case.kind, 1]
    else:
        assert type(result) is case.kind


DOCUMENT_METHODS = [
    (row, method) for row in DOCUMENT_TYPES for method in sorted(methods_of(getattr(CLIENT, row.segment)))
]


@pytest.mark.parametrize(
    ("row", "method"), DOCUMENT_METHODS, ids=[f"{row.segment}.{method}" for row, method in DOCUMENT_METHODS]
)
def test_each_method_of_each_document_type(
    service: Service, run: Run, row: DocumentTypeRow, method: str
) -> None:
    case = DOCUMENT_CASES[method](row)
    check(service, run, case, lambda ix: case.call(getattr(ix, row.segment)))


@pytest.mark.parametrize(("namespace", "method"), CASES, ids=".".join)
def test_each_method_of_each_resource(service: Service, run: Run, namespace: str, method: str) -> None:
    is_assumed = (namespace, method) in ASSUMED
    with pytest.warns(AssumedOperationWarning) if is_assumed else contextlib.nullcontext():
        check(service, run, CASES[namespace, method], CASES[namespace, method].call)


def test_no_method_is_missing_from_the_tables() -> None:
    kinds = [CLIENT, AsyncInvoiceXpress("acme", KEY, transport=Service().transport)]
    segments = {row.segment for row in DOCUMENT_TYPES}
    for ix in kinds:
        spaces = spaces_of(ix)
        documents = {name for space in segments for name in methods_of(spaces[space])}
        assert documents == DOCUMENT_CASES.keys()
        assert {
            (name, method) for name in spaces.keys() - segments for method in methods_of(spaces[name])
        } == CASES.keys()


@pytest.mark.parametrize(
    "method", ["get", "update", "finalize", "delete", "cancel", "settle", "pdf", "email"]
)
def test_a_document_stands_for_its_id(service: Service, run: Run, method: str) -> None:
    found = document_from(document_json())
    row = DOCUMENT_TYPES[0]
    case = DOCUMENT_CASES[method](row)
    args: dict[str, tuple[Any, ...]] = {"cancel": ("wrong client",), "email": ("ana@example.com",)}
    fields = FIELDS if method == "update" else {}
    service.will(*case.answers)
    run(service, lambda ix: getattr(ix.invoices, method)(found, *args.get(method, ()), **fields))
    assert service.sent[0].path == case.sent[0].path


def document_from(body: dict[str, Any]) -> Invoice:
    return Invoice.from_dict(loads(json.dumps(body)))


@pytest.mark.parametrize("blank", [b"", b" "])
@pytest.mark.parametrize("method", ["update", "finalize", "cancel", "settle"])
def test_a_change_whose_answer_is_blank_is_read_again(
    service: Service, run: Run, method: str, blank: bytes
) -> None:
    """A PUT update may answer 200 without a body (Webdados 2025)."""
    row = DOCUMENT_TYPES[0]
    case = DOCUMENT_CASES[method](row)
    service.will(*case.answers[:-1], Answer(body=blank), case.answers[-1])
    assert run(service, lambda ix: case.call(ix.invoices)).id == 7
    assert service.sent == [*case.sent, get("/invoices/7.json")]


@pytest.mark.parametrize("method", ["find_by_name", "find_by_code"])
def test_a_client_that_is_not_there_is_none(service: Service, run: Run, method: str) -> None:
    service.will(Answer(404, b""))
    assert run(service, lambda ix: getattr(ix.clients, method)("Nobody")) is None


def test_a_create_without_a_key_gets_one_of_its_own(service: Service, run: Run) -> None:
    service.will(document(DOCUMENT_TYPES[0], 201), document(DOCUMENT_TYPES[0], 201))
    for _ in range(2):
        run(service, lambda ix: ix.invoices.create(**FIELDS))
    keys = [sent.body["proprietary_uid"] for sent in service.sent]
    assert all(len(key) >= 32 for key in keys)
    assert keys[0] != keys[1]


def test_a_simplified_invoice_needs_no_client(service: Service, run: Run) -> None:
    service.will(document(DOCUMENT_TYPES[1], 201))
    run(service, lambda ix: ix.simplified_invoices.create(date=DAY, items=[LINE]))
    assert "client" not in service.sent[0].body["simplified_invoice"]


def test_a_document_may_be_due_on_its_day(service: Service, run: Run) -> None:
    service.will(document(DOCUMENT_TYPES[0], 201))
    run(service, lambda ix: ix.invoices.create(**FIELDS, due_date=DAY))
    assert service.sent[0].body["invoice"]["due_date"] == "21/11/2026"


@pytest.mark.parametrize("total", [Decimal("12.3"), Decimal("12.30"), 12 + Decimal("0.3")])
def test_a_draft_that_is_what_was_meant_is_finalized(service: Service, run: Run, total: Decimal) -> None:
    service.will(document(DOCUMENT_TYPES[0]), document(DOCUMENT_TYPES[0], status="final"))
    run(service, lambda ix: ix.invoices.finalize(7, expect_total=total))
    assert [sent.verb for sent in service.sent] == ["GET", "PUT"]


def test_a_tax_that_lost_its_name_and_rate_is_known_by_its_id_and_amount(service: Service, run: Run) -> None:
    """The service shows both as null at times (suestecreative 2026)."""
    meant = document_from(document_json())
    nameless = {"items": [line(id=1, name=None, value=None)]}
    service.will(Answer(body={"invoice": document_json(**nameless)}))
    service.will(Answer(body={"invoice": document_json(**nameless, status="final")}))
    assert run(service, lambda ix: ix.invoices.finalize(meant)).status == "final"


def line(**tax: Any) -> dict[str, Any]:
    return {**document_json()["items"][0], "tax": tax or None}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": 12.31}, "its total is 12.31 EUR, it was 12.30 EUR"),
        ({"client": {"id": 4, "name": "Ana"}}, "its client is 4, it was 3"),
        ({"client": {"id": 3, "name": "Rui"}}, "client 3 has another name than before"),
        ({"items": [line(id=2, name="IVA6", value=6.0)]}, "the tax of line 1 is IVA6 6 %, it was IVA23 23 %"),
        (
            {"items": [line(id=1, name="IVA23", value=22.0)]},
            "the tax of line 1 is IVA23 22 %, it was IVA23 23 %",
        ),
        (
            {"items": [line(id=2, name=None, value=None)]},
            "the tax of line 1 is without a name (id 2), it was IVA23 23 %",
        ),
        (
            {"items": [{**line(id=1, name=None, value=None), "tax_amount": 0.6}]},
            "the tax of line 1 is without a name (id 1), it was IVA23 23 %",
        ),
        ({"items": [line()]}, "the tax of line 1 is none, it was IVA23 23 %"),
        ({"items": []}, "it has 0 lines, it had 1"),
    ],
)
def test_a_draft_that_is_not_what_was_meant_is_not_finalized(
    service: Service, run: Run, changes: dict[str, Any], said: str
) -> None:
    """Finalizing cannot be undone, so only the read is sent."""
    meant = document_from(document_json())
    service.will(Answer(body={"invoice": document_json(**changes)}))
    with pytest.raises(DraftMismatchError) as caught:
        run(service, lambda ix: ix.invoices.finalize(meant))
    assert caught.value.differences == (said,)
    assert caught.value.document_id == 7
    assert [sent.verb for sent in service.sent] == ["GET"]


def finalized(target: Invoice | int, ix: Any) -> Any:
    return ix.invoices.finalize(target)


def test_a_document_that_another_caller_has_issued_is_returned(service: Service, run: Run) -> None:
    for target in (7, document_from(document_json())):
        service.will(document(DOCUMENT_TYPES[0], status="final"))
        assert run(service, partial(finalized, target)).status == "final"
    assert {sent.verb for sent in service.sent} == {"GET"}


def test_an_issued_document_that_is_not_what_was_meant_gets_right_advice(service: Service, run: Run) -> None:
    service.will(document(DOCUMENT_TYPES[0], status="final", total=99))
    with pytest.raises(DraftMismatchError, match=r"document 7 is final.*credit note") as caught:
        run(service, lambda ix: ix.invoices.finalize(7, expect_total=Decimal("12.30")))
    assert caught.value.status == "final"
    assert "delete" not in str(caught.value)


def finalizing(target: Invoice | int) -> Call:
    return lambda ix: ix.invoices.finalize(target, expect_total=Decimal("30.00"))


def test_a_total_that_was_not_expected_is_not_finalized(service: Service, run: Run) -> None:
    for target in (7, document_from(document_json())):
        service.will(document(DOCUMENT_TYPES[0]))
        with pytest.raises(DraftMismatchError, match=r"its total is 12\.30 EUR, expected 30\.00 EUR"):
            run(service, finalizing(target))
    assert {sent.verb for sent in service.sent} == {"GET"}
