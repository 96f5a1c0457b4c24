"""The SAF-T file of a month, read back by element names and held against that month's rows."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from .amounts import euros
from .finding import SAFT, Flaw
from .tax_numbers import without_prefix

if TYPE_CHECKING:
    from .stored import Stored

_NAMESPACE: Final = "{urn:OECD:StandardAuditFile-Tax:PT_1.04_01}"
_HALF_A_CENT: Final = Fraction(1, 200)
_NUMBER: Final = re.compile(r"[^ ]+ [^/^ ]+/[0-9]+")


class _Section(NamedTuple):
    element: str
    number: str
    kind: str
    """The beginning of the names of its status, date and type."""
    date: str


_SECTIONS: Final = {
    "SalesInvoices": _Section("Invoice", "InvoiceNo", "Invoice", "InvoiceDate"),
    "MovementOfGoods": _Section("StockMovement", "DocumentNumber", "Movement", "MovementDate"),
    "WorkingDocuments": _Section("WorkDocument", "DocumentNumber", "Work", "WorkDate"),
    "Payments": _Section("Payment", "PaymentRefNo", "Payment", "TransactionDate"),
}


def _all(parent: ET.Element, path: str) -> list[ET.Element]:
    return parent.findall("/".join(_NAMESPACE + name for name in path.split("/")))


def _text(parent: ET.Element, path: str) -> str:
    found = _all(parent, path)
    return (found[0].text or "") if found else ""


def _short(text: str) -> str:
    """Return a value for a sentence; of a signature, its beginning."""
    return text if len(text) <= 40 else f"{text[:20]}..."


def _cents(parent: ET.Element, path: str) -> int:
    return sum(round(Fraction(found.text or "0") * 100) for found in _all(parent, path))


def _fraction(parent: ET.Element, path: str) -> Fraction:
    return Fraction(_text(parent, path) or "0")


class MonthFile:
    """The documents expected in the file of a month, and the comparison with the file."""

    def __init__(self, month: str, issuer: str) -> None:
        """Begin with no documents; `month` is YYYY-MM, `issuer` the account's tax number."""
        self._month = month
        self._issuer = issuer
        self._expected: dict[str, dict[str, Stored]] = {name: {} for name in _SECTIONS}
        self._spellings: dict[str, str] = {}

    def add(self, each: Stored) -> None:
        """Expect an issued document of the month."""
        if each.type.saft_section is not None and each.printed is not None:
            self._expected[each.type.saft_section][each.printed] = each

    def check(self, content: Callable[[], bytes]) -> Iterator[tuple[Stored | None, Flaw]]:
        """Yield the flaws of the file, each with the document that it concerns."""
        try:
            root = ET.fromstring(content())  # noqa: S314 - made by this emulator
        except Exception as error:
            # Whatever breaks the code that makes it is a finding about the month, never the check's end.
            yield None, self._flaw(f"it cannot be made: {type(error).__name__}: {error}")
            return
        for sentence in self._header(root):
            yield None, self._flaw(sentence)
        masters = _masters(root)
        for kind, keys in masters.items():
            if twice := [key for key, count in Counter(keys).items() if count > 1]:
                yield None, self._flaw(f"{kind} is there twice: {', '.join(map(str, twice))}")
        for sentence in self._customers(root):
            yield None, self._flaw(sentence)
        for name, section in _SECTIONS.items():
            yield from self._section(root, name, section, {kind: set(keys) for kind, keys in masters.items()})

    def _flaw(self, sentence: str) -> Flaw:
        return Flaw(SAFT, f"In the SAF-T file of {self._month}, {sentence}.")

    def _header(self, root: ET.Element) -> Iterator[str]:
        if root.tag != f"{_NAMESPACE}AuditFile":
            yield f"the root is {root.tag}"
        expected_values = {
            "AuditFileVersion": "1.04_01",
            "CompanyID": self._issuer,
            "TaxRegistrationNumber": self._issuer,
            "FiscalYear": self._month[:4],
            "StartDate": f"{self._month}-01",
            "CurrencyCode": "EUR",
            "SoftwareCertificateNumber": "9999",
        }
        for name, value in expected_values.items():
            if (shown := _text(root, f"Header/{name}")) != value:
                yield f"the header's {name} is {shown or 'missing'} and should be {value}"

    def _customers(self, root: ET.Element) -> Iterator[str]:
        """Yield the customers whose number is not that of their newest document."""
        newest: dict[str, Stored] = {}
        for each in sorted(
            chain(*(rows.values() for rows in self._expected.values())), key=lambda row: row.id
        ):
            newest[str(each.row["client_id"])] = each
        for customer in _all(root, "MasterFiles/Customer"):
            key, shown = _text(customer, "CustomerID"), _text(customer, "CustomerTaxID")
            expected = _tax_number(newest[key]) if key in newest else None
            if expected is not None and shown != expected:
                yield f"the tax number of the customer {key} is {shown or 'missing'} and should be {expected}"

    def _section(
        self, root: ET.Element, name: str, section: _Section, masters: dict[str, set[tuple[str, ...]]]
    ) -> Iterator[tuple[Stored | None, Flaw]]:
        expected = self._expected[name]
        found = _all(root, f"SourceDocuments/{name}")
        if len(found) != (1 if expected else 0):
            yield None, self._flaw(f"{name} is there {len(found)} times")
            return
        if not expected:
            return
        elements = _all(found[0], section.element)
        numbers = Counter(_text(element, section.number) for element in elements)
        for number, each in expected.items():
            if numbers[number] != 1:
                yield each, self._flaw(f"{number} is there {numbers[number]} times")
        if strangers := sorted(numbers.keys() - expected.keys()):
            yield None, self._flaw(f"{', '.join(strangers)} is there, and is not of that month")
        for sentence in _control_totals(found[0], name, list(expected.values())):
            yield None, self._flaw(sentence)
        for element in elements:
            stored = expected.get(_text(element, section.number))
            if stored is None:
                continue
            wrong = [*_document(element, section, stored, masters), *self._units(element, stored)]
            if wrong:
                yield stored, self._flaw("; ".join(wrong))

    def _units(self, element: ET.Element, each: Stored) -> Iterator[str]:
        """Yield the lines that spell a unit otherwise than the lines before them."""
        # The lines of a receipt are payments.
        lines = () if each.type.is_receipt else _all(element, "Line")
        for line, row in zip(lines, each.lines, strict=False):
            unit, shown = row["unit"] or "unit", _text(line, "UnitOfMeasure")
            if (known := self._spellings.setdefault(unit, shown)) != shown:
                number = _text(line, "LineNumber")
                yield f"line {number} of {each.printed} spells {unit} as {shown}, and others spell it {known}"


def _tax_number(each: Stored) -> str | None:
    """Return the tax number to print for a client; None if it cannot be told, since others find that."""
    try:
        client = json.loads(each.row["client"])
    except ValueError:
        return None
    stored = str(client.get("fiscal_id") or "")
    if not (stored.isascii() and stored.isprintable()):
        return None
    return " ".join(without_prefix(stored, client.get("country")).split())[:30].strip() or "999999990"


def _masters(root: ET.Element) -> dict[str, list[tuple[str, ...]]]:
    """Return the keys of the master files."""
    return {
        "Customer": [(_text(each, "CustomerID"),) for each in _all(root, "MasterFiles/Customer")],
        "Product": [(_text(each, "ProductCode"),) for each in _all(root, "MasterFiles/Product")],
        "TaxTableEntry": [_tax(each) for each in _all(root, "MasterFiles/TaxTable/TaxTableEntry")],
    }


def _tax(element: ET.Element) -> tuple[str, ...]:
    names = ("TaxType", "TaxCountryRegion", "TaxCode", "TaxPercentage")
    return tuple(_text(element, name) for name in names)


def _control_totals(section: ET.Element, name: str, expected: list[Stored]) -> Iterator[str]:
    """Yield the sums that are not those of the rows: cancelled documents count and add nothing."""
    live = [each for each in expected if not each.is_canceled]
    if name == "MovementOfGoods":
        lines = sum(len(each.lines) for each in expected)
        quantity = sum((Fraction(line["quantity"]) for each in live for line in each.lines), Fraction())
        if _text(section, "NumberOfMovementLines") != str(lines):
            yield f"{name} counts {_text(section, 'NumberOfMovementLines')} lines; there are {lines}"
        if Fraction(_text(section, "TotalQuantityIssued") or "-1") != quantity:
            yield f"{name} has a quantity of {_text(section, 'TotalQuantityIssued')}; it is {float(quantity)}"
        return
    if _text(section, "NumberOfEntries") != str(len(expected)):
        yield f"{name} counts {_text(section, 'NumberOfEntries')} documents; there are {len(expected)}"
    debits = sum(each.row["before_taxes"] for each in live if each.type.reduces_owner)
    credits = sum(each.row["before_taxes"] for each in live if not each.type.reduces_owner)
    for total, amount in (("TotalDebit", debits), ("TotalCredit", credits)):
        if _text(section, total) != euros(amount):
            yield f"the {total} of {name} is {_text(section, total)}; it is {euros(amount)}"


def _document(
    element: ET.Element, section: _Section, each: Stored, masters: dict[str, set[tuple[str, ...]]]
) -> Iterator[str]:
    """Yield where a document of the file differs from its row, or does not add up in itself."""
    row, number = each.row, each.printed
    if not _NUMBER.fullmatch(number or ""):
        yield f"{number} is not a number that the schema allows"
    expected_values = {
        "ATCUD": "0" if row["atcud"] in {"N/A", "N/D", None} else str(row["atcud"]),
        section.date: str(row["date"]),
        f"{section.kind}Type": each.type.saft_type,
        "SystemEntryDate": str(row["system_entry"])[:19],
        "CustomerID": str(row["client_id"]),
        "DocumentTotals/TaxPayable": euros(row["taxes"]),
        "DocumentTotals/NetTotal": euros(row["before_taxes"]),
        "DocumentTotals/GrossTotal": euros(row["total"]),
    }
    if section.kind != "Payment":
        expected_values["Hash"] = str(row["signature"] or "0")
    for path, value in expected_values.items():
        if (shown := _text(element, path)) != value:
            yield f"{path} of {number} is {_short(shown) or 'missing'} and should be {_short(value)}"
    status = _text(element, f"DocumentStatus/{section.kind}Status")
    if (status == "A") != each.is_canceled:
        yield f"the status of {number} is {status}, and the document is {row['status']}"
    yield from _sums(element, section, each)
    yield from _references(element, number, masters)


def _sums(element: ET.Element, section: _Section, each: Stored) -> Iterator[str]:
    amounts = _cents(element, "Line/CreditAmount"), _cents(element, "Line/DebitAmount")
    for line in _all(element, "Line") if section.kind != "Payment" else ():
        amount = _fraction(line, "CreditAmount") + _fraction(line, "DebitAmount")
        product = _fraction(line, "Quantity") * _fraction(line, "UnitPrice")
        if abs(product - amount) > _HALF_A_CENT:
            yield (
                f"line {_text(line, 'LineNumber')} of {each.printed} is {float(amount):.2f}, and its "
                f"quantity times its price is {float(product):.6f}"
            )
    if section.kind == "Payment":
        if _cents(element, "PaymentMethod/PaymentAmount") != each.row["total"]:
            yield f"the payments of {each.printed} are not its total"
        expected = (each.row["total"], 0)
    else:
        net = _cents(element, "DocumentTotals/NetTotal")
        expected = (0, net) if each.type.reduces_owner else (net, 0)
    if amounts != expected:
        yield (
            f"the lines of {each.printed} credit {euros(amounts[0])} and debit {euros(amounts[1])}, "
            f"for a net total of {euros(max(expected))}"
        )


def _references(
    element: ET.Element, number: str | None, masters: dict[str, set[tuple[str, ...]]]
) -> Iterator[str]:
    """Yield the keys that the master files lack, and lines whose VAT and reason do not fit."""
    if (_text(element, "CustomerID"),) not in masters["Customer"]:
        yield f"the customer of {number} is not among the customers"
    for line in _all(element, "Line"):
        for product in _all(line, "ProductCode"):
            if (product.text or "",) not in masters["Product"]:
                yield f"the product {product.text} of {number} is not among the products"
        for tax in _all(line, "Tax"):
            if _tax(tax) not in masters["TaxTableEntry"]:
                yield f"the tax {' '.join(_tax(tax))} of {number} is not in the tax table"
            has_reason = bool(_text(line, "TaxExemptionReason")), bool(_text(line, "TaxExemptionCode"))
            is_exempt = Fraction(_text(tax, "TaxPercentage") or "0") == 0
            if has_reason != (is_exempt, is_exempt):
                yield f"a line of {number} has a reason of exemption beside VAT, or lacks one without VAT"
