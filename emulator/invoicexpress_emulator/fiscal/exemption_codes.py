"""VAT exemption codes of the tax authority, with the printed words for each.

Source: the vendor's table of IVA exemption codes (30 rows in 2026), plus M26, M34 and M35, which are in live
accounts and in the tax authority's table of June 2026. The words have the sign of an ordinal, as on
documents (recorded 2019), where the vendor's table has that of a degree. `M00` is the API's own marker for
"no exemption".
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

NO_EXEMPTION: Final = "M00"
DEFAULT_EXEMPTION: Final = "M99"
"""The code set by the service when an update of an exempt document omits the reason (suestecreative 2026)."""

EXEMPTIONS: Final[dict[str, str]] = {
    "M01": "Artigo 16.º, n.º 6 do CIVA",
    "M02": "Artigo 6.º do Decreto-Lei n.º 198/90, de 19 de junho",
    "M04": "Isento artigo 13.º do CIVA",
    "M05": "Isento artigo 14.º do CIVA",
    "M06": "Isento artigo 15.º do CIVA",
    "M07": "Isento artigo 9.º do CIVA",
    "M09": "IVA – não confere direito a dedução",
    "M10": "IVA – regime de isenção",
    "M11": "Regime particular do tabaco",
    "M12": "Regime da margem de lucro – Agências de viagens",
    "M13": "Regime da margem de lucro – Bens em segunda mão",
    "M14": "Regime da margem de lucro – Objetos de arte",
    "M15": "Regime da margem de lucro – Objetos de coleção e antiguidades",
    "M16": "Isento artigo 14.º do RITI",
    "M19": "Outras isenções",
    "M20": "IVA – regime forfetário",
    "M21": "IVA – não confere direito à dedução (ou expressão similar)",
    "M25": "Mercadorias à consignação",
    "M26": "Isenção de IVA com direito à dedução no cabaz alimentar",
    "M30": "IVA – autoliquidação",
    "M31": "IVA – autoliquidação",
    "M32": "IVA – autoliquidação",
    "M33": "IVA – autoliquidação",
    "M34": "IVA – autoliquidação",
    "M35": "IVA – autoliquidação",
    "M40": "IVA – autoliquidação",
    "M41": "IVA – autoliquidação",
    "M42": "IVA – autoliquidação",
    "M43": "IVA – autoliquidação",
    "M44": "IVA - Regras específicas - artigo 6.º",
    "M45": "IVA - Regime transfronteiriço de isenção",
    "M46": "IVA - e-TaxFree",
    "M99": "Não sujeito ou não tributado",
}
"""Code -> the words printed on the document, which are also the reason in SAF-T (PT)."""


class DaysOfLaw(NamedTuple):
    """First and last day of the law behind a code; None while it is in force."""

    first: dt.date
    last: dt.date | None
    source: str


DAYS_OF_LAW: Final[Mapping[str, DaysOfLaw]] = {
    "M19": DaysOfLaw(dt.date(2022, 7, 1), None, "AT table V1.0"),
    "M20": DaysOfLaw(dt.date(2015, 1, 1), None, "Lei 82-B/2014"),
    "M26": DaysOfLaw(dt.date(2023, 4, 18), dt.date(2023, 12, 31), "Lei 17/2023; Lei 60-A/2023"),
    "M33": DaysOfLaw(dt.date(2020, 1, 1), None, "Decreto-Lei 165/2019"),
    "M34": DaysOfLaw(dt.date(2023, 1, 1), None, "Decreto-Lei 85/2022"),
    "M35": DaysOfLaw(dt.date(2026, 7, 1), None, "Decreto-Lei 97/2026; AT table V4.0"),
    "M45": DaysOfLaw(dt.date(2025, 4, 1), None, "Decreto-Lei 35/2025, art. 10.10"),
    "M46": DaysOfLaw(dt.date(2017, 7, 1), None, "Decreto-Lei 19/2017"),
}
"""Codes whose law began or ended after the first certified programs (Portaria 363/2010, of June): no books
are older. The tax authority's table keeps a code whose law has ended, and so does the service (assumed).
"""


class Excluded(NamedTuple):
    """Works of an item of CIVA's List I, which carry another code from a day on."""

    verba: str
    since: dt.date
    instead: str
    source: str


EXCLUDED: Final[Mapping[str, Excluded]] = {
    "M31": Excluded("2.42", dt.date(2026, 7, 1), "M35", "Decreto-Lei 97/2026; AT table V4.0"),
}
"""Code -> the works that it left to another. Other works keep it."""

_VERBA: Final = re.compile(r"\bverba\s+(?:n\.?\s*º\s*)?(\d+(?:\.\d+)*)", re.IGNORECASE)


def names_verba(text: str, verba: str) -> bool:
    """Return whether a text names an item of a list of CIVA, as `verba 2.42`."""
    return verba in _VERBA.findall(text)


def printed_reason(code: str | None) -> str | None:
    """Return the words to print for an exemption code; None without a code, or for `M00`."""
    return EXEMPTIONS.get(code) if code else None
