# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

TaxWriteCode = Literal["INT", "ISE", "NOR", "OUT", "RED"] | str
"""Kind of rate: NOR normal, INT intermediate, RED reduced, OUT other, ISE exempt. Other values are
kept when read and never sent."""

TAX_WRITE_CODE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "INT",
        "ISE",
        "NOR",
        "OUT",
        "RED",
    }
)
