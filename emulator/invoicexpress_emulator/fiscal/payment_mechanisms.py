"""How a payment was made: the codes of SAF-T (PT), which the API calls `payment_mechanism`.

Source: the vendor's table of 13 codes; `CI` is in the treasury texts and in the tax authority's schema.
"""

from typing import Final

DEFAULT_MECHANISM: Final = "TB"

PAYMENT_MECHANISMS: Final[dict[str, str]] = {
    "CC": "Cartão de crédito",
    "CD": "Cartão de débito",
    "CH": "Cheque bancário",
    "CI": "Crédito documentário internacional",
    "CO": "Cheque ou cartão oferta",
    "CS": "Compensação de saldos em conta corrente",
    "DE": "Dinheiro eletrónico",
    "LC": "Letra comercial",
    "MB": "Referência Multibanco",
    "NU": "Numerário",
    "OU": "Outros meios",
    "PR": "Permuta de bens",
    "TB": "Transferência bancária",
    "TR": "Títulos de compensação extrassalarial",
}
"""Code -> the words that a receipt prints."""
