"""Invalid values in the words of the call: its arguments, and what to write.

The generated code names fields and classes as the wire has them: `date[from]`, `document-id`, `TaxReference`.
A caller wrote `date_from`, `document` and a tax.
"""

from __future__ import annotations

import re
from typing import Final

from invoicexpress_loading import lazy_pattern

_CLIENT: Final = '{"name": "Ana", "code": "A1"} stands for a client; the code finds a known one'
_TAX: Final = '{"name": "IVA23"} stands for a tax; `ix.taxes.list()` returns the names'
_EXEMPTION: Final = 'write a code such as "M07"; `reference_data.exemptions()` lists them'
_NO_KEY: Final = "only the invoice family has keys; give the document a `reference` of its own"
HINTS: Final = tuple(
    (lazy_pattern(rf"(.*\.)?{path}"), hint)
    for path, hint in (
        (
            r"client",
            'write {"name": "Ana", "code": "A1"}; the service finds a client by its code, not by its id',
        ),
        (r"tax", _TAX),
        (r"tax\.(name|id|value)", _TAX),
        (r"tax\.region", 'write "PT", or another code; `reference_data.tax_regions()` lists them'),
        (r"tax_exemption(_reason|_code)?", _EXEMPTION),
        (r"currency_code", 'write a code such as "USD"; `reference_data.currencies()` lists them'),
        (r"payment_(mechanism|method)", "`reference_data.payment_mechanisms()` explains the codes"),
        (r"items", 'write a list of lines: [{"name": "Caneca", "unit_price": Decimal("9.99"), ...}]'),
    )
)

IDS: Final = {
    "document": '`find_by_number(28, "A")` of its namespace finds it by its number in the série A',
    "client": '`ix.clients.find_by_code("A1")` finds a client by its code, `find_by_name` by its name',
    "tax": "`ix.taxes.list()` reads the taxes",
    "item": "`ix.items.list()` reads the items",
    "sequence": '`ix.sequences.find("A")` finds a série by its name',
    "account": "`ix.accounts.create` returns the id of an account",
    "regularization": "`ix.treasury.regularizations` lists those of a client",
    "movement": "`ix.treasury.create_movement` returns a movement with its id",
}
"""How to find a thing whose id is wanted, by the name of the argument."""
_ID: Final = lazy_pattern(r"([a-z-]+)-id")

_EXAMPLES: Final = {
    "date": "such as lisbon.today()",
    "loaded_at": "such as lisbon.now() + timedelta(minutes=30)",
    "unit_price": 'such as Decimal("9.99"); None from `net_prices` means that no price of four decimals '
    "gives this total, so sell it as one line of quantity 1",
    "quantity": "such as Decimal(1)",
    "amount": 'such as Decimal("9.99")',
    "region": 'such as "PT"; `reference_data.tax_regions()` lists the codes',
    "country": 'such as "Portugal"; `reference_data.countries()` lists the names',
}
"""What to write in a required field, by its name."""

_REFUND: Final = "a discount is `discount`, in percent; money goes back with a credit note"
_AT_LEAST_0: Final = "expected at least 0,"
_NEGATIVE: Final = lazy_pattern(r".*items\[\d+\]\.(unit_price|quantity)|item\.unit_price")

NOUNS: Final = {
    "TaxReference": "a tax",
    "DocumentClientWrite": "a client",
    "DocumentItemWrite": "a line",
    "GlobalDiscountWrite": "a discount",
    "GuideAddressWrite": "an address",
    "PreferredContactWrite": "a contact",
}
_EXPECTED: Final = lazy_pattern(r"expected ([A-Z]\w*), got ")
_UNKNOWN: Final = lazy_pattern(r"unknown field of \w+")
_NEEDED: Final = lazy_pattern(r"[A-Z]\w* needs this field( in an update)?")
_REPLACED: Final = "; update replaces the draft as a whole, so pass all that `create` takes"
_RANGE: Final = lazy_pattern(r"([a-z_]+)\[(from|to)\]")


def argument(field: str) -> str:
    """The argument of the caller for a field of the wire: `date_from` for `date[from]`."""
    if match := _ID.fullmatch(field):
        return match[1].replace("-", "_")
    plain = field.replace("[]", "")
    if plain != field and re.match(r"type\b", plain):
        plain = f"types{plain.removeprefix('type')}"
    return _RANGE.sub(r"\1_\2", plain)


def explained(field: str, reason: str) -> str:
    """The reason without names of the wire, with what to write; `field` is the wire's."""
    if match := _ID.fullmatch(field):
        said = reason.replace("expected an int", f"expected the {argument(field)}, or its id as an int", 1)
        hint = IDS.get(match[1])
        if match[1] == "document" and (number := number_in(reason)):
            hint = f"`find_by_number({number})` of its namespace finds it by its number"
        return f"{said.partition('; use ')[0]}; {hint}" if hint else said
    if field == "partial_payment.amount":
        if _NEEDED.fullmatch(reason):
            return f"`amount` is required, {_EXAMPLES['amount']}; `settle` pays a document in full"
        return reason.replace("expected at least 0,", "expected more than 0,")
    if _NEGATIVE.fullmatch(field) and reason.startswith(_AT_LEAST_0):
        return f"{reason}; {_REFUND}"
    if _UNKNOWN.match(reason) and field.rpartition(".")[2] in ("proprietary_uid", "key"):
        return f"unknown field; {_NO_KEY}"
    if match := _NEEDED.fullmatch(reason):
        example = _EXAMPLES.get(field.rpartition(".")[2])
        needed = f"it is required; give it a value{f', {example}' if example else ''}"
        if match[1]:
            return f"{needed}{_REPLACED}"
        return with_hint(field, needed)
    plain = _UNKNOWN.sub("unknown field", reason)
    return with_hint(field, _EXPECTED.sub(_with_noun, plain))


_NUMBER: Final = lazy_pattern(r"'(?:([A-Z]{2,3}) )?([^'/]+)/([^'/]+)'")


def number_in(text: str) -> str | None:
    """The number of a document in a message, as arguments of `find_by_number`: `149, "DEMO"`.

    By law the série stands first, `FT DEMO/149`; the service's `sequence_number` has the number first.
    """
    if not (match := _NUMBER.search(text)):
        return None
    code, first, second = match.groups()
    number, serie = (second, first) if code or not first.isdecimal() else (first, second)
    return f'{int(number)}, "{serie.strip()}"' if number.isdecimal() else None


def _with_noun(match: re.Match[str]) -> str:
    return f"expected {NOUNS.get(match[1], 'its fields')}, got "


_SAID: Final = ('; use {"name"', "; did you mean ", ", such as ", "; put the one entry")
"""In reasons that show what to write."""


def with_hint(field: str, reason: str) -> str:
    """The reason, with the hint for its field in place of a general one. A mapping to write is better."""
    if any(text in reason for text in _SAID):
        return reason
    said = reason.partition("; use ")[0]
    return next((f"{said}; {hint}" for path, hint in HINTS if path.fullmatch(field)), reason)
