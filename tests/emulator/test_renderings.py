"""PDF and QR code: when they are ready, what is in them, who may fetch them."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest
from invoicexpress_emulator.document import Document, Line
from invoicexpress_emulator.document_types import BY_NAME
from invoicexpress_emulator.portuguese_print import amount, plain_number, price, printable
from invoicexpress_emulator.qr_code import qr_png, qr_text
from invoicexpress_emulator.totals import document_totals
from pypdf import PdfReader


def pdf_text(api: Any, document: Any, **query: Any) -> str:
    """Poll until the PDF is ready, fetch it without a key, and return its text."""
    path = f"/api/pdf/{document['id']}.json"
    answer = api.get(path, **query)
    for _ in range(4):
        if answer.status_code == 200:
            break
        assert (answer.status_code, answer.content) == (202, b"")
        answer = api.get(path, **query)
    file = httpx.get(answer.json()["output"]["pdfUrl"])
    assert file.status_code == 200
    assert file.headers["content-type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)


class TestReadiness:
    def test_the_pdf_is_ready_at_the_second_poll(self, any_api: Any) -> None:
        path = f"/api/pdf/{any_api.create()['id']}.json"
        answers = [any_api.get(path) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 200, 200]
        assert answers[0].content == b""
        assert list(answers[1].json()["output"]) == ["pdfUrl"]
        assert answers[1].json() == answers[2].json()

    def test_the_qr_code_says_that_it_is_in_progress(self, any_api: Any) -> None:
        path = f"/api/qr_codes/{any_api.issue()['id']}.json"
        first, second = any_api.get(path), any_api.get(path)
        assert (first.status_code, first.json()) == (202, {"qr_code": {"status": "In progress"}})
        file = httpx.get(second.json()["qr_code"]["url"])
        assert (file.headers["content-type"], file.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")

    def test_a_change_starts_it_over(self, api: Any) -> None:
        draft = api.create()
        path = f"/api/pdf/{draft['id']}.json"
        assert [api.get(path).status_code for _ in range(2)] == [202, 200]
        api.changed(draft, "finalized")
        assert [api.get(path).status_code for _ in range(2)] == [202, 200]

    def test_the_second_copy_is_another_file(self, api: Any) -> None:
        path = f"/api/pdf/{api.issue()['id']}.json"
        assert [api.get(path).status_code for _ in range(2)] == [202, 200]
        assert api.get(path, second_copy="true").status_code == 202

    @pytest.mark.parametrize(
        ("setting", "statuses"),
        [("immediate", [200, 200]), ({"polls": 4}, [202, 202, 202, 200]), ({"polls": 1}, [200])],
    )
    def test_settings(self, api: Any, setting: Any, statuses: list[int]) -> None:
        api.control("config", pdf=setting, qr_code=setting)
        document = api.issue()
        for kind in ("pdf", "qr_codes"):
            assert [api.get(f"/api/{kind}/{document['id']}.json").status_code for _ in statuses] == statuses

    def test_what_fails_is_begun_first(self, any_api: Any) -> None:
        any_api.control("config", pdf="failing", qr_code="failing", saft="failing")
        document = any_api.issue()
        month = {"year": document["date"][6:], "month": document["date"][3:5]}
        for path, query in (
            (f"/api/pdf/{document['id']}.json", {}),
            (f"/api/qr_codes/{document['id']}.json", {}),
            ("/api/export_saft.json", month),
        ):
            answers = [any_api.get(path, **query) for _ in range(3)]
            assert [answer.status_code for answer in answers] == [202, 500, 500], path
        any_api.control("config", pdf={"polls": 2})
        assert any_api.get(f"/api/pdf/{document['id']}.json").status_code == 200

    def test_a_code_of_the_tax_authority_may_never_come(self, api: Any) -> None:
        api.control("config", at_doc_code="failing")
        guide = api.issue("transports")
        assert not any(api.read(guide).get("at_doc_code_id") for _ in range(4))
        api.control("config", at_doc_code="immediate")
        assert api.read(guide)["at_doc_code_id"]

    def test_seconds_are_those_of_the_accounts_clock(self, api: Any) -> None:
        api.control("config", pdf={"seconds": 30})
        api.control("clock", freeze=True)
        path = f"/api/pdf/{api.create()['id']}.json"
        assert [api.get(path).status_code for _ in range(3)] == [202] * 3
        api.control("clock", advance=29)
        assert api.get(path).status_code == 202
        api.control("clock", advance=1)
        assert api.get(path).status_code == 200

    def test_drafts_have_no_qr_code(self, any_api: Any) -> None:
        draft = any_api.create()
        answer = any_api.get(f"/api/qr_codes/{draft['id']}.json")
        assert answer.status_code == 422
        assert answer.json()["error"].startswith(f"Document with ID {draft['id']} is still in draft.")

    def test_a_deleted_draft_has_no_pdf(self, api: Any, documented: Any) -> None:
        for each, status in ((api, 406), (documented, 422)):
            deleted = each.changed(each.create(), "deleted")
            assert each.get(f"/api/pdf/{deleted['id']}.json").status_code == status


class TestFiles:
    def test_only_addresses_that_were_given_out_are_served(self, api: Any) -> None:
        document = api.issue()
        path = f"/api/pdf/{document['id']}.json"
        api.get(path)
        url = api.get(path).json()["output"]["pdfUrl"]
        assert httpx.get(url).status_code == 200
        wrong = re.sub(r"-(.)", lambda match: "-" + ("0" if match[1] != "0" else "1"), url)
        assert wrong != url
        for other in (wrong, url.replace(".pdf", ".png"), url.replace("/pdf/", "/second_copy/"), url + "x"):
            assert httpx.get(other).status_code == 404
        assert httpx.get(f"{api.http.base_url}/documents/{document['id']}").status_code == 404

    def test_the_permalink_shows_the_document(self, api: Any) -> None:
        answer = httpx.get(api.issue()["permalink"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")


ITEMS = [
    {
        "name": "Consultoria",
        "description": "Ação de março",
        "unit_price": "55.1234",
        "quantity": "12.5",
        "unit": "hour",
        "discount": 10,
        "tax": {"name": "IVA23"},
    },
    {"name": "Livro", "unit_price": "24.90", "quantity": 3, "tax": {"name": "IVA6"}},
    {"name": "Formação", "unit_price": 1250, "quantity": 1, "tax": {"name": "Isento"}},
]
CLIENT = {
    "name": "Construções Irmãos Gonçalves",
    "code": "CIG",
    "fiscal_id": "508025338",
    "city": "Vila do Conde",
}


class TestPdf:
    def test_an_invoice(self, api: Any) -> None:
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
        text = pdf_text(api, document)
        for expected in (
            "Fatura",
            f"FT {document['inverted_sequence_number']}",
            "Original",
            "20/11/2026",
            "20/12/2026",
            "PO-77",
            "Construções Irmãos Gonçalves",
            "NIF: 508025338",
            "Ação de março",
            "55,1234",
            "12,5",
            "10%",
            "M07 - Isento artigo 9.° do CIVA",
            amount(round(document["total"] * 100)),
            "Retenção (25%)",
            f"ATCUD:{document['atcud']}",
            f"{document['saft_hash']}-Processado por programa certificado n.º 9999/AT",
            "Documento emitido para fins de Formação",
            "Emulador InvoiceXpress",
            "Obrigado, até à próxima – 5 €",
            "Entidade: 00000",
            "Total USD",
            "1 EUR = 1,5 USD",
        ):
            assert expected in text, expected
        assert "RASCUNHO" not in text
        assert "não serve de fatura" not in text

    def test_a_draft_is_marked_and_has_neither_number_nor_code(self, api: Any) -> None:
        text = pdf_text(api, api.create())
        assert "RASCUNHO" in text
        assert "ATCUD" not in text
        assert "certificado n.º" not in text

    def test_a_canceled_document_is_marked(self, api: Any) -> None:
        assert "ANULADO" in pdf_text(api, api.changed(api.issue(), "canceled", "engano"))

    def test_a_second_copy_is_marked(self, api: Any) -> None:
        text = pdf_text(api, api.issue(), second_copy="true")
        assert "2.ª via" in text
        assert "Original" not in text

    def test_what_is_no_invoice_says_so(self, api: Any) -> None:
        assert "Este documento não serve de fatura" in pdf_text(api, api.issue("quotes"))

    def test_a_receipt_names_what_it_pays(self, api: Any) -> None:
        invoice = api.issue()
        receipt = api.pay(invoice, "100.5", payment_mechanism="MB").json()["receipt"]
        text = pdf_text(api, receipt)
        assert f"FT {invoice['inverted_sequence_number']}" in text
        assert "100,50 €" in text
        assert "Referência Multibanco" in text
        assert "Emitido por programa certificado n.º 9999/AT" in text

    def test_many_lines_go_over_many_pages(self, api: Any) -> None:
        long = {"name": "N" * 300, "description": "palavra " * 900, "unit_price": 1, "quantity": 1}
        document = api.issue(items=[*ITEMS * 30, long], tax_exemption="M07")
        api.control("config", pdf="immediate")
        url = api.get(f"/api/pdf/{document['id']}.json").json()["output"]["pdfUrl"]
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(httpx.get(url).content)).pages]
        assert len(pages) > 4
        for number, page in enumerate(pages, 1):
            assert f"Página {number} de {len(pages)}" in page
            assert f"ATCUD:{document['atcud']}" in page
        assert "".join(pages).count("palavra") == 900

    def test_any_text_can_be_printed(self, api: Any) -> None:
        strange = "日本 Łódź ﬁm 🧾 \u0301 <b>&amp; **negrito** \t x\u200b"
        document = api.issue(
            client={"name": strange},
            items=[{"name": strange, "description": strange, "unit_price": 1}],
            observations=strange * 20,
        )
        assert "ódz" in pdf_text(api, document)


def test_portuguese_printing() -> None:
    assert amount(123456789) == "1.234.567,89 €"
    assert amount(-5) == "-0,05 €"
    assert price(Decimal("24.9000")) == "24,90"
    assert price(Decimal("24.3902")) == "24,3902"
    assert price(Decimal("0.0000")) == "0,00"
    assert price(Decimal("100.0000")) == "100,00"
    assert plain_number(Decimal("12.50")) == "12,5"
    assert plain_number(Decimal("1000")) == "1.000"
    assert printable("ção – € “a” Ł") == "ção – € “a” ?"


def a_document(**changes: Any) -> Document:
    """An issued simplified invoice like the worked example of the specification."""
    line = Line(
        None,
        "x",
        None,
        Decimal("0.65"),
        Decimal(1),
        None,
        Decimal(0),
        1,
        "IVA23",
        Decimal(23),
        "PT",
        "NOR",
        None,
    )
    lines = changes.pop("lines", (line,))
    document = Document(
        id=1,
        type=BY_NAME["SimplifiedInvoice"],
        status="final",
        archived=False,
        date=date(2019, 8, 12),
        due_date=date(2019, 8, 12),
        reference=None,
        observations=None,
        retention=None,
        tax_exemption=None,
        client_id=1,
        client={"id": 1, "name": "Consumidor Final"},
        currency_code=None,
        rate=None,
        global_discount=None,
        owner_id=None,
        wants_multibanco=False,
        has_multibanco=False,
        series_row_id=1,
        number=12345,
        serie="CDVF",
        atcud="CDF7T5HD-12345",
        signature="Y" + "." * 9 + "h" + "." * 9 + "G" + "." * 9 + "V",
        system_entry=None,
        totals=document_totals([each.amounts for each in lines]),
        revision=1,
        lines=lines,
    )
    return replace(document, **changes)


def a_line(price: str, rate: str, code: str | None, region: str = "PT", exemption: str | None = None) -> Line:
    return Line(
        None,
        "x",
        None,
        Decimal(price),
        Decimal(1),
        None,
        Decimal(0),
        1,
        "t",
        Decimal(rate),
        region,
        code,
        exemption,
    )


class TestQrText:
    def test_the_worked_example_of_the_specification(self) -> None:
        """AT, Código QR, 5.4, but for the payment in field S, which this document does not have."""
        assert qr_text(a_document(), "123456789") == (
            "A:123456789*B:999999990*C:PT*D:FS*E:N*F:20190812*G:FS CDVF/12345*H:CDF7T5HD-12345"
            "*I1:PT*I7:0.65*I8:0.15*N:0.15*O:0.80*Q:YhGV*R:9999"
        )

    def test_rates_and_regions_have_their_fields_and_add_up(self) -> None:
        lines = (
            a_line("100", "6", "RED"),
            a_line("100", "13", "INT"),
            a_line("100", "23", "NOR"),
            a_line("100", "0", "ISE", exemption="M07"),
            a_line("50", "0", "ISE", exemption="M99"),
            a_line("100", "16", "NOR", region="PT-AC"),
        )
        fields = dict(part.split(":", 1) for part in qr_text(a_document(lines=lines), "123456789").split("*"))
        assert fields["I1"] == "PT"
        assert fields["J1"] == "PT-AC"
        assert [fields[key] for key in ("I2", "I3", "I4", "I5", "I6", "I7", "I8")] == [
            "100.00",
            "100.00",
            "6.00",
            "100.00",
            "13.00",
            "100.00",
            "23.00",
        ]
        assert (fields["J7"], fields["J8"], fields["L"]) == ("100.00", "16.00", "50.00")
        assert (fields["N"], fields["O"]) == ("58.00", "608.00")

    def test_status_buyer_retention_and_multibanco(self) -> None:
        document = a_document(
            status="canceled",
            client={"id": 1, "name": "A", "fiscal_id": "508*1", "country": "Germany"},
            retention=Decimal(25),
            has_multibanco=True,
        )
        fields = dict(part.split(":", 1) for part in qr_text(document, "123456789").split("*"))
        assert (fields["B"], fields["C"], fields["E"], fields["P"]) == ("508 1", "DE", "A", "0.16")
        assert fields["S"].startswith("MB;00000;999000")

    def test_what_is_unsigned_says_zero(self) -> None:
        document = a_document(type=BY_NAME["Receipt"], signature=None, lines=())
        fields = dict(part.split(":", 1) for part in qr_text(document, "123456789").split("*"))
        assert (fields["D"], fields["Q"], fields["I1"]) == ("RG", "0", "0")

    def test_types_without_a_validation_code_have_no_atcud(self, api: Any) -> None:
        fields = dict(part.split(":", 1) for part in qr_text(a_document(atcud="N/A"), "1").split("*"))
        assert fields["H"] == "0"
        assert "ATCUD" not in pdf_text(api, api.issue("fees_notes"))

    def test_the_symbol_is_at_least_version_9(self) -> None:
        width, height = struct.unpack(">II", qr_png("A:1", scale=1)[16:24])
        assert width == height == 53 + 8
