"""Printed documents: both languages, every copy, every type."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import Settings
from invoicexpress_emulator.books.catalogue.items.item import UNITS
from invoicexpress_emulator.fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from invoicexpress_emulator.fiscal.payment_mechanisms import PAYMENT_MECHANISMS
from invoicexpress_emulator.fiscal.totals import GlobalDiscount
from invoicexpress_emulator.output.pdf.characters import printable
from invoicexpress_emulator.output.pdf.copies import copies_of
from invoicexpress_emulator.output.pdf.figures import ENGLISH, PORTUGUESE
from invoicexpress_emulator.output.pdf.language import words_for
from invoicexpress_emulator.output.pdf.layout import document_pdf
from invoicexpress_emulator.output.pdf.lines import net_of_lines
from invoicexpress_emulator.output.pdf.summary import discounts
from invoicexpress_emulator.output.pdf.words import ENGLISH as ENGLISH_WORDS
from invoicexpress_emulator.output.pdf.words import PORTUGUESE as PORTUGUESE_WORDS
from invoicexpress_emulator.output.saft.lines import net_lines

from tests.emulator.conftest import SEGMENTS, Api
from tests.emulator.support.golden_pdf import CLIENT, ENGLISH_CLIENT, ITEMS
from tests.emulator.support.printed import fetched, page_texts, text_of
from tests.emulator.support.printed_samples import a_document, a_line, an_account

NAME = "Construções Irmãos Gonçalves"
LINE = {"name": "Maçã à moda", "description": "Peça única – 5 €", "unit_price": "1234.5", "quantity": 2}


def issued(api: Any, kind: str, **changes: Any) -> Any:
    """Issue a document of any type, with the documents that it depends on."""
    changes = {"items": [LINE], **changes}
    if BY_NAME[kind].is_receipt:
        paid = issued(api, "VatMossInvoice" if kind == "VatMossReceipt" else "Invoice", **changes)
        return api.pay(paid, "1000.5").json()["receipt"]
    if BY_NAME[kind].corrects:
        owner = issued(api, "VatMossInvoice" if "Moss" in kind else "Invoice", **changes)
        changes["owner_invoice_id"] = owner["id"]
    return api.issue(SEGMENTS[kind], **changes)


class TestEveryType:
    @pytest.mark.parametrize("kind", BY_NAME)
    @pytest.mark.parametrize("language", ["pt", "en"])
    def test_its_text_can_be_taken_out(self, api: Api, kind: str, language: str) -> None:
        document = issued(api, kind, client={"name": NAME, "language": language})
        text = text_of(api, document)
        words = PORTUGUESE_WORDS if language == "pt" else ENGLISH_WORDS
        row = BY_NAME[kind]
        expected = [
            words.titles[kind],
            f"{row.prefix} {document['inverted_sequence_number']}",
            words.copies["original"],
            NAME,
            words.page.format(1, 1),
            words.figures.amount(100050 if row.is_receipt else 303687),
            "DOCUMENTO EMITIDO PARA FINS DE FORMAÇÃO",
            "Emulador InvoiceXpress",
        ]
        if not row.is_receipt:
            expected += ["Maçã à moda", "Peça única – 5 €", words.figures.price(Decimal("1234.5"))]
        if row.signed:
            assert re.search(r"\b\S{4}-Processado por programa certificado n\.º 9999/AT", text)
        else:
            expected.append("Emitido por programa certificado n.º 9999/AT")
        if "saft_hash" in document and row.signed:
            expected.append(f"{document['saft_hash']}-Processado")
        if document["atcud"] != "N/A":
            expected.append(f"ATCUD:{document['atcud']}")
        if not row.fiscal:
            expected.append("Este documento não serve de fatura")
        missing = [each for each in expected if each not in text]
        assert not missing, text
        assert ("não serve de fatura" in text) == (not row.fiscal)

    def test_titles_in_portuguese_are_those_of_the_table(self) -> None:
        assert PORTUGUESE_WORDS.titles == {row.name: row.title for row in DOCUMENT_TYPES}

    def test_both_languages_have_words_for_everything(self) -> None:
        for words in (PORTUGUESE_WORDS, ENGLISH_WORDS):
            assert set(words.titles) == set(BY_NAME)
            assert set(words.units) == set(UNITS)
            assert set(words.mechanisms) == set(PAYMENT_MECHANISMS)
            for field in fields(words):
                value = getattr(words, field.name)
                texts = value.values() if hasattr(value, "values") else [value]
                for text in texts:
                    assert not isinstance(text, str) or printable(text) == text != "", field.name

    def test_english_is_english(self) -> None:
        for field in fields(ENGLISH_WORDS):
            value = getattr(ENGLISH_WORDS, field.name)
            for text in value.values() if hasattr(value, "values") else [value]:
                assert not isinstance(text, str) or text.isascii(), text


class TestLanguage:
    @pytest.mark.parametrize(
        ("client", "account", "country", "printed"),
        [
            ("pt", "en", "Portugal", "pt"),
            ("en", "pt", "Portugal", "en"),
            ("es", "pt", "Portugal", "en"),
            (None, "pt", "Portugal", "pt"),
            (None, "en", "Portugal", "en"),
            (None, "pt", "Ireland", "en"),
            ("pt", "en", "UK", "pt"),
            ("en", "pt", "UK", "en"),
        ],
    )
    def test_it_is_the_clients_else_the_accounts(
        self, client: str | None, account: Any, country: Any, printed: str
    ) -> None:
        document = a_document(client={"id": 1, "name": "A", "language": client})
        issuer = an_account(settings=Settings(language=account, country=country))
        assert words_for(document, issuer).language == printed

    def test_a_document_made_before_languages_were_kept_has_its_accounts(self) -> None:
        document = a_document(client={"id": 1, "name": "A"})
        assert words_for(document, an_account()).language == "pt"

    def test_an_invoice_in_english(self, api: Api) -> None:
        text = text_of(
            api,
            api.issue(
                client=ENGLISH_CLIENT,
                items=ITEMS,
                retention="25",
                tax_exemption="M07",
                date="20/11/2026",
                due_date="20/12/2026",
                currency_code="USD",
                rate="1.5",
                global_discount={"value_type": "percentage", "value": 10},
            ),
        )
        for expected in (
            "20 Nov 2026",
            "20 Dec 2026",
            "1,250.00",
            "12.5",
            "M07 - Isento artigo 9.º do CIVA",
            "Global discount (10%)",
            "Withholding tax (25%)",
            "1 EUR = 1.50 USD",
            "-Processado por programa certificado n.º 9999/AT",
            "Tax number: GB000000000",
        ):
            assert expected in text, expected
        assert not {"Total ilíquido", "Data", "Referência", "Página", "Taxa"} & set(re.findall(r"\w+", text))

    def test_a_second_copy_speaks_as_the_original_did(self, api: Api) -> None:
        document = api.issue(client={"name": NAME, "language": "en"})
        client = document["client"]["id"]
        answer = api.put(f"/clients/{client}.json", {"client": {"name": NAME, "language": "pt"}})
        assert answer.is_success
        assert "Second copy" in text_of(api, document, second_copy="true")
        assert "Fatura" in text_of(api, api.issue(client={"name": NAME}))


class TestCopies:
    @pytest.mark.parametrize(
        ("options", "marks"),
        [
            (None, ["Original"]),
            ("1", ["Original"]),
            ("2", ["Original", "Duplicado"]),
            ("3", ["Original", "Duplicado", "Triplicado"]),
        ],
    )
    def test_there_are_as_many_as_the_client_wants(
        self, api: Api, options: str | None, marks: list[str]
    ) -> None:
        document = api.issue(client={"name": NAME, "send_options": options})
        pages = page_texts(fetched(api, document))
        found = [re.findall(r"^(Original|Duplicado|Triplicado|2\.ª via)$", page, re.M) for page in pages]
        assert found == [[mark] for mark in marks]
        for page in pages:
            assert "Página 1 de 1" in page
            assert page.count(f"ATCUD:{document['atcud']}") == 1
            assert f"{document['saft_hash']}-Processado por programa certificado n.º 9999/AT" in page

    def test_each_counts_its_own_pages(self, api: Api) -> None:
        document = api.issue(client={**CLIENT, "send_options": 2}, items=ITEMS * 6, tax_exemption="M07")
        pages = page_texts(fetched(api, document))
        assert len(pages) == 4
        counted = [re.findall(r"Página \d de \d", page) for page in pages]
        assert counted == [["Página 1 de 2"], ["Página 2 de 2"]] * 2
        assert pages[0].replace("Original", "Duplicado") == pages[2]
        assert pages[1].replace("Original", "Duplicado") == pages[3]

    def test_a_second_copy_is_one_whatever_the_client_wants(self, api: Api) -> None:
        document = api.issue(client={"name": NAME, "send_options": "3"})
        (text,) = page_texts(fetched(api, document, second_copy="true"))
        assert "2.ª via" in text
        assert not {"Original", "Duplicado", "Triplicado"} & set(text.split())

    def test_a_document_that_is_a_second_copy_says_so(self, api: Api) -> None:
        order = api.changed(api.issue("purchase_orders"), "second_copy")
        assert "2.ª via" in text_of(api, order)

    def test_a_draft_is_a_copy_of_nothing(self) -> None:
        client: Any = {"id": 1, "name": "A", "send_options": 3}
        draft = a_document(status="draft", number=None, serie=None, atcud=None, client=client)
        assert copies_of(draft, second_copy=False) == copies_of(draft, second_copy=True) == (None,)

    def test_a_second_copy_keeps_what_the_original_said(self, api: Api) -> None:
        """Despacho 8632/2014, 2.2.15."""
        before = {
            "name": "Ana, Lda.",
            "code": "ANA",
            "address": "Rua Velha, 1",
            "city": "Évora",
            "send_options": "2",
        }
        document = api.issue(client=before)
        original = text_of(api, document)
        after = {
            "name": "Bento, S.A.",
            "code": "B",
            "address": "Rua Nova, 2",
            "city": "Faro",
            "send_options": "3",
        }
        answer = api.put(f"/clients/{document['client']['id']}.json", {"client": after})
        assert answer.is_success
        again = text_of(api, document)
        (second,) = page_texts(fetched(api, document, second_copy="true"))
        assert again == original
        assert again.count("Duplicado") == 1
        assert (
            second.replace("2.ª via", "Original")
            == original[: len(second) - len("2.ª via") + len("Original")]
        )
        for word in ("Ana, Lda.", "Rua Velha, 1", "Évora", "Código de cliente: ANA"):
            assert word in second


class TestInvoice:
    def test_everything_that_belongs_on_it(self, api: Api) -> None:
        document = api.issue(
            client=CLIENT,
            items=ITEMS,
            retention="25",
            tax_exemption="M07",
            date="20/11/2026",
            due_date="20/12/2026",
            reference="PO-77",
            observations="Obrigado, até à próxima – 5 €",
            mb_reference=1,
            currency_code="USD",
            rate="1.5",
        )
        text = text_of(api, document)
        for expected in (
            "Fatura",
            f"FT {document['inverted_sequence_number']}",
            "Original",
            "20/11/2026",
            "20/12/2026",
            "Registado em",
            "PO-77",
            NAME,
            "NIF: 508025338",
            "mês",
            "55,1234",
            "12,5",
            "10%",
            "0% M07",
            "M07 - Isento artigo 9.º do CIVA",
            PORTUGUESE.amount(round(document["total"] * 100)),
            "Continente",
            "Retenção (25%)",
            "A pagar",
            f"ATCUD:{document['atcud']}",
            f"{document['saft_hash']}-Processado por programa certificado n.º 9999/AT",
            "Documento emitido para fins de Formação",
            "Emulador InvoiceXpress",
            "Obrigado, até à próxima – 5 €",
            "00000",
            "Total USD",
            "1 EUR = 1,50 USD",
        ):
            assert expected in text, expected
        assert "RASCUNHO" not in text
        assert "não serve de fatura" not in text

    def test_a_small_exchange_rate_is_printed_in_full(self, api: Api) -> None:
        text = text_of(api, api.issue(items=[LINE], currency_code="USD", rate="0.000041"))
        assert "1 EUR = 0,000041 USD" in text

    def test_regions_are_told_apart(self, api: Api) -> None:
        for name, value, region in (("AC16", "16", "PT-AC"), ("MA22", "22", "PT-MA")):
            tax = {"name": name, "value": value, "region": region, "code": "NOR"}
            assert api.post("/taxes.json", {"tax": tax}).is_success
        items = [{**LINE, "tax": {"name": name}} for name in ("IVA23", "AC16", "MA22")]
        text = text_of(api, api.issue(items=items))
        for row in (
            r"23% Continente 2\.469,00 567,87",
            r"16% Açores 2\.469,00 395,04",
            r"22% Madeira 2\.469,00 543,18",
        ):
            assert re.search(row.replace(" ", r"\s+"), text), row

    def test_a_reverse_charge_is_worded_as_the_law_wants(self, api: Api) -> None:
        items = [{**LINE, "tax": {"name": "Isento"}}]
        text = text_of(api, api.issue(items=items, tax_exemption="M40"))
        assert "M40 - IVA – autoliquidação" in " ".join(text.split())

    @pytest.mark.parametrize(
        ("given", "split"),
        [
            (None, (1000, 0)),
            (GlobalDiscount("percentage", Decimal(50)), (1000, 4500)),
            (GlobalDiscount("absolute", Decimal(30)), (1000, 3000)),
        ],
    )
    def test_discounts_are_told_apart(self, given: GlobalDiscount | None, split: tuple[int, int]) -> None:
        document = a_document(lines=(a_line(discount=Decimal(10)),), global_discount=given)
        assert discounts(document) == split
        assert sum(split) == document.totals.discount

    def test_discounts_are_printed_apart(self) -> None:
        discount = GlobalDiscount("percentage", Decimal("12.5"))
        document = a_document(lines=(a_line(discount=Decimal(10)),), global_discount=discount)
        (text,) = page_texts(document_pdf(document, an_account()))
        assert re.search(r"Descontos de linha\s+-10,00 €\s+Desconto global \(12,5%\)\s+-11,25 €", text)

    def test_many_lines_go_over_many_pages(self, api: Api) -> None:
        long = {"name": "N" * 300, "description": "palavra " * 900, "unit_price": 1, "quantity": 1}
        document = api.issue(items=[*ITEMS * 30, long], tax_exemption="M07")
        pages = page_texts(fetched(api, document))
        assert len(pages) > 4
        for number, page in enumerate(pages, 1):
            assert f"Página {number} de {len(pages)}" in page
            assert page.count(f"ATCUD:{document['atcud']}") == 1
        assert "".join(pages).count("palavra") == 900

    def test_amounts_are_carried_from_page_to_page(self) -> None:
        document = a_document(lines=tuple(a_line(name=f"L{number}.") for number in range(150)))
        pages = page_texts(document_pdf(document, an_account()))
        assert len(pages) > 3
        shown = 0
        for page, following in zip(pages, [*pages[1:], None], strict=True):
            shown += len(re.findall(r"^L\d+\.", page, re.M))
            carried = re.findall(r"A transportar\s+([\d.]+,\d\d)", page)
            brought = re.findall(r"Transportado\s+([\d.]+,\d\d)", following or "")
            assert carried == brought == ([PORTUGUESE.money(Decimal(100 * shown))] if following else [])
        assert shown == 150

    def test_an_amount_is_carried_to_totals_that_stand_alone(self) -> None:
        """For any number of lines, totals and QR code stay together."""
        alone = 0
        for count in range(18, 40):
            document = a_document(lines=tuple(a_line(name=f"L{number}.") for number in range(count)))
            pages = page_texts(document_pdf(document, an_account()))
            lines = [len(re.findall(r"^L\d+\.", page, re.M)) for page in pages]
            assert sum(lines) == count
            assert "Total ilíquido" in pages[-1]
            assert [page.count("ATCUD:") for page in pages] == [1] * len(pages)
            if len(pages) > 1 and not lines[-1]:
                alone += 1
                assert f"Transportado {PORTUGUESE.money(Decimal(100 * count))}" in " ".join(pages[-1].split())
        assert alone > 3

    def test_lines_add_up_to_what_is_printed_below_them(self) -> None:
        """10.565 EUR at 23 % is 12.99, of which 2.43 are VAT: before VAT it is 10.56, and so is its line."""
        one = a_document(lines=(a_line(unit_price=Decimal("10.565"), quantity=Decimal(1)),))
        assert net_of_lines(one) == [1056] == [one.totals.before_taxes]
        (text,) = page_texts(document_pdf(one, an_account()))
        assert "10,57" not in text
        assert text.count("10,56 €") == 2

    @given(
        st.lists(
            st.builds(
                a_line,
                unit_price=st.decimals("0", "999", places=4),
                quantity=st.decimals("0.01", "99", places=2),
                discount=st.sampled_from([Decimal(value) for value in ("0", "7.5", "33.3333", "100")]),
                tax_value=st.sampled_from([Decimal(value) for value in ("0", "6", "13", "23")]),
            ),
            min_size=1,
            max_size=12,
        ),
        st.sampled_from([None, GlobalDiscount("percentage", Decimal("33.3333"))]),
    )
    def test_lines_add_up_whatever_they_are(self, lines: list[Any], discount: GlobalDiscount | None) -> None:
        document = a_document(lines=tuple(lines), global_discount=discount)
        printed = net_of_lines(document)
        assert sum(printed) == document.totals.before_taxes + discounts(document)[1]
        assert all(0 <= each <= sum(printed) for each in printed)
        for line, each in zip(document.lines, printed, strict=True):
            assert abs(each - line.amounts.subtotal * 100) < 2
        for part in document.tax_parts if discount is None else ():
            of_part = [
                each
                for line, each in zip(document.lines, printed, strict=True)
                if document.tax_key(line) == part.key
            ]
            assert sum(of_part) == part.base
        if discount is None:
            assert printed == [each.cents for each in net_lines(document)], "as in SAF-T"

    def test_a_description_uses_the_width_of_the_page(self) -> None:
        long = (
            "Levantamento de percursos, contagem de existências e formação das equipas de turno, em outubro"
        )
        document = a_document(lines=(a_line(name="CONS", description=long),))
        (text,) = page_texts(document_pdf(document, an_account()))
        assert long in text.splitlines()

    @pytest.mark.parametrize("count", [1, 30, 120])
    def test_short_and_long_documents_have_everything_once(self, count: int) -> None:
        lines = tuple(a_line(name=f"L{number}.", description="Feito à mão") for number in range(count))
        pages = page_texts(document_pdf(a_document(lines=lines), an_account()))
        whole = "\n".join(pages)
        assert len(pages) == {1: 1, 30: 2, 120: 7}[count]
        assert len(re.findall(r"^L\d+\.", whole, re.M)) == whole.count("Feito à mão\n") == count
        for once in ("Total ilíquido", "Exmo.(s) Sr.(s)", "Data de vencimento"):
            assert whole.count(once) == 1
        for each_page in ("ATCUD:EMUABCDE-7", "Processado por programa", "NIF: 599999993", "FT A/7"):
            assert [page.count(each_page) for page in pages] == [1] * len(pages)


class TestIssuer:
    DETAILS: ClassVar = {
        "organization_name": "Papelaria do Largo, Lda.", "phone": "+351 210 000 000",
        "email": "geral@papelaria.example", "website": "papelaria.example", "address": "Rua da Prova, 5",
        "city": "Évora", "postal_code": "7000-001",
    }  # read by rows # fmt: skip

    @pytest.fixture
    def api(self) -> Generator[Api]:
        """The first account of an emulator, whose id is known."""
        with Emulator(seed=5) as emulator:
            api = Api(emulator.base_url, emulator.account, emulator.api_key)
            with api.http:
                yield api

    def rename(self, api: Any) -> None:
        answer = api.put("/api/accounts/30001/update.json", {"account": self.DETAILS})
        assert answer.is_success, answer.text

    def test_what_is_set_is_printed_and_nothing_else(self, api: Api) -> None:
        plain = text_of(api, api.issue(client=CLIENT))
        shown = api.get("/api/accounts/30001/get.json").json()["account"]
        assert (shown["email"], shown.get("address")) == ("demo@example.com", None)
        assert f"{shown['organization_name']}\nNIF: 599999993\ndemo@example.com\n" in plain
        assert "Rua do Exemplo" not in plain
        assert not {"IBAN", "Capital", "Tel.", "None"} & set(re.findall(r"[\w.]+", plain))
        self.rename(api)
        api.control("config", share_capital="5000.5", iban="PT50 0002 0123 1234 5678 9015 4")
        text = text_of(api, api.issue(client=CLIENT))
        for line in (
            "Papelaria do Largo, Lda.",
            "Rua da Prova, 5",
            "7000-001 Évora, Portugal",
            "NIF: 599999993  ·  Capital social: 5.000,50 €",
            "Tel. +351 210 000 000  ·  geral@papelaria.example  ·  papelaria.example",
            "IBAN: PT50 0002 0123 1234 5678 9015 4",
        ):
            assert line in text.splitlines(), text
        english = text_of(api, api.issue(client=ENGLISH_CLIENT))
        assert "Tax number: 599999993  ·  Share capital: €5,000.50" in english

    def test_a_renamed_account_changes_no_older_paper(self, api: Api) -> None:
        """Despacho 8632/2014, 2.2.15."""
        api.freeze("2026-11-20T10:30:00")
        invoice = api.issue(client={"name": NAME}, items=[LINE])
        receipt = api.pay(invoice, "10").json()["receipt"]
        draft = api.create(client={"name": NAME}, items=[LINE])
        before = [fetched(api, each) for each in (invoice, receipt)]
        self.rename(api)
        api.control("config", iban="PT50000201231234567890154", language="en", country="Ireland")
        assert [fetched(api, each) for each in (invoice, receipt)] == before
        (second,) = page_texts(fetched(api, invoice, second_copy="true"))
        assert "Demo, Lda. (fictícia)" in second
        assert "Papelaria" not in second
        api.control("config", country="Portugal")
        for new in (draft, api.issue(client={"name": NAME})):
            assert "Papelaria do Largo, Lda." in text_of(api, new)

    def test_a_saft_file_names_the_account_of_the_day_of_its_export(self, api: Api) -> None:
        api.freeze("2026-11-20T10:30:00")
        api.issue(client=CLIENT)
        self.rename(api)
        found = httpx.get(
            f"{api.http.base_url}/_emulator/saft", params={"account": api.name, "year": 2026, "month": 11}
        )
        assert "<CompanyName>Papelaria do Largo, Lda.</CompanyName>" in found.text
        assert "<AddressDetail>Rua da Prova, 5</AddressDetail>" in found.text


class TestOthers:
    @pytest.mark.parametrize(
        ("changes", "mechanism"),
        [({}, "Transferência bancária"), ({"mb_reference": 1}, "Referência Multibanco")],
    )
    def test_an_invoice_receipt_says_how_it_was_paid(self, api: Api, changes: Any, mechanism: str) -> None:
        text = text_of(api, api.issue("invoice_receipts", client=CLIENT, **changes))
        assert re.search(rf"Meio de pagamento\s+{mechanism}", text)
        assert "Meio de pagamento" not in text_of(api, api.issue(client=CLIENT, **changes))

    def test_names_use_the_width_they_have(self) -> None:
        """A seller's reaches as far as the title beside it, in type of 9 points or more on one line; a
        customer's stays in its half, on as few lines as 9 points need. A seller's is never cut short: SAF-T
        has 100 characters for it.
        """
        long = "Sociedade de Construções e Reabilitação Urbana do Norte, Lda."
        longer = (
            "Sociedade Portuguesa de Construções, Reabilitação Urbana e Engenharia do Norte, Unipessoal, Lda."
        )
        customers = {
            long: ["Sociedade de Construções e Reabilitação", "Urbana do Norte, Lda."],
            longer: [
                "Sociedade Portuguesa de Construções, Reabilitação",
                "Urbana e Engenharia do Norte, Unipessoal, Lda.",
            ],
        }
        for name, lines in customers.items():
            document = a_document(client={"id": 1, "name": name, "country": "Portugal"})
            text = page_texts(document_pdf(document, an_account(organization_name=name)))[0].splitlines()
            assert name in text
            place = text.index("Exmo.(s) Sr.(s)")
            assert text[place + 1 : place + 1 + len(lines)] == lines
        widest = " ".join(["MOWM" * 4] * 6)[:100]
        (page,) = page_texts(document_pdf(a_document("Transport"), an_account(organization_name=widest)))
        assert widest in page.replace("\n", " ")

    def test_only_what_is_owed_asks_for_a_payment(self, api: Api) -> None:
        """A box on a settled paper would be paid twice. The document keeps its reference all the same."""
        box = "Pagamento por Multibanco"
        invoice = api.issue(client=CLIENT, items=ITEMS[:1], mb_reference=1)
        reference = " ".join(re.findall("...", invoice["mb_reference"]["reference"]))
        owed = text_of(api, invoice)
        assert box in owed
        assert reference in owed
        api.pay(invoice, "100.5")
        assert box in text_of(api, invoice)
        for document in (
            api.changed(invoice, "settled"),
            api.issue("invoice_receipts", client=CLIENT, mb_reference=1),
            api.changed(
                api.issue("simplified_invoices", client=CLIENT, mb_reference=1), "canceled", "Engano"
            ),
        ):
            assert document["mb_reference"]["reference"]
            for query in ({}, {"second_copy": "true"}):
                assert box not in text_of(api, document, **query), document["status"]

    def test_a_note_without_a_reason_says_so(self, api: Api) -> None:
        owner = api.issue(client=CLIENT)
        for language, said in (("pt", "Não indicado"), ("en", "Not stated")):
            note = a_document(
                "CreditNote", observations=" ", client={"id": 1, "name": "A", "language": language}
            )
            assert said in page_texts(document_pdf(note, an_account()))[0]
        text = text_of(api, api.issue("credit_notes", owner_invoice_id=owner["id"], client=CLIENT))
        assert re.search(r"Motivo da retificação\s+Não indicado", text)

    def test_a_draft_is_marked_and_has_neither_number_nor_code(self, api: Api) -> None:
        for language, mark in (("pt", "RASCUNHO"), ("en", "DRAFT")):
            text = text_of(api, api.create(client={"name": language, "language": language}))
            assert mark in text
            assert "ATCUD" not in text
            assert "certificado n.º" not in text
            assert "Original" not in text

    def test_a_canceled_document_says_when_and_why(self, api: Api) -> None:
        api.freeze("2026-11-21T09:08:07")
        for language, mark, said in (
            ("pt", "ANULADO", "Anulado em 21/11/2026 às 09:08:07. Motivo: engano nosso"),
            ("en", "CANCELLED", "Cancelled on 21 Nov 2026 09:08:07. Reason: engano nosso"),
        ):
            document = api.issue(client={"name": language, "language": language})
            text = text_of(api, api.changed(document, "canceled", "engano nosso"))
            assert mark in text
            assert said in text
            assert "Original" in text

    @pytest.mark.parametrize("kind", ["CreditNote", "DebitNote", "VatMossCreditNote"])
    def test_a_note_names_what_it_corrects_and_why(self, api: Api, kind: str) -> None:
        api.freeze("2026-11-20T10:00:00")
        owner = issued(api, "VatMossInvoice" if "Moss" in kind else "Invoice")
        note = api.issue(
            SEGMENTS[kind], items=[LINE], owner_invoice_id=owner["id"], observations="Preço errado"
        )
        text = text_of(api, note)
        prefix = BY_NAME[owner["type"]].prefix
        assert re.search(rf"Referente a\s+{prefix} {owner['inverted_sequence_number']} de 20/11/2026", text)
        assert re.search(r"Motivo da retificação\s+Preço errado", text)
        assert "Observações" not in text

    def test_an_invoice_names_the_guide_that_it_bills(self, api: Api) -> None:
        guide = api.issue("shippings")
        text = text_of(api, api.issue(owner_invoice_id=guide["id"]))
        assert re.search(rf"Documento de origem\s+GR {guide['inverted_sequence_number']} de ", text)

    def test_a_receipt_names_what_it_pays(self, api: Api) -> None:
        invoice = api.issue(client={"name": "pt"}, date="01/11/2026")
        row = rf"FT {invoice['inverted_sequence_number']}\s+01/11/2026\s+123,00 €\s+"
        text = text_of(api, api.pay(invoice, "100.5", payment_mechanism="MB").json()["receipt"])
        assert re.search(row + r"Referência Multibanco\s+100,50 €", text)
        assert re.search(r"Total recebido\s+100,50 €", text)
        assert "Incidência" not in text

    def test_a_guide_says_where_and_when(self, api: Api) -> None:
        guide = api.issue("transports")
        while not api.read(guide).get("at_doc_code_id"):
            pass
        text = text_of(api, guide)
        for expected in (
            "Avenida Duque d'Ávila, 46, 1050-083 Lisboa, Portugal",
            "Cais 3, Avenida dos Aliados, 4000-327 Porto, Portugal",
            "02/01/2090 às 19:00:00",
            "11-AA-22",
            api.read(guide)["at_doc_code_id"],
        ):
            assert expected in text, expected
        assert "Data de vencimento" not in text

    def test_a_quote_is_valid_until(self, api: Api) -> None:
        text = text_of(api, api.issue("quotes", date="20/11/2026", due_date="20/12/2026"))
        assert re.search(r"Válido até\s+20/12/2026", text)
        assert "Data de vencimento" not in text

    def test_a_purchase_order_goes_to_a_supplier(self, api: Api) -> None:
        text = text_of(api, api.issue("purchase_orders"))
        assert "Fornecedor" in text
        assert "Exmo." not in text


def test_figures() -> None:
    assert PORTUGUESE.amount(123456789) == "1.234.567,89 €"
    assert ENGLISH.amount(123456789) == "€1,234,567.89"
    assert PORTUGUESE.amount(-5) == "-0,05 €"
    assert ENGLISH.amount(-5) == "-€0.05"
    assert PORTUGUESE.price(Decimal("24.9000")) == "24,90"
    assert PORTUGUESE.price(Decimal("24.3902")) == "24,3902"
    assert PORTUGUESE.price(Decimal("0.0000")) == "0,00"
    assert PORTUGUESE.price(Decimal("100.0000")) == "100,00"
    assert ENGLISH.price(Decimal("1000.5")) == "1,000.50"
    assert PORTUGUESE.exchange_rate(Decimal("1.500000")) == "1,50"
    assert PORTUGUESE.exchange_rate(Decimal(2)) == "2,00"
    assert PORTUGUESE.exchange_rate(Decimal("0.000041")) == "0,000041"
    assert ENGLISH.exchange_rate(Decimal("1234.16290")) == "1,234.1629"
    assert PORTUGUESE.plain(Decimal("12.50")) == "12,5"
    assert PORTUGUESE.plain(Decimal(1000)) == "1.000"
    assert ENGLISH.plain(Decimal(1000)) == "1,000"
    assert PORTUGUESE.day(date(2026, 3, 2)) == "02/03/2026"
    assert ENGLISH.day(date(2026, 3, 2)) == "2 Mar 2026"
    moment = datetime(2026, 3, 2, 9, 8, 7)  # noqa: DTZ001 - as guides keep it
    assert PORTUGUESE.moment(moment) == "02/03/2026 às 09:08:07"
    assert ENGLISH.moment(moment) == "2 Mar 2026 09:08:07"


def test_printable_characters() -> None:
    assert printable("ção – € “a” Ł") == "ção – € “a” ?"
