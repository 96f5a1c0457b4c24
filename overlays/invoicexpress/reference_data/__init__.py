"""Reference tables: exemption codes, VAT rates, due days of SAF-T, payment mechanisms, countries, tax
regions, currencies.

    exemption("M07").text                               # "Isento artigo 9.º do CIVA"
    exemption_holds("M26", on=date(2024, 1, 1))         # False: its law ended on 31 December 2023
    vat_rate("PT-MA", "reduced", on=date(2024, 9, 30))  # Decimal("5")
    saft_due(2025, 12)                                  # date(2026, 1, 9): moved by an order
    exemption("M31").note_on(date(2026, 7, 1))          # "... not for works of verba 2.42 ...: use M35 ..."
    country_name("GB")                                  # "UK": how the service spells it
    needs_qualified_seal(on=date(2027, 1, 1))           # True: from then on a PDF is no invoice without one

The tables are data, one file each beside this module; every row names its source. A table is read at its
first use. A missing row is an InputError with the key that was looked up.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, TypeVar, cast

from dateutil.easter import easter

from .. import lisbon
from ..errors import InputError
from .qualified_seals import QualifiedSealDay as QualifiedSealDay
from .qualified_seals import needs_qualified_seal as needs_qualified_seal
from .qualified_seals import qualified_seal_days as qualified_seal_days

R = TypeVar("R")

VatRegion: TypeAlias = Literal["PT", "PT-AC", "PT-MA"]
"""Mainland, Azores, Madeira: the regions of Portugal with their own VAT rates (CIVA, art. 18)."""

VatKind: TypeAlias = Literal["normal", "intermediate", "reduced"]
"""The normal rate of a region, or a lower one (CIVA, art. 18)."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reason for a line without VAT."""

    code: str
    """`M07`."""
    text: str
    """Text printed on the document; empty for a request marker."""
    legal_basis: str
    """The law that exempts."""
    is_request_marker: bool
    """Whether the code is the service's own and not a reason: `M00` removes an exemption."""
    in_vendor_list: bool
    """Whether the vendor's list has it. The tax authority's table is ahead of that list."""
    law_from: datetime.date | None
    """First day of the law behind it; None for the request marker `M00`, which has no law. `M19` stands for
    many laws: its day is that of the table that made it.
    """
    law_to: datetime.date | None
    """Last day of that law; None while it is in force."""
    listed_from: datetime.date | None
    """First day in the tax authority's tables; None if it is older than the known tables."""
    listed_to: datetime.date | None
    """Last day in the tax authority's tables; None while it is listed. The tables keep codes whose law has
    ended, as `M26`.
    """
    note: str
    """What to know before using it; empty for most codes. See `note_on`."""
    note_from: datetime.date | None
    """First day of documents that the note concerns; None if it concerns all."""
    excluded_verba: str
    """The item of CIVA's List I whose works carry another code from `note_from` on: `2.42` for `M31`. Empty
    for other codes.
    """
    source: str
    """Of text, legal basis and days in the tables."""
    law_source: str
    """Of the days of the law."""

    def holds(self, on: datetime.date) -> bool:
        """Whether documents of this day may carry it: its law is in force, and the tables have it."""
        return _is_within(on, self.law_from, self.law_to) and _is_within(on, self.listed_from, self.listed_to)

    def note_on(self, on: datetime.date) -> str:
        """What to know before using it on documents of a day; empty if there is nothing to know."""
        return self.note if _is_within(on, self.note_from, None) else ""

    def excludes(self, text: str, *, on: datetime.date) -> bool:
        """Whether a text names works that documents of this day carry under another code.

        A text that does not name the item of List I tells nothing: `M31` holds for other construction.
        """
        verba = self.excluded_verba
        return bool(verba) and bool(self.note_on(on)) and verba in _VERBA.findall(text)

    @property
    def valid_from(self) -> datetime.date | None:
        """First day of documents that may carry it; None if it is older than the known tables."""
        days = [day for day in (self.law_from, self.listed_from) if day is not None and day >= _FIRST_TABLE]
        return max(days, default=None)

    @property
    def valid_to(self) -> datetime.date | None:
        """Last day of documents that may carry it; None while it is valid."""
        return min((day for day in (self.law_to, self.listed_to) if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class VatRate:
    """A VAT rate of a region, and its period."""

    region: VatRegion
    """Where it applies."""
    kind: VatKind
    """Which of the region's rates it is."""
    percent: Decimal
    """Percent."""
    valid_from: datetime.date
    """First day. The table does not reach further back."""
    valid_to: datetime.date | None
    """Last day; None while it is in force."""
    source: str
    """The law that set it."""

    def holds(self, on: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return _is_within(on, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class SaftDueDay:
    """The day of the next month by which SAF-T files of some months are due."""

    first_month: datetime.date
    """The first day of the first month whose documents it concerns."""
    last_month: datetime.date | None
    """The first day of the last month; None while it applies."""
    day: int
    """Day of the month."""
    is_by_order: bool
    """Whether an order has moved the day of the law."""
    source: str
    """The law or order that set it."""


@dataclass(frozen=True, slots=True)
class PaymentMechanism:
    """A means of payment: a code of SAF-T (PT)."""

    code: str
    """As requests carry it: `MB`."""
    meaning: str
    """In English."""
    source: str
    """Where the row comes from."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country in the service's spelling. Other names are refused, or dropped silently."""

    name: str
    """As the service spells it."""
    iso_code: str | None
    """ISO 3166-1, two letters. None for a region of another country (Tahiti), or an ambiguous name."""
    is_preferred: bool
    """Whether to send this name for its code, if several names share it (UK, Great Britain)."""
    source: str
    """Where the row comes from."""


@dataclass(frozen=True, slots=True)
class TaxRegion:
    """A region of a tax. Several names may share a code."""

    name: str
    """As the vendor's list has it."""
    code: str
    """As taxes carry it: `PT-AC`."""
    source: str
    """Where the row comes from."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency. Requests carry the code (`EUR`), documents answer with the name (`Euro`)."""

    code: str
    """ISO 4217."""
    name: str
    """As documents answer with it: `Euro`."""
    symbol: str
    """As printed: `€`."""
    source: str
    """Where the row comes from."""


def exemption(code: str) -> Exemption:
    """The exemption `code`. Raises InputError for an unknown code."""
    return _found(exemptions(), code, "exemption code")


def exemption_holds(code: str, *, on: datetime.date | None = None) -> bool:
    """Whether documents of a day, by default today in Lisbon, may carry an exemption code.

    `M35` is valid from 1 July 2026 on, `M26` from 18 April to 31 December 2023, `M03` until 30 September
    2013, `M08` until the end of 2022, `M00` never. Raises InputError for an unknown code.
    """
    row = exemption(code)
    return not row.is_request_marker and row.holds(lisbon.today() if on is None else on)


@cache
def exemptions() -> Mapping[str, Exemption]:
    """All exemption codes, by code, withdrawn ones and M00 included."""
    laws = {row["code"]: row for row in _table("exemption_laws")}
    rows = (
        Exemption(
            row["code"],
            row["text"],
            row["legal_basis"],
            row["kind"] == _REQUEST_MARKER,
            row["in_vendor_list"] == "yes",
            _date(law["first_day"]),
            _date(law["last_day"]),
            _date(row["listed_from"]),
            _date(row["listed_to"]),
            law["note"],
            _date(law["note_from"]),
            law["excluded_verba"],
            row["source"],
            law["source"],
        )
        for row in _table("exemptions")
        for law in (laws[row["code"]],)
    )
    return _by(rows, lambda row: row.code)


def vat_rate(region: VatRegion, kind: VatKind = "normal", *, on: datetime.date | None = None) -> Decimal:
    """The VAT rate of a region in percent, `on` a day, by default today in Lisbon.

    The day is the one on which the tax falls due (CIVA, art. 18.9). Raises InputError for an unknown region
    or kind, and for a day before the table begins.
    """
    day = lisbon.today() if on is None else on
    rows = [row for row in vat_rates() if (row.region, row.kind) == (region, kind)]
    if not rows:
        raise InputError(
            "vat_rate",
            f"unknown {kind!r} rate of region {region!r}; expected PT, PT-AC or PT-MA, and normal, "
            "intermediate or reduced",
        )
    for row in rows:
        if row.holds(day):
            return row.percent
    first = min(row.valid_from for row in rows)
    raise InputError("vat_rate", f"the {kind} rates of {region} are known from {first} on, not for {day}")


def vat_kind(region: str, percent: Decimal, *, on: datetime.date | None = None) -> VatKind | None:
    """The kind of a rate in percent in a region, `on` a day, by default today in Lisbon.

    None for a rate that the region does not have on that day, and for regions abroad.
    """
    day = lisbon.today() if on is None else on
    for row in vat_rates():
        if (row.region, row.percent) == (region, percent) and row.holds(day):
            return row.kind
    return None


@cache
def vat_rates() -> tuple[VatRate, ...]:
    """All VAT rates with their days, old ones included."""
    return tuple(
        VatRate(
            cast("VatRegion", row["region"]),
            cast("VatKind", row["kind"]),
            Decimal(row["percent"]),
            datetime.date.fromisoformat(row["valid_from"]),
            _date(row["valid_to"]),
            row["source"],
        )
        for row in _table("vat_rates")
    )


def saft_due(year: int, month: int) -> datetime.date:
    """The day by which the SAF-T file of a month is due at the tax authority.

    A due day on a Saturday, a Sunday or a national holiday moves to the next working day (Despacho
    8/2022-XXIII, 3), and one in August to 31 August, whether that is a working day or not (LGT, art. 57-A).
    Orders for single municipalities or taxpayers are not known here. Raises InputError for an invalid month,
    and for one before the table begins.
    """
    if not (1 <= month <= _MONTHS and datetime.MINYEAR <= year < datetime.MAXYEAR):
        raise InputError("saft_due", f"expected a year and a month from 1 to 12, got {year} and {month}")
    given = datetime.date(year, month, 1)
    rows = [row for row in saft_due_days() if _is_within(given, row.first_month, row.last_month)]
    if not rows:
        first = min(row.first_month for row in saft_due_days())
        raise InputError("saft_due", f"due days are known from {first:%Y-%m} on, not for {given:%Y-%m}")
    row = max(rows, key=lambda row: row.is_by_order)
    due = datetime.date(year + month // _MONTHS, month % _MONTHS + 1, row.day)
    if due.month == _AUGUST and year >= _AUGUST_RULE_SINCE:
        return due.replace(day=31)
    while due.weekday() >= _SATURDAY or _is_holiday(due):
        due += datetime.timedelta(days=1)
    return due


def _is_holiday(day: datetime.date) -> bool:
    """Whether a day is a national holiday (Lei 7/2009, art. 234)."""
    return (day.month, day.day) in _HOLIDAYS or (day - easter(day.year)).days in _HOLIDAYS_BY_EASTER


@cache
def saft_due_days() -> tuple[SaftDueDay, ...]:
    """The due days of SAF-T files, by the months of the documents. A row by order goes before one by law."""
    return tuple(
        SaftDueDay(
            datetime.date.fromisoformat(f"{row['first_month']}-01"),
            _date(row["last_month"] and f"{row['last_month']}-01"),
            int(row["day"]),
            row["by_order"] == "yes",
            row["source"],
        )
        for row in _table("saft_due_days")
    )


def payment_mechanism(code: str) -> PaymentMechanism:
    """The payment mechanism `code`. Raises InputError for an unknown code."""
    return _found(payment_mechanisms(), code, "payment mechanism")


@cache
def payment_mechanisms() -> Mapping[str, PaymentMechanism]:
    """All payment mechanisms, by code."""
    return _by((PaymentMechanism(**row) for row in _table("payment_mechanisms")), lambda row: row.code)


def country(name: str) -> Country:
    """The country with the service's exact `name`. Raises InputError for an unknown name.

    `country_name` finds the name for a code.
    """
    return _found(countries(), name, "country name")


def country_name(iso_code: str) -> str:
    """The name to send for a country, found by its ISO 3166-1 code of two letters, in either case.

    Raises InputError for a code without a name at the service (`TO`), or with an ambiguous one (`VG`).
    """
    return _found(_countries_by_code(), iso_code.upper(), "country code").name


@cache
def countries() -> Mapping[str, Country]:
    """All countries, by the service's name."""
    rows = (
        Country(row["name"], row["iso_code"] or None, row["is_preferred"] == "yes", row["source"])
        for row in _table("countries")
    )
    return _by(rows, lambda row: row.name)


@cache
def _countries_by_code() -> Mapping[str, Country]:
    return _by((row for row in countries().values() if row.is_preferred), lambda row: row.iso_code or "")


def tax_region(code: str) -> TaxRegion:
    """The tax region `code`; if several names share it, the first in the vendor's list.

    Raises InputError for an unknown code.
    """
    return _found(_tax_regions_by_code(), code, "tax region")


@cache
def tax_regions() -> tuple[TaxRegion, ...]:
    """All tax regions, one for each name."""
    return tuple(TaxRegion(**row) for row in _table("tax_regions"))


@cache
def _tax_regions_by_code() -> Mapping[str, TaxRegion]:
    return _by(reversed(tax_regions()), lambda row: row.code)


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code. Raises InputError for a code unknown to the service."""
    return _found(currencies(), code, "currency code")


def currency_named(name: str) -> Currency:
    """The currency by its `name` on documents (`Euro`). Raises InputError for an unknown name."""
    return _found(_currencies_by_name(), name, "currency name")


@cache
def currencies() -> Mapping[str, Currency]:
    """All currencies, by code."""
    return _by((Currency(**row) for row in _table("currencies")), lambda row: row.code)


@cache
def _currencies_by_name() -> Mapping[str, Currency]:
    return _by(currencies().values(), lambda row: row.name)


_FIRST_TABLE: Final = datetime.date(2013, 1, 1)
"""The oldest known table is of that year (AT table of 2013)."""

_MONTHS: Final = 12
_AUGUST: Final = 8
_AUGUST_RULE_SINCE: Final = 2021
"""LGT, art. 57-A was added by Lei 7/2021."""
_SATURDAY: Final = 5
_HOLIDAYS: Final = frozenset(
    {(1, 1), (4, 25), (5, 1), (6, 10), (8, 15), (10, 5), (11, 1), (12, 1), (12, 8), (12, 25)}
)
"""National holidays of fixed days, as (month, day) (Lei 7/2009, art. 234)."""
_HOLIDAYS_BY_EASTER: Final = frozenset({-2, 0, 60})
"""Good Friday, Easter and Corpus Christi, in days from Easter (Lei 7/2009, art. 234)."""

_VERBA: Final = re.compile(r"\bverba\s+(?:n\.?\s*º\s*)?(\d+(?:\.\d+)*)", re.IGNORECASE)
"""How a Portuguese text names an item of a list of CIVA: `verba 2.42`."""

_REQUEST_MARKER: Final = "request marker"
"""`kind` of codes for requests only; the others are `law`."""


def _table(name: str) -> Iterator[dict[str, str]]:
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _by(rows: Iterable[R], key: Callable[[R], str]) -> Mapping[str, R]:
    """Rows by a key, the last row of a repeated key. Read-only, since all callers share it."""
    return MappingProxyType({key(row): row for row in rows})


def _found(rows: Mapping[str, R], key: str, what: str) -> R:
    row = rows.get(key)
    if row is None:
        raise InputError(what, f"{key!r} is not among the {len(rows)} known")
    return row


def _is_within(day: datetime.date, first: datetime.date | None, last: datetime.date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
