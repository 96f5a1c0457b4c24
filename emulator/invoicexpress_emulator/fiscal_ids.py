"""Portuguese tax numbers (NIF) of customers.

The service refuses a number whose check digit is wrong when the country is Portugal or not given (observed:
clients; voluzi saw a silent "Consumidor Final"). The numbers in the vendor's own
examples are wrong too, and its examples must work, so exactly those are let through.
"""

from __future__ import annotations

from typing import Final

FINAL_CONSUMER: Final = "999999990"
"""The number that QR code and SAF-T print for a customer without one."""

_IN_VENDOR_EXAMPLES: Final = frozenset({"508000000", "500999888", "500100200"})


def is_valid(fiscal_id: str, country: str) -> bool:
    """Whether a tax number can be right; those of other countries are not checked (ventrata 2026)."""
    if country != "Portugal" or fiscal_id in _IN_VENDOR_EXAMPLES:
        return True
    from stdnum.pt import nif  # noqa: PLC0415 - 40 ms that a start does not need

    return nif.is_valid(fiscal_id)
