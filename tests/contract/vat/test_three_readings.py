"""One VAT summary, read three ways: from the client's arithmetic, the QR code and the SAF-T file.

The emulator's clock is frozen on the day before Madeira's reduced rate fell, on that day, and today.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from xml.etree import ElementTree as ET

import httpx
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import (
    Checks,
    EstimateWrite,
    GuideWrite,
    InvoiceWrite,
    InvoiceXpress,
    PurchaseOrderWrite,
    lisbon,
    reference_data,
    totals,
)
from invoicexpress.quirks.document_types import DOCUMENT_TYPES, INVOICE_RECEIPT, row_of
from invoicexpress.totals import RatePart, TaxRates, Totals
from PIL import Image

from tests.contract.both_clients import AnyClient, got
from tests.contract.conftest import Account

pytestmark = pytest.mark.anyio

EVE: Final = dt.date(2024, 9, 30)
CHANGE: Final = dt.date(2024, 10, 1)
TODAY: Final = lisbon.today()
REGIONS: Final[tuple[reference_data.VatRegion, ...]] = ("PT", "PT-AC", "PT-MA")
CODES: Final[Mapping[reference_data.VatKind, str]] = {
    "normal": "NOR",
    "intermediate": "INT",
    "reduced": "RED",
}
PLACE: Final = {"detail": "Rua Nova 1", "city": "Braga", "postal_code": "4700-001", "country": "Portugal"}
WITH_LINES: Final = tuple(
    row.segment for row in DOCUMENT_TYPES if row is INVOICE_RECEIPT or not row.type.endswith("Receipt")
)
AMOUNTS: Final = ("sum", "discount", "before_taxes", "taxes", "total")
NOTHING: Final = Decimal(0)
NAMESPACE: Final = {"": "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"}

Base = tuple[str, Decimal, str | None]
"""Region, rate and exemption."""


def control(account: Account, path: str, **sent: Any) -> None:
    answer = httpx.post(f"{account.base_url}/_emulator/{path}", json={"account": account.name, **sent})
    assert answer.is_success, answer.text


def stand_on(account: Account, day: dt.date) -> None:
    """Freezes the account's clock, and makes files ready on the first request."""
    control(account, "clock", set=f"{day}T10:00:00", freeze=True)
    control(account, "config", qr_code={"polls": 1}, saft={"polls": 1})


def printed_numbers(account: Account) -> dict[int, str]:
    """Printed document numbers by id."""
    answer = httpx.get(f"{account.base_url}/_emulator/documents", params={"account": account.name})
    return {each["id"]: each["number"] for each in answer.json()["documents"]}


def taxes_on(day: dt.date) -> list[dict[str, Any]]:
    """The taxes in force in all three regions on a day, and one of them again without its code."""
    in_force = [
        {
            "name": f"{region} {kind}",
            "value": reference_data.vat_rate(region, kind, on=day),
            "region": region,
            "code": code,
        }
        for region in REGIONS
        for kind, code in CODES.items()
    ]
    exempt = [
        {"name": f"{region} isento", "value": NOTHING, "region": region, "code": "ISE"} for region in REGIONS
    ]
    return [*in_force, *exempt, {"name": "Sem código", "value": Decimal(22), "region": "PT-MA"}]


def names_on(day: dt.date) -> list[str]:
    return [tax["name"] for tax in taxes_on(day)]


# The second and the third reading.


def qr_fields(picture: bytes) -> dict[str, str]:
    """The fields of a QR code, decoded from its image."""
    read = zxingcpp.read_barcode(
        Image.open(io.BytesIO(picture)), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    assert read is not None
    return dict(field.split(":", 1) for field in read.text.split("*"))


QR_PLACES: Final[Mapping[str | None, int]] = {"RED": 3, "INT": 5, "NOR": 7}


def expected_qr_fields(meant: Totals) -> dict[str, str]:
    """The QR code fields expected for the parts: region by region, the mainland first."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    regions = sorted({part.region for part in meant.parts})
    for part in meant.parts:
        letter = "IJK"[regions.index(part.region)]
        if part.exemption == "M99":
            found["L"] += part.base
        elif part.rate == 0:
            found[f"{letter}2"] += part.base
        else:
            place = QR_PLACES[part.code]
            found[f"{letter}{place}"] += part.base
            found[f"{letter}{place + 1}"] += part.tax
    fields = {name: f"{amount:.2f}" for name, amount in found.items() if name != "L" or amount}
    fields |= {f"{letter}1": region for letter, region in zip("IJK", regions, strict=False)}
    fields |= {"N": f"{meant.taxes:.2f}", "O": f"{meant.total:.2f}"}
    if meant.retention:
        fields["P"] = f"{meant.retention:.2f}"
    return fields


def amounts_in(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name[0] in "IJKLNOP"}


def saft_documents(file: bytes) -> dict[str, ET.Element]:
    """The documents of a SAF-T file by printed number."""
    root = ET.fromstring(file)  # noqa: S314 the emulator's own file
    return {
        text(document, number) or "": document
        for kind, number in NUMBERS.items()
        for document in root.iterfind(f".//{kind}", NAMESPACE)
    }


NUMBERS: Final = {"Invoice": "InvoiceNo", "StockMovement": "DocumentNumber", "WorkDocument": "DocumentNumber"}


def text(element: ET.Element, path: str) -> str | None:
    found = element.find(path, NAMESPACE)
    return None if found is None else found.text


def saft_bases(document: ET.Element) -> dict[Base, Decimal]:
    """The sums of a document's lines by region, rate and exemption."""
    bases: defaultdict[Base, Decimal] = defaultdict(Decimal)
    for line in document.iterfind("Line", NAMESPACE):
        amount = text(line, "CreditAmount") or text(line, "DebitAmount") or ""
        key = (
            text(line, "Tax/TaxCountryRegion") or "",
            Decimal(text(line, "Tax/TaxPercentage") or ""),
            text(line, "TaxExemptionCode"),
        )
        bases[key] += Decimal(amount)
    return dict(bases)


def bases_of(parts: Sequence[RatePart]) -> dict[Base, Decimal]:
    bases: defaultdict[Base, Decimal] = defaultdict(Decimal)
    for part in parts:
        bases[part.region, part.rate, part.exemption] += part.base
    return dict(bases)


def check_saft(document: ET.Element, meant: Totals) -> None:
    assert saft_bases(document) == bases_of(meant.parts)
    assert text(document, "DocumentTotals/TaxPayable") == f"{meant.taxes:.2f}"
    assert text(document, "DocumentTotals/NetTotal") == f"{meant.before_taxes:.2f}"
    assert text(document, "DocumentTotals/GrossTotal") == f"{meant.total:.2f}"
    # Movements and working documents have no element for it (SAF-T (PT) 1.04_01, 4.2 and 4.3).
    if document.find("InvoiceNo", NAMESPACE) is not None:
        assert Decimal(text(document, "WithholdingTax/WithholdingTaxAmount") or 0) == meant.retention
    in_currency = text(document, "DocumentTotals/Currency/CurrencyAmount")
    assert (in_currency and Decimal(in_currency)) == meant.multicurrency_total


# The documents.


def scaled(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda units: Decimal(units).scaleb(-places))


def documents_on(day: dt.date) -> st.SearchStrategy[dict[str, Any]]:
    line: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Caderno", "Lápis", "Livro"]),
            "unit_price": scaled(1, 900_0000, 4),
            "quantity": scaled(1, 20_00, 2),
            "tax": st.sampled_from(names_on(day)).map(lambda name: {"name": name}),
        },
        optional={
            "discount": scaled(0, 100_0000, 4),
            "tax_exemption": st.sampled_from(["M01", "M05", "M99"]),
        },
    )
    discount: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {"value_type": st.just("percentage"), "value": scaled(0, 100_0000, 4)}
    )
    whole: dict[str, st.SearchStrategy[Any]] = {
        "date": st.just(day),
        "client": st.just({"name": "Ana Sousa", "code": "A1"}),
        "items": st.lists(line, min_size=1, max_size=6),
        "tax_exemption": st.sampled_from(["M07", "M99"]),
    }
    optional: dict[str, st.SearchStrategy[Any]] = {
        "global_discount": discount,
        "retention": scaled(1, 99_99, 2),
    }
    in_dollars: dict[str, st.SearchStrategy[Any]] = {
        "currency_code": st.just("USD"),
        "rate": scaled(1, 1999_999999, 6),
    }
    return st.one_of(
        st.fixed_dictionaries(whole, optional=optional),
        st.fixed_dictionaries({**whole, **in_dollars}, optional=optional),
    )


@pytest.fixture(params=[EVE, CHANGE, TODAY], ids=["eve", "change", "today"])
def day(request: pytest.FixtureRequest) -> dt.date:
    chosen: dt.date = request.param
    return chosen


@pytest.fixture
def shop(account: Account, day: dt.date) -> Iterator[InvoiceXpress]:
    """A client with every check set to raise, on the given day, with the taxes of all regions."""
    stand_on(account, day)
    checks = Checks.each("raise", reads=False)
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url, checks=checks) as ix:
        for tax in taxes_on(day):
            ix.taxes.create(**tax)
        yield ix


def test_client_code_and_file_say_the_same_of_any_invoice(shop: InvoiceXpress, day: dt.date) -> None:
    rates = TaxRates.of(shop.taxes.list())
    issued: dict[str, Totals] = {}

    @given(documents_on(day))
    @settings(max_examples=40)
    def agree(fields: dict[str, Any]) -> None:
        issued.update(agreeing(shop, fields, rates))

    agree()
    check_file(shop, day, issued)


def agreeing(shop: InvoiceXpress, fields: dict[str, Any], rates: TaxRates) -> dict[str, Totals]:
    """Issues an invoice, checks draft and QR code against the expected amounts, returns those by number."""
    meant = totals.of_document(InvoiceWrite.of(**fields), rates)
    draft = shop.invoices.create(**fields)
    assert {name: getattr(draft, name) for name in AMOUNTS} == {
        name: getattr(meant, name) for name in AMOUNTS
    }
    if meant.multicurrency_total is not None:
        assert draft.multicurrency
        assert draft.multicurrency.total == meant.multicurrency_total
    invoice = shop.invoices.finalize(draft, expect_total=meant)
    found = amounts_in(qr_fields(shop.invoices.qr_code(invoice).content))
    assert found == expected_qr_fields(meant)
    return {f"FT {invoice.inverted_sequence_number}": meant}


def check_file(shop: InvoiceXpress, day: dt.date, issued: Mapping[str, Totals]) -> None:
    file = saft_documents(shop.saft.export(day.year, day.month).content)
    assert file.keys() == issued.keys()
    for number, meant in issued.items():
        check_saft(file[number], meant)


def line(price: str, tax: str = "PT normal", **changes: Any) -> dict[str, Any]:
    return {
        "name": "Artigo",
        "unit_price": Decimal(price),
        "quantity": Decimal(1),
        "tax": {"name": tax},
        **changes,
    }


EXTREMES: Final[Mapping[str, dict[str, Any]]] = {
    "no quantity": {"items": [line("10", quantity=NOTHING)]},
    "given away": {"items": [line("9.99", discount=Decimal(100)), line("5", discount=Decimal(100))]},
    "the whole as discount": {
        "items": [line("9.99"), line("5.01", "PT-AC reduced")],
        "global_discount": {"value_type": "absolute", "value": Decimal("15.00")},
    },
    "everything exempt": {
        "items": [line("0.1050", "PT isento", tax_exemption=code) for code in ("M01", "M05", "M07")],
        "retention": Decimal("11.5"),
    },
    "nothing subject to VAT": {"items": [line("0.105", "PT isento")] * 3, "tax_exemption": "M99"},
    "the smallest price": {"items": [line("0.0001", quantity=Decimal("0.01"))]},
    "the largest total": {"items": [line("999999999.99", "PT isento")], "tax_exemption": "M07"},
    "a thousand lines": {
        "items": [line(f"{n / 10000:.4f}", names_on(TODAY)[n % 9]) for n in range(1, 1001)],
        "global_discount": {"value_type": "absolute", "value": Decimal("7.77")},
    },
}


def test_they_say_the_same_where_amounts_are_extreme(account: Account) -> None:
    stand_on(account, TODAY)
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url) as shop:
        for tax in taxes_on(TODAY):
            shop.taxes.create(**tax)
        rates = TaxRates.of(shop.taxes.list())
        issued: dict[str, Totals] = {}
        for fields in EXTREMES.values():
            client = {"name": "Ana Sousa", "code": "A1"}
            issued |= agreeing(shop, {"date": TODAY, "client": client, **fields}, rates)
        assert len(issued) == len(EXTREMES)
        check_file(shop, TODAY, issued)


def awkward(day: dt.date) -> dict[str, Any]:
    """A document with leftover cents in several places: three regions, two exemptions, a discount."""
    names = ["PT normal", "PT-AC reduced", "PT-MA reduced", "PT isento", "PT-AC isento", "Sem código"]
    return {
        "date": day,
        "due_date": day,
        "client": {"name": "Ana Sousa", "code": "A1"},
        "items": [
            {
                "name": f"Artigo {name}",
                "unit_price": Decimal("1.1250"),
                "quantity": Decimal("1.11"),
                "discount": Decimal("3.3333"),
                "tax": {"name": name},
                **({"tax_exemption": "M05"} if name == "PT isento" else {}),
            }
            for name in names
        ],
        "tax_exemption": "M07",
        "retention": Decimal("11.5"),
    }


def for_type(segment: str, day: dt.date, owner: Any) -> dict[str, Any]:
    """The same document, adapted to a type."""
    fields = awkward(day)
    if row_of(segment).family == "guide":
        soon = lisbon.now().replace(microsecond=0) + dt.timedelta(hours=1)
        return {**fields, "loaded_at": soon, "address_from": PLACE, "address_to": PLACE}
    if row_of(segment).family == "invoice":
        fields["global_discount"] = {"value_type": "absolute", "value": Decimal("0.31")}
        fields |= {"currency_code": "USD", "rate": Decimal("1.083333")}
    if segment.endswith("_notes") and segment != "fees_notes":
        fields["owner_invoice_id"] = owner.id
    return fields


def test_every_type_with_lines_is_tried() -> None:
    assert len(WITH_LINES) == len(DOCUMENT_TYPES) - 2, "all types but the two kinds of receipts"


async def test_client_code_and_file_say_the_same_of_every_type(ix: AnyClient, account: Account) -> None:
    stand_on(account, EVE)
    for tax in taxes_on(EVE):
        await got(ix.taxes.create(**tax))
    rates = TaxRates.of(await got(ix.taxes.list()))
    issued: dict[int, Totals] = {}
    owners: dict[bool, Any] = {}
    for segment in WITH_LINES:
        space = getattr(ix, segment)
        fields = for_type(segment, EVE, owners.get(segment.startswith("vat_moss")))
        meant = totals.of_document(MODELS[row_of(segment).family].of(**fields), rates)
        draft = await got(space.create(**fields))
        assert {name: getattr(draft, name) for name in AMOUNTS} == {
            name: getattr(meant, name) for name in AMOUNTS
        }, segment
        final = await got(space.finalize(draft, expect_total=meant))
        if segment in {"invoices", "vat_moss_invoices"}:
            owners[segment.startswith("vat_moss")] = final
        if hasattr(space, "qr_code") and not segment.startswith("vat_moss"):
            picture = (await got(space.qr_code(final))).content
            assert amounts_in(qr_fields(picture)) == expected_qr_fields(meant), segment
        # A purchase order concerns the supplier's invoice, so it is not in our SAF-T file.
        if segment != "purchase_orders":
            issued[final.id] = meant
    file = saft_documents((await got(ix.saft.export(EVE.year, EVE.month))).content)
    numbers = printed_numbers(account)
    assert file.keys() == {numbers[each] for each in issued}
    for each, meant in issued.items():
        check_saft(file[numbers[each]], meant)


MODELS: Final[Mapping[str, Any]] = {
    "invoice": InvoiceWrite,
    "estimate": EstimateWrite,
    "guide": GuideWrite,
    "purchase_order": PurchaseOrderWrite,
}
"""What the client makes of a document's fields."""
