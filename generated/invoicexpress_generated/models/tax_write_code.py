from typing import Final, Literal

TaxWriteCode = Literal["INT", "ISE", "NOR", "OUT", "RED"] | str
""" Kind of rate. Others are kept as they come, and never sent. """

TAX_WRITE_CODE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "INT",
        "ISE",
        "NOR",
        "OUT",
        "RED",
    }
)
