"""The service takes a planned document as it is, and arrives at its total."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from invoicexpress import Checks, Invoice, InvoiceXpress, lisbon
from invoicexpress_billing.plans import plan
from invoicexpress_billing.tables import read_table
from invoicexpress_emulator import Emulator

FILE = """Chave;Tipo;Data;Vencimento;Cliente;NIF;E-mail;País;Artigo;Qtd;Un;Preço;Desconto;IVA;Isenção;IRS;Obs
A-1;FT;{day};{day};Conceição, Lda.;508 025 338;a@example.com;Portugal;Avença;1;mês;1.234,50;10%;IVA23;;25;Olá
A-1;;;;;;;;Livros;1,50;un;12,3456;;0;M07;;
A-2;Fatura-recibo;{day};;John;B-1234;;Espanha;Curso;3;h;0,3333;;23%;;;
A-3;FS;{day};;;;;;Café;7;;0,1234;33,3333;23;;;
A-4;FT;{day};;Ana;;;;Livros;1;;10,00;;0;M07;;
A-4;;;;;;;;Outros;1;;10,00;;0;M06;;
"""


@pytest.mark.parametrize("profile", ["observed", "documented"])
def test_each_document_is_issued_once_with_its_total(
    tmp_path: Path, profile: Literal["observed", "documented"]
) -> None:
    path, today = tmp_path / "a.csv", lisbon.today()
    path.write_text(FILE.format(day=f"{today:%d/%m/%Y}"), encoding="cp1252")
    with (
        Emulator(profile=profile) as emulator,
        InvoiceXpress(
            emulator.account,
            emulator.api_key,
            base_url=emulator.base_url,
            checks=Checks.each("raise", reads=False),
        ) as ix,
    ):
        found = plan(read_table(path), taxes=list(ix.taxes.list()), today=today)
        assert [str(fault) for fault in found.faults] == []
        by_type = {
            "invoice": ix.invoices,
            "invoice_receipt": ix.invoice_receipts,
            "simplified_invoice": ix.simplified_invoices,
        }

        issued: list[Invoice] = [
            by_type[each.type].issue(key=each.key, expect_total=each.total, **each.fields)
            for each in found.documents
        ]

        assert [each.total for each in issued] == [each.total for each in found.documents]
        assert sum(each.total for each in issued) == found.totals().total
        assert len(list(ix.documents.list())) == len(issued) == 4
