"""The text of the tax authority's QR code: its examples, its table of fields, and real documents."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator.books.documents.document import Document
from invoicexpress_emulator.fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from invoicexpress_emulator.fiscal.exemption_codes import EXEMPTIONS
from invoicexpress_emulator.fiscal.qr_fields import LONGEST, AtRate, InRegion, QrFields, written
from invoicexpress_emulator.fiscal.tax_regions import TAX_REGIONS
from invoicexpress_emulator.fiscal.totals import GlobalDiscount, Totals
from invoicexpress_emulator.output.qr_code import qr_fields, qr_text

from tests.emulator.support import qr_texts
from tests.emulator.support.issued_document import ISSUER, a_document, a_line, signature
from tests.folded import folded

EXAMPLES = {
    "5.1 invoice": (
        "A:123456789*B:999999990*C:PT*D:FT*E:N*F:20191231*G:FT AB2019/0035*H:CSDF7T5H-0035*I1:PT*I2:12000.00"
        "*I3:15000.00*I4:900.00*I5:50000.00*I6:6500.00*I7:80000.00*I8:18400.00*J1:PT-AC*J2:10000.00"
        "*J3:25000.56*J4:1000.02*J5:75000.00*J6:6750.00*J7:100000.00*J8:18000.00*K1:PT-MA*K2:5000.00"
        "*K3:12500.00*K4:625.00*K5:25000.00*K6:3000.00*K7:40000.00*K8:8800.00*L:100.00*M:25.00*N:64000.02"
        "*O:513600.58*P:100.00*Q:kLp0*R:9999*S:TB;PT00000000000000000000000;513500.58"
    ),
    "5.2 simplified invoice": (
        "A:123456789*B:999999990*C:PT*D:FS*E:N*F:20190812*G:FS CDVF/12345*H:CDF7T5HD-12345*I1:PT*I7:0.65"
        "*I8:0.15*N:0.15*O:0.80*Q:YhGV*R:9999*S:NU;0.80"
    ),
    "5.3 pro-forma": (
        "A:500000000*B:123456789*C:PT*D:PF*E:N*F:20190123*G:PF G2019CB/145789*H:HB6FT7RV-145789*I1:PT"
        "*I2:12345.34*I3:12532.65*I4:751.96*I5:52789.00*I6:6862.57*I7:32425.69*I8:7457.91*N:15072.44"
        "*O:125165.12*Q:r/fY*R:9999"
    ),
    "5.4 guide without prices": (
        "A:500000000*B:123456789*C:PT*D:GT*E:N*F:20190720*G:GT G234CB/50987*H:GTVX4Y8B-50987*I1:0*N:0.00"
        "*O:0.00*Q:5uIg*R:9999"
    ),
    "5.5 foreign rate": (
        "A:123456789*B:4443332215*C:FR*D:FT*E:N*F:20190526*G:ABC BNH/4561*H:DK5ZJ2HN-4561*I1:FR*I7:100.00"
        "*I8:20.00*N:20.00*O:120.00*Q:YJRE*R:9999"
    ),
    "5.6 note that corrects VAT alone": (
        "A:123456789*B:500000000*C:PT*D:ND*E:N*F:20190216*G:M1F KLG/6145*H:RQD8L6DG-6145*I1:PT-MA*I6:26.50"
        "*N:26.50*O:26.50*Q:h1rB*R:9999"
    ),
    "5.7 margin": (
        "A:500000000*B:123456789*C:PT*D:FT*E:N*F:20191124*G:NF 19A/789145*H:JL9DS4TT-789145*I1:PT-AC*I7:50.00"
        "*I8:9.00*L:1000.00*N:9.00*O:1059.00*Q:d8/K*R:9999"
    ),
}
"""AT, Código QR v1.0, 5.1 to 5.4, and the three that v1.1 adds, as two public parsers test themselves with
them (without a space that has slipped into some numbers).
"""

ORDER = [
    "A", "B", "C", "D", "E", "F", "G", "H",
    *(f"{letter}{n}" for letter in "IJK" for n in range(1, 9)),
    "L", "M", "N", "O", "P", "Q", "R", "S",
]  # read by rows # fmt: skip
ALWAYS = {"A", "B", "C", "D", "E", "F", "G", "H", "I1", "N", "O", "Q", "R"}
AMOUNT = re.compile(r"(0|[1-9]\d*)\.\d\d")


def parsed(text: str) -> dict[str, str]:
    """Parse a text as a scanner would: split at each `*`, then at the first `:`."""
    pairs = [part.split(":", 1) for part in text.split("*")]
    assert len({code for code, _ in pairs}) == len(pairs), "a field occurs twice"
    return {pair[0]: pair[1] for pair in pairs}


def cents(fields: dict[str, str], *codes: str) -> int:
    return sum(int(fields.get(code, "0.00").replace(".", "")) for code in codes)


def read(text: str) -> QrFields:
    """Rebuild the typed record from a text."""
    found = parsed(text)

    def amount(code: str) -> int | None:
        return cents(found, code) if code in found else None

    def region(letter: str) -> InRegion:
        values = [amount(f"{letter}{n}") for n in range(2, 9)]
        rates = [AtRate(base, tax) for base, tax in zip(values[1::2], values[2::2], strict=True)]
        return InRegion(found[f"{letter}1"], values[0], *rates)

    day = found["F"]
    return QrFields(
        issuer=found["A"],
        buyer=found["B"],
        country=found["C"],
        type=found["D"],
        status=found["E"],
        date=date(int(day[:4]), int(day[4:6]), int(day[6:])),
        number=found["G"],
        atcud=found["H"],
        regions=tuple(region(letter) for letter in "IJK" if f"{letter}1" in found),
        taxes=cents(found, "N"),
        total=cents(found, "O"),
        hash_characters=found["Q"],
        certificate=found["R"],
        not_subject=amount("L"),
        stamp_duty=amount("M"),
        withheld=amount("P"),
        other=tuple(found["S"].split(";")) if "S" in found else (),
    )


def assert_lawful(text: str) -> None:
    """Check the specification's rules for every code."""
    fields = parsed(text)
    assert list(fields) == [code for code in ORDER if code in fields]
    assert set(fields) >= ALWAYS
    for code, value in fields.items():
        assert 0 < len(value) <= LONGEST[code], code
        assert value.isprintable(), code
        assert value == value.strip(), code
        if code in {"L", "M", "N", "O", "P"} or (code[0] in "IJK" and code[1:] != "1"):
            assert AMOUNT.fullmatch(value), code
    taxes = [f"{letter}{n}" for letter in "IJK" for n in (4, 6, 8)]
    bases = [f"{letter}{n}" for letter in "IJK" for n in (2, 3, 5, 7)]
    assert cents(fields, "N") == cents(fields, *taxes, "M")
    assert cents(fields, "O") == cents(fields, *bases, "L", "N")
    for letter in "IJK":
        for base, tax in ((3, 4), (5, 6), (7, 8)):
            assert (f"{letter}{base}" in fields) == (f"{letter}{tax}" in fields)


FULL = QrFields(
    issuer="123456789",
    buyer="999999990",
    country="PT",
    type="FT",
    status="N",
    date=date(2019, 12, 31),
    number="FT AB2019/0035",
    atcud="CSDF7T5H-0035",
    regions=(
        InRegion("PT", 1200000, AtRate(1500000, 90000), AtRate(5000000, 650000), AtRate(8000000, 1840000)),
        InRegion(
            "PT-AC", 1000000, AtRate(2500056, 100002), AtRate(7500000, 675000), AtRate(10000000, 1800000)
        ),
        InRegion("PT-MA", 500000, AtRate(1250000, 62500), AtRate(2500000, 300000), AtRate(4000000, 880000)),
    ),
    not_subject=10000,
    stamp_duty=2500,
    taxes=6400002,
    total=51360058,
    withheld=10000,
    hash_characters="kLp0",
    certificate="9999",
    other=("TB", "PT00000000000000000000000", "513500.58"),
)
"""The first example, with every field."""


class TestExamples:
    def test_the_first_has_every_field(self) -> None:
        assert written(FULL) == EXAMPLES["5.1 invoice"]
        assert len(written(FULL)) == 452
        assert list(parsed(written(FULL))) == ORDER

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_each_is_written_as_it_is_printed(self, name: str) -> None:
        assert written(read(EXAMPLES[name])) == EXAMPLES[name]

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if not name.startswith("5.6")])
    def test_the_laws_of_these_tests_hold_for_them(self, name: str) -> None:
        """Except the note that corrects only VAT: it has no base, and our documents always have one."""
        assert_lawful(EXAMPLES[name])

    def test_the_second_is_a_document_of_ours(self) -> None:
        """Except field S, the means of payment, which our documents do not fill."""
        assert qr_text(a_document(), ISSUER) == EXAMPLES["5.2 simplified invoice"].removesuffix("*S:NU;0.80")

    def test_the_third_is_a_document_of_ours(self) -> None:
        document = a_document(
            type=BY_NAME["Proforma"],
            client={"id": 1, "name": "A", "fiscal_id": "123456789", "country": "Portugal"},
            date=date(2019, 1, 23),
            serie="G2019CB",
            number=145789,
            atcud="HB6FT7RV-145789",
            signature=signature("r/fY"),
            lines=(
                a_line("12345.34", "0", "ISE", exemption="M07"),
                a_line("12532.65", "6", "RED"),
                a_line("52789", "13", "INT"),
                a_line("32425.69", "23", "NOR"),
            ),
        )
        assert qr_text(document, "500000000") == EXAMPLES["5.3 pro-forma"]

    def test_the_fourth_is_a_document_of_ours(self) -> None:
        document = a_document(
            type=BY_NAME["Transport"],
            client={"id": 1, "name": "A", "fiscal_id": "123456789", "country": "Portugal"},
            date=date(2019, 7, 20),
            serie="G234CB",
            number=50987,
            atcud="GTVX4Y8B-50987",
            signature=signature("5uIg"),
            lines=(a_line("0", "23", "NOR"), a_line("0", "0", "ISE", exemption="M99")),
        )
        assert qr_text(document, "500000000") == EXAMPLES["5.4 guide without prices"]

    def test_the_fifth_is_a_document_of_ours(self) -> None:
        """Except the code before the series, for which we use our type's."""
        document = a_document(
            type=BY_NAME["Invoice"],
            client={"id": 1, "name": "A", "fiscal_id": "4443332215", "country": "France"},
            date=date(2019, 5, 26),
            serie="BNH",
            number=4561,
            atcud="DK5ZJ2HN-4561",
            signature=signature("YJRE"),
            lines=(a_line("100", "20", None, "FR"),),
        )
        assert qr_text(document, ISSUER) == EXAMPLES["5.5 foreign rate"].replace("ABC ", "FT ")

    def test_the_first_is_a_document_of_ours_in_part(self) -> None:
        """Without stamp duty and payment; Azores' normal rate was 18 % then."""
        on = {
            "PT": ("12000", ("15000", "6"), ("50000", "13"), ("80000", "23")),
            "PT-AC": ("10000", ("25000.56", "4"), ("75000", "9"), ("100000", "18")),
            "PT-MA": ("5000", ("12500", "5"), ("25000", "12"), ("40000", "22")),
        }
        lines = [a_line("100", "0", "ISE", exemption="M99")]
        for region, (exempt, *taxed) in on.items():
            lines.append(a_line(exempt, "0", "ISE", region, "M07"))
            lines += [a_line(price, rate, None, region) for price, rate in taxed]
        document = a_document(
            type=BY_NAME["Invoice"],
            date=date(2019, 12, 31),
            lines=tuple(reversed(lines)),
            retention=Decimal(100) * 100 / Decimal("449600.56"),
        )
        assert qr_fields(document, ISSUER).regions == FULL.regions
        assert qr_fields(document, ISSUER).not_subject == FULL.not_subject
        assert qr_fields(document, ISSUER).taxes == FULL.taxes - 2500
        assert qr_fields(document, ISSUER).withheld == FULL.withheld


def at_length(length: int) -> str:
    return "9" * length


class TestTable:
    """The writer writes values that fit the table unchanged, and refuses all others."""

    def test_its_lengths(self) -> None:
        assert list(LONGEST) == ORDER
        assert [LONGEST[code] for code in "ABCDEFGH"] == [9, 30, 12, 2, 1, 8, 60, 70]
        assert [LONGEST[f"{letter}{n}"] for letter in "IJK" for n in range(1, 9)] == [5, *[16] * 7] * 3
        assert [LONGEST[code] for code in "LMNOPQRS"] == [16, 16, 16, 16, 16, 4, 4, 65]

    @pytest.mark.parametrize(
        ("name", "code"), [("buyer", "B"), ("number", "G"), ("atcud", "H"), ("certificate", "R")]
    )
    def test_as_long_as_it_may_be_and_no_longer(self, name: str, code: str) -> None:
        longest = LONGEST[code]
        fits: dict[str, Any] = {name: at_length(longest)}
        assert parsed(written(replace(FULL, **fits)))[code] == at_length(longest)
        for wrong in (at_length(longest + 1), ""):
            changes: dict[str, Any] = {name: wrong}
            with pytest.raises(ValueError, match=f"field {code} has 1 to {longest} characters"):
                written(replace(FULL, **changes))

    def test_the_payment_is_as_long_as_it_may_be(self) -> None:
        assert parsed(written(replace(FULL, other=("TB", "9" * 62))))["S"] == "TB;" + "9" * 62
        with pytest.raises(ValueError, match="field S has 1 to 65"):
            written(replace(FULL, other=("TB", "9" * 63)))

    def test_amounts_have_sixteen_characters(self) -> None:
        assert parsed(written(replace(FULL, total=10**15 - 1)))["O"] == "9999999999999.99"
        with pytest.raises(ValueError, match="field O has 1 to 16"):
            written(replace(FULL, total=10**15))

    @pytest.mark.parametrize("name", ["taxes", "total", "not_subject", "stamp_duty", "withheld"])
    def test_amounts_are_not_below_nothing(self, name: str) -> None:
        changes: dict[str, Any] = {name: -1}
        with pytest.raises(ValueError, match="is negative"):
            written(replace(FULL, **changes))

    def test_nor_are_those_of_a_region(self) -> None:
        with pytest.raises(ValueError, match="field I7 is negative"):
            written(replace(FULL, regions=(InRegion("PT", normal=AtRate(-100, 0)),)))

    @pytest.mark.parametrize("character", ["*", "\n", "\t", "\r", "\x00", "\x7f", "\u200b", "\u2028"])
    @pytest.mark.parametrize("name", ["buyer", "number", "atcud", "other"])
    def test_characters_that_separate_or_do_not_show(self, name: str, character: str) -> None:
        value = f"1{character}2"
        changes: dict[str, Any] = {name: (value,) if name == "other" else value}
        with pytest.raises(ValueError, match="contains a forbidden character"):
            written(replace(FULL, **changes))

    @pytest.mark.parametrize("character", [" ", "/", ":", ";", "é", "日"])
    def test_characters_that_a_value_may_have(self, character: str) -> None:
        value = f"1{character}2"
        assert parsed(written(replace(FULL, buyer=value)))["B"] == value

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("issuer", "PT1234567"),
            ("issuer", "12345678"),
            ("country", "Portugal"),
            ("country", "pt"),
            ("type", "F1"),
            ("status", "n"),
            ("hash_characters", "1"),
            ("hash_characters", "ab*d"),
            ("certificate", "99a"),
        ],
    )
    def test_values_of_another_form(self, name: str, value: str) -> None:
        changes: dict[str, Any] = {name: value}
        with pytest.raises(ValueError, match=r"field [A-Z]"):
            written(replace(FULL, **changes))

    @pytest.mark.parametrize("value", ["Desconhecido", "US"])
    def test_countries(self, value: str) -> None:
        assert parsed(written(replace(FULL, country=value)))["C"] == value

    @pytest.mark.parametrize(
        "names",
        [(), ("PT", "PT"), ("PT", "PT-AC", "PT-MA", "ES"), ("PT", "0"), ("Desconhecido",), ("PT-XX",)],
    )
    def test_regions_that_no_code_can_have(self, names: tuple[str, ...]) -> None:
        with pytest.raises(ValueError, match=r"one to 3 regions|field [IJ]1"):
            written(replace(FULL, regions=tuple(map(InRegion, names))))

    @given(st.data())
    def test_it_is_read_back_as_it_was(self, data: st.DataObject) -> None:
        amount = st.none() | st.integers(0, 10**15 - 1)
        rate = st.builds(AtRate, amount, amount)
        word = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="*"), min_size=1)
        names = data.draw(
            st.lists(st.sampled_from(["PT", "PT-AC", "PT-MA", "FR"]), min_size=1, max_size=3, unique=True)
        )
        fields = QrFields(
            issuer=data.draw(st.from_regex(r"[0-9]{9}", fullmatch=True)),
            buyer=data.draw(word.map(lambda text: text[:30])),
            country=data.draw(st.sampled_from(["PT", "FR", "Desconhecido"])),
            type=data.draw(st.sampled_from([each.saft_type for each in DOCUMENT_TYPES])),
            status=data.draw(st.sampled_from("NAF")),
            date=data.draw(st.dates()),
            number=data.draw(word.map(lambda text: text[:60])),
            atcud=data.draw(word.map(lambda text: text[:70])),
            regions=tuple(
                data.draw(st.builds(InRegion, st.just(name), amount, rate, rate, rate)) for name in names
            ),
            taxes=data.draw(st.integers(0, 10**15 - 1)),
            total=data.draw(st.integers(0, 10**15 - 1)),
            hash_characters=data.draw(st.from_regex(r"0|[A-Za-z0-9+/]{4}", fullmatch=True)),
            certificate=data.draw(st.from_regex(r"[0-9]{1,4}", fullmatch=True)),
            not_subject=data.draw(amount),
            stamp_duty=data.draw(amount),
            withheld=data.draw(amount),
            other=data.draw(st.just(()) | st.just(("MB", "00000", "123456789", "1.00"))),
        )
        text = written(fields)
        assert list(parsed(text)) == [code for code in ORDER if code in parsed(text)]
        assert read(text) == fields


class TestGolden:
    def test_no_text_has_changed(self) -> None:
        """Types, regions, reasons, days of the rates. Renew: `python -m tests.emulator.support.qr_texts`."""
        kept = qr_texts.FILE.read_text(encoding="utf-8").splitlines()
        assert qr_texts.text().splitlines() == kept

    def test_it_has_all_there_is(self) -> None:
        names = {case.name for case in qr_texts.cases()}
        assert {f"{each.name} in PT" for each in DOCUMENT_TYPES} <= names
        assert {f"tax of {region}" for region in TAX_REGIONS} <= names
        assert {f"{code} in PT-MA" for code in EXEMPTIONS} <= names

    @folded("case", qr_texts.cases(), ids=lambda case: case.name)
    def test_each_is_lawful(self, case: qr_texts.Case) -> None:
        assert_lawful(qr_text(case.document, ISSUER))


LINES = st.builds(
    a_line,
    price=st.decimals(0, 99_999, places=4).map(str),
    rate=st.sampled_from(
        ["0", "0", "4", "5", "6", "9", "10", "12", "13", "16", "18", "22", "23", "5.5", "20", "100"]
    ),
    code=st.sampled_from(["NOR", "INT", "RED", "OUT", "ISE", None]),
    region=st.just("PT"),
    exemption=st.sampled_from([*EXEMPTIONS, None]),
)
DISCOUNTS = st.none() | st.builds(GlobalDiscount, st.just("percentage"), st.decimals(0, 100, places=4))
NUMBERS = st.none() | st.text(max_size=50)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any type with taxes of up to three regions."""
    regions = draw(st.lists(st.sampled_from([*sorted(TAX_REGIONS), None]), min_size=1, max_size=3))
    kind = draw(st.sampled_from(DOCUMENT_TYPES))
    common = {
        "id": draw(st.integers(1, 10**9)),
        "type": kind,
        "status": draw(st.sampled_from(["final", "settled", "canceled"])),
        "date": draw(st.dates(date(2000, 1, 1), date(2040, 1, 1))),
        "client": {"id": 1, "name": "A", "fiscal_id": draw(NUMBERS), "country": draw(st.none() | st.text())},
        "retention": draw(st.none() | st.decimals(0, 100, places=2)),
        "has_multibanco": draw(st.booleans()),
    }
    if kind.is_receipt:
        paid = draw(st.integers(1, 10**9))
        return a_document(**common, lines=(), signature=None, totals=Totals(paid, 0, paid, 0, paid))
    lines = [
        line._replace(tax_region=draw(st.sampled_from(regions)))
        for line in draw(st.lists(LINES, min_size=1, max_size=6))
    ]
    exemption = draw(st.sampled_from([*EXEMPTIONS, None]))
    return a_document(**common, lines=tuple(lines), global_discount=draw(DISCOUNTS), tax_exemption=exemption)


class TestDocuments:
    @settings(max_examples=400)
    @given(documents())
    def test_every_text_is_lawful(self, document: Document) -> None:
        text = qr_text(document, ISSUER)
        assert_lawful(text)
        fields = parsed(text)
        assert cents(fields, "N") == document.totals.taxes
        assert cents(fields, "O") == document.totals.total
        assert cents(fields, "P") == document.withheld
        assert ("P" in fields) == (document.withheld > 0)
        assert written(read(text)) == text

    def test_portuguese_regions_come_first(self) -> None:
        lines = tuple(a_line("1", "23", None, region) for region in ("AT", "PT-MA", "PT"))
        fields = parsed(qr_text(a_document(lines=lines), ISSUER))
        assert (fields["I1"], fields["J1"], fields["K1"]) == ("PT", "PT-MA", "AT")

    def test_four_regions_have_no_room(self) -> None:
        lines = tuple(a_line("1", "23", None, region) for region in ("AT", "PT-MA", "PT", "PT-AC"))
        document = a_document(lines=lines)
        assert document.qr_regions == ["PT", "PT-AC", "PT-MA", "AT"]
        with pytest.raises(ValueError, match="one to 3 regions"):
            qr_text(document, ISSUER)

    def test_rates_and_regions_have_their_fields_and_add_up(self) -> None:
        lines = (
            a_line("100", "6", "RED"),
            a_line("100", "13", "INT"),
            a_line("100", "23", "NOR"),
            a_line("100", "0", "ISE", exemption="M07"),
            a_line("50", "0", "ISE", exemption="M99"),
            a_line("100", "16", "NOR", region="PT-AC"),
        )
        fields = parsed(qr_text(a_document(lines=lines), ISSUER))
        assert [fields[f"I{n}"] for n in range(1, 9)] == [
            "PT", "100.00", "100.00", "6.00", "100.00", "13.00", "100.00", "23.00"
        ]  # read by rows # fmt: skip
        assert (fields["J1"], fields["J7"], fields["J8"], fields["L"]) == (
            "PT-AC",
            "100.00",
            "16.00",
            "50.00",
        )
        assert (fields["N"], fields["O"]) == ("58.00", "608.00")

    @pytest.mark.parametrize(
        ("code", "rate", "place"),
        [
            ("NOR", "6", "I7"),
            ("RED", "23", "I3"),
            (None, "9", "I5"),
            ("OUT", "5", "I3"),
            ("OUT", "12.5", "I5"),
            ("OUT", "14", "I7"),
            ("ISE", "14", "I7"),
        ],
    )
    def test_a_code_decides_and_else_the_rate(self, code: str | None, rate: str, place: str) -> None:
        fields = parsed(qr_text(a_document(lines=(a_line("100", rate, code),)), ISSUER))
        assert [key for key in fields if key[0] == "I"] == ["I1", place, f"I{int(place[1]) + 1}"]

    def test_status_buyer_retention_and_multibanco(self) -> None:
        document = a_document(
            status="canceled",
            client={"id": 1, "name": "A", "fiscal_id": "508*1", "country": "Germany"},
            retention=Decimal(25),
            has_multibanco=True,
        )
        fields = parsed(qr_text(document, ISSUER))
        assert (fields["B"], fields["C"], fields["E"], fields["P"]) == ("508 1", "DE", "A", "0.16")
        reference = document.multibanco
        assert reference is not None
        assert fields["S"] == f"MB;00000;{reference.reference};0.80"

    def test_what_is_unsigned_says_zero(self) -> None:
        paid = Totals(80, 0, 80, 0, 80)
        receipt = a_document(type=BY_NAME["Receipt"], signature=None, lines=(), totals=paid)
        fields = parsed(qr_text(receipt, ISSUER))
        assert (fields["D"], fields["Q"], fields["I1"]) == ("RG", "0", "0")
        assert (fields["L"], fields["N"], fields["O"]) == ("0.80", "0.00", "0.80")

    def test_only_guides_go_without_prices(self) -> None:
        nothing = (a_line("0", "23", "NOR"),)
        for kind in DOCUMENT_TYPES:
            if not kind.is_receipt:
                region = parsed(qr_text(a_document(type=kind, lines=nothing), ISSUER))["I1"]
                assert (region == "0") == (kind.saft_section == "MovementOfGoods"), kind.name
        priced = (*nothing, a_line("1", "23", "NOR"))
        assert parsed(qr_text(a_document(type=BY_NAME["Transport"], lines=priced), ISSUER))["I1"] == "PT"

    @pytest.mark.parametrize("atcud", ["N/A", "N/D", None])
    def test_types_without_a_validation_code_have_no_atcud(self, atcud: str | None) -> None:
        assert parsed(qr_text(a_document(atcud=atcud), ISSUER))["H"] == "0"

    def test_what_there_is_nothing_to_tell_of_is_not_written(self) -> None:
        bare = replace(
            FULL, regions=(InRegion("PT"),), not_subject=None, stamp_duty=None, withheld=None, other=()
        )
        assert set(parsed(written(bare))) == ALWAYS
        assert parsed(written(replace(bare, not_subject=0)))["L"] == "0.00"
