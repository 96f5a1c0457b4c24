"""Headings and prompts in English and Portuguese, by `--lang` or the locale.

Messages of errors are the client's, in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """Languages of headings and prompts."""

    EN = "en"
    PT = "pt"


def language(environment: Mapping[str, str]) -> Language:
    """The language of the locale; English unless it is Portuguese."""
    locale = next((value for name in _LOCALE if (value := environment.get(name))), "")
    return Language.PT if locale.lower().startswith("pt") else Language.EN


_PORTUGUESE: Final[Mapping[str, str]] = {
    # Headings
    "Waiting": "À espera",
    "Unknown": "Incertos",
    "Stopped": "Parou",
    "Rows": "Linhas",
    "Row": "Linha",
    "Next step": "Passo seguinte",
    "Failed": "Recusados",
    "Done": "Feitos",
    "Column": "Coluna",
    "Account": "Conta",
    "Address": "Morada",
    "Amount": "Valor",
    "At": "Em",
    "ATCUD": "ATCUD",
    "Base": "Incidência",
    "Base URL": "Endereço",
    "Check": "Verificação",
    "City": "Localidade",
    "Client": "Cliente",
    "Code": "Código",
    "Country": "País",
    "Currency": "Moeda",
    "Date": "Data",
    "Days to pay": "Prazo (dias)",
    "Default": "Por omissão",
    "Description": "Descrição",
    "Discount": "Desconto",
    "Document": "Documento",
    "Due": "Vencimento",
    "E-mail": "E-mail",
    "Exemption": "Isenção",
    "Field": "Campo",
    "File": "Ficheiro",
    "Finding": "Resultado",
    "Fiscal ID": "NIF",
    "From": "De",
    "ID": "ID",
    "Issued": "Emitidos",
    "Key": "Chave",
    "Line": "Linha",
    "Month": "Mês",
    "Name": "Nome",
    "Note": "Nota",
    "Number": "Número",
    "Observations": "Observações",
    "Owner": "Origem",
    "Percent": "Taxa (%)",
    "Phone": "Telefone",
    "Place": "Sítio",
    "Postal code": "Código postal",
    "Price": "Preço",
    "Proxy": "Proxy",
    "Quantity": "Quantidade",
    "Quarter": "Trimestre",
    "Rate": "Taxa",
    "Reference": "Referência",
    "Region": "Região",
    "Remedy": "O que fazer",
    "Retention": "Retenção",
    "Série": "Série",
    "State": "Estado",
    "Status": "Estado",
    "Tax": "Imposto",
    "Taxes": "Impostos",
    "Total": "Total",
    "Type": "Tipo",
    "Unit": "Unidade",
    "Value": "Valor",
    "VAT": "IVA",
    "Year": "Ano",
    "draft": "rascunho",
    "yes": "sim",
    "no": "não",
    "1 to 30 days": "1 a 30 dias",
    "31 to 60 days": "31 a 60 dias",
    "61 to 90 days": "61 a 90 dias",
    "Balance": "Saldo",
    "Credit": "Crédito",
    "Documents": "Documentos",
    "Not due": "Por vencer",
    "Oldest due date": "Vencimento mais antigo",
    "Open": "Em aberto",
    "Over 90 days": "Mais de 90 dias",
    "Overdue": "Vencido",
    "Nothing to show.": "Nada para mostrar.",
    "Left out, since the terminal is narrow:": "Omitido, por o terminal ser estreito:",
    "a wider window, --csv or --json shows all.": "uma janela mais larga, --csv ou --json mostram tudo.",
    "Cash scheme": "IVA de caixa",
    "Corrected base": "Incidência regularizada",
    "Corrected VAT": "IVA regularizado",
    "Section": "Secção",
    # Prompts
    "API key": "Chave da API",
    "Go on?": "Continuar?",
    "y/N": "s/N",
    "Not confirmed; nothing was done": "Sem confirmação; nada foi feito",
    "This cannot be undone.": "Esta ação não pode ser anulada.",
}


def text(english: str, chosen: Language) -> str:
    """A heading or prompt in the language; English where there is no translation."""
    return _PORTUGUESE.get(english, english) if chosen is Language.PT else english
