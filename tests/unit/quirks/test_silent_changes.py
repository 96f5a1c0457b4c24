"""Silent changes: every kind is found, without false alarms, and no finding alters the request."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import anyio
import pytest
from invoicexpress import (
    AmbiguousResultError,
    AsyncInvoiceXpress,
    Checks,
    Client,
    ConfigurationError,
    DocumentClientWrite,
    EstimateWrite,
    InputError,
    Invoice,
    InvoiceWrite,
    InvoiceXpress,
    Item,
    PermissionDeniedError,
    ServerError,
    SilentChange,
    SilentChangeError,
    SilentChangeWarning,
    Tax,
    lisbon,
)
from invoicexpress.checks import READS
from invoicexpress.errors.silent_change import Kind
from invoicexpress.namespaces import account_checks as reading
from invoicexpress.namespaces.taxes import KEPT_FOR, KnownTaxes
from invoicexpress.quirks.silent_changes import (
    before_sending,
    ignored_client_fields,
    ignored_fiscal_id,
    in_answer,
    overwritten_items,
    unknown_taxes,
)
from invoicexpress.sending.asynchronous.flows import AsyncCore
from invoicexpress.sending.flows import SyncCore
from invoicexpress.totals import TaxRates
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import loads

from tests.unit.conftest import KEY, Answer, Service, client_json, document_json, drive, item_json, tax_json

DAY = date(2026, 11, 21)
ALL = Checks.each("raise")
RATES = TaxRates({"IVA23": Decimal(23), "Isento": Decimal(0)}, default=Decimal(23))
ISLANDS = TaxRates.of(
    [
        Tax(1, "IVA23", Decimal(23), region="PT", code="NOR", default_tax=True),
        Tax(2, "Madeira 5", Decimal(5), region="PT-MA", code="RED"),
        Tax(3, "Madeira 4", Decimal(4), region="PT-MA"),
        Tax(4, "Madeira 5 antiga", Decimal(5), region="PT-MA"),
        Tax(5, "Madeira 23", Decimal(23), region="PT-MA", code="NOR"),
        Tax(6, "Especial", Decimal("7.5"), region="PT-MA", code="OUT"),
        Tax(7, "Sem região", Decimal(5), code="RED"),
        Tax(8, "Espanha", Decimal(5), region="ES", code="RED"),
        Tax(9, "Isento", Decimal(0), region="PT-MA", code="ISE"),
    ]
)
EVE, CHANGE = date(2024, 9, 30), date(2024, 10, 1)
"""Madeira's reduced rate fell from 5 to 4 % between the two."""
BEFORE = {
    "exemption_missing",
    "exemption_unknown",
    "exemption_outdated",
    "tax_outdated",
    "fiscal_id",
    "country",
    "discount",
    "decimals",
}
FINALIZING = {"dated_ahead"}
CREDITING = {"price_rounded"}
"""Tested in `test_crediting` and `tests/contract/test_read_back_and_emulator.py`."""
AFTER = {"tax_changed", "total_changed", "client_changed", "lines_lost", "simplified_limit"}


def line(**changes: Any) -> dict[str, Any]:
    """The line of `document_json`, as sent."""
    return {"name": "Café", "unit_price": Decimal("10.00"), "quantity": Decimal(1), **changes}


def written(**changes: Any) -> dict[str, Any]:
    """The document of `document_json`, as sent."""
    return {"date": DAY, "client": {"name": "Ana", "code": "A1"}, "items": [line()], **changes}


def sent(**changes: Any) -> InvoiceWrite:
    return InvoiceWrite.of(**written(**changes))


def answered(**changes: Any) -> Invoice:
    return Invoice.from_dict(loads(json.dumps(document_json(**changes))))


def echoed_line(**changes: Any) -> dict[str, Any]:
    return {**document_json()["items"][0], **changes}


def found(changes: Iterator[SilentChange]) -> list[tuple[str, str]]:
    return [(change.kind, change.field) for change in changes]


def only(*kinds: str) -> Checks:
    """Raise these kinds, and turn the others off."""
    reactions: Mapping[str, Any] = dict.fromkeys(kinds, "raise")
    return replace(Checks.off(), **reactions)


# The settings.


def test_there_is_a_setting_for_every_kind_and_a_test_of_each() -> None:
    names = {each.name for each in fields(Checks)}
    assert names == set(get_args(Kind)) == BEFORE | FINALIZING | CREDITING | AFTER | set(READS)
    assert {kind for _, kind, _ in ALONE} == BEFORE
    assert {kind for _, _, kind, _ in ECHOES} == AFTER | {"client_ignored"}


BY_DEFAULT = {
    "tax_unknown": "known",
    "tax_changed": "raise",
    "total_changed": "raise",
    "price_rounded": "raise",
    "client_ignored": "fiscal_id",
    "dated_ahead": "raise",
    "fiscal_id": "raise",
}
"""A wrong VAT, total, customer or day on a legal document is an error."""


def test_what_costs_nothing_warns_unless_told_otherwise_and_a_wrong_vat_raises() -> None:
    for each in fields(Checks):
        wanted = "off" if each.name in READS else "warn"
        assert getattr(Checks(), each.name) == BY_DEFAULT.get(each.name, wanted)
        assert getattr(Checks.each("warn", reads=False), each.name) == wanted
        assert getattr(Checks.off(), each.name) == "off"
        assert getattr(ALL, each.name) == "raise"
        of_its_own = {"known": "raise", "fiscal_id": "raise"}
        default = BY_DEFAULT.get(each.name, wanted)
        assert Checks().reaction(each.name) == of_its_own.get(default, default)  # type: ignore[arg-type] # a Kind


def test_a_reaction_that_there_is_not_is_refused() -> None:
    for name, reaction in (
        ("country", "fail"),
        ("country", "known"),
        ("tax_unknown", "fail"),
        ("tax_unknown", "fiscal_id"),
        ("client_ignored", "known"),
    ):
        with pytest.raises(
            ConfigurationError, match=rf"checks\.{name}: expected one of .*, got '{reaction}'"
        ):
            Checks(**{name: reaction})  # type: ignore[arg-type] # the point


# Before sending: the document alone.

ISENTO = {"name": "Isento", "value": Decimal(0)}
ALONE: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"items": [line(tax=ISENTO)]}, "exemption_missing", ["items[0].tax_exemption"]),
    ({"items": [line(tax={"name": "Isento"})]}, "exemption_missing", ["items[0].tax_exemption"]),
    (
        {"items": [line(tax=ISENTO)], "tax_exemption": "M00"},
        "exemption_missing",
        ["items[0].tax_exemption"],
    ),
    (
        {"items": [line(tax=ISENTO, tax_exemption="M07"), line(tax=ISENTO)]},
        "exemption_missing",
        ["items[1].tax_exemption"],
    ),
    ({"tax_exemption": "M98"}, "exemption_unknown", ["tax_exemption"]),
    ({"tax_exemption_reason": "M98"}, "exemption_unknown", ["tax_exemption_reason"]),
    ({"items": [line(), line(tax_exemption="M98")]}, "exemption_unknown", ["items[1].tax_exemption"]),
    ({"tax_exemption_reason": "M03"}, "exemption_outdated", ["tax_exemption_reason"]),
    (
        {"items": [line(), line(tax_exemption="M08")], "tax_exemption": "M07"},
        "exemption_outdated",
        ["items[1].tax_exemption"],
    ),
    ({"tax_exemption": "M35", "date": date(2026, 6, 30)}, "exemption_outdated", ["tax_exemption"]),
    ({"tax_exemption": "M26"}, "exemption_outdated", ["tax_exemption"]),
    ({"tax_exemption": "M26", "date": date(2023, 4, 17)}, "exemption_outdated", ["tax_exemption"]),
    (
        {"items": [line(name="Obra da verba 2.42 da Lista I", tax_exemption="M31"), line()]},
        "exemption_outdated",
        ["items[0].tax_exemption"],
    ),
    (
        {"items": [line(description="Verba 2.42", tax=ISENTO)], "tax_exemption": "M31"},
        "exemption_outdated",
        ["tax_exemption"],
    ),
    (
        {"observations": "IVA: verba n.º 2.42", "tax_exemption_reason": "M31"},
        "exemption_outdated",
        ["tax_exemption_reason"],
    ),
    ({"items": [line(tax={"name": "Madeira 5"})], "date": CHANGE}, "tax_outdated", ["items[0].tax"]),
    (
        {"items": [line(), line(tax={"name": " Madeira 5 antiga "})], "date": CHANGE},
        "tax_outdated",
        ["items[1].tax"],
    ),
    ({"items": [line(tax={"name": "Madeira 4"})], "date": EVE}, "tax_outdated", ["items[0].tax"]),
    ({"items": [line(tax={"name": "Madeira 23"})]}, "tax_outdated", ["items[0].tax"]),
    ({"client": {"name": "Ana", "fiscal_id": "501413198"}}, "fiscal_id", ["client.fiscal_id"]),
    (
        {"client": {"name": "Ana", "fiscal_id": "800000005", "country": "Portugal"}},
        "fiscal_id",
        ["client.fiscal_id"],
    ),
    *(
        ({"client": {"name": "Ana", "fiscal_id": text, **place}}, "fiscal_id", ["client.fiscal_id"])
        for text in ("PT508025338", "508 025 338", "508.025.338", "pt-508025338", "B12345678", "50802533")
        for place in ({}, {"country": "Portugal"})
    ),
    ({"client": {"name": "Ana", "country": "PT"}}, "country", ["client.country"]),
    ({"client": {"name": "Ana", "country": "Portugal "}}, "country", ["client.country"]),
    ({"items": [line(discount=Decimal("100.01"))]}, "discount", ["items[0].discount"]),
    ({"items": [line(discount=Decimal(-1))]}, "discount", ["items[0].discount"]),
    (
        {"global_discount": {"value_type": "percentage", "value": Decimal(101)}},
        "discount",
        ["global_discount.value"],
    ),
    (
        {"global_discount": {"value_type": "absolute", "value": Decimal(-1)}},
        "discount",
        ["global_discount.value"],
    ),
    ({"items": [line(unit_price=Decimal("1.00001"))]}, "decimals", ["items[0].unit_price"]),
    ({"items": [line(quantity=Decimal("1.001"))]}, "decimals", ["items[0].quantity"]),
    ({"items": [line(discount=Decimal("1.00001"))]}, "decimals", ["items[0].discount"]),
    ({"retention": Decimal("11.505")}, "decimals", ["retention"]),
    ({"rate": Decimal("1.1234567")}, "decimals", ["rate"]),
    (
        {"global_discount": {"value_type": "absolute", "value": Decimal("1.001")}},
        "decimals",
        ["global_discount.value"],
    ),
    (
        {"global_discount": {"value_type": "percentage", "value": Decimal("1.00001")}},
        "decimals",
        ["global_discount.value"],
    ),
]


@pytest.mark.parametrize(("changes", "kind", "paths"), ALONE)
def test_what_a_document_alone_tells_is_found(changes: dict[str, Any], kind: str, paths: list[str]) -> None:
    document, rates = sent(**changes), ISLANDS if kind == "tax_outdated" else RATES
    expected = [(kind, f"invoice.{path}") for path in paths]
    assert found(before_sending(document, ALL, root="invoice", rates=rates)) == expected
    assert found(before_sending(document, Checks.off(), root="invoice", rates=rates)) == []


FINE: list[dict[str, Any]] = [
    {},
    {"items": [line(tax=ISENTO, tax_exemption="M07")]},
    {"items": [line(tax=ISENTO)], "tax_exemption": "M99"},
    {"items": [line(tax=ISENTO)], "tax_exemption_reason": "M35"},
    {"tax_exemption_reason": "M00"},
    {"tax_exemption": "M35", "date": date(2026, 7, 1)},
    {"items": [line(name="Obra da verba 2.42")], "tax_exemption": "M35"},
    {"tax_exemption": "M31"},
    {
        "items": [line(name="Obra da verba 2.42", tax=ISENTO)],
        "tax_exemption": "M31",
        "date": date(2026, 6, 30),
    },
    {
        "items": [line(name="Verba 2.42", tax={"name": "IVA6", "value": Decimal(6)}), line(tax=ISENTO)],
        "tax_exemption": "M31",
    },
    {"items": [line(name="Obra da verba 2.4 ou 2.425, sala 2.42", tax=ISENTO)], "tax_exemption": "M31"},
    {"items": [line(name="verba 2.42", tax_exemption="M35"), line(tax_exemption="M31")]},
    {"tax_exemption": "M08", "date": date(2022, 12, 31)},
    {"client": {"name": "Ana", "fiscal_id": "999999990"}},
    {"client": {"name": "Ana", "fiscal_id": "501413197", "country": "Portugal"}},
    {"client": {"name": "Ana", "fiscal_id": " 508025338 "}},
    {"client": {"name": "Ana", "fiscal_id": ""}},
    {"client": {"name": "Ana", "fiscal_id": "PT 508.025.338", "country": "Spain"}},
    {"client": {"name": "Ana", "fiscal_id": "X1234567L", "country": "Spain"}},
    {"client": {"name": "Ana", "country": "Côte d’Ivoire"}},
    {"items": [line(discount=Decimal(100), unit_price=Decimal("1.23450"), quantity=Decimal("1.50"))]},
    {"global_discount": {"value_type": "percentage", "value": Decimal("33.3333")}},
    {"retention": Decimal("11.50"), "rate": Decimal("1.235654")},
]


@pytest.mark.parametrize("changes", FINE)
def test_nothing_is_found_where_nothing_is_wrong(changes: dict[str, Any]) -> None:
    document = sent(**changes)
    assert found(before_sending(document, ALL, root="invoice", rates=RATES)) == []
    estimate = {name: value for name, value in changes.items() if name not in {"global_discount", "rate"}}
    assert found(before_sending(EstimateWrite.of(**written(**estimate)), ALL, root="quote")) == []


def test_the_rate_of_a_tax_is_not_guessed() -> None:
    """Without the account's taxes, the name alone tells no rate."""
    document = sent(items=[line(tax={"name": "Isento"})])
    assert found(before_sending(document, ALL, root="invoice")) == []


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("IVA23", DAY),
        ("Madeira 5", EVE),
        ("Madeira 4", CHANGE),
        ("Madeira 5 antiga", EVE),
        # Of no region, of another country, of a special regime, of none at all; and before the table begins.
        ("Sem região", CHANGE),
        ("Espanha", CHANGE),
        ("Especial", CHANGE),
        ("Isento", CHANGE),
        ("IVA99", CHANGE),
        ("Madeira 4", date(2012, 3, 31)),
    ],
)
def test_a_rate_is_outdated_where_its_region_has_another_and_not_elsewhere(name: str, day: date) -> None:
    document = sent(items=[line(tax={"name": name}, tax_exemption="M07")], date=day)
    checks = only("tax_outdated")
    assert found(before_sending(document, checks, root="invoice", rates=ISLANDS)) == []
    assert found(before_sending(document, checks, root="invoice")) == []


def test_the_rate_of_a_line_without_a_tax_is_that_of_the_default() -> None:
    madeira = TaxRates.of([Tax(1, "IVA5", Decimal(5), region="PT-MA", code="RED", default_tax=True)])
    (change,) = before_sending(sent(date=CHANGE), only("tax_outdated"), root="invoice", rates=madeira)
    assert change.message == "PT-MA has no rate of 5 % on 2024-10-01; its reduced rate is 4 %"


@pytest.mark.parametrize("root", ["credit_note", "debit_note", "vat_moss_credit_note"])
def test_a_note_repeats_what_was_right_when_its_owner_was_issued(root: str) -> None:
    document = sent(items=[line(tax={"name": "Madeira 5"})], tax_exemption="M08")
    checks = only("tax_outdated", "exemption_outdated")
    assert len(found(before_sending(document, checks, root="invoice", rates=ISLANDS))) == 2
    assert found(before_sending(document, checks, root=root, rates=ISLANDS)) == []


def test_the_days_of_an_exemption_are_said() -> None:
    (change,) = before_sending(sent(tax_exemption="M08"), only("exemption_outdated"), root="invoice")
    assert change.message == (
        "exemption code M08 is valid until 2022-12-31, but the document is of 2026-11-21"
    )
    early = sent(tax_exemption="M35", date=date(2026, 6, 30))
    (change,) = before_sending(early, only("exemption_outdated"), root="invoice")
    assert "from 2026-07-01 on" in change.message
    (change,) = before_sending(sent(tax_exemption="M26"), only("exemption_outdated"), root="invoice")
    assert "M26 is valid until 2023-12-31, but the document is of 2026-11-21" in change.message
    assert "A measure of 2023, which has ended" in change.message
    works = sent(items=[line(name="Obra da verba 2.42", tax=ISENTO)], tax_exemption="M31")
    (change,) = before_sending(works, only("exemption_outdated"), root="invoice")
    assert change.message == (
        "the text names verba 2.42, and the code is M31. From 2026-07-01 on not for works of verba 2.42 of "
        "List I: use M35 for them."
    )
    on_its_last_day = sent(tax_exemption="M26", date=date(2023, 12, 31))
    assert not list(before_sending(on_its_last_day, only("exemption_outdated"), root="invoice"))


def test_the_name_to_send_is_said() -> None:
    (change,) = before_sending(sent(client={"name": "Ana", "country": "GB"}), ALL, root="invoice")
    assert change.message == "country 'GB' is unknown to the service; use 'UK'"
    (change,) = before_sending(sent(client={"name": "Ana", "country": "Atlantis"}), ALL, root="invoice")
    assert change.message == (
        "country 'Atlantis' is unknown to the service; reference_data.countries() lists the names"
    )


def test_a_tax_number_is_not_repeated() -> None:
    (change,) = before_sending(sent(client={"name": "Ana", "fiscal_id": "501413198"}), ALL, root="invoice")
    assert "501413198" not in str(change)


# Against the account.


def test_unknown_taxes_are_found() -> None:
    document = sent(items=[line(), line(tax={"name": "IVA23"}), line(tax={"name": "iva23"})])
    assert found(unknown_taxes(document, RATES, root="invoice")) == [("tax_unknown", "invoice.items[2].tax")]


def test_fields_of_a_known_client_are_found_where_they_differ() -> None:
    known = Client.from_dict(client_json(email="ana@example.com", city=None, country="Portugal"))
    given = DocumentClientWrite.of(
        name="Ana", code="A1", email="ana@example.org", city="Porto", country="Portugal", phone=" "
    )
    changes = list(ignored_client_fields(given, known, root="quote"))
    assert [change.field for change in changes] == ["quote.client.email", "quote.client.city"]
    assert "example.org" not in "".join(map(str, changes)), "personal data stays out of messages"


def test_a_tax_number_of_a_known_client_may_be_written_in_another_way() -> None:
    known = Client.from_dict(client_json(fiscal_id="508025338"))
    for number, paths in (("pt 508.025.338", []), ("501413197", ["invoice.client.fiscal_id"])):
        given = DocumentClientWrite(name="Ana", fiscal_id=number)
        assert [each.field for each in ignored_fiscal_id(given, known, root="invoice")] == paths


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"unit_price": Decimal("1.50")}, None),
        ({"unit_price": Decimal("1.50001")}, None),
        ({"unit_price": Decimal("1.51")}, "unit_price"),
        ({"unit_price": Decimal("1.5"), "description": "Grão"}, "description"),
        ({"unit_price": Decimal("1.5"), "unit": "hour", "tax": {"name": "IVA6"}}, "unit, tax"),
        ({"unit_price": Decimal("1.5"), "tax": {"name": "IVA23"}}, None),
        ({"unit_price": Decimal("9.9"), "name": "Chá"}, None),
    ],
)
def test_known_items_are_found_where_they_differ(changes: dict[str, Any], names: str | None) -> None:
    known = Item.from_dict(item_json(unit_price=Decimal("1.5"), description=None, unit=None))
    changes_found = list(overwritten_items(sent(items=[line(**changes)]), {"Café": known}, root="invoice"))
    if names is None:
        assert changes_found == []
    else:
        assert [str(change) for change in changes_found] == [
            f"invoice.items[0]: this overwrites {names} of item 4"
        ]


# In the answer.

ECHOES: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    (
        {"items": [line(tax={"name": "IVA6"})]},
        {},
        "tax_changed",
        "items[0].tax",
    ),
    (
        {"items": [line(tax={"name": "IVA23", "value": Decimal(23)})]},
        {"items": [echoed_line(tax={"id": 1, "name": "IVA23", "value": 22.0})]},
        "tax_changed",
        "items[0].tax",
    ),
    ({}, {"total": 12.31}, "total_changed", "items"),
    ({"items": [line(quantity=Decimal(2))]}, {}, "total_changed", "items"),
    ({"items": [line(discount=Decimal(50))]}, {}, "total_changed", "items"),
    ({"client": {"name": "Rui", "code": "A1"}}, {}, "client_changed", "client.name"),
    (
        {"client": {"name": "Ana", "email": "a@example.com"}},
        {"client": {"id": 3, "name": "Ana", "email": "b@example.com"}},
        "client_changed",
        "client.email",
    ),
    (
        {"client": {"name": "Ana", "fiscal_id": "pt 508.025.338"}},
        {"client": {"id": 3, "name": "Ana", "fiscal_id": "501413197"}},
        "client_ignored",
        "client.fiscal_id",
    ),
    ({"items": [line(), line()]}, {}, "lines_lost", "items"),
    (
        {"items": [line(unit_price=Decimal(1000))]},
        {"type": "SimplifiedInvoice", "total": 1230.0},
        "simplified_limit",
        "items",
    ),
]


@pytest.mark.parametrize(("given", "echo", "kind", "path"), ECHOES)
def test_what_a_draft_has_otherwise_is_found(
    given: dict[str, Any], echo: dict[str, Any], kind: str, path: str
) -> None:
    changes = found(in_answer(sent(**given), answered(**echo), ALL, root="invoice"))
    assert (kind, f"invoice.{path}") in changes
    # A changed tax may change the total too; otherwise it is a single finding.
    assert {each for each, _ in changes} <= {kind, "total_changed"}
    assert found(in_answer(sent(**given), answered(**echo), Checks.off(), root="invoice")) == []


def test_another_tax_number_in_the_draft_belongs_to_the_check_that_is_on() -> None:
    """The client may have changed since it was read; by default that is an error too."""
    document = sent(client={"name": "Ana", "fiscal_id": "501413197"})
    draft = answered(client={"id": 3, "name": "Ana", "fiscal_id": "508025338"})
    for checks, kind in (
        (Checks(), "client_ignored"),
        (only("client_ignored"), "client_ignored"),
        (only("client_changed"), "client_changed"),
    ):
        assert found(in_answer(document, draft, checks, root="invoice")) == [
            (kind, "invoice.client.fiscal_id")
        ]
    assert Checks().reaction("client_ignored") == "raise"


PERSON, COMPANY = "241234565", "501413197"
M10 = {"name": "Isento", "value": Decimal(0)}
SIMPLIFIED: list[tuple[str, dict[str, Any], str | None]] = [
    ("100.00", {"items": [line(unit="hour")]}, None),
    ("100.01", {"items": [line(unit="hour")]}, "for services (Café) has 100.00 EUR"),
    ("100.01", {"items": [line(), line(name="Chá", unit="service")]}, "for services (Chá) has 100.00 EUR"),
    ("100.01", {"items": [line(unit="unit")]}, None),
    ("100.01", {"client": {"name": "X", "fiscal_id": COMPANY}}, "for an organization has 100.00 EUR"),
    ("100.01", {"client": {"name": "X", "fiscal_id": f"PT {COMPANY}"}}, "an organization"),
    ("100.01", {"client": {"name": "X", "fiscal_id": COMPANY, "country": "Spain"}}, None),
    ("100.01", {"client": {"name": "X", "fiscal_id": PERSON}}, None),
    ("100.01", {"client": {"name": "X", "fiscal_id": "999999990"}}, None),
    ("100.01", {"client": None}, None),
    ("1000.00", {}, None),
    ("1000.01", {}, "has 1000.00 EUR at most"),
    ("1000.01", {"items": [line(unit="hour")]}, "has 1000.00 EUR at most"),
    # Exempt by art. 53: no limit since 2025-03-24, if all of it is.
    ("1000.01", {"items": [line(tax=M10, tax_exemption="M10")], "date": date(2025, 3, 24)}, None),
    ("1000.01", {"items": [line(tax=M10)], "tax_exemption": "M10"}, None),
    (
        "1000.01",
        {"items": [line(tax=M10, tax_exemption="M10")], "date": date(2025, 3, 23)},
        "1000.00 EUR",
    ),
    (
        "1000.01",
        {"items": [line(tax=M10, tax_exemption="M10"), line(tax_exemption="M07")]},
        "1000.00 EUR",
    ),
]


@pytest.mark.parametrize(("total", "given", "said"), SIMPLIFIED)
def test_a_simplified_invoice_has_the_limits_of_the_law(
    total: str, given: dict[str, Any], said: str | None
) -> None:
    """CIVA, art. 40.1."""
    answer = answered(type="SimplifiedInvoice", total=float(total))
    changes = list(in_answer(sent(**given), answer, only("simplified_limit"), root="simplified_invoice"))
    assert [change.field for change in changes] == ([] if said is None else ["simplified_invoice.items"])
    assert (said or "") in "".join(change.message for change in changes)
    invoice = answered(total=float(total))
    assert found(in_answer(sent(**given), invoice, only("simplified_limit"), root="invoice")) == []


UNTOLD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"items": [line(tax={"name": "IVA23"})]}, {}),
    ({"items": [line(tax={"name": "IVA23", "value": Decimal("23.00")})]}, {}),
    # Name and rate are null at times; fields of the client are left out.
    ({"items": [line(tax={"name": "IVA6"})]}, {"items": [echoed_line(tax={"id": 1, "name": None})]}),
    ({"items": [line(tax={"name": "IVA6"})]}, {"items": [echoed_line(tax=None)]}),
    ({"client": {"name": "Ana", "email": "a@example.com", "fiscal_id": "501413197"}}, {}),
    # One number, written in two ways.
    (
        {"client": {"name": "Ana", "fiscal_id": "pt 508.025.338"}},
        {"client": {"id": 3, "name": "Ana", "fiscal_id": "508025338"}},
    ),
    # There is no evidence for how a global discount is spread.
    ({"global_discount": {"value_type": "absolute", "value": Decimal(1)}}, {"total": 11.07}),
    ({"retention": Decimal(10)}, {}),
]


@pytest.mark.parametrize(("given", "echo"), UNTOLD)
def test_an_answer_that_says_nothing_is_no_ground_for_an_alarm(
    given: dict[str, Any], echo: dict[str, Any]
) -> None:
    assert found(in_answer(sent(**given), answered(**echo), ALL, root="invoice")) == []


def test_a_total_is_compared_at_the_account_s_rates_where_they_are_known() -> None:
    """Known rates reveal a wrong total even if the answer omits its lines' taxes."""
    document = sent(items=[line(tax={"name": "Isento"})])
    echo = answered(items=[echoed_line(tax=None)])
    assert found(in_answer(document, echo, ALL, root="invoice")) == []
    assert found(in_answer(document, echo, ALL, root="invoice", rates=RATES)) == [
        ("total_changed", "invoice.items")
    ]


# Consequences of a finding, on either client.


Watched = Callable[[Service, Checks, Callable[[Any], Any]], Any]


def watched_sync(service: Service, checks: Checks, call: Callable[[Any], Any]) -> Any:
    with InvoiceXpress("acme", KEY, transport=service.transport, checks=checks, retries=0, pace=None) as ix:
        return call(ix)


def watched_async(service: Service, checks: Checks, call: Callable[[Any], Any]) -> Any:
    async def run() -> Any:
        async with AsyncInvoiceXpress(
            "acme", KEY, transport=service.transport, checks=checks, retries=0, pace=None
        ) as ix:
            return await call(ix)

    return anyio.run(run)


@pytest.fixture(params=[watched_sync, watched_async], ids=["sync", "async"])
def watched(request: pytest.FixtureRequest) -> Watched:
    """Either client, with the given checks."""
    chosen: Watched = request.param
    return chosen


CREATED = Answer(201, {"invoice": document_json()})
CHANGED = Answer(200, {"invoice": document_json()})


def creating(**changes: Any) -> Callable[[Any], Any]:
    return lambda ix: ix.invoices.create(**written(**changes))


def updating(**changes: Any) -> Callable[[Any], Any]:
    return lambda ix: ix.invoices.update(7, **written(**changes))


ISENTO_FOUND = {"id": 8, "name": "Isento", "value": 0.0}
WRONG_BEFORE = {"client": {"name": "Ana", "code": "A1", "country": "PT"}}
WRONG_AFTER = {"items": [line(tax={"name": "IVA6"})]}


@pytest.mark.parametrize(("call", "answer"), [(creating, CREATED), (updating, CHANGED)])
def test_a_warning_names_the_field_and_the_line_that_called(
    service: Service, watched: Watched, call: Callable[..., Callable[[Any], Any]], answer: Answer
) -> None:
    service.will(answer)
    with pytest.warns(SilentChangeWarning) as caught:
        assert watched(service, Checks(), call(**WRONG_BEFORE)).id == 7
    (warning,) = caught
    assert str(warning.message).startswith("invoice.client.country: country 'PT' is unknown to the service")
    assert Path(warning.filename) == Path(__file__)
    assert warning.message.document is None  # type: ignore[union-attr] # a SilentChangeWarning


@pytest.mark.parametrize(("call", "answer"), [(creating, CREATED), (updating, CHANGED)])
def test_what_is_raised_beforehand_sends_nothing(
    service: Service, watched: Watched, call: Callable[..., Callable[[Any], Any]], answer: Answer
) -> None:
    with pytest.raises(SilentChangeError) as caught:
        watched(service, Checks(country="raise"), call(**WRONG_BEFORE))
    assert isinstance(caught.value, InputError)
    assert (caught.value.field, caught.value.document) == ("invoice.client.country", None)
    assert service.sent == []
    service.will(answer)
    assert watched(service, Checks.off(), call(**WRONG_BEFORE)).id == 7


@pytest.mark.parametrize(("call", "answer"), [(creating, CREATED), (updating, CHANGED)])
def test_what_is_raised_afterwards_carries_the_draft(
    service: Service, watched: Watched, call: Callable[..., Callable[[Any], Any]], answer: Answer
) -> None:
    service.will(answer)
    with pytest.raises(SilentChangeError) as caught:
        watched(service, Checks(), call(**WRONG_AFTER))
    assert caught.value.field == "invoice.items[0].tax"
    assert caught.value.document == answered()
    assert str(caught.value).startswith("draft Invoice 7 exists, and differs: invoice.items[0].tax: ")
    assert len(service.sent) == 1


@pytest.mark.filterwarnings("error")
def test_a_filter_that_makes_warnings_errors_does_not_lose_the_draft(
    service: Service, watched: Watched
) -> None:
    service.will(CREATED)
    with pytest.raises(SilentChangeError, match="draft Invoice 7 exists") as caught:
        watched(service, Checks(tax_changed="warn"), creating(**WRONG_AFTER))
    assert caught.value.document == answered()


@pytest.mark.filterwarnings("ignore::invoicexpress.SilentChangeWarning")
def test_a_change_that_warns_is_logged_each_time(
    service: Service, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    """Python shows a warning once per line of code."""
    service.will(CREATED, CREATED)
    for _ in range(2):
        watched(service, Checks(tax_changed="warn"), creating(**WRONG_AFTER))
    said = [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]
    assert len(said) == 2
    assert "sent 'IVA6'" in said[0]


@pytest.mark.filterwarnings("ignore::invoicexpress.SilentChangeWarning")
def test_every_change_that_is_to_be_raised_is_in_the_exception(service: Service, watched: Watched) -> None:
    wrong = {"tax_exemption": "M98", "items": [line(quantity=Decimal("1.001"))], **WRONG_BEFORE}
    with pytest.raises(SilentChangeError) as caught:
        watched(service, Checks(country="raise", decimals="raise"), creating(**wrong))
    assert [change.kind for change in caught.value.changes] == ["country", "decimals"]
    assert all(change.field in str(caught.value) for change in caught.value.changes)


def test_what_is_to_be_warned_about_is_not_silenced_by_what_is_raised(
    service: Service, watched: Watched
) -> None:
    wrong = {"tax_exemption": "M98", **WRONG_BEFORE}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(SilentChangeError, match="country"):
            watched(service, Checks(country="raise"), creating(**wrong))
    assert [str(warning.message) for warning in caught] == [
        "invoice.tax_exemption: unknown exemption code M98; see reference_data.exemptions()"
    ]


def test_a_finding_changes_nothing_of_what_is_sent(watched: Watched) -> None:
    bodies: list[Any] = []
    made = Answer(201, {"invoice": document_json(items=[echoed_line(unit_price="1.0", tax=ISENTO_FOUND)])})
    for checks in (replace(Checks(), total_changed="off", fiscal_id="warn"), Checks.off()):
        reads = (
            [Answer(body={"client": client_json(fiscal_id="1")})] if checks.client_ignored != "off" else []
        )
        service = Service().will(made, *reads)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            watched(
                service,
                checks,
                lambda ix: ix.invoices.create(
                    **written(
                        client={"name": "Ana", "country": "PT", "fiscal_id": "1"},
                        items=[line(tax=ISENTO, unit_price=Decimal("1.00001"))],
                        tax_exemption="M98",
                    ),
                ),
            )
        bodies.append(service.sent[0].body["invoice"])
    assert bodies[0] == bodies[1]


# The reading.

READ_ALL = Checks.each("raise")
TAXES = Answer(body={"taxes": [tax_json(), tax_json(id=9, name="IVA6", value="6.0", default_tax=0)]})
KNOWN = Answer(body={"client": client_json()})
ONE_PAGE = {"pagination": {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100}}
CLIENTS = Answer(body={"clients": [client_json()], **ONE_PAGE})
NOBODY = Answer(404)
ITEMS = Answer(body={"items": [item_json(unit_price="10.0")]})
NO_ITEMS = Answer(body={"items": []})


def test_nothing_is_read_without_being_asked(service: Service, watched: Watched) -> None:
    service.will(CREATED)
    watched(service, Checks(), creating())
    assert [each.path for each in service.sent] == ["/invoices.json"]


def test_with_everything_on_a_document_that_is_right_goes_through(service: Service, watched: Watched) -> None:
    service.will(TAXES, KNOWN, ITEMS, CREATED)
    assert watched(service, READ_ALL, creating(items=[line(tax={"name": "IVA23"})])).id == 7
    assert [each.path for each in service.sent] == [
        "/taxes.json",
        "/clients/find-by-code.json",
        "/items.json",
        "/invoices.json",
    ]


def test_an_unknown_tax_is_looked_up_and_nothing_is_sent(service: Service, watched: Watched) -> None:
    service.will(TAXES)
    with pytest.raises(SilentChangeError, match="the account has no tax 'IVA99'"):
        watched(service, only("tax_unknown"), creating(items=[line(tax={"name": "IVA99"})]))
    assert [each.verb for each in service.sent] == ["GET"]


def test_the_taxes_tell_the_rate_of_an_exempt_line(service: Service, watched: Watched) -> None:
    service.will(Answer(body={"taxes": [tax_json(), tax_json(id=8, name="Isento", value="0.0")]}))
    checks = only("tax_unknown", "exemption_missing")
    with pytest.raises(SilentChangeError) as caught:
        watched(service, checks, creating(items=[line(tax={"name": "Isento"})]))
    assert [change.kind for change in caught.value.changes] == ["exemption_missing"]


def test_taxes_are_read_once_by_a_client_and_again_for_a_name_that_is_new(service: Service) -> None:
    with InvoiceXpress("acme", KEY, transport=service.transport, checks=only("tax_unknown")) as ix:
        service.will(TAXES, CREATED, Answer(201, {"quote": document_json(type="Quote")}))
        ix.invoices.create(**written(items=[line(tax={"name": "IVA23"})]))
        ix.quotes.create(**written(items=[line(tax={"name": "IVA6"})]))
        service.will(
            Answer(body={"taxes": [tax_json(), tax_json(id=8, name="IVA16", value="16.0")]}), CREATED
        )
        ix.invoices.create(**written(items=[line(tax={"name": "IVA16"})]))
    reads = [each.path for each in service.sent].count("/taxes.json")
    assert reads == 2, "once for the first document, once more for the unknown name"


def core(is_async: bool) -> SyncCore | AsyncCore:
    sender: Any = object()
    return AsyncCore(sender) if is_async else SyncCore(sender)


@pytest.mark.parametrize("is_async", [False, True])
def test_taxes_are_forgotten_after_some_minutes_and_told_apart_by_client(is_async: bool) -> None:
    now = 1000.0
    known = KnownTaxes(lambda: now)
    mine, other = core(is_async), core(is_async)
    assert known.remembered(mine) is None

    known.remember(mine, [Tax.from_dict(loads(json.dumps(each))) for each in TAXES.body["taxes"]])
    read = known.remembered(mine)
    assert read is not None
    assert read.by_name == {"IVA23": Decimal(23), "IVA6": Decimal(6)}
    assert read.default == 23
    now += KEPT_FOR - 1
    assert known.remembered(mine) == read
    assert known.remembered(other) is None
    now += 1
    assert known.remembered(mine) is None


def test_taxes_that_change_are_forgotten() -> None:
    known = KnownTaxes()
    mine = core(False)
    known.forget(mine)
    known.remember(mine, [])
    known.forget(mine)
    assert known.remembered(mine) is None


WRONG_NAME = {"items": [line(tax={"name": "IVA99"})]}


def test_by_default_an_unknown_tax_is_found_where_the_taxes_were_read_before(service: Service) -> None:
    """One more read shows whether the name is new; then nothing is sent."""
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix:
        service.will(TAXES, TAXES)
        ix.taxes.list()
        with pytest.raises(SilentChangeError, match="the account has no tax 'IVA99'"):
            ix.invoices.create(**written(**WRONG_NAME))
        service.will(CREATED)
        assert ix.invoices.create(**written(items=[line(tax={"name": "IVA23"})])).id == 7
    assert paths(service) == ["/taxes.json", "/taxes.json", "/invoices.json"]


def test_by_default_taxes_are_not_read_for_a_check(service: Service) -> None:
    service.will(Answer(201, {"invoice": document_json()}))
    with (
        InvoiceXpress("acme", KEY, transport=service.transport) as ix,
        pytest.raises(SilentChangeError, match="sent 'IVA99'"),
    ):
        ix.invoices.create(**written(**WRONG_NAME))
    assert paths(service) == ["/invoices.json"]


@pytest.mark.parametrize("change", ["create", "update", "delete"])
def test_after_a_change_of_a_tax_the_taxes_known_before_prove_nothing(service: Service, change: str) -> None:
    new = tax_json(id=9, name="IVA99", value="9.0")
    calls: dict[str, tuple[Callable[[Any], Any], list[Answer]]] = {
        "create": (
            lambda ix: ix.taxes.create(name="IVA99", value=Decimal(9), region="PT"),
            [Answer(201, {"tax": new})],
        ),
        "update": (
            lambda ix: ix.taxes.update(9, name="IVA99", value=Decimal(9), region="PT"),
            [Answer(), Answer(body={"tax": new})],
        ),
        "delete": (lambda ix: ix.taxes.delete(5), [Answer(), Answer(404)]),
    }
    call, answers = calls[change]
    made = document_json(items=[echoed_line(tax={"id": 9, "name": "IVA99", "value": 23.0})])
    service.will(TAXES, *answers, Answer(201, {"invoice": made}))
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix:
        ix.taxes.list()
        call(ix)
        assert ix.invoices.create(**written(**WRONG_NAME)).id == 7
    assert service.sent[-1].path == "/invoices.json"


# Before finalizing.


def finalizing(ix: Any) -> Any:
    return ix.invoices.finalize(7)


@pytest.mark.parametrize(
    ("today", "is_ahead"), [(DAY, False), (date(2026, 11, 22), False), (date(2026, 11, 20), True)]
)
def test_a_document_dated_ahead_is_warned_about_before_it_closes_its_serie(
    service: Service,
    watched: Watched,
    monkeypatch: pytest.MonkeyPatch,
    today: date,
    is_ahead: bool,
) -> None:
    monkeypatch.setattr(lisbon, "today", lambda: today)
    draft = document_json()
    service.will(Answer(body={"invoice": draft}), Answer(body={"invoice": {**draft, "status": "final"}}))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert watched(service, Checks(dated_ahead="warn"), finalizing).status == "final"
    assert [str(each.message) for each in caught] == (
        [
            "invoice.date: 2026-11-21 is ahead of today, 2026-11-20 in Lisbon; issuing it closes its série "
            'for documents dated before 2026-11-21. Correct the date; Checks(dated_ahead="warn") allows it'
        ]
        if is_ahead
        else []
    )


def test_by_default_a_document_dated_ahead_is_not_finalized(
    service: Service, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lisbon, "today", lambda: date(2026, 11, 20))
    service.will(Answer(body={"invoice": document_json()}))
    with pytest.raises(SilentChangeError) as caught:
        watched(service, Checks(), finalizing)
    assert caught.value.document == answered()
    assert [each.verb for each in service.sent] == ["GET"]


# The log.


def test_each_warning_is_logged_each_time(
    service: Service, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    """Python shows a warning once per line of code by default, so a long run would show one of many."""
    service.will(*[CREATED] * 2)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(2):
            watched(service, Checks(), creating(**WRONG_BEFORE))
    assert len(caught) == 1
    logged = [record for record in caplog.records if record.name == "invoicexpress.warnings"]
    assert [record.levelname for record in logged] == ["WARNING"] * 2
    assert {record.getMessage() for record in logged} == {str(caught[0].message)}
    assert [vars(record)["warning"] for record in logged] == ["SilentChangeWarning"] * 2


def test_a_warning_that_is_ignored_is_logged(
    service: Service, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    service.will(CREATED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        watched(service, Checks(), creating(**WRONG_BEFORE))
    assert [record.levelname for record in caplog.records if record.name == "invoicexpress.warnings"] == [
        "WARNING"
    ]


def paths(service: Service) -> list[str]:
    return [each.path for each in service.sent]


def test_a_known_client_is_found_as_the_service_finds_it(service: Service, watched: Watched) -> None:
    """By id, by code, by name (suestecreative 2026)."""
    client = {"id": 5, "name": "Ana", "code": "A9", "email": "a@example.com"}
    service.will(NOBODY, NOBODY, Answer(body={"client": client_json(email="b@example.com")}), CLIENTS)
    with pytest.raises(SilentChangeError) as caught:
        watched(service, only("client_ignored"), creating(client=client))
    assert [change.field for change in caught.value.changes] == [
        "invoice.client.code",
        "invoice.client.email",
    ]
    assert paths(service) == [
        "/clients/5.json",
        "/clients/find-by-code.json",
        "/clients/find-by-name.json",
        "/clients.json",
    ]


def test_a_client_without_a_code_is_looked_up_by_name_alone(service: Service, watched: Watched) -> None:
    service.will(KNOWN, CLIENTS, CREATED)
    watched(service, only("client_ignored"), creating(client={"name": "Ana"}))
    assert paths(service) == ["/clients/find-by-name.json", "/clients.json", "/invoices.json"]


def test_a_name_of_several_clients_does_not_say_which_is_meant(service: Service, watched: Watched) -> None:
    """A code does."""
    both = {"clients": [client_json(), client_json(id=4, code=None)], **ONE_PAGE}
    service.will(KNOWN, Answer(body=both))
    with pytest.raises(SilentChangeError) as caught:
        watched(service, only("client_ignored"), creating(client={"name": "Ana"}))
    assert str(caught.value.changes[0]) == (
        "invoice.client.name: 2 clients have this name: 3 (code 'A1'), 4; the service takes 3. "
        "Send the code or the id of yours"
    )
    assert paths(service) == ["/clients/find-by-name.json", "/clients.json"]
    service.will(KNOWN, CREATED)
    watched(service, only("client_ignored"), creating(client={"name": "Ana", "code": "A1"}))
    assert paths(service)[2:] == ["/clients/find-by-code.json", "/invoices.json"]


@pytest.mark.parametrize("miss", [NOBODY, Answer(500, b"<html>")])
def test_a_new_client_is_nothing_to_stop_for(service: Service, watched: Watched, miss: Answer) -> None:
    """Most sources saw a 404 for an unknown name, one a 500 (oxdog 2026-08)."""
    service.will(miss, CREATED)
    watched(service, only("client_ignored"), creating(client={"name": "Ana"}))


def test_a_service_that_is_down_does_not_pass_for_a_new_client(service: Service, watched: Watched) -> None:
    service.will(Answer(503))
    with pytest.raises(ServerError, match=r"find-by-name\.json answered 503"):
        watched(
            service,
            only("client_ignored"),
            creating(client={"name": "Ana", "fiscal_id": "501413197"}),
        )
    assert paths(service) == ["/clients/find-by-name.json"]


def test_a_number_that_cannot_be_read_leaves_the_draft_in_doubt(service: Service, watched: Watched) -> None:
    service.will(CREATED, Answer(503))
    with pytest.raises(AmbiguousResultError, match="document 7 exists, and the tax number") as caught:
        watched(service, Checks(), creating(client={"name": "Ana", "fiscal_id": "501413197"}))
    assert caught.value.look_at == "document 7"


@pytest.mark.parametrize("number", [None, "501413197", "508025338"])
def test_an_answer_without_the_number_is_followed_by_a_read(
    service: Service, watched: Watched, number: str | None
) -> None:
    """A read that shows none means that there is none."""
    shown = {} if number is None else {"fiscal_id": number}
    service.will(CREATED, Answer(body={"client": client_json(**shown)}))
    call = creating(client={"name": "Ana", "code": "A1", "fiscal_id": "501413197"})
    if number == "501413197":
        assert watched(service, Checks(), call).id == 7
    else:
        with pytest.raises(SilentChangeError, match="has another" if number else "has no tax number"):
            watched(service, Checks(), call)
    assert paths(service)[0] == "/invoices.json"
    assert re.fullmatch(r"/clients/\d+\.json", paths(service)[1])
    assert len(service.sent) == 2


def test_the_list_of_items_is_read_as_far_as_it_has_to_be(service: Service, watched: Watched) -> None:
    first = Answer(body={"items": [item_json(id=1, name="Chá"), item_json(id=2, unit_price="9.0")]})
    service.will(first)
    with pytest.raises(SilentChangeError, match="this overwrites unit_price of item 2"):
        watched(service, only("item_overwritten"), creating())
    assert paths(service) == ["/items.json"]
    service.will(Answer(body={"items": [item_json(id=1, name="Chá")]}), NO_ITEMS, CREATED)
    watched(service, only("item_overwritten"), creating())
    assert paths(service)[1:] == ["/items.json", "/items.json", "/invoices.json"]


OWNER = document_json(status="final", total=12.3)
NOTE = document_json(id=8, type="CreditNote")


def crediting_directly(**changes: Any) -> Callable[[Any], Any]:
    return lambda ix: ix.credit_notes.create(**written(owner_invoice_id=7, **changes))


def owned(service: Service, *related: Any, note: dict[str, Any] = NOTE, owner: Any = OWNER) -> None:
    service.will(
        Answer(body={"invoice": owner}),
        Answer(body={"documents": list(related)}),
        Answer(201, {"credit_note": note}),
    )


def test_a_note_above_what_is_left_is_found_when_its_draft_is_there(
    service: Service, watched: Watched
) -> None:
    owned(service, document_json(id=6, type="CreditNote", status="final", total=2.31))
    with pytest.raises(SilentChangeError) as caught:
        watched(service, only("credit_exceeded"), crediting_directly())
    (change,) = caught.value.changes
    assert str(change) == (
        "credit_note.items: the note's total is 12.30 EUR, but only 9.99 EUR of 12.30 EUR is left to credit"
    )
    assert caught.value.document is not None
    assert caught.value.document.id == 8
    assert paths(service) == ["/invoices/7.json", "/document/7/related_documents.json", "/credit_notes.json"]


@pytest.mark.parametrize(
    "related",
    [
        [],
        [document_json(id=6, type="CreditNote", status="draft", total=5)],
        [document_json(id=6, type="CreditNote", status="canceled", total=5)],
        [document_json(id=6, type="Receipt", status="final", total=5)],
    ],
)
def test_a_note_within_what_is_left_goes_through(service: Service, watched: Watched, related: Any) -> None:
    owned(service, *related)
    assert watched(service, only("credit_exceeded"), crediting_directly()).id == 8


def test_what_a_note_corrects_is_looked_for_among_the_types_that_it_can_be(
    service: Service, watched: Watched
) -> None:
    receipt = document_json(type="InvoiceReceipt", status="settled", total=1.0)
    service.will(
        NOBODY,
        NOBODY,
        Answer(body={"invoice_receipt": receipt}),
        Answer(body={"documents": []}),
        Answer(201, {"credit_note": NOTE}),
    )
    with pytest.raises(SilentChangeError, match=r"12\.30 EUR, but only 1\.00 EUR of 1\.00 EUR is left"):
        watched(service, only("credit_exceeded"), crediting_directly())


@pytest.mark.parametrize("misses", [0, 5])
def test_a_note_whose_owner_is_elsewhere_is_not_judged(
    service: Service, watched: Watched, misses: int
) -> None:
    service.will(*[NOBODY] * misses, Answer(201, {"credit_note": NOTE}))
    fields = written(owner_invoice_id=7) if misses else written()
    assert watched(service, only("credit_exceeded"), lambda ix: ix.credit_notes.create(**fields)).id == 8


@pytest.mark.parametrize(
    "answers", [[Answer(403)], [Answer(body={"invoice": OWNER}), Answer(403)]], ids=["owner", "related"]
)
def test_a_read_that_fails_leaves_no_draft_that_the_caller_does_not_hear_of(
    service: Service, watched: Watched, answers: list[Answer]
) -> None:
    service.will(*answers)
    with pytest.raises(PermissionDeniedError):
        watched(service, only("credit_exceeded"), crediting_directly())
    assert "/credit_notes.json" not in paths(service)


def test_what_is_no_credit_note_costs_no_reads(service: Service, watched: Watched) -> None:
    service.will(Answer(201, {"debit_note": document_json(type="DebitNote", total=99.0)}))
    watched(
        service,
        only("credit_exceeded"),
        lambda ix: ix.debit_notes.create(**written(owner_invoice_id=7)),
    )
    assert paths(service) == ["/debit_notes.json"]


def test_a_read_that_fails_is_not_passed_over(service: Service, watched: Watched) -> None:
    service.will(Answer(403))
    with pytest.raises(Exception, match=r"GET /taxes\.json answered 403"):
        watched(service, Checks(tax_unknown="warn"), creating())
    assert paths(service) == ["/taxes.json"]


def test_a_document_without_a_client_asks_for_none(service: Service, watched: Watched) -> None:
    service.will(Answer(201, {"simplified_invoice": document_json(type="SimplifiedInvoice")}))
    watched(
        service,
        only("client_ignored", "client_changed", "fiscal_id", "country"),
        lambda ix: ix.simplified_invoices.create(date=DAY, items=[line()]),
    )
    assert paths(service) == ["/simplified_invoices.json"]


def test_the_flow_asks_for_requests_and_nothing_else() -> None:
    """The read is a flow that can be driven by hand."""
    asked: list[Request] = []

    def answer(step: Any) -> Response:
        asked.append(step)
        return Response(200, {}, json.dumps(ITEMS.body if len(asked) == 1 else NO_ITEMS.body).encode())

    items = drive(reading.known_items(core(False), {"Café", "Chá"}), answer)
    assert set(items) == {"Café"}
    assert [step.operation for step in asked] == ["listItems", "listItems"]


_PROGRAM = """
import logging
from invoicexpress.sending import caller
caller.warn(UserWarning("changed"))
logging.getLogger("invoicexpress").warning("in doubt")
"""


def test_a_program_without_logging_sees_each_warning_once() -> None:
    """The log's last resort would print it too. What is logged alone still shows."""
    told = subprocess.run([sys.executable, "-c", _PROGRAM], check=True, capture_output=True, text=True).stderr
    assert (told.count("changed"), told.count("in doubt")) == (1, 1)
