"""The chain of signatures: the tax authority's own verify, and any tampering is detected."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import InputError, saft_file
from invoicexpress.saft_file import ChainReport, Section, message, verify_chain

from tests.folded import folded
from tests.unit.support.saft_files import PUBLIC_KEY, Tree, document, file, signed

KNOWN: Final = json.loads(
    Path(__file__).parents[2].joinpath("known_answers", "demonstration_signatures.json").read_text("utf-8")
)
SIGNED_SECTIONS: Final[tuple[Section, ...]] = ("SalesInvoices", "MovementOfGoods", "WorkingDocuments")


# The tax authority's demonstration file -----------------------------------------------------------------


def known_rows() -> list[dict[str, str]]:
    """Number, date, entry time, total, signature and previous signature of each signed document."""
    rows: list[dict[str, str]] = []
    for each in KNOWN["documents"]:
        date, entered, number, total, previous = each["message"].split(";")
        assert number == each["number"]
        rows.append({**each, "date": date, "entered": entered, "total": total, "previous": previous})
    assert len(rows) == 35
    return rows


def known_file(rows: list[dict[str, str]]) -> bytes:
    """The signed documents in a file of ours, with only the signed fields and the signatures."""
    tree: Tree = []
    for row in rows:
        series, _, place = row["number"].rpartition("/")
        name, children = document(place, series=series, gross=row["total"], status=row["status"])
        changed = {"Hash": row["hash"], "InvoiceDate": row["date"], "SystemEntryDate": row["entered"]}
        tree.append((name, [(child, changed.get(child, value)) for child, value in children]))
    return file([("SalesInvoices", tree)])


@pytest.mark.parametrize("row", known_rows(), ids=lambda row: row["number"])
def test_a_known_message_is_built_anew(row: dict[str, str]) -> None:
    date, entered = dt.date.fromisoformat(row["date"]), dt.datetime.fromisoformat(row["entered"])
    built = message(date, entered, row["number"], Decimal(row["total"]), row["previous"])
    assert built == row["message"]


def test_all_known_signatures_verify() -> None:
    report = verify_chain(saft_file.read(known_file(known_rows())), KNOWN["public_key"])
    assert (report.verified, report.broken, report.unverifiable, report.unsigned) == (35, (), (), 0)
    assert report.is_whole
    assert any(row["status"] == "A" for row in known_rows()), "cancelled documents are included"


def tampered(row: dict[str, str]) -> dict[str, dict[str, str]]:
    cents = f"{Decimal(row['total']) + Decimal('0.01'):.2f}"
    other = f"{'B' if row['hash'][0] == 'A' else 'A'}{row['hash'][1:]}"
    later = (dt.datetime.fromisoformat(row["entered"]) + dt.timedelta(seconds=1)).isoformat()
    day = (dt.date.fromisoformat(row["date"]) - dt.timedelta(days=1)).isoformat()
    return {
        "total": {**row, "total": cents},
        "time": {**row, "entered": later},
        "date": {**row, "date": day},
        "signature": {**row, "hash": other},
        "cut signature": {**row, "hash": row["hash"][:-4]},
        "no signature": {**row, "hash": "0"},
        "padded signature": {**row, "hash": f"{row['hash'][:9]}-{row['hash'][9:]}"},
        "no base64": {**row, "hash": "é" * 172},
    }


@pytest.mark.parametrize("what", list(tampered(known_rows()[0])))
@folded("index", range(35), ids=[row["number"] for row in known_rows()])
def test_each_that_was_tampered_with_is_found(index: int, what: str) -> None:
    rows = known_rows()
    number = rows[index]["number"]
    follower = {row["number"] for row in rows if row["previous"] == rows[index]["hash"]}
    rows[index] = tampered(rows[index])[what]
    report = verify_chain(saft_file.read(known_file(rows)), KNOWN["public_key"])
    broken = {link.number for link in report.broken}
    is_of_signature = "signature" in what or what == "no base64"
    if what == "no signature":
        assert broken == {number}
        assert {link.number for link in report.unverifiable} == follower
    else:
        assert broken == {number, *(follower if is_of_signature else ())}
        assert report.unverifiable == ()
    assert report.verified == 35 - len(report.broken) - len(report.unverifiable)
    assert not report.is_whole


def test_a_number_that_was_changed_is_found() -> None:
    rows = known_rows()
    rows[0]["number"] = "9T 1/1"
    report = verify_chain(saft_file.read(known_file(rows)), KNOWN["public_key"])
    assert [link.number for link in report.broken] == ["9T 1/1"]
    assert "and the signature before it" in report.broken[0].why
    assert report.broken[0].signed == rows[0]["message"].replace("1T 1/1", "9T 1/1")


def test_another_key_verifies_nothing() -> None:
    assert verify_chain(saft_file.read(known_file(known_rows())), PUBLIC_KEY).verified == 0


# Chains of our own --------------------------------------------------------------------------------------


def chain(
    first: int, last: int, *, previous: str = "", series: str = "FT 2026", section: Section = "SalesInvoices"
) -> list[tuple[str, Tree]]:
    """Documents in a series, signed in a chain."""
    rows: list[tuple[str, Tree]] = []
    for place in range(first, last + 1):
        day = dt.date(2026, 11, place % 28 + 1)
        entered = dt.datetime(2026, 11, day.day, 10)  # noqa: DTZ001 as the file has it
        previous = signed(message(day, entered, f"{series}/{place}", Decimal("12.30"), previous))
        rows.append(document(place, day=day.day, series=series, section=section, signature=previous))
    return rows


def hash_of(row: tuple[str, Tree]) -> str:
    return str(dict(row[1])["Hash"])


def opened(*rows: tuple[str, Tree], section: Section = "SalesInvoices") -> saft_file.AuditFile:
    return saft_file.read(file([(section, list(rows))]))


def outcome(report: ChainReport) -> tuple[int, list[str | None], list[str | None]]:
    """The number of verified documents, the broken ones, and those that cannot be judged."""
    return (
        report.verified,
        [link.number for link in report.broken],
        [link.number for link in report.unverifiable],
    )


WHOLE = chain(1, 12)


def test_order_in_the_file_does_not_matter() -> None:
    assert outcome(verify_chain(opened(*reversed(WHOLE)), PUBLIC_KEY)) == (12, [], [])
    assert outcome(verify_chain(opened(*WHOLE), PUBLIC_KEY.encode())) == (12, [], [])


def test_the_months_together_are_verified_in_any_order() -> None:
    months = [opened(*WHOLE[:5]), opened(*WHOLE[5:9]), opened(*WHOLE[9:])]
    assert outcome(verify_chain(months, PUBLIC_KEY)) == (12, [], [])
    assert outcome(verify_chain(iter(reversed(months)), PUBLIC_KEY)) == (12, [], [])
    assert outcome(verify_chain([*months, months[1]], PUBLIC_KEY)) == (12, [], []), (
        "a file given twice counts once"
    )


def test_the_first_of_a_month_is_unverifiable_unless_the_month_before_is_known() -> None:
    october, november = opened(*WHOLE[:5]), opened(*WHOLE[5:])
    alone = verify_chain(november, PUBLIC_KEY)
    assert outcome(alone) == (6, [], ["FT 2026/6"])
    assert "in none of the files" in alone.unverifiable[0].why
    before = verify_chain(october, PUBLIC_KEY)
    assert before.last == {"FT 2026": hash_of(WHOLE[4])}
    assert outcome(verify_chain(november, PUBLIC_KEY, previous=before.last)) == (7, [], [])
    wrong = {"FT 2026": hash_of(WHOLE[3])}
    assert outcome(verify_chain(november, PUBLIC_KEY, previous=wrong)) == (6, ["FT 2026/6"], [])
    assert outcome(verify_chain(november, PUBLIC_KEY, previous={"FT 2025": "x"})) == (6, [], ["FT 2026/6"])


def test_a_series_that_begins_at_another_number_is_told_to() -> None:
    rows = opened(*chain(100, 103))
    assert outcome(verify_chain(rows, PUBLIC_KEY)) == (3, [], ["FT 2026/100"])
    assert outcome(verify_chain(rows, PUBLIC_KEY, previous={"FT 2026": ""})) == (4, [], [])


def test_a_series_that_goes_on_under_number_one_is_told_what_was_before() -> None:
    before = signed("the year before")
    rows = opened(*chain(1, 3, previous=before))
    assert outcome(verify_chain(rows, PUBLIC_KEY)) == (2, ["FT 2026/1"], [])
    assert outcome(verify_chain(rows, PUBLIC_KEY, previous={"FT 2026": before})) == (3, [], [])


def test_after_a_missing_document_nothing_is_guessed() -> None:
    rows = [row for place, row in enumerate(WHOLE, start=1) if place not in (4, 8, 9)]
    report = verify_chain(opened(*rows), PUBLIC_KEY)
    assert outcome(report) == (7, [], ["FT 2026/5", "FT 2026/10"])
    assert [link.why for link in report.unverifiable] == [
        "FT 2026/4 is in none of the files",
        "FT 2026/8 and more are missing",
    ]


def test_a_signature_that_fits_across_a_gap_is_proof() -> None:
    """A program may skip a number and still sign correctly; finding the gap is up to `check`."""
    first = chain(1, 2)
    rows = [*first, *chain(4, 5, previous=hash_of(first[-1]))]
    assert outcome(verify_chain(opened(*rows), PUBLIC_KEY)) == (4, [], [])


def test_series_and_sections_have_chains_of_their_own() -> None:
    sources: Tree = [(section, chain(1, 4, series="X 1", section=section)) for section in SIGNED_SECTIONS]
    sources[0][1].extend(chain(1, 3, series="FT A/B"))
    report = verify_chain(saft_file.read(file(sources)), PUBLIC_KEY)
    assert outcome(report) == (15, [], [])
    assert set(report.last) == {"FT A/B"}, "what X 1 ended with depends on the section"


def test_cancelled_and_recovered_documents_are_in_the_chain() -> None:
    rows = list(WHOLE)
    for index, (status, control) in {3: ("A", "1"), 5: ("N", "1-FTM abc/00001"), 7: ("N", "9999.1")}.items():
        name, tree = rows[index]
        changed = {"DocumentStatus": [("InvoiceStatus", status)], "HashControl": control}
        rows[index] = (name, [(child, changed.get(child, value)) for child, value in tree])
    assert outcome(verify_chain(opened(*rows), PUBLIC_KEY)) == (12, [], [])


def test_receipts_are_not_signed() -> None:
    receipts = [document(n, section="Payments", series="RG 2026") for n in (1, 2)]
    bare = [(name, [each for each in tree if not each[0].startswith("Hash")]) for name, tree in receipts]
    report = verify_chain(saft_file.read(file([("Payments", bare)])), PUBLIC_KEY)
    assert (outcome(report), report.unsigned, report.is_whole) == ((0, [], []), 2, True)


@pytest.mark.parametrize("name", ["GrossTotal", "SystemEntryDate", "InvoiceDate"])
def test_what_cannot_be_read_cannot_be_judged(name: str) -> None:
    content = file([("SalesInvoices", WHOLE)])
    start = content.index(f"<{name}>".encode()) + len(name) + 2
    report = verify_chain(saft_file.read(content[:start] + b"?" + content[start:]), PUBLIC_KEY)
    assert outcome(report) == (11, [], ["FT 2026/1"])
    assert "cannot be read" in str(report.unverifiable[0])


@pytest.mark.parametrize("number", ["FT 2026", "FT 2026/", "/7", "FT 2026/7a", "FT 2026/٧"])
def test_a_number_without_a_place_cannot_be_judged(number: str) -> None:
    content = file([("SalesInvoices", WHOLE)]).replace(b"FT 2026/12<", f"{number}<".encode())
    assert outcome(verify_chain(saft_file.read(content), PUBLIC_KEY)) == (11, [], [number])


def test_two_documents_of_one_number_are_both_judged() -> None:
    other = document(5, gross="99.99", signature=hash_of(WHOLE[4]), day=6)
    assert outcome(verify_chain(opened(*WHOLE, other), PUBLIC_KEY)) == (12, ["FT 2026/5"], [])


def test_a_total_is_signed_with_two_decimals_and_a_time_without_its_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=1))
    entered = dt.datetime(2026, 7, 1, 9, 5, 7, 123_456, tzinfo=zone)
    day = dt.date(2026, 7, 1)
    for total, text in (("5", "5.00"), ("1E+1", "10.00"), ("2.345", "2.35"), ("1E+40", f"1{'0' * 40}.00")):
        expected = f"2026-07-01;2026-07-01T09:05:07;FT A/1;{text};"
        assert message(day, entered, "FT A/1", Decimal(total)) == expected


@pytest.mark.parametrize(
    "key",
    ["", "no key", PUBLIC_KEY.replace("MI", "XX", 1), PUBLIC_KEY[:100]],
    ids=["empty", "words", "spoilt", "cut"],
)
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(InputError) as caught:
        verify_chain(opened(*WHOLE), key)
    assert caught.value.field == "public_key_pem"


def test_a_key_of_another_kind_is_refused() -> None:
    pem = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(InputError, match="RSA"):
        verify_chain(opened(*WHOLE), pem)


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 11),
    st.sampled_from(["GrossTotal", "SystemEntryDate", "InvoiceDate", "InvoiceNo", "Hash"]),
    st.randoms(use_true_random=False),
)
def test_a_digit_that_was_changed_anywhere_is_found(index: int, name: str, choice: Any) -> None:
    """Changing any character of a signed field breaks the chain."""
    row, tree = WHOLE[index]
    place = next(
        at
        for at, (child, _) in enumerate(tree)
        if child == (name if name != "GrossTotal" else "DocumentTotals")
    )
    value: Any = tree[place][1]
    if name == "GrossTotal":
        value = [*value[:-1], ("GrossTotal", "12.31")]
    elif name == "Hash":
        at = choice.randrange(170)
        value = value[:at] + choice.choice([each for each in "AbC+/9" if each != value[at]]) + value[at + 1 :]
    elif name == "InvoiceNo":
        value = f"FT 2027/{index + 1}"
    else:
        value = value.replace("2026-11", "2026-10")
    changed = [
        *WHOLE[:index],
        (row, [*tree[:place], (tree[place][0], value), *tree[place + 1 :]]),
        *WHOLE[index + 1 :],
    ]
    report = verify_chain(opened(*changed), PUBLIC_KEY)
    assert not report.is_whole
    assert report.verified >= 9


# Several keys -------------------------------------------------------------------------------------------

PRIVATE: Final = {
    name: rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - the law
    for name in ("1", "2", "9.1")
}
PEM: Final = {
    name: key.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
    for name, key in PRIVATE.items()
}


def controlled(row: tuple[str, Tree], **changed: Any) -> tuple[str, Tree]:
    """The document with some elements changed."""
    name, tree = row
    return name, [(child, changed.get(child, value)) for child, value in tree]


def changing(keys: Sequence[str], controls: Mapping[int, str] | None = None) -> list[tuple[str, Tree]]:
    """A series whose documents are signed with these keys in turn; `controls` are other HashControls."""
    rows: list[tuple[str, Tree]] = []
    previous = ""
    for place, name in enumerate(keys, start=1):
        text = message(
            dt.date(2026, 11, place),
            dt.datetime(2026, 11, place, 10),  # noqa: DTZ001 as the file has it
            f"FT 2026/{place}",
            Decimal("12.30"),
            previous,
        )
        signature = PRIVATE[name].sign(text.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the law
        previous = base64.b64encode(signature).decode()
        control = (controls or {}).get(place, name)
        rows.append(controlled(document(place, day=place, signature=previous), HashControl=control))
    return rows


def of_another_total(row: tuple[str, Tree], **changed: Any) -> tuple[str, Tree]:
    """The document with another total."""
    totals = [("TaxPayable", "2.30"), ("NetTotal", "10.01"), ("GrossTotal", "12.31")]
    return controlled(row, DocumentTotals=totals, **changed)


def test_a_document_of_another_key_is_unverifiable_and_not_broken() -> None:
    rows = changing("1122")
    report = verify_chain(opened(*rows), PEM["2"])
    assert outcome(report) == (2, [], ["FT 2026/1", "FT 2026/2"])
    assert not report.is_whole
    assert all("signed with key 1, and no public key" in link.why for link in report.unverifiable)
    assert report.unverifiable[0].signed == "2026-11-01;2026-11-01T10:00:00;FT 2026/1;12.30;"
    assert outcome(verify_chain(opened(*rows), PEM["1"])) == (2, [], ["FT 2026/3", "FT 2026/4"])


def test_each_version_has_its_key() -> None:
    rows = opened(*changing(["1", "2", "1", "9.1", "2"]))
    assert verify_chain(rows, PEM).is_whole
    assert verify_chain(rows, {name: pem.encode() for name, pem in PEM.items()}).verified == 5
    part = verify_chain(rows, {"1": PEM["1"], "9.1": PEM["9.1"]})
    assert outcome(part) == (3, [], ["FT 2026/2", "FT 2026/5"])
    assert {link.why for link in part.unverifiable} == {
        "by its HashControl it is signed with key 2, and no public key is given for it"
    }


def test_swapped_keys_verify_nothing() -> None:
    report = verify_chain(opened(*changing("12")), {"1": PEM["2"], "2": PEM["1"]})
    assert outcome(report) == (0, ["FT 2026/1", "FT 2026/2"], [])
    assert report.broken[0].why == "key 2 signed it, and its HashControl names key 1"


@pytest.mark.parametrize(
    ("control", "keys"),
    [
        ("1", {"1": "1"}),
        ("1", {"9999.1": "1"}),
        ("1", {"9999.1": "1", "1": "2"}),
        ("9999.1", {"1": "1"}),
        ("9999.01", {"01": "1"}),
        ("1-FTM A/12", {"1": "1"}),
        ("1-FTD FT 1/7", {"9999.1": "1"}),
        ("9999.1-FTM A/12", {"1": "1"}),
        ("77.3", {"77.3": "1"}),
        ("", {"2": "2", "1": "1"}),
        ("0", {"1": "1"}),
    ],
)
def test_a_hash_control_names_a_key(control: str, keys: dict[str, str]) -> None:
    """The file's program has certificate 9999."""
    rows = opened(*changing("1", {1: control}))
    assert outcome(verify_chain(rows, {name: PEM[key] for name, key in keys.items()})) == (1, [], [])
    assert outcome(verify_chain(rows, PEM["1"])) == (1, [], [])


@pytest.mark.parametrize(
    ("control", "name"), [("77.3", "77.3"), ("3", "3"), ("3-FTM A/12", "3"), ("9999.3", "3")]
)
def test_a_key_that_is_missing_is_named(control: str, name: str) -> None:
    rows = opened(*changing("112", {3: control}))
    for keys in (PEM["1"], {"1": PEM["1"]}):
        report = verify_chain(rows, keys)
        assert outcome(report) == (2, [], ["FT 2026/3"])
        assert f"signed with key {name}," in report.unverifiable[0].why


@pytest.mark.parametrize("control", ["2", "77.1", "1-FTM A/1", "9999.1", "0", "", "nonsense", "1.2.3"])
@pytest.mark.parametrize("keys", [PEM["1"], {"1": PEM["1"]}, {"1": PEM["1"], "2": PEM["2"]}])
def test_another_hash_control_hides_no_change(control: str, keys: str | dict[str, str]) -> None:
    rows = changing("1111")
    rows[1] = of_another_total(rows[1], HashControl=control)
    report = verify_chain(opened(*rows), keys)
    assert not report.is_whole
    (link,) = (*report.broken, *report.unverifiable)
    assert (link.number, report.verified) == ("FT 2026/2", 3)
    # Only a key that is not given leaves a doubt.
    has_other_key = control == "77.1" or (
        control == "2" and "2" not in (keys if isinstance(keys, dict) else "")
    )
    assert report.broken == (() if has_other_key else (link,))


def test_a_key_that_fits_nothing_is_not_that_of_another_program() -> None:
    """The file's program has certificate 9999, and all its documents come from the one with 1234."""
    rows = [controlled(row, HashControl="1234.1") for row in changing("11")]
    report = verify_chain(opened(*rows), PEM["2"])
    assert outcome(report) == (0, [], ["FT 2026/1", "FT 2026/2"])
    assert all("signed with key 1234.1," in link.why for link in report.unverifiable)
    assert verify_chain(opened(*rows), PEM["1"]).is_whole
    assert verify_chain(opened(*rows), {"1234.1": PEM["1"]}).is_whole


def test_documents_of_another_program_beside_changing_keys_are_no_broken_chain() -> None:
    rows = changing("1122", {2: "1234.1"})
    assert outcome(verify_chain(opened(*rows), PEM["2"])) == (2, [], ["FT 2026/1", "FT 2026/2"])
    by_version = {"1": PEM["1"], "2": PEM["2"]}
    report = verify_chain(opened(*rows), by_version)
    assert outcome(report) == (3, [], ["FT 2026/2"])
    assert "key 1234.1" in report.unverifiable[0].why
    assert verify_chain(opened(*rows), {**by_version, "1234.1": PEM["1"]}).is_whole


def test_a_key_that_fits_nothing_may_be_that_of_any_version() -> None:
    one, several = opened(*changing("11")), opened(*changing("12"))
    assert outcome(verify_chain(one, PUBLIC_KEY)) == (0, ["FT 2026/1", "FT 2026/2"], [])
    report = verify_chain(several, PUBLIC_KEY)
    assert outcome(report) == (0, [], ["FT 2026/1", "FT 2026/2"])
    assert [f"key {place}, and the given key may be another" in link.why for place, link in
            enumerate(report.unverifiable, start=1)] == [True, True]  # fmt: skip


def test_the_only_version_is_that_of_the_key_even_if_others_name_none() -> None:
    rows = changing("111", {1: "", 3: ""})
    rows[1] = of_another_total(rows[1])
    assert outcome(verify_chain(opened(*rows), PEM["1"])) == (2, ["FT 2026/2"], [])


def test_a_signature_of_another_key_is_the_previous_one_all_the_same() -> None:
    rows = changing("1222")
    october, november = opened(*rows[:1]), opened(*rows[1:])
    before = verify_chain(october, PEM["1"])
    assert verify_chain(november, PEM["2"], previous=before.last).is_whole
    alone = verify_chain(november, {"1": PEM["1"]})
    assert alone.unverifiable[0].why.startswith("the document before it is in none of the files; by its")
    rows[0] = controlled(rows[0], Hash=hash_of(rows[1]))
    assert outcome(verify_chain(opened(*rows), PEM["2"])) == (2, ["FT 2026/2"], ["FT 2026/1"])


def test_files_of_two_programs_need_the_exact_names() -> None:
    october = file([("SalesInvoices", changing("1"))]).replace(b">9999<", b">9<")
    rows = [controlled(changing("12")[1], HashControl="1")]
    files = [saft_file.read(october), opened(*rows)]
    assert verify_chain(files, {"9.1": PEM["1"], "9999.1": PEM["2"]}).is_whole
    assert outcome(verify_chain(files, {"9.1": PEM["1"]})) == (1, [], ["FT 2026/2"])


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({}, "public_key_pem"),
        ({"": PEM["1"]}, "public_key_pem['']"),
        ({"0": PEM["1"]}, "public_key_pem['0']"),
        ({"1-FTM A/1": PEM["1"]}, "public_key_pem['1-FTM A/1']"),
        ({"1": PEM["1"], "2": "x"}, "public_key_pem['2']"),
    ],
)
def test_keys_that_are_none_are_refused(keys: Any, field: str) -> None:
    with pytest.raises(InputError) as caught:
        verify_chain(opened(*WHOLE), keys)
    assert caught.value.field == field
