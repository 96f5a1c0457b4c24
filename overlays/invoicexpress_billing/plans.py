"""From the rows of a file to checked documents, before anything is sent.

    planned = plan(read_table(Path("november.csv")), taxes=list(ix.taxes.list()), today=lisbon.today())
    for fault in planned.faults:
        print(fault)                    # row 12, column preço: '1.234' may be 1234.00 or 1.234, …
    planned.totals().total              # Decimal("1234.56"): what the run would bill

All faults of all rows are found; nothing stops at the first. Rows with the same key are the lines of one
document, and stand together. What applies to the document may stand in each of its rows or in one of them.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

from invoicexpress import (
    DocumentClientWriteFields,
    DocumentItemWriteFields,
    InvoiceWrite,
    InvoiceWriteFields,
    Tax,
    Totals,
    errors,
    fiscal_ids,
    reference_data,
    totals,
)

from . import cells, columns
from .cells import NotReadableError
from .columns import BilledType
from .faults import InputFault, Understood
from .planned import Payment, PlannedDocument
from .readings import Columns, Values
from .tables import Row, Table

T = TypeVar("T")


class VatRow(NamedTuple):
    """Base and VAT of one rate in one region, in EUR, over all documents."""

    region: str
    """The tax's region: `PT`, `PT-AC` (Azores), `PT-MA` (Madeira), or another one that it names."""
    rate: Decimal
    """Percent."""
    base: Decimal
    """Amount without VAT, in EUR."""
    tax: Decimal
    """VAT, in EUR."""


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """What a plan comes to, in EUR, to the cent: the sums of its documents' amounts."""

    documents: int
    """Number of documents."""
    lines: int
    """Number of lines of all documents."""
    before_taxes: Decimal
    """Amount without VAT, in EUR."""
    taxes: Decimal
    """VAT, in EUR."""
    total: Decimal
    """Amount with VAT, in EUR, before any retention."""
    retention: Decimal
    """Tax that customers withhold, in EUR."""
    paid: Decimal
    """Payments that the run would enter, in EUR."""
    vat: tuple[VatRow, ...]
    """By region, then from the highest rate down. Adds up to `before_taxes` and `taxes`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents of a file. Nothing may be sent while there are faults."""

    documents: tuple[PlannedDocument, ...]
    """In the order of the file. Documents with faults are missing."""
    faults: tuple[InputFault, ...]
    """Those of the file first, then by row."""
    understood: tuple[Understood, ...]
    """What the file does not say outright: encoding, decimal comma, taxes by their rates, defaults."""

    def totals(self) -> PlanTotals:
        """The sums of the documents without a fault."""
        each = [document.amounts for document in self.documents if document.amounts is not None]
        bases: defaultdict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
        taxes: defaultdict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
        for part in (part for found in each for part in found.parts):
            bases[part.region, part.rate] += part.base
            taxes[part.region, part.rate] += part.tax
        ordered = sorted(bases, key=lambda place: (place[0], -place[1]))
        return PlanTotals(
            documents=len(each),
            lines=sum(len(document.rows) for document in self.documents),
            before_taxes=sum((found.before_taxes for found in each), _NOTHING),
            taxes=sum((found.taxes for found in each), _NOTHING),
            total=sum((found.total for found in each), _NOTHING),
            retention=sum((found.retention for found in each), _NOTHING),
            paid=sum((known.payment.amount for known in self.documents if known.payment), _NOTHING),
            vat=tuple(VatRow(*place, bases[place], taxes[place]) for place in ordered),
        )


_NOTHING: Final = Decimal("0.00")


def plan(
    table: Table,
    *,
    taxes: Sequence[Tax],
    today: datetime.date,
    default_serie: str | None = None,
    default_type: str = "invoice",
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """The documents of a table, and everything that is wrong with it.

    Without a column for them the quantity is 1, and the tax the account's default.

    Args:
        table: The file, from `read_table`.
        taxes: The account's taxes, from `ix.taxes.list()`.
        today: The day in Lisbon, from `lisbon.today()`: documents are not dated later.
        default_serie: Série of the documents that name none; None for the account's default.
        default_type: Type of the documents that name none, such as `invoice` or `invoice_receipt`.
        columns: Headers of the file with the field that each one is, or `ignore`.

    Raises InputError for an unknown `default_type`.
    """
    try:
        usual = cells.billed_type(default_type)
    except NotReadableError as error:
        raise errors.InputError("default_type", str(error)) from None
    return _Planning(
        table, taxes, today, default_serie=default_serie, default_type=usual, mapping=columns
    ).plan()


class _Planning:
    def __init__(
        self,
        table: Table,
        taxes: Sequence[Tax],
        today: datetime.date,
        *,
        default_serie: str | None,
        default_type: BilledType,
        mapping: Mapping[str, str],
    ) -> None:
        self._table = table
        self._today = today
        self._default_serie = default_serie
        self._default_type: BilledType = default_type
        self._rates = totals.TaxRates.of(taxes)
        self._default_tax = next((tax for tax in taxes if tax.default_tax is True), None)
        self._resolution = columns.resolve(table.headers, mapping)
        self._columns = Columns(table, taxes, self._resolution)
        self._faults: list[InputFault] = [*table.faults, *self._resolution.faults, *self._columns.faults]

    def plan(self) -> Plan:
        if self._columns.tax.is_present is False and self._default_tax is None:
            self._fault(None, "tax", "there is no such column, and the account has no default tax; add it")
        blocks = self._blocks()
        self._check_keys(blocks)
        planned = [document for key, rows in blocks if (document := self._document(key, rows))]
        self._check_clients(blocks)
        wrong = {fault.row for fault in self._faults}
        documents = tuple(each for each in planned if not wrong.intersection(each.rows))
        faults = sorted(dict.fromkeys(self._faults), key=lambda fault: fault.row or 0)
        understood = (
            *self._table.understood,
            *self._resolution.understood,
            *self._columns.understood,
            *self._defaults(),
        )
        return Plan(documents, tuple(faults), understood)

    def _fault(self, row: int | None, column: str | None, message: str) -> None:
        self._faults.append(InputFault(row, column, message))

    def _defaults(self) -> Iterator[Understood]:
        found = self._columns
        if not found.quantity.is_present:
            yield Understood("default", None, "no column quantity: 1 in each line")
        if not found.tax.is_present and (tax := self._default_tax):
            yield Understood("default", None, f"no column tax: {tax.name}, {tax.value:f} %, in each line")
        if len(found.type.good) + len(found.type.bad) < len(self._table.rows):
            yield Understood("default", None, f"no type in a row: {self._default_type}")
        if len(found.serie.good) + len(found.serie.bad) < len(self._table.rows):
            serie = self._default_serie or "the account's default"
            yield Understood("default", None, f"no série in a row: {serie}")

    # Keys

    def _blocks(self) -> list[tuple[str, list[Row]]]:
        """Rows that stand together and have the same key. A row without one is a fault."""
        keys = self._columns.key
        for row in self._table.rows:
            if keys.is_present and row.number not in keys.good and row.number not in keys.bad:
                self._fault(row.number, keys.header, "there is no key; each row needs that of its document")
        groups = groupby(self._table.rows, key=lambda row: keys.good.get(row.number))
        return [(key, list(rows)) for key, rows in groups if key is not None]

    def _check_keys(self, blocks: Sequence[tuple[str, list[Row]]]) -> None:
        """One key, one block of rows. Rows elsewhere may be a second document, or the same one pasted twice;
        twice its lines would be as wrong as two documents.
        """
        header = self._columns.key.header
        first: dict[str, tuple[str, int]] = {}
        for key, rows in blocks:
            # The database behind the service may compare texts without case (assumed).
            known, row = first.setdefault(key.casefold(), (key, rows[0].number))
            if row == rows[0].number:
                continue
            if known == key:
                message = (
                    f"the key {key!r} is that of row {row} too, and other rows stand between; put the rows "
                    "of one document together, or give the other document a key of its own"
                )
            else:
                message = (
                    f"the key {key!r} differs from {known!r} in row {row} only by its case, and the service "
                    "may take both for one; give one of them another key"
                )
            self._fault(rows[0].number, header, message)

    def _check_clients(self, blocks: Sequence[tuple[str, list[Row]]]) -> None:
        """The service finds a client by its code, else by its name, and ignores the other fields (vendor docs
        2017): the second of two clients with one name would be billed under the first one's tax number.
        """
        found = self._columns
        first: dict[tuple[str, str], tuple[str, int]] = {}
        for _, rows in blocks:
            names, codes = found.client_name.stated(rows), found.client_code.stated(rows)
            numbers = found.client_fiscal_id.stated(rows)
            if not numbers or not (names or codes):
                continue
            by = ("code", codes[0][1]) if codes else ("name", names[0][1].casefold())
            row, number = numbers[0]
            known, seen = first.setdefault(by, (number, row))
            if not fiscal_ids.is_same(known, number):
                self._fault(
                    row,
                    found.client_fiscal_id.header,
                    f"another tax number than in row {seen}, and the same {by[0]} of the client, by which "
                    "the service finds it; give each client a code of its own",
                )

    # Values of a document

    def _head(self, values: Values[T], rows: Sequence[Row]) -> T | None:
        """The value on which all rows of a document agree that have one."""
        stated = values.stated(rows)
        if not stated:
            return None
        first_row, first = stated[0]
        for number, value in stated[1:]:
            if value != first:
                is_private = values.field == "client_fiscal_id"
                other = (
                    "another value than" if is_private else f"{_plain(value)} differs from {_plain(first)}"
                )
                self._fault(
                    number,
                    values.header,
                    f"{other} in row {first_row}, and both are rows of one document; make them equal",
                )
        return first

    def _needed(self, values: Values[T], rows: Sequence[Row], message: str) -> T | None:
        """As `_head`, and a fault in the document's first row if there is none."""
        found = self._head(values, rows)
        if found is None and not values.is_bad(rows):
            self._fault(rows[0].number, values.header, message)
        return found

    def _in_line(self, values: Values[T], row: Row, default: T | None = None) -> T | None:
        """The value of a line. A blank cell is a fault; without such a column the default applies."""
        found = values.good.get(row.number)
        if found is None and not values.is_present:
            return default
        if found is None and row.number not in values.bad:
            self._fault(row.number, values.header, "the cell is blank; each line needs a value")
        return found

    def _document(self, key: str, rows: Sequence[Row]) -> PlannedDocument | None:
        """A document; None if a value that it needs is missing. Its faults are found either way."""
        found, before = self._columns, len(self._faults)
        kind = self._head(found.type, rows) or self._default_type
        serie = self._head(found.serie, rows) or self._default_serie
        date = self._date(rows)
        due = self._head(found.due_date, rows)
        if date and due and due < date:
            self._fault(
                _row(found.due_date, rows), found.due_date.header, f"{due} is before the date, {date}"
            )
        client = self._client(kind, rows)
        items = [self._item(row, date) for row in rows]
        email = self._head(found.email_to, rows) or self._head(found.client_email, rows)
        optional: dict[str, Any] = {
            "due_date": due,
            "reference": self._head(found.reference, rows),
            "observations": self._head(found.observations, rows),
            "retention": self._head(found.retention, rows),
            "client": client,
        }
        lines = [item for item in items if item is not None]
        total, fields = None, None
        if date is not None and len(self._faults) == before and len(lines) == len(rows):
            fields = _fields(date, lines, optional)
            total = self._total(fields, rows)
        payment = self._payment(kind, date, total, rows)
        if total is None or fields is None or date is None:
            return None
        numbers = tuple(row.number for row in rows)
        return PlannedDocument(
            key=key,
            type=kind,
            serie=serie,
            date=date,
            fields=fields,
            total=total.total,
            amounts=total,
            rows=numbers,
            payment=payment,
            email=email,
        )

    def _total(self, fields: InvoiceWriteFields, rows: Sequence[Row]) -> Totals | None:
        """The total of a document, compared with the file's."""
        expected = self._columns.total
        try:
            found = totals.of_document(InvoiceWrite.of(**fields), self._rates)
        except errors.InputError as error:
            self._fault(rows[0].number, None, str(error))
            return None
        amount = self._head(expected, rows)
        if amount is not None and _in_cents(amount) != found.total:
            self._fault(
                _row(expected, rows),
                expected.header,
                f"the file expects {amount:f} EUR, and its lines come to {found.total:f} EUR: "
                f"{found.before_taxes:f} and {found.taxes:f} of VAT; correct one of them",
            )
        return found

    def _date(self, rows: Sequence[Row]) -> datetime.date | None:
        dates = self._columns.date
        found = self._needed(dates, rows, "there is no date; the document needs one")
        if found is not None and found > self._today:
            self._fault(
                _row(dates, rows),
                dates.header,
                f"{found} is after today, {self._today}; issued, it would close its série for days before",
            )
        return found

    def _client(self, kind: BilledType, rows: Sequence[Row]) -> DocumentClientWriteFields | None:
        found = self._columns
        others: dict[str, Any] = {
            "code": self._head(found.client_code, rows),
            "email": self._head(found.client_email, rows),
            "address": self._head(found.client_address, rows),
            "city": self._head(found.client_city, rows),
            "postal_code": self._head(found.client_postal_code, rows),
            "country": self._head(found.client_country, rows),
            "fiscal_id": self._fiscal_id(rows),
        }
        given = {name: value for name, value in others.items() if value is not None}
        name = self._head(found.client_name, rows)
        if name is None:
            # Only a simplified invoice is issued to the final consumer without a client.
            is_needed = bool(given) or kind != "simplified_invoice"
            if is_needed and not found.client_name.is_bad(rows):
                self._fault(
                    rows[0].number, found.client_name.header, "there is no name; the document needs a client"
                )
            return None
        client: DocumentClientWriteFields = {"name": name}
        client.update(given)  # type: ignore[typeddict-item]
        return client

    def _fiscal_id(self, rows: Sequence[Row]) -> str | None:
        numbers, countries = self._columns.client_fiscal_id, self._columns.client_country
        found = self._head(numbers, rows)
        stated = countries.stated(rows)
        if found is None or countries.is_bad(rows) or (stated and stated[0][1] != "Portugal"):
            return found
        if not fiscal_ids.is_valid(found):
            # Without the number, which is personal data.
            self._fault(
                _row(numbers, rows),
                numbers.header,
                "not a Portuguese tax number, by its first digits or its check digit; correct it, or give "
                "the country of a client from abroad",
            )
            return None
        return "".join(digit for digit in found if digit.isdecimal())

    def _item(self, row: Row, date: datetime.date | None) -> DocumentItemWriteFields | None:
        found = self._columns
        name, price = self._in_line(found.item, row), self._in_line(found.unit_price, row)
        quantity = self._in_line(found.quantity, row, Decimal(1))
        tax = self._in_line(found.tax, row, self._default_tax)
        exemption = found.tax_exemption.good.get(row.number)
        if tax is not None:
            self._check_exemption(row, tax, exemption)
        if tax is not None and date is not None:
            self._check_law(row, tax, exemption, date)
        if name is None or price is None or quantity is None or tax is None:
            return None
        item: DocumentItemWriteFields = {
            "name": name,
            "quantity": quantity,
            "unit_price": price,
            "tax": {"name": tax.name},
        }
        number = row.number
        if (description := found.description.good.get(number)) is not None:
            item["description"] = description
        if (unit := found.unit.good.get(number)) is not None:
            item["unit"] = unit
        if discount := found.discount.good.get(number):
            item["discount"] = discount
        if exemption is not None:
            item["tax_exemption"] = exemption
        return item

    def _check_exemption(self, row: Row, tax: Tax, exemption: str | None) -> None:
        codes = self._columns.tax_exemption
        if tax.value == 0 and exemption is None and row.number not in codes.bad:
            self._fault(
                row.number, codes.header, "a line at 0 % needs the code of its exemption, such as M07"
            )
        if tax.value != 0 and exemption is not None:
            self._fault(
                row.number,
                codes.header,
                f"the line has the exemption {exemption} and a tax of {tax.value:f} %; clear the exemption, "
                "or make the tax 0",
            )

    def _check_law(self, row: Row, tax: Tax, exemption: str | None, date: datetime.date) -> None:
        """Exemption and rate as the law has them on the document's date."""
        found = self._columns
        if exemption is not None:
            known = reference_data.exemption(exemption)
            note = f". {text}" if (text := known.note_on(date)) else ""
            line = (found.item, found.description, found.observations)
            texts = [value for values in line if (value := values.good.get(row.number))]
            if not known.holds(date):
                is_early = known.valid_from is not None and date < known.valid_from
                when = f"from {known.valid_from} on" if is_early else f"until {known.valid_to}"
                self._fault(
                    row.number,
                    found.tax_exemption.header,
                    f"{exemption} is valid {when}, and the document is of {date}{note}",
                )
            elif any(known.excludes(text, on=date) for text in texts):
                self._fault(
                    row.number,
                    found.tax_exemption.header,
                    f"the text names verba {known.excluded_verba}, and the code is {exemption}{note}",
                )
        rates = [each for each in reference_data.vat_rates() if each.region == tax.region]
        in_force = {each.percent for each in rates if each.holds(date)}
        is_ordinary = tax.code in _ORDINARY or any(each.percent == tax.value for each in rates)
        if tax.value and in_force and is_ordinary and tax.value not in in_force:
            self._fault(
                row.number,
                found.tax.header,
                f"{tax.region} has no rate of {tax.value:f} % on {date}; use the tax that applied then",
            )

    def _payment(
        self,
        kind: BilledType,
        date: datetime.date | None,
        total: Totals | None,
        rows: Sequence[Row],
    ) -> Payment | None:
        """The payment of a document that its total allows."""
        found = self._columns
        paid, mechanism = self._head(found.paid, rows), self._head(found.paid_by, rows)
        paid_on = self._head(found.paid_on, rows)
        if not paid:
            for values in (found.paid_by, found.paid_on):
                if values.stated(rows) and not found.paid.is_bad(rows) and kind != "invoice_receipt":
                    self._fault(
                        _row(values, rows), values.header, f"there is no amount; fill in {found.paid.header}"
                    )
        if paid and total and paid > total.total and kind != "invoice_receipt":
            self._fault(
                _row(found.paid, rows),
                found.paid.header,
                f"{paid:f} EUR is more than the total, {total.total:f} EUR",
            )
        if paid_on is not None:
            late = paid_on > self._today
            if late or (date is not None and paid_on < date):
                limit = f"after today, {self._today}" if late else f"before the document's date, {date}"
                self._fault(_row(found.paid_on, rows), found.paid_on.header, f"{paid_on} is {limit}")
        if kind == "invoice_receipt":
            self._check_receipt(total, rows, paid, date, paid_on)
            return None
        return Payment(paid, mechanism, paid_on) if paid else None

    def _check_receipt(
        self,
        total: Totals | None,
        rows: Sequence[Row],
        paid: Decimal | None,
        date: datetime.date | None,
        paid_on: datetime.date | None,
    ) -> None:
        """An invoice-receipt is paid in full on its date, and says no more about its payment."""
        found = self._columns
        if paid is not None and total and paid != total.total:
            self._fault(
                _row(found.paid, rows),
                found.paid.header,
                f"an invoice-receipt is paid in full as it is issued: its total is {total.total:f} EUR, and "
                f"the file has {paid:f} EUR; correct it, or make it an invoice",
            )
        if paid_on is not None and date is not None and date < paid_on <= self._today:
            self._fault(
                _row(found.paid_on, rows),
                found.paid_on.header,
                f"an invoice-receipt is paid on its date, {date}; clear the cell, or make it an invoice",
            )
        if found.paid_by.stated(rows):
            self._fault(
                _row(found.paid_by, rows),
                found.paid_by.header,
                "an invoice-receipt takes no means of payment; clear the cell, or make it an invoice",
            )


_ORDINARY: Final = ("NOR", "INT", "RED")
"""Codes of a region's ordinary rates. Other codes belong to special regimes."""


def _in_cents(amount: Decimal) -> Decimal:
    """An amount, rounded half up to cents. A spreadsheet may compute an expected total with more decimals."""
    return totals.rounded(amount, totals.AMOUNT_DECIMALS)


def _row(values: Values[Any], rows: Sequence[Row]) -> int:
    """The first row that states a value of the document."""
    return values.stated(rows)[0][0]


def _plain(value: object) -> str:
    return (
        f"{value:f}" if isinstance(value, Decimal) else repr(value) if isinstance(value, str) else str(value)
    )


def _fields(
    date: datetime.date, lines: Sequence[DocumentItemWriteFields], optional: Mapping[str, Any]
) -> InvoiceWriteFields:
    """The fields of a document. An exemption common to its lines moves to the document, where the service
    documents it (vendor docs 2026-07).
    """
    fields: InvoiceWriteFields = {"date": date, "items": lines}
    fields.update({name: value for name, value in optional.items() if value is not None})  # type: ignore[typeddict-item]
    codes = Counter(code for line in lines if (code := line.get("tax_exemption")))
    if len(codes) == 1:
        fields["tax_exemption"] = next(iter(codes))
        for line in lines:
            line.pop("tax_exemption", None)
    return fields
