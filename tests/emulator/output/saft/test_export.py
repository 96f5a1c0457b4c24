"""The SAF-T export: when it is ready, who may fetch it, and that its figures add up."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from decimal import Decimal
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.fiscal.signature import Signer, printed_characters
from invoicexpress_emulator.output.saft.markup import NAMESPACE
from invoicexpress_emulator.output.saft.values import clean, product_code
from invoicexpress_emulator.storage.store import Store

from tests.emulator.support.saft_file import PATH, SECTIONS, File, ask, url_of

NOW = "2026-11-21T10:00:00"
NOTHING = {"message": "There aren't any documents to export on the selected period."}
STARTED = {
    "message": "The SAF-T file generation was started. Please keep requesting until you get back the url."
}


def number(prefix: str, document: Any) -> str:
    return f"{prefix} {document['inverted_sequence_number']}"


def line(price: str, quantity: Any = 1, tax: str = "IVA23", **more: Any) -> dict[str, Any]:
    return {
        "name": f"Artigo {price}",
        "unit_price": price,
        "quantity": quantity,
        "tax": {"name": tax},
        **more,
    }


@pytest.fixture
def books(any_api: Any) -> Any:
    """An account in November 2026 with documents in every section, some of them cancelled."""
    api = any_api
    api.freeze(NOW)
    api.control("config", at_doc_code="immediate")
    odd = [line("1.2345", "2.5", discount="12.5"), line("0.3333", 3, "IVA6"), line("9.99", 1, "Isento")]
    api.guide = api.read(api.issue("transports", load_site="Armazém 2"))
    api.invoice = api.issue(items=odd, tax_exemption="M07", retention="25", owner_invoice_id=api.guide["id"])
    api.discounted = api.issue(
        "simplified_invoices",
        items=[*odd, line("100", 0)],
        tax_exemption="M99",
        global_discount={"value_type": "percentage", "value": 33.33},
        currency_code="USD",
        rate="1.25",
    )
    api.note = api.issue(
        "credit_notes", items=[line("1")], owner_invoice_id=api.invoice["id"], observations="Devolvido"
    )
    api.issue("debit_notes", items=odd, tax_exemption="M07")
    api.receipt = api.only(api.pay(api.invoice, "3.21", payment_mechanism="MB").json())
    api.issue(items=[line("7.77")])
    api.canceled = api.changed(api.issue("invoice_receipts"), "canceled", "Engano " * 20)
    api.changed(api.issue("shippings"), "canceled", "engano")
    api.quote = api.issue("quotes", items=odd, tax_exemption="M07")
    api.changed(api.issue("fees_notes"), "canceled", "engano")
    api.changed(api.issue("proformas"), "accepted")
    api.changed(api.only(api.pay(api.invoice, 1).json()), "canceled", "engano")
    api.create()
    api.issue("purchase_orders")
    return api


class TestAsking:
    def test_it_is_ready_at_the_second_poll(self, api: Any, documented: Any) -> None:
        for each, key in ((api, "url"), (documented, "Url")):
            each.freeze(NOW)
            each.issue()
            answers = [ask(each) for _ in range(3)]
            assert [answer.status_code for answer in answers] == [202, 200, 200]
            assert answers[0].json() == STARTED
            assert list(answers[1].json()) == [key]
            assert answers[1].json() == answers[2].json()

    def test_the_year_has_two_names(self, any_api: Any) -> None:
        any_api.freeze(NOW)
        any_api.issue()
        assert any_api.get(PATH, month="11", years="2026").status_code == 202
        assert any_api.get(PATH, month="11", year="2026").status_code == 200

    @pytest.mark.parametrize(
        "query",
        [
            {}, {"month": 11}, {"year": 2026}, {"month": 0, "year": 2026}, {"month": 13, "year": 2026},
            {"month": "x", "year": "y"}, {"month": 11, "year": 1999}, {"month": 11, "year": 10**30},
            {"month": 10, "year": 2026}, {"month": 11, "year": 2027},
        ],
    )  # fmt: skip
    def test_a_month_without_documents(self, any_api: Any, query: dict[str, Any]) -> None:
        any_api.freeze(NOW)
        any_api.issue()
        answer = any_api.get(PATH, **query)
        assert (answer.status_code, answer.json()) == (422, NOTHING)

    def test_drafts_and_orders_are_nothing(self, any_api: Any) -> None:
        any_api.freeze(NOW)
        any_api.create()
        any_api.changed(any_api.create(), "deleted")
        any_api.issue("purchase_orders")
        assert ask(any_api).json() == NOTHING

    @pytest.mark.parametrize(
        ("setting", "statuses"),
        [("immediate", [200, 200]), ({"polls": 3}, [202, 202, 200])],
    )
    def test_settings(self, any_api: Any, setting: Any, statuses: list[int]) -> None:
        any_api.control("config", saft=setting)
        any_api.freeze(NOW)
        any_api.issue()
        assert [ask(any_api).status_code for _ in statuses] == statuses

    def test_seconds_are_those_of_the_accounts_clock(self, api: Any) -> None:
        api.control("config", saft={"seconds": 30})
        api.freeze(NOW)
        api.issue()
        assert ask(api).status_code == 202
        api.control("clock", advance=29)
        assert ask(api).status_code == 202
        api.control("clock", advance=1)
        assert ask(api).status_code == 200

    def test_months_are_polled_apart_and_a_change_starts_one_over(self, api: Any) -> None:
        api.freeze(NOW)
        october = api.issue(date="31/10/2026")
        api.issue(date="01/11/2026")
        for month in (10, 11):
            assert [ask(api, month).status_code for _ in range(2)] == [202, 200]
        api.changed(october, "canceled", "engano")
        assert ask(api, 11).status_code == 200
        assert [ask(api, 10).status_code for _ in range(2)] == [202, 200]
        api.issue(date="02/11/2026")
        assert ask(api, 11).status_code == 202


class TestFetching:
    def test_the_address_alone_opens_it(self, any_api: Any) -> None:
        any_api.freeze(NOW)
        any_api.issue()
        ask(any_api)
        url = url_of(ask(any_api))
        answer = httpx.get(url)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/xml")
        assert "SAFT-PT_599999993_2026-11.xml" in answer.headers["content-disposition"]
        token = url.rsplit("-", 1)[1].removesuffix(".xml")
        other = "0" if token[0] != "0" else "1"
        for wrong in (
            url.replace(token, other + token[1:]), url.replace("2026-11", "2026-12"),
            url.replace("/saft/", "/pdf/"),
            url.removesuffix(".xml"), url + "x", url.replace("2026-11", "2026-13"),
        ):  # fmt: skip
            assert httpx.get(wrong).status_code == 404, wrong

    def test_a_month_that_nobody_asked_for_is_not_served(self, api: Any) -> None:
        api.freeze(NOW)
        api.issue()
        ask(api)
        url = url_of(ask(api))
        api.control("reset")
        assert httpx.get(url).status_code == 404

    def test_only_the_accounts_own_documents(self, api: Any, other: Any) -> None:
        for each in (api, other):
            each.freeze(NOW)
            each.issue()
        (invoice,) = File.of(api).documents("SalesInvoices")
        assert File.text(invoice, "InvoiceNo").startswith(f"FT {api.name.upper().replace('-', '')}/")


class TestBooks:
    def test_header_and_order(self, books: Any) -> None:
        file = File.of(books)
        assert file.content.startswith(b"<?xml version='1.0' encoding='windows-1252'?>")
        assert file.root.tag == f"{{{NAMESPACE}}}AuditFile"
        assert file.names(file.root) == ["Header", "MasterFiles", "SourceDocuments"]
        (header,) = file.all(file.root, "Header")
        for name, value in (
            ("AuditFileVersion", "1.04_01"), ("TaxRegistrationNumber", "599999993"), ("FiscalYear", "2026"),
            ("StartDate", "2026-11-01"), ("EndDate", "2026-11-30"), ("DateCreated", "2026-11-21"),
            ("SoftwareCertificateNumber", "9999"), ("TaxAccountingBasis", "F"),
            ("CompanyAddress/AddressDetail", "Desconhecido"), ("CompanyAddress/City", "Desconhecido"),
            ("CompanyAddress/PostalCode", "Desconhecido"), ("CompanyAddress/Country", "PT"),
        ):  # fmt: skip
            assert file.text(header, name) == value
        (master,) = file.all(file.root, "MasterFiles")
        assert file.names(master) == ["Customer", "Product", "TaxTable"]
        (sources,) = file.all(file.root, "SourceDocuments")
        assert file.names(sources) == list(SECTIONS)

    def test_elements_of_documents_are_in_the_order_of_the_schema(self, books: Any) -> None:
        file = File.of(books)
        opening = ["ATCUD", "DocumentStatus", "Hash", "HashControl", "Period"]
        assert file.names(file.document(number("FT", books.invoice))) == [
            "InvoiceNo", *opening, "InvoiceDate", "InvoiceType", "SpecialRegimes", "SourceID",
            "SystemEntryDate", "CustomerID", "Line", "DocumentTotals", "WithholdingTax",
        ]  # fmt: skip
        assert file.names(file.document(number("GT", books.guide))) == [
            "DocumentNumber", *opening, "MovementDate", "MovementType", "SystemEntryDate", "CustomerID",
            "SourceID", "ShipTo", "ShipFrom", "MovementStartTime", "ATDocCodeID", "Line", "DocumentTotals",
        ]  # fmt: skip
        assert file.names(file.document(number("OR", books.quote))) == [
            "DocumentNumber", *opening, "WorkDate", "WorkType", "SourceID", "SystemEntryDate", "CustomerID",
            "Line", "DocumentTotals",
        ]  # fmt: skip
        assert file.names(file.document(number("RG", books.receipt))) == [
            "PaymentRefNo", "ATCUD", "Period", "TransactionDate", "PaymentType", "DocumentStatus",
            "PaymentMethod", "SourceID", "SystemEntryDate", "CustomerID", "Line", "DocumentTotals",
        ]  # fmt: skip
        (exempt,) = [
            each
            for each in file.all(file.document(number("FT", books.invoice)), "Line")
            if file.texts(each, "TaxExemptionCode")
        ]
        assert file.names(exempt) == [
            "LineNumber", "OrderReferences", "ProductCode", "ProductDescription", "Quantity", "UnitOfMeasure",
            "UnitPrice", "TaxPointDate", "Description", "CreditAmount", "Tax", "TaxExemptionReason",
            "TaxExemptionCode",
        ]  # fmt: skip
        note_line = file.all(file.document(number("NC", books.note)), "Line")[0]
        assert file.names(note_line)[6:] == [
            "TaxPointDate",
            "References",
            "Description",
            "DebitAmount",
            "Tax",
        ]

    @pytest.mark.parametrize("section", ["SalesInvoices", "WorkingDocuments", "Payments"])
    def test_control_totals_leave_out_what_was_canceled(self, books: Any, section: str) -> None:
        file = File.of(books)
        documents = file.documents(section)
        status = f"DocumentStatus/{SECTIONS[section][2]}Status"
        live = [each for each in documents if file.text(each, status) != "A"]
        assert 0 < len(live) < len(documents)
        assert file.text(file.section(section), "NumberOfEntries") == str(len(documents))
        for control, amount in (("TotalDebit", "DebitAmount"), ("TotalCredit", "CreditAmount")):
            total = Decimal(file.text(file.section(section), control))
            assert total == file.sum(live, f"Line/{amount}")
        assert Decimal(file.text(file.section(section), "TotalCredit")) > 0

    def test_movements_count_lines_and_live_quantities(self, books: Any) -> None:
        file = File.of(books)
        section = file.section("MovementOfGoods")
        documents = file.documents("MovementOfGoods")
        live = [each for each in documents if file.text(each, "DocumentStatus/MovementStatus") != "A"]
        assert file.text(section, "NumberOfMovementLines") == str(
            sum(len(file.all(each, "Line")) for each in documents)
        )
        assert Decimal(file.text(section, "TotalQuantityIssued")) == file.sum(live, "Line/Quantity")
        assert 0 < len(live) < len(documents)

    def test_lines_add_up_to_totals_and_prices_to_lines(self, books: Any) -> None:
        file = File.of(books)
        for section in SECTIONS:
            for each in file.documents(section):
                net = Decimal(file.text(each, "DocumentTotals/NetTotal"))
                gross = Decimal(file.text(each, "DocumentTotals/GrossTotal"))
                assert file.sum([each], "Line/DebitAmount") + file.sum([each], "Line/CreditAmount") == net
                assert net + Decimal(file.text(each, "DocumentTotals/TaxPayable")) == gross
                for row in file.all(each, "Line") if section != "Payments" else []:
                    (amount,) = file.texts(row, "DebitAmount") + file.texts(row, "CreditAmount")
                    worth = file.sum([row], "Quantity") * file.sum([row], "UnitPrice")
                    assert abs(worth - Decimal(amount)) <= Decimal("0.005")

    def test_every_customer_product_and_tax_that_is_named_is_there_once(self, books: Any) -> None:
        file = File.of(books)
        (master,) = file.all(file.root, "MasterFiles")
        customers, products = (
            file.texts(master, "Customer/CustomerID"),
            file.texts(master, "Product/ProductCode"),
        )
        documents = [each for section in SECTIONS for each in file.documents(section)]
        assert sorted({file.text(each, "CustomerID") for each in documents}) == sorted(customers)
        assert (
            sorted({code for each in documents for code in file.texts(each, "Line/ProductCode")}) == products
        )
        keys = ("TaxType", "TaxCountryRegion", "TaxCode", "TaxPercentage")

        def taxes(parents: list[ET.Element]) -> list[tuple[str, ...]]:
            return [tuple(file.text(each, key) for key in keys) for each in parents]

        table = taxes(file.all(master, "TaxTable/TaxTableEntry"))
        assert sorted(table) == sorted(
            set(taxes([t for each in documents for t in file.all(each, "Line/Tax")]))
        )
        assert ("IVA", "PT", "NOR", "23") in table
        assert ("NS", "PT", "NS", "0") in table

    def test_an_exemption_has_code_and_reason_and_nothing_else_has(self, books: Any) -> None:
        file = File.of(books)
        rows = [r for s in list(SECTIONS)[:3] for each in file.documents(s) for r in file.all(each, "Line")]
        for row in rows:
            is_exempt = file.text(row, "Tax/TaxPercentage") == "0"
            assert bool(file.texts(row, "TaxExemptionCode")) is is_exempt
            assert bool(file.texts(row, "TaxExemptionReason")) is is_exempt
        assert {code for row in rows for code in file.texts(row, "TaxExemptionCode")} == {"M07", "M99"}

    def test_a_document_is_as_the_api_shows_it(self, books: Any) -> None:
        file = File.of(books)
        invoice = file.document(number("FT", books.invoice))
        shown = books.read(books.invoice)
        assert file.text(invoice, "ATCUD") == shown["atcud"]
        assert printed_characters(file.text(invoice, "Hash")) == shown["saft_hash"]
        assert file.text(invoice, "InvoiceDate") == "2026-11-21"
        assert file.text(invoice, "SystemEntryDate") == NOW
        assert file.text(invoice, "CustomerID") == str(shown["client"]["id"])
        for name, key in (("NetTotal", "before_taxes"), ("TaxPayable", "taxes"), ("GrossTotal", "total")):
            assert float(file.text(invoice, f"DocumentTotals/{name}")) == shown[key]
        withheld = file.text(invoice, "WithholdingTax/WithholdingTaxAmount")
        assert float(withheld) == pytest.approx(shown["before_taxes"] * 0.25, abs=0.005)

    def test_the_hashes_are_the_chains_of_what_the_file_says(self, books: Any) -> None:
        """Despacho 8632/2014, 2.1.5: the file and the public key are enough to verify it."""
        file = File.of(books)
        store = Store(None, 0)
        key: Any = load_pem_public_key(Signer(store).public_key_pem().encode())
        store.close()
        for section, (_, number_name, kind) in list(SECTIONS.items())[:3]:
            previous: dict[str, str] = {}
            for each in file.documents(section):
                printed = file.text(each, number_name)
                series = printed.partition("/")[0]
                message = ";".join(
                    (
                        file.text(each, f"{kind}Date"),
                        file.text(each, "SystemEntryDate"),
                        printed,
                        file.text(each, "DocumentTotals/GrossTotal"),
                        previous.get(series, ""),
                    )
                )
                previous[series] = file.text(each, "Hash")
                key.verify(b64decode(previous[series]), message.encode(), padding.PKCS1v15(), SHA1())  # noqa: S303 - the law
            assert len(previous) > 1

    def test_foreign_currency_gives_back_the_total(self, books: Any) -> None:
        file = File.of(books)
        found = file.document(number("FS", books.discounted))
        currency = file.all(found, "DocumentTotals/Currency")[0]
        assert file.text(currency, "CurrencyCode") == "USD"
        euros = file.sum([currency], "CurrencyAmount") * file.sum([currency], "ExchangeRate")
        assert round(euros, 2) == file.sum([found], "DocumentTotals/GrossTotal")

    def test_what_documents_refer_to(self, books: Any) -> None:
        file = File.of(books)
        invoice, note = (
            file.document(number("FT", books.invoice)),
            file.document(number("NC", books.note)),
        )
        assert set(file.texts(invoice, "Line/OrderReferences/OriginatingON")) == {number("GT", books.guide)}
        assert file.text(note, "Line/References/Reference") == number("FT", books.invoice)
        assert file.text(note, "Line/References/Reason") == "Devolvido"
        receipt = file.document(number("RG", books.receipt))
        assert file.text(receipt, "Line/SourceDocumentID/OriginatingON") == number("FT", books.invoice)
        assert file.text(receipt, "PaymentMethod/PaymentMechanism") == "MB"
        assert file.text(receipt, "DocumentTotals/GrossTotal") == "3.21"

    def test_a_canceled_document_says_when_and_why(self, books: Any) -> None:
        books.control("clock", advance=60)
        late = books.issue("invoice_receipts")
        books.control("clock", advance=60)
        books.changed(late, "canceled", "Duplicado")
        file = File.of(books)
        (status,) = file.all(file.document(number("FR", late)), "DocumentStatus")
        assert file.text(status, "InvoiceStatus") == "A"
        assert file.text(status, "InvoiceStatusDate") == "2026-11-21T10:02:00"
        assert file.text(status, "Reason") == "Duplicado"
        (long,) = file.texts(file.document(number("FR", books.canceled)), "DocumentStatus/Reason")
        assert len(long) <= 50

    def test_a_guide_says_where_its_goods_go(self, books: Any) -> None:
        file = File.of(books)
        guide = file.document(number("GT", books.guide))
        assert file.text(guide, "MovementType") == "GT"
        assert file.text(guide, "DocumentStatus/MovementStatus") == "F"
        assert file.text(guide, "MovementStartTime") == "2090-01-02T19:00:00"
        assert file.text(guide, "ATDocCodeID") == books.guide["at_doc_code_id"]
        assert file.text(guide, "ShipFrom/DeliveryID") == "Armazém 2"
        assert (file.text(guide, "ShipTo/Address/City"), file.text(guide, "ShipTo/Address/Country")) == (
            "Porto",
            "PT",
        )

    def test_goods_were_sent_with_their_guide(self, api: Any) -> None:
        """The shipping date is that of the guide that an invoice bills, if any; a guide for invoiced goods
        names the invoice.
        """
        api.freeze("2026-11-02T10:00:00")
        guide = api.issue("shippings")
        api.freeze("2026-11-05T10:00:00")
        invoice = api.issue(owner_invoice_id=guide["id"])
        plain = api.issue()
        note = api.issue("credit_notes", owner_invoice_id=plain["id"])
        moved = api.issue("transports", owner_invoice_id=plain["id"])
        file = File.of(api)
        for prefix, document, sent in (("FT", invoice, "02"), ("FT", plain, "05"), ("NC", note, "05")):
            line = File.all(file.document(number(prefix, document)), "Line")[0]
            assert File.text(line, "TaxPointDate") == f"2026-11-{sent}"
        (line,) = File.all(file.document(number("GT", moved)), "Line")
        assert File.text(line, "OrderReferences/OriginatingON") == number("FT", plain)
        assert File.text(line, "OrderReferences/OrderDate") == "2026-11-05"

    def test_a_guide_is_invoiced_as_long_as_its_invoice_lives(self, api: Any) -> None:
        api.freeze(NOW)
        guide = api.issue("shippings")
        invoice = api.issue(owner_invoice_id=guide["id"])
        path = "DocumentStatus/MovementStatus"
        assert File.text(File.of(api).document(number("GR", guide)), path) == "F"
        later = api.issue("devolutions", owner_invoice_id=invoice["id"])
        assert File.text(File.of(api).document(number("GD", later)), path) == "F"
        api.changed(invoice, "canceled", "engano")
        assert File.text(File.of(api).document(number("GR", guide)), path) == "N"
        assert File.text(File.of(api).document(number("GD", later)), path) == "N"

    def test_months_end_with_their_last_day(self, any_api: Any) -> None:
        any_api.freeze("2026-12-15T10:00:00")
        days = ["31/10/2026", "01/11/2026", "30/11/2026", "01/12/2026"]
        made = [number("FT", any_api.issue(date=day, due_date=day)) for day in days]
        for month, expected in ((10, made[:1]), (11, made[1:3]), (12, made[3:])):
            documents = File.of(any_api, month).documents("SalesInvoices")
            assert [File.text(each, "InvoiceNo") for each in documents] == expected

    def test_any_text_can_be_in_it(self, api: Any) -> None:
        api.freeze(NOW)
        strange = "日本 Łódź \x0b\x00 🧾 <b>&amp; \x85 \ufffe"
        names = [strange, "i", "N" * 300 + "a", "N" * 300 + "b"]
        items = [{"name": name, "unit_price": 1, "description": strange * 50} for name in names]
        api.issue(client={"name": strange, "address": "A" * 500}, items=items)
        file = File.of(api)
        (invoice,) = file.documents("SalesInvoices")
        codes = file.texts(invoice, "Line/ProductCode")
        assert len(set(codes)) == 4
        assert max(map(len, codes)) == 60
        assert all(2 <= len(text) <= 200 for text in file.texts(invoice, "Line/ProductDescription"))
        assert all(1 <= len(text) <= 200 for text in file.texts(invoice, "Line/Description"))
        assert file.text(file.root, "MasterFiles/Customer/CompanyName").startswith("日本 Łódź")


@given(text=st.text(), longest=st.integers(1, 40))
def test_cleaned_text_is_never_blank_nor_too_long(text: str, longest: int) -> None:
    found = clean(text, longest)
    assert found == "Desconhecido" or len(found) <= longest
    assert found.strip() == found
    assert found
    ET.fromstring(f"<a>{re.sub('[<&>]', '', found)}</a>")  # noqa: S314 - our own text


@given(name=st.text(min_size=1, max_size=200))
def test_a_product_code_is_short_and_repeats(name: str) -> None:
    code = product_code(name)
    assert 1 <= len(code) <= 60
    assert product_code(name) == code
    if name.isascii() and name.isalnum() and len(name) <= 60:
        assert code == name
