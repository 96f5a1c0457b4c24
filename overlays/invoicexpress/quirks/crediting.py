"""Credit notes for invoices: the owner set, the lines copied, the amount at most the remaining total.

The service refuses to finalize a note above the remaining total ("O total não pode ser superior ao total dos
documentos relacionados"), and a note for a draft (suestecreative 2026). This module raises before that.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypedDict, cast

from attrs import evolve
from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_wire import did_you_mean, shown

from .. import lisbon, reference_data
from ..errors import InputError
from ..errors.silent_change import SilentChange
from ..fiscal_ids import is_none, is_same
from .currencies import amount_of
from .document_types import CREDIT_NOTES, NOTES, RECEIPT_TYPES
from .document_types import CREDITABLE as _CREDITABLE_ROWS
from .read_back import exact, net_amounts

if TYPE_CHECKING:
    from .polymorphism import AnyDocument

CREDITABLE: Final = tuple(row.type for row in _CREDITABLE_ROWS)
"""Types that a credit note may correct."""
_NOTES: Final = tuple(row.type for row in CREDIT_NOTES)
_ISSUED: Final = ("final", "settled", "second_copy")


def creditable(invoice: models.Invoice) -> models.Invoice:
    """Return the document. Raises InputError for a type that credit notes cannot correct, and for an id."""
    given = cast("object", invoice)
    if not isinstance(given, models.Invoice):
        reader = f"`ix.invoices.get({given})`" if type(given) is int else "`ix.invoices.get`"
        kind = "" if isinstance(given, int | str) else f"{type(given).__name__} "
        raise InputError("invoice", f"expected the invoice, got {kind}{shown(given)}; read it with {reader}")
    if invoice.type not in CREDITABLE:
        raise InputError(
            "invoice", f"a credit note cannot correct {invoice.type}; expected one of {', '.join(CREDITABLE)}"
        )
    return invoice


def left_to_credit(invoice: models.Invoice, related: Iterable[AnyDocument]) -> Decimal:
    """The total minus the issued notes, in the account's currency.

    Drafts of notes do not count, since they may never be issued. Raises InputError for a document that was
    not issued, or is fully credited.
    """
    if issued(invoice).total == 0:
        raise InputError("invoice", "its total is 0.00, so nothing is left to credit")
    left = invoice.total - credited(related)
    if left <= 0:
        raise InputError("invoice", f"its total of {amount_of(invoice, invoice.total)} is already credited")
    return left


def issued(invoice: models.Invoice) -> models.Invoice:
    """Return the document. Raises InputError unless it was issued and not cancelled."""
    if invoice.status not in _ISSUED:
        remedy = "; finalize it first" if invoice.status == "draft" else ""
        raise InputError(
            "invoice", f"it is {invoice.status}; only an issued document can be credited{remedy}"
        )
    return invoice


def credited(related: Iterable[AnyDocument]) -> Decimal:
    """Sum of the credit notes among related documents that were issued and not cancelled."""
    return sum((each.total for each in related if each.type in _NOTES and each.status in _ISSUED), Decimal(0))


def blocking(document_id: int, related: Iterable[AnyDocument]) -> Sequence[models.Invoice]:
    """The related documents that block the cancellation of a document, oldest first.

    They are issued receipts and notes that are not cancelled (Despacho 8632/2014, 3.3.8). The document that a
    note corrects is related to it too, but older: ids grow.
    """
    resting = [
        each
        for each in related
        if isinstance(each, models.Invoice)
        and each.id > document_id
        and each.type in _BLOCKING
        and each.status in _ISSUED
    ]
    return sorted(resting, key=lambda each: each.id)


_BLOCKING: Final = RECEIPT_TYPES | {note.type for note in NOTES}


def lines_of(invoice: models.Invoice) -> list[models.DocumentItemWrite]:
    """The lines of an invoice for a note, with the exact prices and quantities behind those shown.

    Raises InputError for a tax without a name, and for values that are rounded beyond recovery.
    """
    return [_line(item, number, invoice.tax_exemption) for number, item in enumerate(invoice.items)]


def _line(item: models.DocumentItem, number: int, exemption: str | Unset | None) -> models.DocumentItemWrite:
    tax = item.tax or None
    name = None if tax is None else tax.name
    if not name or isinstance(name, Unset):
        raise InputError(f"invoice.items[{number}].tax", "has no name; pass the items of the note instead")
    values = exact(item)
    if values is None:
        raise InputError(
            f"invoice.items[{number}].unit_price",
            f"{item.quantity} at {item.unit_price} is rounded: it does not give the line's amount, and the "
            "exact price cannot be told from it; pass the items of the note instead",
        )
    is_exempt = tax is not None and tax.value == 0
    return models.DocumentItemWrite(
        name=item.name,
        unit_price=values.unit_price,
        quantity=values.quantity,
        description=item.description or UNSET,
        unit=item.unit or UNSET,
        discount=UNSET if item.discount is None else item.discount,
        tax=models.TaxReference(name),
        tax_exemption=(item.tax_exemption or exemption or UNSET) if is_exempt else UNSET,
    )


def rounded_prices(
    invoice: models.Invoice,
    items: Sequence[models.DocumentItemWrite | models.DocumentItemWriteFields] | None,
    *,
    root: str,
) -> Iterator[SilentChange]:
    """Lines for a note whose price is one that the invoice shows rounded, so the note is some cents off."""
    shown_rounded: dict[tuple[str, Decimal], Decimal] = {}
    for item in invoice.items:
        values = exact(item)
        if values is not None and values.unit_price != item.unit_price:
            shown_rounded[item.name, item.unit_price] = values.unit_price
    for number, line in enumerate(items or ()):
        name, price = _name_and_price(line)
        meant = shown_rounded.get((name, price)) if name and price is not None else None
        if meant is not None:
            yield SilentChange(
                "price_rounded",
                f"{root}.items[{number}].unit_price",
                f"{price} is how the service shows the price {meant.normalize():f} of {name!r}; "
                "credit_notes.lines(invoice) has the exact one",
            )


def _name_and_price(
    line: models.DocumentItemWrite | models.DocumentItemWriteFields,
) -> tuple[str, Decimal | None]:
    if isinstance(line, models.DocumentItemWrite):
        return line.name, line.unit_price
    return line.get("name", ""), line.get("unit_price")


def lacks_taxes(invoice: models.Invoice) -> bool:
    """Whether a line has a tax without a name, which the account's taxes may know by its id."""
    return any(item.tax and not item.tax.name and isinstance(item.tax.id, int) for item in invoice.items)


def with_taxes(invoice: models.Invoice, taxes: Iterable[models.Tax]) -> models.Invoice:
    """The invoice with names and rates for taxes that it shows by their ids alone (suestecreative 2026).

    A tax that does not give the line's VAT was changed since, and stays without a name.
    """
    known = {tax.id: tax for tax in taxes}
    return evolve(invoice, items=[_with_tax(item, known) for item in invoice.items])


def _with_tax(item: models.DocumentItem, known: Mapping[int, models.Tax]) -> models.DocumentItem:
    if not item.tax or item.tax.name or not isinstance(item.tax.id, int):
        return item
    tax = known.get(item.tax.id)
    if tax is None:
        return item
    if isinstance(item.subtotal, Decimal) and isinstance(item.tax_amount, Decimal):
        vat = Fraction(item.tax_amount)
        meant = [net * Fraction(tax.value) / 100 for net in net_amounts(item)]
        if not all(abs(each - vat) <= _VAT_TOLERANCE for each in meant):
            return item
    return evolve(item, tax=evolve(item.tax, name=tax.name, value=tax.value))


_VAT_TOLERANCE: Final = Fraction(1, 10**6)
"""EUR: subtotal and VAT of a line have ten decimals, less in large amounts (weareswat 2020)."""


class CreditFields(TypedDict, total=False):
    """Own fields of a note; all others come from the credited document."""

    global_discount: models.GlobalDiscountWrite | models.GlobalDiscountWriteFields | None
    """By default the credited document's, which a note for some lines repeats only if it is a percentage."""

    date: datetime.date | None
    """By default today in Europe/Lisbon. It is the due date too."""
    reference: str | None
    """The caller's own reference of the note."""
    observations: str | None
    """The reason, which the note prints."""


def note(
    invoice: models.Invoice,
    items: Sequence[models.DocumentItemWrite | models.DocumentItemWriteFields] | None,
    fields: CreditFields,
) -> models.InvoiceWriteFields:
    """The fields of a note for an invoice, or for some lines of it: all its terms are repeated.

    Raises InputError for a field that is not the note's own, and for a term that cannot be repeated.
    """
    for name in fields:
        if name not in CreditFields.__annotations__:
            known = CreditFields.__annotations__
            raise InputError(
                name,
                "a credit note takes it from the invoice, or has no such field"
                + did_you_mean(name, known, f"pass {', '.join(sorted(known))}, or `items`"),
            )
    date = fields.get("date") or lisbon.today()
    currency, rate = currency_of(invoice)
    exemption = None if isinstance(invoice.tax_exemption, Unset) else invoice.tax_exemption
    written: models.InvoiceWriteFields = {
        "date": date,
        "due_date": date,
        "client": client_of(invoice),
        "owner_invoice_id": invoice.id,
        "items": lines_of(invoice) if items is None else items,
        "tax_exemption": exemption or None,
        "global_discount": _discount(invoice, items, fields),
        "currency_code": currency,
        "rate": rate,
        "retention": None if isinstance(invoice.retention, Unset) else invoice.retention or None,
        "reference": fields.get("reference"),
        "observations": fields.get("observations"),
    }
    return written


def client_of(invoice: models.Invoice) -> models.DocumentClientWrite:
    """The client of an invoice for a note: found by its code, or by its name.

    Raises InputError for a client without a name.
    """
    if not invoice.client.name:
        raise InputError("invoice.client", "has no name, but a note needs a client; give the client a name")
    return models.DocumentClientWrite(name=invoice.client.name, code=invoice.client.code or UNSET)


def currency_of(invoice: models.Invoice) -> tuple[str | None, Decimal | None]:
    """Code and rate of an invoice's foreign currency; None without one.

    Raises InputError if either is unknown.
    """
    other = invoice.multicurrency
    if isinstance(other, Unset) or other is None or not other.currency:
        return None, None
    if not isinstance(other.rate, Decimal):
        raise InputError(
            "invoice.multicurrency", f"it is in {other.currency} without a rate; create the note with yours"
        )
    return reference_data.currency_named(other.currency).code, other.rate


def _discount(
    invoice: models.Invoice, items: Sequence[object] | None, fields: CreditFields
) -> models.GlobalDiscountWrite | models.GlobalDiscountWriteFields | None:
    """The discount of a note: the caller's, or the invoice's."""
    if "global_discount" in fields:
        return fields["global_discount"]
    discount = discount_of(invoice)
    if items is not None and discount is not None and discount.value_type != "percentage":
        raise InputError(
            "global_discount",
            f"the invoice has a discount of {discount.value:.2f} on the whole, and a note for some lines "
            "cannot share it out; pass the part for these lines, or None",
        )
    return discount


def discount_of(invoice: models.Invoice) -> models.GlobalDiscountWrite | None:
    """The discount on the whole invoice, for a note; None without one."""
    discount = invoice.global_discount
    if isinstance(discount, Unset) or discount is None:
        return None
    kind, value = discount.value_type, discount.value
    if isinstance(kind, Unset) or not kind or isinstance(value, Unset) or not value:
        return None
    return models.GlobalDiscountWrite(kind, value)


def differences(
    draft: models.Invoice, invoice: models.Invoice, left: Decimal, items: Sequence[object] | None
) -> list[str]:
    """Differences between the draft of a note and its intent: its terms, the rest, the whole invoice."""
    if other := [text for text in _terms(draft) if text not in _terms(invoice)]:
        return [f"it has {text}, unlike the invoice" for text in other]
    if _has_other_client(draft, invoice):
        return [
            f"it is made out to client {draft.client.id}, and the invoice to client {invoice.client.id}: the "
            f"invoice's client has another code or name by now. Give it {_named(invoice.client)} again with "
            f"`ix.clients.update({invoice.client.id}, ...)`, then issue the note"
        ]
    if _has_other_number(draft, invoice):
        # Without the number, which is personal data.
        return [
            f"client {draft.client.id} has another tax number now than the invoice shows. Set the old one "
            f"with `ix.clients.update({draft.client.id}, name={draft.client.name!r}, "
            "fiscal_id=invoice.client.fiscal_id)`, issue the note, then set the new one again"
        ]
    if items is None and draft.total != invoice.total:
        shown, meant = amount_of(draft, draft.total), amount_of(invoice, invoice.total)
        return [f"its total is {shown}, but the invoice's total is {meant}"]
    if draft.total > left:
        return [
            f"its total is {amount_of(draft, draft.total)}, and {amount_of(draft, left)} is left to credit"
        ]
    return []


def _has_other_client(note: models.Invoice, invoice: models.Invoice) -> bool:
    """Whether a note is made out to another client: the service finds one by code, or by name."""
    return isinstance(invoice.client.id, int) and note.client.id not in (invoice.client.id, None, UNSET)


def _named(client: models.DocumentClient) -> str:
    return f"code {client.code!r}" if client.code else f"the name {client.name!r}"


def _has_other_number(note: models.Invoice, invoice: models.Invoice) -> bool:
    """Whether a note is made out to another tax number than its invoice, or to the final consumer.

    A note for an invoice to the final consumer may have a number: that is how such a mistake is corrected.
    Documents show no number for a client without one (recorded 2019), and documented ones never show it.
    """
    meant = invoice.client.fiscal_id or ""
    return not is_none(meant) and not is_same(note.client.fiscal_id or "", meant)


def _terms(document: models.Invoice) -> list[str]:
    """Currency, rate and retention of a document, as texts; missing fields are left out."""
    other = document.multicurrency or None
    terms = [f"currency {(other.currency if other else None) or document.currency}"]
    if other is not None and isinstance(other.rate, Decimal):
        terms.append(f"rate {other.rate.normalize():f}")
    if not isinstance(document.retention, Unset):
        terms.append(f"retention {(document.retention or Decimal(0)).normalize():f} %")
    return terms
