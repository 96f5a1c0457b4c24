"""Tax numbers of customers: Portuguese ones (NIF) and their check digit, and how files and codes print each.

The service refuses a number with a wrong check digit if the country is Portugal or missing (suestecreative
2026; voluzi 2026 saw a silent "Consumidor Final"). The numbers in the vendor's own examples are wrong too,
and its examples must work, so exactly those pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

FINAL_CONSUMER: Final = "999999990"
"""The number in QR code and SAF-T for a customer without one."""

OTHER_PREFIXES: Final[Mapping[str, tuple[str, ...]]] = {"GR": ("EL",), "GB": ("XI",)}
"""Prefixes of VAT numbers other than the code of the country (Diretiva 2006/112/CE, art. 215)."""

LETTERS_AFTER_PREFIX: Final[Mapping[str, str]] = {
    "AT": r"U\d{8}",
    "ES": r"[A-Z]\d{7}[0-9A-Z]",
    "FR": r"[0-9A-Z]{2}\d{9}",
}
"""VAT numbers that begin with letters even without their prefix. All others begin with a digit."""

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


def nine_digits(fiscal_id: object) -> str:
    """Return a Portuguese number without prefix and blanks; other text stays as it is, empty for none."""
    text = str(fiscal_id or "").strip()
    bare = "".join(filter(str.isalnum, text)).upper().removeprefix("PT")
    return bare if bare.isascii() and bare.isdigit() else text


def without_prefix(fiscal_id: object, country_code: str) -> str:
    """Return a customer's number as SAF-T (PT) has it, empty for none.

    It has no prefix of its own country (Portaria 302/2016, 2.2.3), and a Portuguese one no blanks. Other
    letters at its beginning stay, such as those of an Italian person or of a Swiss company.
    """
    if country_code == "PT":
        return nine_digits(fiscal_id)
    text = str(fiscal_id or "").strip()
    for prefix in (country_code, *OTHER_PREFIXES.get(country_code, ())):
        if text[: len(prefix)].upper() == prefix:
            rest = re.sub(r"\A[\W_]+", "", text[len(prefix) :])
            bare = "".join(filter(str.isalnum, rest)).upper()
            if bare[:1].isdigit() or re.fullmatch(LETTERS_AFTER_PREFIX.get(country_code, ""), bare):
                return rest or text
    return text
