"""VAT exemption codes of the tax authority, with the words that a document prints for each.

Source: the vendor's table of IVA exemption codes (30 rows in 2026), plus M26, M34 and M35, which live
accounts and the tax authority's table of June 2026 know. `M00` is the API's own marker for "no
exemption".
"""

from typing import Final, NamedTuple

NO_EXEMPTION: Final = "M00"
DEFAULT_EXEMPTION: Final = "M99"
"""What the service stamps when an update of an exempt document leaves the reason out (observed: update)."""


class Exemption(NamedTuple):
    """One row of the table: the words printed on the document, and the law behind them."""

    printed: str
    legal_basis: str


EXEMPTIONS: Final[dict[str, Exemption]] = {
    "M01": Exemption("Artigo 16.°, n.° 6 do CIVA", "Artigo 16.°, n.° 6, alíneas a) a d) do CIVA"),
    "M02": Exemption(
        "Artigo 6.° do Decreto-Lei n.° 198/90, de 19 de junho",
        "Artigo 6.° do Decreto-Lei n.° 198/90, de 19 de junho",
    ),
    "M04": Exemption("Isento artigo 13.° do CIVA", "Artigo 13.° do CIVA"),
    "M05": Exemption("Isento artigo 14.° do CIVA", "Artigo 14.° do CIVA"),
    "M06": Exemption("Isento artigo 15.° do CIVA", "Artigo 15.° do CIVA"),
    "M07": Exemption("Isento artigo 9.° do CIVA", "Artigo 9.° do CIVA"),
    "M09": Exemption("IVA – não confere direito a dedução", "Artigo 62.° alínea b) do CIVA"),
    "M10": Exemption("IVA – regime de isenção", "Artigo 57.° do CIVA"),
    "M11": Exemption("Regime particular do tabaco", "Decreto-Lei n.° 346/85, de 23 de agosto"),
    "M12": Exemption(
        "Regime da margem de lucro – Agências de viagens",
        "Decreto-Lei n.° 221/85, de 3 de julho",
    ),
    "M13": Exemption(
        "Regime da margem de lucro – Bens em segunda mão",
        "Decreto-Lei n.° 199/96, de 18 de outubro",
    ),
    "M14": Exemption(
        "Regime da margem de lucro – Objetos de arte",
        "Decreto-Lei n.° 199/96, de 18 de outubro",
    ),
    "M15": Exemption(
        "Regime da margem de lucro – Objetos de coleção e antiguidades",
        "Decreto-Lei n.° 199/96, de 18 de outubro",
    ),
    "M16": Exemption("Isento artigo 14.° do RITI", "Artigo 14.° do RITI"),
    "M19": Exemption("Outras isenções", "Isenções temporárias determinadas em diploma próprio"),
    "M20": Exemption("IVA – regime forfetário", "Artigo 59.°-D n.°2 do CIVA"),
    "M21": Exemption(
        "IVA – não confere direito à dedução (ou expressão similar)",
        "Artigo 72.° n.° 4 do CIVA",
    ),
    "M25": Exemption("Mercadorias à consignação", "Artigo 38.° n.° 1 alínea a)"),
    "M26": Exemption(
        "Isenção de IVA com direito à dedução no cabaz alimentar",
        "Lei n.° 17/2023, de 14 de abril",
    ),
    "M30": Exemption("IVA – autoliquidação", "Artigo 2.° n.° 1 alínea i) do CIVA"),
    "M31": Exemption("IVA – autoliquidação", "Artigo 2.° n.° 1 alínea j) do CIVA"),
    "M32": Exemption("IVA – autoliquidação", "Artigo 2.° n.° 1 alínea l) do CIVA"),
    "M33": Exemption("IVA – autoliquidação", "Artigo 2.° n.° 1 alínea m) do CIVA"),
    "M34": Exemption("IVA – autoliquidação", "Artigo 2.° n.° 1 alínea n) do CIVA"),
    "M35": Exemption("IVA – autoliquidação", "Artigo 2.° n.° 1 alínea j) do CIVA, verba 2.42 da Lista I"),
    "M40": Exemption("IVA – autoliquidação", "Artigo 6.° n.° 6 alínea a) do CIVA, a contrário"),
    "M41": Exemption("IVA – autoliquidação", "Artigo 8.° n.° 3 do RITI"),
    "M42": Exemption("IVA – autoliquidação", "Decreto-Lei n.° 21/2007, de 29 de janeiro"),
    "M43": Exemption("IVA – autoliquidação", "Decreto-Lei n.° 362/99, de 16 de setembro"),
    "M44": Exemption("IVA - Regras específicas - artigo 6.º", "Artigo 6.° do CIVA, regras específicas"),
    "M45": Exemption("IVA - Regime transfronteiriço de isenção", "Artigo 58.°-A do CIVA"),
    "M46": Exemption("IVA - e-TaxFree", "Decreto-Lei n.° 19/2017, de 14 de fevereiro"),
    "M99": Exemption("Não sujeito ou não tributado", "Outras situações de não liquidação do imposto"),
}


def printed_reason(code: str | None) -> str | None:
    """Return the words to print for an exemption code; None when there is none (or it is `M00`)."""
    exemption = EXEMPTIONS.get(code) if code else None
    return exemption.printed if exemption else None
