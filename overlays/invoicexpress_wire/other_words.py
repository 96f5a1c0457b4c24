"""Words that people write for a field: Portuguese ones, as the service's pages have them, and English ones.

For errors about unknown names only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from typing import Final

FIELDS: Final = {
    "fiscal_id": "nif nipc contribuinte numero_contribuinte num_contribuinte numero_fiscal vat_number vat_id "
    "vat tax_id tax_number tin",
    "name": "nome designacao title",
    "code": "codigo referencia_cliente sku",
    "client": "cliente customer buyer",
    "date": "data data_emissao issue_date invoice_date",
    "due_date": "vencimento data_vencimento data_de_vencimento prazo due",
    "address": "morada endereco street",
    "detail": "morada endereco rua address street",
    "city": "cidade localidade town",
    "postal_code": "codigo_postal cod_postal cp zip zip_code postcode",
    "country": "pais",
    "phone": "telefone telemovel telephone",
    "mobile": "telemovel",
    "email": "correio mail e_mail",
    "language": "idioma lingua",
    "unit_price": "preco preco_unitario valor_unitario valor price",
    "quantity": "quantidade qtd qty",
    "unit": "unidade",
    "tax": "iva imposto taxa vat tax_name",
    "description": "descricao",
    "discount": "desconto",
    "global_discount": "desconto desconto_global discount",
    "items": "artigos linhas produtos itens lines line_items products",
    "observations": "observacoes notas obs nota notes remarks comments",
    "observation": "observacao observacoes notas",
    "reference": "referencia ref order_number",
    "retention": "retencao retencao_na_fonte withholding",
    "tax_exemption": "isencao motivo_isencao exemption",
    "tax_exemption_reason": "motivo_isencao",
    "tax_exemption_code": "isencao motivo_isencao",
    "currency_code": "moeda currency",
    "rate": "cambio taxa_cambio exchange_rate",
    "sequence_id": "serie sequencia",
    "owner_invoice_id": "fatura_id documento_id fatura invoice invoice_id",
    "serie": "nome sequencia name",
    "amount": "montante valor total value quantia",
    "value": "valor montante percentagem amount rate percent",
    "payment_date": "data data_pagamento date",
    "payment_mechanism": "metodo_pagamento modo_pagamento forma_pagamento payment_method method",
    "payment_method": "metodo_pagamento modo_pagamento forma_pagamento payment_mechanism method",
    "note": "nota notas observacoes observations",
    "region": "regiao",
    "license_plate": "matricula",
    "loaded_at": "data_carga carga data_de_carga",
    "address_from": "local_carga origem morada_carga",
    "address_to": "local_descarga destino morada_descarga",
    "website": "site pagina url",
    "payment_days": "prazo prazo_pagamento",
    "date_from": "from_date start_date data_inicio data_de desde since from",
    "date_to": "to_date end_date data_fim data_ate ate until to",
    "due_date_from": "from_due_date vencimento_de",
    "due_date_to": "to_due_date vencimento_ate",
    "loaded_at_from": "from_date date_from start_date data_inicio desde",
    "loaded_at_to": "to_date date_to end_date data_fim ate",
    "status": "estado state",
    "text": "texto pesquisa search query q",
    "types": "tipo tipos type",
}
"""Other words for each name, written as `plain` leaves them, but for the underscores."""


def meant_by(given: str, known: Container[str]) -> str | None:
    """The first known name that people mean by another word."""
    word = plain(given)
    return next((name for name, words in _WORDS.items() if word in words and name in known), None)


def plain(word: str) -> str:
    """A word without case, accents, underscores, hyphens and blanks."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return bare.lower().replace("_", "").replace("-", "").replace(" ", "")


_WORDS: Final = {name: frozenset(map(plain, words.split())) for name, words in FIELDS.items()}
