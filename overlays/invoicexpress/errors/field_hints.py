"""What to write in fields that are often written wrongly."""

from __future__ import annotations

import re
from typing import Final

_CLIENT: Final = '{"name": "Ana", "code": "A1"} stands for a client; the code finds a known one'
_TAX: Final = '{"name": "IVA23"} stands for a tax; `ix.taxes.list()` returns the names'
_EXEMPTION: Final = 'write a code such as "M07"; `reference_data.exemptions()` lists them'
HINTS: Final = tuple(
    (re.compile(rf"(.*\.)?{path}"), hint)
    for path, hint in (
        (
            r"client",
            'write {"name": "Ana", "code": "A1"}; the service finds a client by its code, not by its id',
        ),
        (r"tax", _TAX),
        (r"tax\.(name|id|value)", _TAX),
        (r"tax_exemption(_reason|_code)?", _EXEMPTION),
        (r"currency_code", 'write a code such as "USD"; `reference_data.currencies()` lists them'),
        (r"payment_(mechanism|method)", "`reference_data.payment_mechanisms()` explains the codes"),
    )
)


def with_hint(field: str, reason: str) -> str:
    """The reason, with the hint for its field in place of a general one. A mapping to write is better."""
    if '; use {"name"' in reason or "; did you mean " in reason:
        return reason
    said = reason.partition("; use ")[0]
    return next((f"{said}; {hint}" for path, hint in HINTS if path.fullmatch(field)), reason)
