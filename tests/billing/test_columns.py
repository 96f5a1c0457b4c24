"""Headers as people write them, and the words of cells."""

from __future__ import annotations

from collections import defaultdict

import pytest
from invoicexpress import reference_data
from invoicexpress_billing import columns
from invoicexpress_billing.columns import COLUMNS, FIELDS, resolve

from ..folded import folded

NEEDED = ("key", "date", "item", "unit_price")


class TestHeaders:
    def test_no_header_stands_for_two_fields(self) -> None:
        known: defaultdict[str, set[str]] = defaultdict(set)
        for column in COLUMNS:
            for name in (column.field, *column.names):
                known[columns.folded(name)].add(column.field)

        assert {name: fields for name, fields in known.items() if len(fields) > 1} == {}

    @folded(
        "header, field",
        [
            ("Chave", "key"),
            ("REFERÊNCIA INTERNA", "key"),
            ("Referência", "reference"),
            ("Preço Unitário (€)", "unit_price"),
            ("preco unitario", "unit_price"),
            ("Preço s/ IVA", "unit_price"),
            ("N.º Contribuinte", "client_fiscal_id"),
            ("Código de Cliente", "client_code"),
            ("Desconto %", "discount"),
            ("Taxa de IVA", "tax"),
            ("Motivo de Isenção", "tax_exemption"),
            ("Total c/ IVA", "total"),
            ("Série", "serie"),
            ("e-mail", "client_email"),
            ("Data de\u00a0vencimento", "due_date"),
        ],
    )
    def test_portuguese_headers(self, header: str, field: str) -> None:
        assert resolve((header,)).places == {field: 0}

    def test_each_field_is_known_by_its_own_name(self) -> None:
        found = resolve(tuple(FIELDS))

        assert found.places == {field: place for place, field in enumerate(FIELDS)}
        assert (found.faults, found.understood) == ((), ())

    def test_what_was_understood_has_the_file_s_header(self) -> None:
        found = resolve(("Chave", *NEEDED[1:]))

        assert [(each.column, each.meaning.split(",")[0]) for each in found.understood] == [("Chave", "key")]
        assert found.header("key") == "Chave"
        assert found.header("total") == "total"


class TestFaults:
    @folded(
        "header, message",
        [
            ("Descont", "did you mean desconto?"),
            ("xyzzy", "unknown column; rename it"),
            ("PVP", "prices are taken without VAT"),
            ("Preço com IVA", "prices are taken without VAT"),
            ("Moeda", "the account's currency"),
            ("Desconto (€)", "discounts in percent"),
            ("Subtotal", "a run computes it"),
        ],
    )
    def test_a_header_that_is_no_field(self, header: str, message: str) -> None:
        (fault,) = resolve((*NEEDED, header)).faults

        assert (fault.row, fault.column) == (None, header)
        assert message in fault.message

    @folded("field", NEEDED)
    def test_a_required_column(self, field: str) -> None:
        (fault,) = resolve([each for each in NEEDED if each != field]).faults

        assert fault.column == field
        assert "no such column" in fault.message

    def test_two_columns_of_one_field(self) -> None:
        (fault,) = resolve((*NEEDED, "Preço")).faults

        assert (
            str(fault)
            == "column Preço: column unit_price is unit_price as well; keep one, and ignore the other"
        )


class TestMapping:
    def test_a_caller_names_fields_and_leaves_columns_out(self) -> None:
        found = resolve(
            ("Nº Ped", "Valor", *NEEDED[1:3], "Interno"),
            {"nº ped": "key", "Valor": "unit_price", "Interno": "ignore"},
        )

        assert (found.places["key"], found.places["unit_price"], found.faults) == (0, 1, ())
        assert {each.column: each.meaning for each in found.understood}["Interno"] == "ignored"

    @folded(
        "mapping, column, message",
        [
            ({"Chav": "key"}, "Chav", "the file has no such column (did you mean Chave?)"),
            ({"Chave": "kye"}, "Chave", "no field 'kye' (did you mean key?)"),
        ],
    )
    def test_a_wrong_mapping(self, mapping: dict[str, str], column: str, message: str) -> None:
        faults = resolve(("Chave", *NEEDED[1:]), mapping).faults

        assert [fault.column for fault in faults if message in fault.message] == [column]


class TestWords:
    def test_countries_are_the_service_s(self) -> None:
        for code in columns.COUNTRIES.values():
            assert reference_data.country_name(code)

    def test_mechanisms_are_known(self) -> None:
        assert set(columns.MECHANISMS.values()) <= set(reference_data.payment_mechanisms())

    def test_no_type_is_both_billed_and_refused(self) -> None:
        assert not set(columns.TYPES) & set(columns.UNBILLED_TYPES)

    @pytest.mark.parametrize("word", ["Fatura-Recibo", "FR", "invoice_receipt", "fatura recibo"])
    def test_words_of_a_type(self, word: str) -> None:
        assert columns.TYPES[columns.folded(word)] == "invoice_receipt"
