"""Portuguese tax numbers (NIF) of customers.

The service refuses a number with a wrong check digit if the country is Portugal or missing (suestecreative
2026; voluzi 2026 saw a silent "Consumidor Final"). The numbers in the vendor's own examples are wrong too,
and its examples must work, so exactly those pass.
"""

from __future__ import annotations

from typing import Final

FINAL_CONSUMER: Final = "999999990"
"""The number in QR code and SAF-T for a customer without one."""

_IN_VENDOR_EXAMPLES: Final = frozenset({"508000000", "500999888", "500100200"})


def is_valid(fiscal_id: str, country: str) -> bool:
    """Whether a customer's tax number is plausible; numbers of other countries are not checked (ventrata
    2026).

    The check digit must be right and the first digit not 0. The first digit also shows the kind of holder,
    and some digits begin no number; it is unknown whether the service checks that, so it is not checked here
    (assumed).
    """
    if country != "Portugal" or fiscal_id in _IN_VENDOR_EXAMPLES:
        return True
    from stdnum.pt import nif  # noqa: PLC0415 - 40 ms that a start does not need

    return nif.is_valid(fiscal_id)


def may_issue(fiscal_id: str) -> bool:
    """Whether an account may have a tax number: the final consumer's belongs to no account (assumed)."""
    return is_valid(fiscal_id, "Portugal") and digits(fiscal_id) != FINAL_CONSUMER


def digits(fiscal_id: str) -> str:
    """Return the nine digits of a number that passes `is_valid`, without prefix and spaces."""
    from stdnum.pt import nif  # noqa: PLC0415 - as above

    return nif.compact(fiscal_id)
