"""Credit notes for an invoice copy its lines and never exceed the creditable rest."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import (
    DocumentInUseError,
    DocumentItemWrite,
    DraftMismatchError,
    InputError,
    Invoice,
    TaxReference,
    ValidationError,
    lisbon,
)
from invoicexpress.quirks.crediting import (
    CREDITABLE,
    differences,
    left_to_credit,
    lines_of,
    rounded_prices,
)
from invoicexpress.quirks.document_types import row_of

from tests.unit.conftest import Answer, Run, Service, as_read, document_json, echo, line_json, sequence_json

LINE: dict[str, Any] = {"name": "Café", "unit_price": Decimal("2.50"), "quantity": Decimal(1)}


def owner_json(**changes: Any) -> dict[str, Any]:
    """An issued invoice of 12.30 EUR."""
    return document_json(status="final", **changes)


def invoice(**changes: Any) -> Invoice:
    """An invoice as the caller holds it."""
    return Invoice.from_dict(as_read(owner_json(**changes)))


def note_json(**changes: Any) -> dict[str, Any]:
    """A credit note."""
    return document_json(**{"id": 8, "type": "CreditNote", **changes})


def crediting(*args: Any, owner: Invoice | None = None, **fields: Any) -> Callable[[Any], Any]:
    return lambda ix: ix.credit_notes.credit(owner or invoice(), *args, **fields)


def will(service: Service, owner: dict[str, Any], *related: Any, note: dict[str, Any] | None = None) -> None:
    """Queues an invoice and its relatives, and the created note if there is one."""
    row = row_of(owner["type"])
    service.will(Answer(body={row.root: owner}), Answer(body={"documents": list(related)}))
    if note is not None:
        service.will(Answer(201, {"credit_note": note}))


def sent_note(service: Service) -> Any:
    return service.sent[-1].body["credit_note"]


def test_all_of_an_invoice_is_credited(service: Service, run: Run) -> None:
    will(service, owner_json())
    service.will(echo("credit_note", 201, id=8), Answer(body={"documents": [owner_json()]}))
    note = run(service, crediting(proprietary_uid="u1"))
    today = f"{lisbon.today():%d/%m/%Y}"
    assert (note.id, note.type, note.status) == (8, "CreditNote", "draft")
    assert service.sent[-1].path == "/document/8/related_documents.json"
    assert service.sent[-2].body == {
        "proprietary_uid": "u1",
        "credit_note": {
            "date": today,
            "due_date": today,
            "owner_invoice_id": 7,
            "client": {"name": "Ana", "code": "A1"},
            "items": [
                {
                    "name": "Café",
                    "unit_price": "10.0",
                    "quantity": "1.0",
                    "discount": "0.0",
                    "tax": {"name": "IVA23"},
                }
            ],
        },
    }


def test_the_caller_says_when_and_why(service: Service, run: Run) -> None:
    will(service, owner_json())
    service.will(
        Answer(body={"sequences": [sequence_json(current_credit_note_sequence_id=66)]}),
        Answer(201, {"credit_note": note_json()}),
    )
    day = datetime.date(2026, 12, 24)
    run(service, crediting(date=day, reference="R1", observations="Broken", sequence="2026"))
    sent = sent_note(service)
    assert (sent["date"], sent["due_date"]) == ("24/12/2026", "24/12/2026")
    assert (sent["reference"], sent["observations"], sent["sequence_id"]) == ("R1", "Broken", 66)


@pytest.mark.parametrize("item", [LINE, DocumentItemWrite.of(**LINE)])
def test_some_lines_are_credited(service: Service, run: Run, item: Any) -> None:
    will(service, owner_json(), note_json(status="final", total=2.3), note=note_json(total=10))
    run(service, crediting([item]))
    assert sent_note(service)["items"] == [{"name": "Café", "unit_price": "2.50", "quantity": "1"}]


def test_a_discount_and_a_withholding_are_those_of_the_invoice(service: Service, run: Run) -> None:
    discount = {"value_type": "percentage", "value": "10.0"}
    will(service, owner_json(global_discount=discount, retention="11.5"), note=note_json())
    run(service, crediting())
    assert sent_note(service)["global_discount"]["value_type"] == "percentage"
    assert Decimal(str(sent_note(service)["global_discount"]["value"])) == 10
    assert sent_note(service)["retention"] == "11.5"


@pytest.mark.parametrize(
    "owner",
    [
        owner_json(global_discount=None, retention=None),
        owner_json(global_discount={"value_type": None, "value": None}, retention="0"),
        owner_json(global_discount={"value_type": "percentage", "value": 0}),
        owner_json(global_discount={}),
    ],
)
def test_a_discount_or_a_withholding_of_nothing_is_none(
    service: Service, run: Run, owner: dict[str, Any]
) -> None:
    will(service, owner, note=note_json())
    run(service, crediting())
    assert not {"global_discount", "retention"} & sent_note(service).keys()


def test_a_share_of_discount_is_put_on_some_lines_too(service: Service, run: Run) -> None:
    discount = {"value_type": "percentage", "value": "10.0"}
    will(service, owner_json(global_discount=discount), note=note_json(total=1))
    run(service, crediting([LINE]))
    assert sent_note(service)["global_discount"]["value_type"] == "percentage"


def test_an_amount_of_discount_is_not_shared_out(service: Service, run: Run) -> None:
    owner = owner_json(global_discount={"value_type": "absolute", "value": "5.0"})
    will(service, owner)
    with pytest.raises(InputError, match=r"^global_discount: the invoice has a discount of 5\.00"):
        run(service, crediting([LINE]))
    will(service, owner, note=note_json(total=1))
    run(service, crediting([LINE], global_discount=None))
    assert "global_discount" not in sent_note(service)


def test_a_note_is_in_the_currency_of_its_invoice(service: Service, run: Run) -> None:
    dollars = {"rate": "1.100000", "currency": "U.S. dollar", "total": 13.53}
    will(service, owner_json(multicurrency=dollars), note=note_json(multicurrency=dollars))
    run(service, crediting())
    assert (sent_note(service)["currency_code"], sent_note(service)["rate"]) == ("USD", "1.100000")
    will(service, owner_json(multicurrency=dollars), note=note_json())
    with pytest.raises(DraftMismatchError, match="it has currency Euro, unlike the invoice"):
        run(service, crediting())
    will(service, owner_json(multicurrency={**dollars, "rate": None}))
    with pytest.raises(InputError, match="without a rate"):
        run(service, crediting())


def test_a_line_without_vat_says_why(service: Service, run: Run) -> None:
    """The exemption comes from the document or the line; only lines at 0 % have one."""
    exempt = {"id": 2, "name": "Isento", "value": 0.0}
    items = [
        line_json(tax=exempt),
        line_json(tax=exempt, tax_exemption="M05"),
        line_json(description="Grão", unit="kg", discount="5.0"),
    ]
    will(service, owner_json(items=items, tax_exemption="M01"), note=note_json())
    run(service, crediting())
    sent = sent_note(service)
    assert sent["tax_exemption"] == "M01"
    assert [line.get("tax_exemption") for line in sent["items"]] == ["M01", "M05", None]
    assert sent["items"][2] == {
        "name": "Café",
        "description": "Grão",
        "unit": "kg",
        "unit_price": "10.0",
        "quantity": "1.0",
        "discount": "5.0",
        "tax": {"name": "IVA23"},
    }


@pytest.mark.parametrize("tax", [None, {}, {"name": None}, {"name": "", "value": 23}])
def test_a_line_whose_tax_has_no_name_is_named(service: Service, run: Run, tax: Any) -> None:
    """An unknown tax would become the account's default."""
    will(service, owner_json(items=[line_json(), line_json(tax=tax)]))
    with pytest.raises(InputError, match=r"^invoice\.items\[1\]\.tax: has no name; pass the items"):
        run(service, crediting())


@pytest.mark.parametrize("kind", CREDITABLE)
@pytest.mark.parametrize("status", ["final", "settled", "second_copy"])
def test_what_was_issued_can_be_credited(service: Service, run: Run, kind: str, status: str) -> None:
    owner = owner_json(type=kind) | {"status": status}
    will(service, owner, note=note_json())
    run(service, crediting(owner=invoice(type=kind)))
    assert service.sent[0].path == f"/{row_of(kind).segment}/7.json"


@pytest.mark.parametrize(
    "kind", ["Receipt", "CreditNote", "VatMossCreditNote", "Quote", "CashInvoice", "New"]
)
def test_what_a_credit_note_does_not_correct_is_not_even_read(service: Service, run: Run, kind: str) -> None:
    with pytest.raises(InputError, match=f"a credit note cannot correct {kind}; expected one of Invoice, "):
        run(service, crediting(owner=invoice(type=kind)))
    assert service.requests == []


@pytest.mark.parametrize("status", ["draft", "canceled", "deleted"])
def test_what_was_not_issued_cannot_be_credited(service: Service, run: Run, status: str) -> None:
    """The current status counts, not the one that the caller last saw."""
    will(service, owner_json() | {"status": status})
    with pytest.raises(InputError, match=f"^invoice: it is {status}; only an issued document"):
        run(service, crediting())
    assert {sent.verb for sent in service.sent} == {"GET"}


def test_what_is_credited_already_is_refused(service: Service, run: Run) -> None:
    will(service, owner_json(), note_json(status="settled", total=12.3))
    with pytest.raises(InputError, match=r"its total of 12\.30 EUR is already credited"):
        run(service, crediting([LINE]))


def test_a_price_that_is_shown_rounded_is_told_by_name_and_price() -> None:
    shown = [
        line_json(unit_price="2.0244") | {"unit_price": "2.02"},
        line_json(unit_price="2.02", name="Chá"),
    ]
    owner = invoice(items=shown)
    given = [("Café", "2.02"), ("Café", "2.0244"), ("Chá", "2.02"), ("Café", "2.03")]
    items: list[Any] = [{**LINE, "name": name, "unit_price": Decimal(price)} for name, price in given]
    for each in (items, [DocumentItemWrite.of(**item) for item in items]):
        (change,) = rounded_prices(owner, each, root="credit_note")
        assert (change.kind, change.field) == ("price_rounded", "credit_note.items[0].unit_price")
        assert change.message.startswith("2.02 is how the service shows the price 2.0244 of 'Café'")
    assert list(rounded_prices(owner, None, root="credit_note")) == []


def test_a_document_of_nothing_has_nothing_to_credit(service: Service, run: Run) -> None:
    will(service, owner_json(total=0.0))
    with pytest.raises(InputError, match=r"its total is 0\.00, so nothing is left"):
        run(service, crediting([LINE]))


def test_what_is_credited_in_part_needs_its_lines(service: Service, run: Run) -> None:
    will(service, owner_json(), note_json(status="final", total=2.3))
    with pytest.raises(InputError, match=r"^items: 10\.00 EUR of 12\.30 EUR is left to credit"):
        run(service, crediting())
    assert {sent.verb for sent in service.sent} == {"GET"}


@pytest.mark.parametrize(
    ("related", "left"),
    [
        ([], "12.3"),
        ([note_json(status="final", total=2.3)], "10"),
        ([note_json(status="settled", total=2.3), note_json(status="second_copy", total=5)], "5"),
        ([note_json(status="final", type="VatMossCreditNote", total=2.3)], "10"),
        # Drafts, cancelled notes and other documents leave the whole amount.
        ([note_json(status="draft"), note_json(status="canceled"), note_json(status="deleted")], "12.3"),
        (
            [document_json(type="Receipt", status="final"), document_json(type="DebitNote", status="final")],
            "12.3",
        ),
    ],
)
def test_what_is_left_is_the_total_less_the_notes_that_were_issued(related: list[Any], left: str) -> None:
    notes = [Invoice.from_dict(as_read(each)) for each in related]
    assert left_to_credit(invoice(), notes) == Decimal(left)


CENTS = st.integers(1, 10**6).map(lambda cents: Decimal(cents).scaleb(-2))


@given(CENTS, st.lists(CENTS, max_size=5))
def test_a_note_and_those_before_it_never_exceed_the_invoice(total: Decimal, credited: list[Decimal]) -> None:
    """A draft passes exactly when all notes together stay within the total."""
    owner = invoice(total=total)
    related = [Invoice.from_dict(as_read(note_json(status="final", total=each))) for each in credited]
    if sum(credited) >= total:
        with pytest.raises(InputError):
            left_to_credit(owner, related)
        return
    left = left_to_credit(owner, related)
    assert left + sum(credited) == total
    for amount in (left, left + Decimal("0.01"), left - Decimal("0.01")):
        draft = invoice(total=amount)
        assert bool(differences(draft, owner, left, [LINE])) == (amount + sum(credited) > total)


@pytest.mark.parametrize(
    ("args", "total", "said"),
    [
        ((), 12.29, "its total is 12.29 EUR, but the invoice's total is 12.30 EUR"),
        ((), 12.31, "its total is 12.31 EUR, but the invoice's total is 12.30 EUR"),
        (([LINE],), 12.31, "its total is 12.31 EUR, and 12.30 EUR is left to credit"),
    ],
)
def test_a_draft_that_is_not_what_was_meant_is_named(
    service: Service, run: Run, args: Any, total: float, said: str
) -> None:
    will(service, owner_json(), note=note_json(total=total))
    with pytest.raises(DraftMismatchError) as caught:
        run(service, crediting(*args))
    assert (caught.value.document_id, caught.value.differences) == (8, (said,))


@pytest.mark.parametrize(
    ("related", "left"),
    [
        ([], "12.3"),
        ([note_json(status="final", total=2.3), note_json(status="canceled", total=5)], "10"),
        ([note_json(status="final", total=12.3)], "0"),
        # More than the total was credited, by a note from elsewhere: the rest is 0.
        ([note_json(status="final", total=20)], "0"),
    ],
)
def test_what_is_left_can_be_read(service: Service, run: Run, related: list[Any], left: str) -> None:
    will(service, owner_json(), *related)
    assert run(service, lambda ix: ix.credit_notes.left_to_credit(invoice())) == Decimal(left)


def test_nothing_is_left_to_credit_of_what_was_not_issued(service: Service, run: Run) -> None:
    will(service, owner_json() | {"status": "draft"})
    with pytest.raises(InputError, match="it is draft"):
        run(service, lambda ix: ix.credit_notes.left_to_credit(invoice()))
    with pytest.raises(InputError, match="cannot correct Quote"):
        run(service, lambda ix: ix.credit_notes.left_to_credit(invoice(type="Quote")))


REFUSAL = Answer(422, {"errors": [{"error": "O documento tem pagamentos"}]})


def cancelling(document_id: int = 7) -> Callable[[Any], Any]:
    return lambda ix: ix.invoices.cancel(document_id, "Engano")


def receipt_json(**changes: Any) -> dict[str, Any]:
    return document_json(**{"id": 9, "type": "Receipt", "status": "final", **changes})


def test_what_stands_in_the_way_of_a_cancellation_is_named(service: Service, run: Run) -> None:
    related = [
        receipt_json(sequence_number="3/A"),
        note_json(status="final"),
        note_json(id=11, status="draft"),
    ]
    service.will(REFUSAL, Answer(body={"documents": [receipt_json(id=10, status="canceled"), *related]}))
    with pytest.raises(DocumentInUseError) as caught:
        run(service, cancelling())
    assert [each.id for each in caught.value.documents] == [8, 9]
    assert "O documento tem pagamentos. Cancel first the documents that depend on it: CreditNote" in str(
        caught.value
    )
    assert "Receipt 3/A (id 9)" in str(caught.value)
    assert isinstance(caught.value, ValidationError)
    assert service.sent[-1].path == "/document/7/related_documents.json"


@pytest.mark.parametrize(
    "related",
    [
        Answer(body={"documents": []}),
        # The document that it corrects or bills is older and takes nothing from it.
        Answer(body={"documents": [document_json(id=3, type="DebitNote", status="final")]}),
        Answer(body={"documents": [document_json(id=9, type="Shipping", status="final")]}),
        Answer(503),
    ],
)
def test_a_refusal_that_nothing_explains_stays_what_it_is(
    service: Service, run: Run, related: Answer
) -> None:
    service.will(REFUSAL, related)
    with pytest.raises(ValidationError, match="tem pagamentos") as caught:
        run(service, cancelling())
    assert type(caught.value) is ValidationError


def test_types_without_relatives_ask_for_none(service: Service, run: Run) -> None:
    service.will(REFUSAL)
    with pytest.raises(ValidationError):
        run(service, lambda ix: ix.receipts.cancel(7, "Engano"))
    assert len(service.sent) == 1


def test_a_client_without_a_name_is_named(service: Service, run: Run) -> None:
    will(service, owner_json(client={"id": None, "name": None}))
    with pytest.raises(InputError, match=r"^invoice\.client: has no name"):
        run(service, crediting())


def test_lines_are_made_of_what_was_read_and_of_nothing_else() -> None:
    assert lines_of(invoice()) == [
        DocumentItemWrite(
            "Café", Decimal("10.0"), Decimal("1.0"), discount=Decimal("0.0"), tax=TaxReference("IVA23")
        )
    ]


@pytest.mark.parametrize("segment", ["credit_notes", "debit_notes", "vat_moss_credit_notes"])
def test_the_number_of_a_foreign_owner_stands_beside_the_root(
    service: Service, run: Run, segment: str
) -> None:
    """A note may correct a document issued elsewhere."""
    root = segment.removesuffix("s")
    fields: dict[str, Any] = {"date": datetime.date(2026, 11, 21), "client": {"name": "Ana"}, "items": [LINE]}
    service.will(echo(root, 201, id=8), echo(root, id=8))
    run(service, lambda ix: getattr(ix, segment).create(raw_owner_invoice="FT 9/28", **fields))
    run(service, lambda ix: getattr(ix, segment).update(8, raw_owner_invoice="FT 9/28", **fields))
    for sent in service.sent:
        assert sent.body["raw_owner_invoice"] == "FT 9/28"
        assert "raw_owner_invoice" not in sent.body[root]


@pytest.mark.parametrize(
    "segment", ["invoices", "simplified_invoices", "invoice_receipts", "vat_moss_invoices"]
)
@pytest.mark.parametrize("method", ["create", "update"])
def test_what_corrects_nothing_takes_no_foreign_owner(
    service: Service, run: Run, segment: str, method: str
) -> None:
    fields: dict[str, Any] = {"date": datetime.date(2026, 11, 21), "client": {"name": "Ana"}, "items": [LINE]}
    args = (7,) if method == "update" else ()
    with pytest.raises(InputError, match=f"^raw_owner_invoice: {segment} correct no other document"):
        run(
            service,
            lambda ix: getattr(getattr(ix, segment), method)(*args, raw_owner_invoice="FT 9/28", **fields),
        )
    assert service.requests == []
