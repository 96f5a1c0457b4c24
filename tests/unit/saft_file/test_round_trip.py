"""Rows printed by an independent writer are read back equal, in any order, encoding and namespace."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import saft_file
from invoicexpress.saft_file import SECTIONS, Document, Section

from tests.unit.support.saft_files import (
    ELEMENT,
    NAMESPACE,
    Tree,
    customer_tree,
    document_tree,
    file,
    header_tree,
    product_tree,
    tax_tree,
)

# Surrounding blanks are not part of a text, and XML has only one line break.
TEXTS = (
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=["Cs", "Cc"],
            exclude_characters="\ufffe\uffff",
            include_characters="\n\t",
        ),
        max_size=20,
    )
    .map(str.strip)
    .filter(bool)
)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)
DATES = st.dates()
MOMENTS = st.datetimes(timezones=st.just(None) | st.just(dt.UTC))
FLAGS = st.booleans() | st.none()
NUMBERS = st.integers(0, 10**9)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def some(values: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(values, min_size=least, max_size=3).map(tuple)


TEXT, AMOUNT, DATE, MOMENT = maybe(TEXTS), maybe(AMOUNTS), maybe(DATES), maybe(MOMENTS)

ADDRESSES = st.builds(
    saft_file.Address,
    **dict.fromkeys(
        ["address_detail", "building_number", "street_name", "city", "postal_code", "region", "country"], TEXT
    ),
)
TAXES: dict[str, Any] = {
    "tax_type": TEXT,
    "tax_country_region": TEXT,
    "tax_code": TEXT,
    "tax_percentage": AMOUNT,
    "tax_amount": AMOUNT,
}
LINES = st.builds(
    saft_file.Line,
    line_number=maybe(NUMBERS),
    product_code=TEXT,
    product_description=TEXT,
    quantity=AMOUNT,
    unit_of_measure=TEXT,
    unit_price=AMOUNT,
    tax_base=AMOUNT,
    tax_point_date=DATE,
    description=TEXT,
    debit_amount=AMOUNT,
    credit_amount=AMOUNTS,
    tax=maybe(st.builds(saft_file.Tax, **TAXES)),
    tax_exemption_reason=TEXT,
    tax_exemption_code=TEXT,
    settlement_amount=AMOUNT,
    order_references=some(st.builds(saft_file.OrderReference, originating_on=TEXT, order_date=DATE)),
    references=some(st.builds(saft_file.Reference, reference=TEXT, reason=TEXT)),
    source_documents=some(
        st.builds(saft_file.SourceDocument, originating_on=TEXT, invoice_date=DATE, description=TEXT)
    ),
    serial_numbers=some(TEXTS),
    customs_information=maybe(
        st.builds(saft_file.CustomsInformation, arc_nos=some(TEXTS), iec_amount=AMOUNT)
    ),
)
POINTS = st.builds(
    saft_file.ShippingPoint,
    delivery_ids=some(TEXTS),
    delivery_date=DATE,
    warehouse_ids=some(TEXTS),
    location_ids=some(TEXTS),
    address=maybe(ADDRESSES),
)


def documents(section: Section) -> st.SearchStrategy[Document]:
    return st.builds(
        Document,
        section=st.just(section),
        number=TEXTS,
        type=TEXTS,
        date=DATES,
        system_entry_date=MOMENTS,
        status=TEXTS,
        status_date=MOMENT,
        status_reason=TEXT,
        status_source_id=TEXT,
        source_billing=TEXT,
        atcud=TEXT,
        hash=TEXTS.map(lambda text: "".join(text.split())),
        hash_control=TEXTS,
        period=maybe(NUMBERS),
        source_id=TEXT,
        eac_code=TEXT,
        transaction_id=TEXT,
        customer_id=TEXTS,
        supplier_id=TEXT,
        self_billing_indicator=FLAGS,
        cash_vat_scheme_indicator=FLAGS,
        third_parties_billing_indicator=FLAGS,
        ship_to=maybe(POINTS),
        ship_from=maybe(POINTS),
        movement_start_time=MOMENT,
        movement_end_time=MOMENT,
        movement_comments=TEXT,
        at_doc_code_id=TEXT,
        system_id=TEXT,
        description=TEXT,
        lines=some(LINES, least=1),
        tax_payable=AMOUNTS,
        net_total=AMOUNTS,
        gross_total=AMOUNTS,
        currency=maybe(
            st.builds(saft_file.Currency, currency_code=TEXTS, currency_amount=AMOUNTS, exchange_rate=AMOUNT)
        ),
        settlements=some(
            st.builds(
                saft_file.Settlement,
                settlement_discount=TEXT,
                settlement_amount=AMOUNT,
                settlement_date=DATE,
                payment_terms=TEXT,
            )
        ),
        payment_methods=some(
            st.builds(
                saft_file.PaymentMethod, payment_mechanism=TEXT, payment_amount=AMOUNTS, payment_date=DATE
            )
        ),
        withholding_taxes=some(
            st.builds(
                saft_file.WithholdingTax,
                withholding_tax_type=TEXT,
                withholding_tax_description=TEXT,
                withholding_tax_amount=AMOUNTS,
            )
        ),
        line=st.none(),
        problems=st.just(()),
    )


HEADERS = st.builds(
    saft_file.Header,
    **dict.fromkeys(
        [
            "audit_file_version",
            "company_id",
            "tax_registration_number",
            "tax_accounting_basis",
            "company_name",
            "currency_code",
            "software_certificate_number",
            "product_id",
        ],
        TEXTS,
    ),
    **dict.fromkeys(
        [
            "business_name",
            "tax_entity",
            "product_company_tax_id",
            "product_version",
            "header_comment",
            "telephone",
            "fax",
            "email",
            "website",
        ],
        TEXT,
    ),
    company_address=maybe(ADDRESSES),
    fiscal_year=NUMBERS,
    start_date=DATES,
    end_date=DATES,
    date_created=DATES,
)
CUSTOMERS = st.builds(
    saft_file.Customer,
    **dict.fromkeys(["customer_id", "customer_tax_id", "company_name"], TEXTS),
    **dict.fromkeys(["account_id", "contact", "telephone", "fax", "email", "website"], TEXT),
    billing_address=maybe(ADDRESSES),
    ship_to_addresses=some(ADDRESSES),
    self_billing_indicator=FLAGS,
)
PRODUCTS = st.builds(
    saft_file.Product,
    **dict.fromkeys(["product_type", "product_code", "product_description"], TEXTS),
    **dict.fromkeys(["product_group", "product_number_code"], TEXT),
    cn_codes=some(TEXTS),
    un_numbers=some(TEXTS),
)
RATES = st.builds(
    saft_file.TaxTableEntry,
    **{**TAXES, "tax_type": TEXTS, "tax_code": TEXTS},
    description=TEXT,
    tax_expiration_date=DATE,
)
ENCODINGS = st.sampled_from(["utf-8", "windows-1252", "iso-8859-15", "utf-16", "us-ascii"])
NAMESPACES = st.sampled_from([NAMESPACE, NAMESPACE.replace("1.04", "1.03"), None])
CHOICES = st.none() | st.integers().map(random.Random)


@settings(deadline=None, max_examples=15)
@given(
    rows=st.fixed_dictionaries({section: some(documents(section)) for section in SECTIONS}),
    encoding=ENCODINGS,
    namespace=NAMESPACES,
    choice=CHOICES,
)
def test_documents_are_read_as_they_were_printed(
    *,
    rows: dict[Section, tuple[Document, ...]],
    encoding: str,
    namespace: str | None,
    choice: random.Random | None,
) -> None:
    sources: Tree = [
        (section, [(ELEMENT[section], document_tree(row)) for row in found])
        for section, found in rows.items()
        if found
    ]
    found = saft_file.read(file(sources, encoding=encoding, namespace=namespace, choice=choice))
    for section, expected in rows.items():
        assert tuple(replace(row, line=None) for row in found.documents(section)) == expected
    assert len(list(found.documents())) == sum(map(len, rows.values()))


@settings(deadline=None, max_examples=15)
@given(
    header=HEADERS,
    customers=some(CUSTOMERS),
    products=some(PRODUCTS),
    rates=some(RATES),
    encoding=ENCODINGS,
    choice=CHOICES,
)
def test_header_and_master_files_are_too(
    *, header: Any, customers: Any, products: Any, rates: Any, encoding: str, choice: random.Random | None
) -> None:
    masters: Tree = [
        *(("Customer", customer_tree(row)) for row in customers),
        *(("Product", product_tree(row)) for row in products),
        ("TaxTable", [("TaxTableEntry", tax_tree(row)) for row in rates]),
    ]
    found = saft_file.read(
        file(header=header_tree(header), masters=masters, encoding=encoding, choice=choice)
    )
    assert found.header == header
    assert (found.customers, found.products, found.tax_table) == (customers, products, rates)
    assert found.problems == ()
    assert list(found.documents()) == []


@given(AMOUNTS)
def test_an_amount_is_exact(amount: Decimal) -> None:
    masters: Tree = [("TaxTable", [("TaxTableEntry", [("TaxPercentage", amount)])])]
    (row,) = saft_file.read(file(masters=masters)).tax_table
    assert str(row.tax_percentage) == str(Decimal(f"{amount:f}"))
