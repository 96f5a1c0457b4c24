"""Rules that find silent changes: values that the service changes, drops or accepts without a message.

An unknown tax becomes the account's default, fields of a known client are ignored, decimals are cut to the
scale of a column, and still the answer is a success (vendor docs 2017, vendor docs 2026-07, voluzi
2026, suestecreative 2026: 81 sales at 0 % instead of 6 %). The service also seems to accept unlawful values:
a rate that has ended, a simplified invoice above its limit. The rules examine three things: the document
before it is sent, the account, and the service's answer. They are pure; `account_checks` reads the account.
`Checks` sets the reaction to a finding. No rule changes a value.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import fields
from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_loading import lazy_pattern
from invoicexpress_wire import did_you_mean, shown_amount

import invoicexpress

from .. import reference_data, totals
from ..errors import InputError, SilentChangeError
from ..errors.silent_change import Kind, SilentChange
from ..fiscal_ids import is_none, is_organization, is_same, is_valid, plain
from ..sending.caller import warn
from ..totals import Line, TaxRates
from .comparison import is_namesake
from .currencies import amount_of
from .document_types import CREDIT_NOTES, NOTES, SIMPLIFIED_INVOICE, is_issued
from .envelopes import AnyDocumentWrite
from .namesakes import Named, described
from .polymorphism import AnyDocument

if TYPE_CHECKING:
    from ..checks import Checks
    from ..reference_data import VatKind, VatRate

Write: TypeAlias = "AnyDocumentWrite"
Finding: TypeAlias = tuple[str, str]
"""The path of a field, and the message about it."""


class SilentChangeWarning(UserWarning):
    """The service changes a value silently, has changed it, or accepts an unlawful one."""

    def __init__(self, change: SilentChange, document: invoicexpress.AnyDocument | None = None) -> None:
        super().__init__(str(change))
        self.change = change
        """What changed."""
        self.document = document
        """The draft, if it exists: a filter that turns warnings into errors must not lose it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.change, self.document)


def react(checks: Checks, changes: Iterable[SilentChange], document: AnyDocument | None = None) -> None:
    """Warns about changes, then raises one SilentChangeError for all whose reaction is "raise".

    `document` is the changed draft, if it exists.
    """
    found = list(changes)
    fatal = [change for change in found if checks.reaction(change.kind) == "raise"]
    for change in found:
        if checks.reaction(change.kind) == "warn":
            try:
                warn(SilentChangeWarning(change, document))
            except SilentChangeWarning:
                # The caller's filters turn warnings into errors; only a SilentChangeError names the draft.
                fatal.append(change)
    if fatal:
        raise SilentChangeError(tuple(fatal), document)


# Before sending: the document alone, and the account's rates if known.


def before_sending(
    document: Write, checks: Checks, *, root: str, rates: TaxRates | None = None
) -> Iterator[SilentChange]:
    """Silent changes to expect for a document, found without a request.

    `rates` are the account's, if known; `root` begins the paths of fields.
    """
    is_note = any(root == row.root for row in NOTES)
    for kind, rule in _BEFORE.items():
        if checks.reaction(kind) != "off" and not (is_note and kind in _BY_DATE):
            yield from _changes(kind, root, rule(document, rates))


def _changes(kind: Kind, root: str, findings: Iterable[Finding]) -> Iterator[SilentChange]:
    return (SilentChange(kind, f"{root}.{path}" if root else path, message) for path, message in findings)


def _exemption_missing(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    given = (document.tax_exemption, document.tax_exemption_reason)
    if any(_is_reason(code) for code in given):
        return
    for place, item in enumerate(document.items):
        if _meant_rate(item, rates) == 0 and not _is_reason(item.tax_exemption):
            yield (
                f"items[{place}].tax_exemption",
                "a line at 0 % needs an exemption code; without one the service refuses a new document and "
                "puts M99 on a changed one",
            )


def _is_reason(code: str | Unset) -> bool:
    if isinstance(code, Unset) or not code:
        return False
    known = reference_data.exemptions().get(code)
    return known is None or not known.is_request_marker


def _meant_rate(item: models.DocumentItemWrite, rates: TaxRates | None) -> Decimal | None:
    """The intended rate of a line; None if unknown."""
    if not isinstance(item.tax, Unset) and not isinstance(item.tax.value, Unset):
        return item.tax.value
    return None if rates is None else rates.rate_of(item.tax)


def _exemption_unknown(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    for path, code in _exemption_codes(document).items():
        if code not in reference_data.exemptions():
            yield path, f"unknown exemption code {code}; see reference_data.exemptions()"


def _exemption_codes(document: Write) -> dict[str, str]:
    """The exemption codes of a document, by path."""
    codes = {
        "tax_exemption": document.tax_exemption,
        "tax_exemption_reason": document.tax_exemption_reason,
        **{f"items[{place}].tax_exemption": item.tax_exemption for place, item in enumerate(document.items)},
    }
    return {path: code for path, code in codes.items() if code}


def _exemption_outdated(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    for path, code in _exemption_codes(document).items():
        known = reference_data.exemptions().get(code)
        if known is None:
            continue
        advice = f". {note}" if (note := known.note_on(document.date)) else ""
        if known.holds(document.date):
            if any(known.excludes(text, on=document.date) for text in _texts(document, path, rates)):
                yield path, f"the text names verba {known.excluded_verba}, and the code is {code}{advice}"
            continue
        is_early = known.valid_from is not None and document.date < known.valid_from
        when = f"from {known.valid_from} on" if is_early else f"until {known.valid_to}"
        yield path, f"exemption code {code} is valid {when}, but the document is of {document.date}{advice}"


def _texts(document: Write, path: str, rates: TaxRates | None) -> Iterator[str]:
    """The texts about the lines to which the exemption code at `path` applies. A line with VAT needs none."""
    for place, item in enumerate(document.items):
        is_covered = (
            path == f"items[{place}].tax_exemption"
            if path.startswith("items[")
            else not (item.tax_exemption or _meant_rate(item, rates))
        )
        if is_covered:
            yield from (text for text in (item.name, item.description) if not isinstance(text, Unset))
    if not isinstance(document.observations, Unset):
        yield document.observations


def _tax_outdated(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    if rates is None:
        return
    for place, item in enumerate(document.items):
        rate, region = rates.rate_of(item.tax), rates.place_of(item.tax).region
        in_force = {row.kind: row.percent for row in _rates_of(region) if row.holds(document.date)}
        # The table lacks earlier days and other countries.
        if not rate or not in_force or rate in in_force.values():
            continue
        kind = _KINDS.get(rates.place_of(item.tax).code or "")
        was_in_force = any(row.percent == rate for row in _rates_of(region))
        if kind is not None or was_in_force:
            rightly = f"; its {kind} rate is {in_force[kind]} %" if kind else ""
            yield f"items[{place}].tax", f"{region} has no rate of {rate} % on {document.date}{rightly}"


def _rates_of(region: str | None) -> Iterator[VatRate]:
    return (row for row in reference_data.vat_rates() if row.region == region)


_KINDS: Final[Mapping[str, VatKind]] = {"NOR": "normal", "INT": "intermediate", "RED": "reduced"}
"""Tax codes of a region's ordinary rates. Other codes belong to special regimes."""


def _fiscal_id(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    if not isinstance(document.client, Unset):
        yield from _wrong_number(document.client)


def _wrong_number(client: _AnyClient) -> Iterator[Finding]:
    if not client.fiscal_id or not client.fiscal_id.strip() or _is_from_abroad(client):
        return
    if not is_valid(client.fiscal_id):
        # Without the number, which is personal data.
        yield (
            "client.fiscal_id",
            "not a Portuguese tax number, by its first digits or its check digit; the service refuses it, or "
            "issues the document to the final consumer. A client from abroad needs a country",
        )
    elif client.fiscal_id.strip() != (digits := plain(client.fiscal_id)):
        yield "client.fiscal_id", f"write {digits}: a Portuguese tax number is stored as it is sent"


_FOREIGN: Final = lazy_pattern(r"\s*(?!PT)[A-Z]{2}", re.IGNORECASE)
"""The prefix of another country."""


def _is_from_abroad(client: _AnyClient) -> bool:
    """Whether a number is none of Portugal: by the country, or without one by its own prefix.

    A country that the service does not know is dropped (suestecreative 2026), which leaves the home country.
    """
    if not client.country:
        return _FOREIGN.match(client.fiscal_id or "") is not None
    return client.country != "Portugal" and client.country in reference_data.countries()


def _country(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    if not isinstance(document.client, Unset):
        yield from _unknown_country(document.client)


def _unknown_country(client: _AnyClient) -> Iterator[Finding]:
    if not client.country or client.country in reference_data.countries():
        return
    try:
        remedy = f"; use {reference_data.country_name(client.country)!r}"
    except InputError:
        remedy = "; reference_data.countries() lists the names"
    yield "client.country", f"country {client.country!r} is unknown to the service{remedy}"


_AnyClient: TypeAlias = "models.DocumentClientWrite | models.ClientWrite"


def of_client(client: models.ClientWrite, checks: Checks) -> Iterator[SilentChange]:
    """Silent changes to expect for a client alone, found without a request."""
    rules: Mapping[Kind, Iterator[Finding]] = {
        "fiscal_id": _wrong_number(client),
        "country": _unknown_country(client),
    }
    for kind, findings in rules.items():
        if checks.reaction(kind) != "off":
            yield from _changes(kind, "", findings)


def _discount(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    discounts = {f"items[{place}].discount": item.discount for place, item in enumerate(document.items)}
    for path, percent in discounts.items():
        if not isinstance(percent, Unset) and not 0 <= percent <= 100:
            yield path, f"expected a discount from 0 to 100 percent, got {percent}"
    whole = document.global_discount if isinstance(document, models.InvoiceWrite) else UNSET
    if isinstance(whole, Unset):
        return
    if whole.value < 0 or (whole.value_type == "percentage" and whole.value > 100):
        is_share = whole.value_type == "percentage"
        shown = f"{whole.value} percent" if is_share else shown_amount(whole.value)
        yield "global_discount.value", f"invalid discount of {shown}"


def _decimals(document: Write, rates: TaxRates | None) -> Iterator[Finding]:
    for path, value, kept in _numbers(document):
        if not isinstance(value, Unset) and totals.rounded(value, kept) != value:
            yield path, f"{value} has more than {kept} decimals; the service keeps {kept}"


def _numbers(document: Write) -> Iterator[tuple[str, Decimal | Unset, int]]:
    """Each number of a document, with the decimals that the service keeps."""
    for place, item in enumerate(document.items):
        yield f"items[{place}].unit_price", item.unit_price, totals.UNIT_PRICE_DECIMALS
        yield f"items[{place}].quantity", item.quantity, totals.QUANTITY_DECIMALS
        yield f"items[{place}].discount", item.discount, totals.DISCOUNT_DECIMALS
    yield "retention", document.retention, totals.RETENTION_DECIMALS
    if isinstance(document, models.InvoiceWrite):
        yield "rate", document.rate, totals.EXCHANGE_RATE_DECIMALS
        whole = document.global_discount
        if not isinstance(whole, Unset):
            is_share = whole.value_type == "percentage"
            kept = totals.DISCOUNT_DECIMALS if is_share else totals.AMOUNT_DECIMALS
            yield "global_discount.value", whole.value, kept


_BEFORE: Final[Mapping[Kind, Callable[[Write, TaxRates | None], Iterator[Finding]]]] = {
    "exemption_missing": _exemption_missing,
    "exemption_unknown": _exemption_unknown,
    "exemption_outdated": _exemption_outdated,
    "tax_outdated": _tax_outdated,
    "fiscal_id": _fiscal_id,
    "country": _country,
    "discount": _discount,
    "decimals": _decimals,
}

_BY_DATE: Final[frozenset[Kind]] = frozenset({"exemption_outdated", "tax_outdated"})
"""Rules about the document's date. A note is dated later than the document that it repeats."""


def dated_ahead(
    date: datetime.date,
    today: datetime.date,
    *,
    root: str,
    field: str = "date",
    closes: str = "issuing it closes its série for documents",
) -> Iterator[SilentChange]:
    """A document to be issued with a date after today. `closes` says what its date rules out."""
    if date > today:
        message = (
            f"{date} is ahead of today, {today} in Lisbon; {closes} dated before {date}. Correct the date; "
            'Checks(dated_ahead="warn") allows it'
        )
        yield SilentChange("dated_ahead", f"{root}.{field}", message)


# Against the account's taxes, clients, items and documents.


def unknown_taxes(document: Write, rates: TaxRates, *, root: str) -> Iterator[SilentChange]:
    """Taxes that the account does not have."""
    found = (
        (
            f"items[{place}].tax",
            f"the account has no tax {item.tax.name!r}; the service takes the default instead"
            f"{_known_taxes(item.tax.name, rates)}",
        )
        for place, item in enumerate(document.items)
        if not isinstance(item.tax, Unset) and rates.rate_of(item.tax) is None
    )
    return _changes("tax_unknown", root, found)


_SHOWN_TAXES: Final = 12


def _known_taxes(given: str, rates: TaxRates) -> str:
    """The nearest tax, and the account's taxes unless they are many."""
    known = sorted(rates.by_name)
    if not known or len(known) > _SHOWN_TAXES:
        return did_you_mean(given, known) or "; `ix.taxes.list()` returns the names"
    return did_you_mean(given, known, f"it has {', '.join(known)}")


def ignored_client_fields(
    given: _AnyClient, known: models.Client, *, root: str = ""
) -> Iterator[SilentChange]:
    """Fields that differ from the known client's, without the tax number.

    `root` is the document's, none for a client alone.
    """
    is_other = isinstance(given, models.DocumentClientWrite) and is_namesake(given, known)
    if is_other:
        yield from other_person("client_ignored", given, known, root=root)
    found = (
        (f"client.{name}", f"client {known.id} has another {name}; the service ignores this one")
        for name in _client_fields()
        if name not in (("fiscal_id", "code") if is_other else ("fiscal_id",))
        and _is_other(name, getattr(given, name), getattr(known, name))
    )
    yield from _changes("client_ignored", root, found)


def other_person(
    kind: Kind,
    given: _AnyClient | Unset,
    known: models.Client | models.DocumentClient | Unset,
    *,
    root: str,
) -> Iterator[SilentChange]:
    """A client of the name sent, but of another code: the document is made out to it."""
    if not isinstance(given, models.DocumentClientWrite) or isinstance(known, Unset):
        return
    if not is_namesake(given, known):
        return
    name, code = given.name.strip(), (given.code or "").strip()
    if any(root == row.root for row in CREDIT_NOTES):
        # The code is that of the document to correct, whose client may have another one now.
        old = (
            f"client {known.id} has another code now than the invoice shows, {code}. Set the old one with "
            f"`ix.clients.update({known.id}, name={name!r}, code={code!r})`, issue the note, then set "
            "the new one again"
        )
        yield from _changes(kind, root, [("client.code", old)])
        return
    if known.code:
        has, same = f"with code {known.code}", f"Use code {known.code} for the same person"
    else:
        has = "without a code"
        same = (
            "For the same person set the code first, with "
            f"`ix.clients.update({known.id}, name={name!r}, code={code!r})`"
        )
    what = (
        f"the account has a client {name!r} {has}, and names are unique: sending this again gives the same. "
        f"{same}; for another person use another name, such as {f'{name} ({code})'!r}"
    )
    yield from _changes(kind, root, [("client.code", what)])


def ignored_fiscal_id(given: _AnyClient, known: models.Client, *, root: str = "") -> Iterator[SilentChange]:
    """A tax number that differs from the known client's, or that the client lacks."""
    if not _is_other("fiscal_id", given.fiscal_id, known.fiscal_id):
        return
    what = _kept_number(known.id, known.name, known.fiscal_id or None)
    yield from _changes("client_ignored", root, [("client.fiscal_id", what)])


def unshown_fiscal_id(given: _AnyClient, now: models.Client, *, root: str) -> Iterator[SilentChange]:
    """The number of an issued document that does not show it, where its client has another one by now."""
    if _is_other("fiscal_id", given.fiscal_id, now.fiscal_id):
        what = (
            f"its answer does not show it, and client {now.id} has another one by now. Look at its PDF: with "
            "the number sent this sale is done"
        )
        yield from _changes("client_ignored", root, [("client.fiscal_id", what)])


def shared_client_name(
    known: models.Client, several: Sequence[Named], *, root: str
) -> Iterator[SilentChange]:
    """A name that several clients have, of which the service takes one."""
    if several:
        what = (
            f"{len(several)} clients have this name: {described(several)}; the service takes "
            f"{known.id}. Send the code or the id of yours"
        )
        yield from _changes("client_ignored", root, [("client.name", what)])


def _is_other(name: str, given: str | Unset, known: str | Unset | None) -> bool:
    """Whether a field of a client differs.

    A tax number is one number however it is written, and the final consumer's is that of a client without.
    """
    if name == "fiscal_id" and given and not isinstance(known, Unset):
        is_equal = is_same(given, known or "") or (is_none(given) and is_none(known))
        return bool(given.strip()) and not is_equal
    return _contradicts(given, known)


@cache
def _client_fields() -> Sequence[str]:
    """Fields of a client in a document."""
    known = (field.name for field in fields(models.DocumentClientWrite))
    return [name for name in known if name not in ("id", "additional_properties")]


def overwritten_items(
    document: Write, known: Mapping[str, models.Item], *, root: str
) -> Iterator[SilentChange]:
    """Known items, by name, that differ from a line."""
    found = (
        (f"items[{place}]", f"this overwrites {', '.join(names)} of item {known[item.name].id}")
        for place, item in enumerate(document.items)
        if item.name in known and (names := _overwritten(item, known[item.name]))
    )
    return _changes("item_overwritten", root, found)


def exceeded_credit(
    note: Answer, owner: models.Invoice, left: Decimal, *, root: str
) -> Iterator[SilentChange]:
    """A draft of a credit note above the remaining total of its owner, in the account's currency."""
    if note.total > left:
        total, rest, whole = (amount_of(owner, value) for value in (note.total, left, owner.total))
        message = f"the note's total is {total}, but only {rest} of {whole} is left to credit"
        yield from _changes("credit_exceeded", root, [("items", message)])


def _overwritten(line: models.DocumentItemWrite, item: models.Item) -> list[str]:
    names = [
        name for name in ("description", "unit") if _contradicts(getattr(line, name), getattr(item, name))
    ]
    if totals.rounded(line.unit_price, totals.UNIT_PRICE_DECIMALS) != item.unit_price:
        names.append("unit_price")
    known = item.tax.name if item.tax else None
    if not isinstance(line.tax, Unset) and isinstance(known, str) and line.tax.name.strip() != known:
        names.append("tax")
    return names


def _contradicts(given: str | Unset, known: str | Unset | None) -> bool:
    """Whether two texts differ.

    A blank `given` counts as absent, and a field missing from an answer as unknown (documented clients lack
    `code`).
    """
    text = "" if isinstance(given, Unset) else given.strip()
    return bool(text) and not isinstance(known, Unset) and text != (known or "").strip()


# In the answer: the new draft.


def in_answer(
    meant: Write, answer: Answer, checks: Checks, *, root: str, rates: TaxRates | None = None
) -> Iterator[SilentChange]:
    """Differences between the draft in the answer and the document sent."""
    for kind, rule in _AFTER.items():
        if checks.reaction(kind) != "off":
            yield from _changes(kind, root, rule(meant, answer, rates))
    kind = "client_changed" if checks.client_ignored == "off" else "client_ignored"
    if checks.reaction(kind) != "off":
        yield from _changes(kind, root, _fiscal_id_changed(meant, answer))
        yield from other_person(kind, meant.client, answer.client, root=root)


Answer: TypeAlias = AnyDocument


def _lines_lost(meant: Write, answer: Answer, rates: TaxRates | None) -> Iterator[Finding]:
    if len(meant.items) != len(answer.items):
        yield "items", f"the draft has {len(answer.items)} lines, sent {len(meant.items)}"


def _tax_changed(meant: Write, answer: Answer, rates: TaxRates | None) -> Iterator[Finding]:
    for place, (line, got) in enumerate(_pairs(meant, answer)):
        if isinstance(line.tax, Unset) or not got.tax:
            continue
        # Name or rate are sometimes null (jcoelho93, fb2db9e), which proves nothing.
        rate = line.tax.value
        is_other_name = isinstance(got.tax.name, str) and got.tax.name != line.tax.name.strip()
        is_other_rate = (
            isinstance(rate, Decimal) and isinstance(got.tax.value, Decimal) and got.tax.value != rate
        )
        if is_other_name or is_other_rate:
            cause = _other_tax(line.tax.name, got, rates) if is_other_name else ""
            yield f"items[{place}].tax", f"the draft has {_shown(got)}, sent {line.tax.name!r}{cause}"


def _other_tax(sent: str, got: models.DocumentItem, rates: TaxRates | None) -> str:
    """Why a line has another tax: most often the account has none of the name sent."""
    if rates is not None and sent.strip() in rates.by_name:
        return ""
    nearest = did_you_mean(sent, [got.tax.name] if got.tax and isinstance(got.tax.name, str) else [])
    return (
        "; for a tax that the account does not have the service takes the default"
        f"{nearest or '; `ix.taxes.list()` returns the names'}"
    )


def _shown(item: models.DocumentItem) -> str:
    if not item.tax:
        return "none"
    return f"{item.tax.name!r}" + (f" ({item.tax.value} %)" if isinstance(item.tax.value, Decimal) else "")


def _client_changed(meant: Write, answer: Answer, rates: TaxRates | None) -> Iterator[Finding]:
    if isinstance(meant.client, Unset) or isinstance(answer.client, Unset):
        return
    for name in _client_fields():
        # A missing field proves nothing (vendor docs 2026-07 show id, name, code, country, email).
        got = getattr(answer.client, name, UNSET)
        sent = getattr(meant.client, name)
        if not got or name == "fiscal_id" or not _is_other(name, sent, got):
            continue
        if name == "code" and is_namesake(meant.client, answer.client):
            continue
        if name == "name" and not isinstance(answer.client.code, Unset) and answer.client.code:
            # The caller's own two names, of one code.
            yield (
                "client.name",
                f"code {answer.client.code!r} is the client {got!r}; the draft is made out to it, not to "
                f"{sent!r}. Use another code, or update the client",
            )
        else:
            yield f"client.{name}", f"client {answer.client.id} of the draft has another {name}"


def _fiscal_id_changed(meant: Write, answer: Answer) -> Iterator[Finding]:
    """A document made out to another tax number."""
    if isinstance(meant.client, Unset) or isinstance(answer.client, Unset):
        return
    got = getattr(answer.client, "fiscal_id", UNSET)
    if not got or not _is_other("fiscal_id", meant.client.fiscal_id, got):
        return
    if is_namesake(meant.client, answer.client):
        # The number is another person's.
        return
    if is_issued(answer.status):
        yield "client.fiscal_id", f"the {answer.status} document shows another tax number than this one"
    else:
        yield "client.fiscal_id", _kept_number(answer.client.id, answer.client.name, got)


def _kept_number(client_id: int | Unset | None, name: object, number: str | None) -> str:
    """What the number of a known client comes to. Without the numbers, which are personal data."""
    remedy = (
        f"set it first with `ix.clients.update({client_id}, name={name!r}, fiscal_id=...)`, then make the "
        "same call again"
    )
    if is_none(number):
        return (
            f"client {client_id} has no tax number, and the service ignores this one: documents go to the "
            f"final consumer. S{remedy[1:]}"
        )
    return (
        f"client {client_id} has another tax number, and the service ignores this one. For another customer "
        f"send another code and name; if the client's number is wrong, {remedy}"
    )


def _total_changed(meant: Write, answer: Answer, rates: TaxRates | None) -> Iterator[Finding]:
    lines = _lines(meant, answer, rates)
    if lines is None:
        return
    expected = totals.of_lines(
        lines, global_discount=meant.global_discount if isinstance(meant, models.InvoiceWrite) else UNSET
    )
    # An assumed total is no ground for an alarm.
    if "total" not in expected.assumed and expected.total != answer.total:
        total, sent = amount_of(answer, answer.total), amount_of(answer, expected.total)
        yield "items", f"the draft's total is {total}, but the lines sent total {sent}"


SIMPLIFIED_LIMIT: Final = Decimal(100)
"""EUR, VAT included (assumed): limit of a simplified invoice (CIVA, art. 40.1 b)."""
SIMPLIFIED_RETAIL_LIMIT: Final = Decimal(1000)
"""EUR, VAT included (assumed): limit for goods that retailers sell to consumers (CIVA, art. 40.1 a)."""
_NO_LIMIT_FROM: Final = datetime.date(2025, 3, 24)
"""CIVA, art. 40.1 c (Decreto-Lei 35/2025): no limit for issuers exempt by art. 53, who print M10."""
_SERVICES: Final = frozenset({"hour", "day", "month", "service"})
"""Units of services."""


def _simplified_limit(meant: Write, answer: Answer, rates: TaxRates | None) -> Iterator[Finding]:
    if answer.type != SIMPLIFIED_INVOICE.type or answer.total <= SIMPLIFIED_LIMIT:
        return
    reasons = {totals.exemption_of(item, meant) for item in meant.items}
    if reasons == {"M10"} and meant.date >= _NO_LIMIT_FROM:
        return
    if answer.total > SIMPLIFIED_RETAIL_LIMIT:
        yield (
            "items",
            f"its total is {shown_amount(answer.total)}; a simplified invoice has "
            f"{shown_amount(SIMPLIFIED_RETAIL_LIMIT)} at most, "
            "for goods that retailers sell to consumers (CIVA, art. 40.1); issue an invoice",
        )
        return
    services = [item.name for item in meant.items if item.unit in _SERVICES]
    if services or _is_organization(meant.client):
        why = f"services ({', '.join(services)})" if services else "an organization"
        yield (
            "items",
            f"its total is {shown_amount(answer.total)}; a simplified invoice for {why} has "
            f"{shown_amount(SIMPLIFIED_LIMIT)} at most (CIVA, art. 40.1); issue an invoice",
        )


def _is_organization(client: models.DocumentClientWrite | Unset) -> bool:
    """Whether a client has the Portuguese tax number of an organization."""
    if isinstance(client, Unset) or not client.fiscal_id or _is_from_abroad(client):
        return False
    return is_organization(client.fiscal_id)


def _lines(meant: Write, answer: Answer, rates: TaxRates | None) -> list[Line] | None:
    """The lines sent, each with its rate; None if a rate is unknown.

    A line's rate is the intended one; without it, the rate in the answer for a tax of the same name, or for a
    line without a tax.
    """
    lines: list[Line] = []
    for line, got in _pairs(meant, answer):
        rate = _meant_rate(line, rates)
        if rate is None and got.tax and isinstance(got.tax.value, Decimal):
            is_as_meant = isinstance(line.tax, Unset) or got.tax.name == line.tax.name.strip()
            rate = got.tax.value if is_as_meant else None
        if rate is None:
            return None
        discount = Decimal(0) if isinstance(line.discount, Unset) else line.discount
        lines.append(Line(unit_price=line.unit_price, quantity=line.quantity, discount=discount, tax=rate))
    return lines or None


def _pairs(meant: Write, answer: Answer) -> Iterable[tuple[models.DocumentItemWrite, models.DocumentItem]]:
    """Pairs of sent and answered lines; no pairs if their numbers differ."""
    return zip(meant.items, answer.items, strict=True) if len(meant.items) == len(answer.items) else ()


_AFTER: Final[Mapping[Kind, Callable[[Write, Answer, TaxRates | None], Iterator[Finding]]]] = {
    "lines_lost": _lines_lost,
    "tax_changed": _tax_changed,
    "client_changed": _client_changed,
    "total_changed": _total_changed,
    "simplified_limit": _simplified_limit,
}
