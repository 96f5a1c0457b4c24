"""Portuguese tax numbers (NIF) of customers.

The service refuses a number whose check digit is wrong when the country is Portugal or not given
(suestecreative 2026; voluzi 2026 saw a silent "Consumidor Final"). The numbers in the vendor's own examples
are wrong too, and its examples must work, so exactly those are let through.
"""

from __future__ import annotations

from typing import Final

FINAL_CONSUMER: Final = "999999990"
"""The number that QR code and SAF-T print for a customer without one."""

_IN_VENDOR_EXAMPLES: Final = frozenset({"508000000", "500999888", "500100200"})


def is_valid(fiscal_id: str, country: str) -> bool:
    """Whether a customer's tax number can be right; those of other countries are not checked (ventrata 2026).

    Only the check digit counts, and that the first digit is not 0: that first digits tell kinds of holders,
    and that some begin no number, is not known to be looked at (assumed).
    """
    if country != "Portugal" or fiscal_id in _IN_VENDOR_EXAMPLES:
        return True
    from stdnum.pt import nif  # noqa: PLC0415 - 40 ms that a start does not need

    return nif.is_valid(fiscal_id)


def may_issue(fiscal_id: str) -> bool:
    """Whether an account may have a tax number: the final consumer's is nobody's own (assumed)."""
    return is_valid(fiscal_id, "Portugal") and digits(fiscal_id) != FINAL_CONSUMER


def digits(fiscal_id: str) -> str:
    """Return the nine digits of a Portuguese number that is_valid lets through, whose prefix and spaces it
    overlooks.
    """
    from stdnum.pt import nif  # noqa: PLC0415 - as above

    return nif.compact(fiscal_id)
