"""Every file is valid under the tax authority's schema, consistent in itself, and true to the books."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.catalogue.items.item import UNITS
from invoicexpress_emulator.books.catalogue.taxes.tax import TAX_CODES
from invoicexpress_emulator.fiscal.countries import COUNTRY_CODES
from invoicexpress_emulator.fiscal.currencies import CURRENCIES
from invoicexpress_emulator.fiscal.exemption_codes import EXEMPTIONS
from invoicexpress_emulator.fiscal.payment_mechanisms import PAYMENT_MECHANISMS
from invoicexpress_emulator.fiscal.qr_fields import MOST_REGIONS
from invoicexpress_emulator.fiscal.tax_regions import TAX_REGIONS

from tests import saft_schema
from tests.emulator.conftest import SEGMENTS
from tests.emulator.support.saft_file import SECTIONS, File

COUNT: Final = itertools.count(1)
PREFIXES: Final = {
    "invoices": "FT", "invoice_receipts": "FR", "simplified_invoices": "FS", "vat_moss_invoices": "FVM",
    "credit_notes": "NC", "debit_notes": "ND", "vat_moss_credit_notes": "NCVM", "quotes": "OR",
    "proformas": "PF", "fees_notes": "NH", "shippings": "GR", "transports": "GT", "devolutions": "GD",
    "receipts": "RG", "vat_moss_receipts": "RGVM",
}  # read by rows # fmt: skip
CREATABLE: Final = [
    segment for segment in PREFIXES if "receipts" not in segment or segment == "invoice_receipts"
]
NOTES: Final = {"credit_notes", "debit_notes", "vat_moss_credit_notes"}


def valid(file: File) -> File:
    """Return the file after validating it against the official schema."""
    assert saft_schema.errors(file.content) == []
    return file


# Random accounts -----------------------------------------------------------------------------------

odd_text: Final = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=70).filter(str.strip)
"""Control characters and characters that windows-1252 does not have are among it."""
texts: Final = st.one_of(st.sampled_from(["Caderno", "Caderno  A5 ", "x", "é" * 250, "<&>"]), odd_text)
TAXES: Final = [
    {"name": f"{region} {code} {value}", "region": region, "code": code, "value": value}
    for region, code, value in [
        ("PT-AC", "NOR", "16.0"), ("PT-AC", "RED", "4.0"), ("PT-AC", "INT", "9.0"), ("PT-AC", "ISE", "0.0"),
        ("PT-MA", "NOR", "22.0"), ("PT-MA", "RED", "5.0"), ("PT-MA", "INT", "12.0"), ("PT", "OUT", "7.77"),
        ("PT", "ISE", "0.0"), ("ES", "NOR", "21.0"), ("FR", "RED", "5.5"), ("AN", "NOR", "19.0"),
        ("PT", "ISE", "3.0"), ("DE", "ISE", "0.0"), ("Desconhecido", "OUT", "1.0"),
    ]
]  # read by rows # fmt: skip
tax_names: Final = st.sampled_from(["IVA23", "IVA13", "IVA6", "Isento", *(each["name"] for each in TAXES)])

lines: Final = st.fixed_dictionaries(
    {
        "name": texts,
        "unit_price": st.decimals(0, 5000, places=4).map(str),
        "quantity": st.one_of(
            st.decimals(0, 99, places=2), st.decimals(0, 10**6, places=2), st.sampled_from(["3", "100000"])
        ).map(str),
        "tax": tax_names.map(lambda name: {"name": name}),
    },
    optional={
        "description": texts,
        "discount": st.one_of(
            st.sampled_from(["12.5", "33.3333", "100", "0.0001"]), st.decimals(0, 100, places=4).map(str)
        ),
        "unit": st.sampled_from(UNITS),
        "tax_exemption": st.sampled_from([*EXEMPTIONS]),
    },
)
clients: Final = st.fixed_dictionaries(
    {"name": texts.filter(lambda text: len(text) <= 100)},
    optional={
        "address": texts,
        "city": texts,
        "postal_code": texts,
        "country": st.sampled_from([*COUNTRY_CODES]),
        "email": st.just("ana@example.com"),
    },
)
documents: Final = st.fixed_dictionaries(
    {
        "client": clients,
        "items": st.lists(lines, min_size=1, max_size=4),
        "tax_exemption": st.sampled_from([*EXEMPTIONS]),
    },
    optional={
        "observations": texts,
        "retention": st.sampled_from(["11.5", "25", "0.01"]),
        "global_discount": st.sampled_from(
            [
                {"value_type": "percentage", "value": "7.77"},
                {"value_type": "percentage", "value": "100"},
                {"value_type": "absolute", "value": "0.05"},
            ]
        ),
        "foreign": st.tuples(
            st.sampled_from([*CURRENCIES]), st.sampled_from(["0.00001", "1.25", "161.3", "9999999999"])
        ),
    },
)
deeds: Final = st.one_of(
    st.tuples(st.just("pay"), st.integers(0, 9), st.sampled_from([*PAYMENT_MECHANISMS])),
    st.tuples(st.just("cancel"), st.integers(0, 9), texts),
    st.tuples(st.just("follow"), st.integers(0, 9), st.sampled_from(["invoices", "shippings", *NOTES])),
    st.tuples(st.just("issue"), st.sampled_from(CREATABLE), documents),
    st.tuples(st.just("issue"), st.sampled_from(CREATABLE), documents),
    st.tuples(st.just("wait"), st.integers(0, 20), st.none()),
)


PLAIN: Final = {"client": {"name": "Ana"}, "items": [{"name": "Peça", "unit_price": 10}]}
EVERYTHING: Final[list[Any]] = [
    *(("issue", segment, PLAIN) for segment in CREATABLE),
    *(("follow", number, segment) for number in range(4) for segment in ("shippings", *sorted(NOTES))),
    *(("pay", number, "MB") for number in range(4)),
    *(("cancel", number, "engano") for number in range(0, 40, 5)),
]  # read by rows # fmt: skip
"""Each type, each kind of note and guide after each kind of invoice, payments, and some of each cancelled."""


class Life:
    """Does random things to an account; refusals are fine, failures are not."""

    def __init__(self, api: Any) -> None:
        self.api = api
        self.issued: list[Any] = []
        self.refused = Counter[str]()
        api.freeze("2026-02-01T10:00:00")
        api.control("config", at_doc_code="immediate")
        for tax in TAXES:
            assert api.post("/taxes.json", {"tax": tax}).status_code == 201

    def create(self, segment: str, body: dict[str, Any]) -> None:
        body = {**body}
        currency, rate = body.pop("foreign", (None, None))
        if currency is not None:
            body |= {"currency_code": currency, "rate": rate}
        body["client"] = {**body["client"], "code": f"C{next(COUNT)}"}
        answer = self.api.post(f"/{segment}.json", {self.api.root_of(segment): self.api.plain(**body)})
        assert answer.status_code in {201, 422}, answer.text
        if answer.status_code == 422:
            self.refused[answer.text] += 1
            return
        made = self.api.only(answer.json())
        if self.api.change(made, "finalized").status_code == 200:
            self.issued.append(made)

    def do(self, kind: str, which: Any, what: Any) -> None:
        if kind == "issue":
            self.create(which, what)
        elif kind == "wait":
            self.api.control("clock", advance=which * 86_400)
        elif self.issued:
            found = self.issued[which % len(self.issued)]
            if kind == "pay":
                answer = self.api.pay(found, "0.05", payment_mechanism=what)
                assert answer.status_code in {200, 404, 422}, answer.text
                if answer.status_code == 200:
                    self.issued.append(self.api.only(answer.json()))
            elif kind == "cancel":
                assert self.api.change(found, "canceled", what).status_code in {200, 422}
            else:
                line = {"name": "Devolvido", "unit_price": "0.01", "quantity": 1}
                self.create(
                    what,
                    {"client": {"name": "Rui"}, "items": [line], "owner_invoice_id": found["id"],
                     "tax_exemption": "M07"},
                )  # read by rows # fmt: skip


@pytest.mark.parametrize(("profile", "lives"), [("observed", 20), ("documented", 5)])
def test_files_of_random_accounts_are_valid(
    profile: str, lives: int, caller: Any, servers: dict[str, Emulator]
) -> None:
    """All types, regions, exemptions, discounts, currencies and texts; paid, corrected, cancelled."""
    url = servers[profile].base_url
    kinds = Counter[str]()
    seen: list[Counter[str]] = []

    @given(steps=st.lists(deeds, min_size=20, max_size=50))
    @example(steps=EVERYTHING)
    @settings(max_examples=lives, deadline=None)
    def live(steps: list[Any]) -> None:
        name = f"saft-{profile}-{next(COUNT)}"
        made = httpx.post(f"{url}/_emulator/accounts", json={"name": name}).json()
        api = caller(url, name, made["api_key"])
        with api.http:
            life = Life(api)
            for step in steps:
                life.do(*step)
            seen.append(life.refused)
            answer = api.get("/_emulator/saft", account=name, year=2026)
            if not life.issued:
                assert answer.status_code == 404
                return
            file = valid(File(answer.content))
            kinds.update(number.split()[0] for number, _ in file.every())
            check_against_api(api, file, life.issued)

    live()
    assert kinds.keys() >= {*PREFIXES.values()}, kinds
    assert kinds.total() > 5 * lives, (kinds, seen[-1])


def check_against_api(api: Any, file: File, issued: list[Any]) -> None:
    """Each issued document is in the file once, with the API's amounts."""
    check_lines(file)
    shown = {number_of(each): amounts_of(each) for each in map(api.read, issued)}
    assert {number: amounts_in_file(each) for number, each in file.every()} == shown
    assert len(list(file.every())) == len(shown)


def check_lines(file: File) -> None:
    """Quantity times price is each line's amount, and the lines are the net total."""
    for _, each in file.every():
        for line in File.all(each, "Line") if not File.texts(each, "PaymentRefNo") else []:
            amount = File.sum([line], "CreditAmount") + File.sum([line], "DebitAmount")
            product = Fraction(File.text(line, "Quantity")) * Fraction(File.text(line, "UnitPrice"))
            assert abs(product - Fraction(amount)) <= Fraction(1, 200), plainly(line)
        net = File.sum([each], "Line/CreditAmount") + File.sum([each], "Line/DebitAmount")
        assert net == File.sum([each], "DocumentTotals/NetTotal")


def number_of(document: Any) -> str:
    return f"{PREFIXES[SEGMENTS[document['type']]]} {document['inverted_sequence_number']}"


def amounts_of(document: Any) -> list[Decimal]:
    """Net, tax and total from the API; a receipt has only a total."""
    if document["type"].endswith("Receipt") and document["type"] != "InvoiceReceipt":
        return [Decimal(str(document["total"])), Decimal(0), Decimal(str(document["total"]))]
    return [Decimal(str(document[name])) for name in ("before_taxes", "taxes", "total")]


def amounts_in_file(element: ET.Element) -> list[Decimal]:
    return [
        Decimal(File.text(element, f"DocumentTotals/{name}"))
        for name in ("NetTotal", "TaxPayable", "GrossTotal")
    ]


# A company of two years ----------------------------------------------------------------------------


MONTHS: Final = [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 12))]


@pytest.fixture(scope="module")
def company(caller: Any, servers: dict[str, Emulator]) -> Any:
    url = servers["observed"].base_url
    made = httpx.post(f"{url}/_emulator/accounts", json={"name": "saft-empresa"}).json()
    api = caller(url, "saft-empresa", made["api_key"])
    with api.http:
        api.freeze("2026-11-21T10:00:00")
        api.control("seed", seed=5)
        yield api


@pytest.fixture(scope="module")
def months(company: Any) -> list[File]:
    return [File.of(company, month, year) for year, month in MONTHS]


@pytest.fixture(scope="module")
def year(company: Any) -> File:
    return File.of_year(company)


def plainly(element: ET.Element) -> str:
    """An element without the whitespace between elements."""
    return ET.canonicalize(ET.tostring(element), strip_text=True)


class TestCompany:
    """The control plane's seeded company, over thirteen months."""

    def test_every_month_is_valid(self, months: list[File]) -> None:
        for file in months:
            check_lines(valid(file))

    def test_the_year_is_valid_and_is_its_months(self, months: list[File], year: File) -> None:
        valid(year)
        of_year = [file for (number, _), file in zip(MONTHS, months, strict=True) if number == 2026]
        by_month = {number: plainly(each) for file in of_year for number, each in file.every()}
        assert {number: plainly(each) for number, each in year.every()} == by_month
        assert len(by_month) == sum(len(list(file.every())) for file in of_year) > 300

    @pytest.mark.parametrize(
        ("section", "names"),
        [(name, ["NumberOfEntries", "TotalDebit", "TotalCredit"]) for name in SECTIONS if name[0] != "M"]
        + [("MovementOfGoods", ["NumberOfMovementLines", "TotalQuantityIssued"])],
    )
    def test_the_years_totals_are_those_of_its_months(
        self, months: list[File], year: File, section: str, names: list[str]
    ) -> None:
        of_year = [file for (number, _), file in zip(MONTHS, months, strict=True) if number == 2026]
        for name in names:
            path = f"SourceDocuments/{section}/{name}"
            total = File.sum([file.root for file in of_year], path)
            assert File.sum([year.root], path) == total

    def test_the_years_master_files_are_those_of_its_months(self, months: list[File], year: File) -> None:
        of_year = [file for (number, _), file in zip(MONTHS, months, strict=True) if number == 2026]
        for path, keys in (
            ("Customer", ["CustomerID"]),
            ("Product", ["ProductCode"]),
            ("TaxTable/TaxTableEntry", ["TaxType", "TaxCountryRegion", "TaxCode", "TaxPercentage"]),
        ):

            def of(file: File, path: str = path, keys: list[str] = keys) -> list[tuple[str, ...]]:
                found = File.all(file.root, f"MasterFiles/{path}")
                return [tuple(File.text(each, key) for key in keys) for each in found]

            assert set(of(year)) == {key for file in of_year for key in of(file)}
            assert len(set(of(year))) == len(of(year)) > 3

    def test_what_is_referred_to_is_there(self, months: list[File], year: File) -> None:
        for file in (*months, year):
            known = {
                "Product": set(File.texts(file.root, "MasterFiles/Product/ProductCode")),
                "Customer": set(File.texts(file.root, "MasterFiles/Customer/CustomerID")),
            }
            named = {
                "Product": {
                    text for _, each in file.every() for text in File.texts(each, "Line/ProductCode")
                },
                "Customer": {text for _, each in file.every() for text in File.texts(each, "CustomerID")},
            }
            assert named == known

    def test_the_year_says_which_it_is(self, year: File) -> None:
        for name, value in (("FiscalYear", "2026"), ("StartDate", "2026-01-01"), ("EndDate", "2026-12-31")):
            assert File.text(year.root, f"Header/{name}") == value

    def test_the_sums_are_those_of_the_api(self, company: Any, year: File) -> None:
        listed: dict[str, list[Decimal]] = {}
        query = {"per_page": 100, "date[from]": "01/01/2026", "date[to]": "31/12/2026"}
        for path in ("/invoices.json", "/estimates.json", "/guides.json"):
            for page in itertools.count(1):
                (_, found), *_ = company.get(path, page=page, **query).json().items()
                listed |= {number_of(each): amounts_of(each) for each in found if is_issued(each)}
                if len(found) < 100:
                    break
        assert {number: amounts_in_file(each) for number, each in year.every()} == listed


def is_issued(document: Any) -> bool:
    return bool(document.get("inverted_sequence_number"))


# The judge -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "replacement", "complaint"),
    [
        (r"<TaxExemptionReason>.*?</TaxExemptionReason>", "", "assert"),
        (r"<TaxExemptionCode>.*?</TaxExemptionCode>", "", "assert"),
        (r"<ProductCode>[^<]*</ProductCode>\s*<ProductDescription>[^<]*</ProductDescription>\s*<Quantity>",
         "<ProductCode>nada</ProductCode><ProductDescription>nada</ProductDescription><Quantity>", "nada"),
        (r"<InvoiceType>FT", "<InvoiceType>XX", "must be one of"),
        (r"<TotalDebit>.*?</TotalDebit>", "", "TotalCredit"),
    ],
)  # read by rows # fmt: skip
def test_the_judge_is_not_blind(api: Any, pattern: str, replacement: str, complaint: str) -> None:
    api.freeze("2026-11-21T10:00:00")
    api.issue(items=[{"name": "Curso", "unit_price": 1, "tax": {"name": "Isento"}}], tax_exemption="M07")
    content = valid(File.of(api)).content.decode("windows-1252")
    spoilt = re.sub(pattern, replacement, content, count=1, flags=re.DOTALL)
    assert spoilt != content
    found = saft_schema.errors(spoilt.encode("windows-1252"))
    assert found
    assert any(complaint in each for each in found), found


# Tables against the schema -------------------------------------------------------------------------


@pytest.mark.parametrize("chunk", range(4))
def test_every_word_of_the_tables_can_be_in_a_file(api: Any, chunk: int) -> None:
    """Each country, region, currency, exemption, unit, tax code and means of payment, once."""
    api.freeze("2026-11-21T10:00:00")
    api.control("config", fiscal_id="accept")

    def part(values: Any) -> list[Any]:
        return [*values][chunk::4]

    for number, region in enumerate(part(TAX_REGIONS)):
        code = [*TAX_CODES][number % len(TAX_CODES)]
        tax = {"name": f"T{number}", "value": str(number % 3), "region": region, "code": code}
        assert api.post("/taxes.json", {"tax": tax}).status_code == 201
    names = [f"T{number}" for number in range(len(part(TAX_REGIONS)))]
    reasons = itertools.cycle(part(EXEMPTIONS))
    items = [
        {"name": name, "unit_price": 10, "tax": {"name": name}, "unit": unit, "tax_exemption": reason}
        for name, unit, reason in zip(names, itertools.cycle(UNITS), reasons, strict=False)
    ]
    paid, *_ = [
        api.issue(items=items[first : first + MOST_REGIONS], tax_exemption="M07")
        for first in range(0, len(items), MOST_REGIONS)
    ]
    for mechanism in part(PAYMENT_MECHANISMS):
        assert api.pay(paid, 1, payment_mechanism=mechanism).status_code == 200
    plain = [{"name": "Peça", "unit_price": 10}]
    countries, currencies = part(COUNTRY_CODES), part(CURRENCIES)
    for number in range(max(len(countries), len(currencies))):
        who = {"name": f"N{number}", "code": f"N{number}", "country": countries[number % len(countries)]}
        code = currencies[number % len(currencies)]
        api.issue("invoice_receipts", client=who, items=plain, currency_code=code, rate="1.5")
    file = valid(File.of(api))
    assert len(list(file.every())) > 60
