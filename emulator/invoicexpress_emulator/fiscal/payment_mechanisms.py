"""Means of payment: the codes of SAF-T (PT), called `payment_mechanism` by the API.

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
"""Code -> the words printed on a receipt."""
