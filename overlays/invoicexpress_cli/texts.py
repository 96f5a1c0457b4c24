"""Headings, prompts, remarks, and the words in cells, in English and Portuguese, by `--lang` or the locale.

Errors and warnings are in English: many are the client's. JSON and CSV are the same in both languages.
"""

from __future__ import annotations

import re
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
    "at": "em",
    "Paid by": "Meio de pagamento",
    "Paid on": "Data do pagamento",
    "Reason": "Motivo",
    "Total of the note": "Total da nota",
    "new client": "cliente novo",
    "none: final consumer": "nenhum: consumidor final",
    "API key": "Chave da API",
    "Go on?": "Continuar?",
    "y/N": "s/N",
    "Not confirmed; nothing was done": "Sem confirmação; nada foi feito",
    "finalize {document}": "finalizar {document}",
    "settle {document}": "marcar como pago: {document}",
    "cancel {document}": "anular {document}",
    "change client {client}": "alterar o cliente {client}",
    "delete {document}": "apagar {document}",
    "credit {document}": "emitir a nota de crédito de {document}",
    "record a payment of {amount} of {document}": "registar um pagamento de {amount} de {document}",
    "send {document} to {to}": "enviar {document} para {to}",
    "issue a new {type} of {total}": "emitir um documento novo ({type}) de {total}",
    "record a {movement} of {amount} for {client}": "registar um {movement} de {amount} de {client}",
    "register série {serie} with the tax authority": "comunicar a série {serie} à Autoridade Tributária",
    "issue the {count} documents of run {run}": "emitir os {count} documentos de {run}",
    "needs a yes, and there is no terminal to ask on; pass --yes": (
        "precisa de confirmação, e não há terminal onde perguntar; use --yes"
    ),
    "This cannot be undone.": "Esta ação não pode ser anulada.",
    # Remarks
    "drawn in {file}": "desenhado em {file}",
    "Clients withhold {amount} (retention), which is not deducted.": (
        "Os clientes retêm {amount} (retenção), que não está deduzido."
    ),
    "Nothing was sent.": "Nada foi enviado.",
    "{run}: entered; `invoicexpress worker --database URL` works on it, and "
    "`invoicexpress run status {run} --database URL --follow` shows how far it is": (
        "{run}: registado; `invoicexpress worker --database URL` trata dele, e "
        "`invoicexpress run status {run} --database URL --follow` mostra o andamento"
    ),
    "{documents} documents with {lines} lines; total {total}, VAT {taxes}": (
        "{documents} documentos com {lines} linhas; total {total}, IVA {taxes}"
    ),
    "Payments of {amount} in the file are not entered: --steps has no pay.": (
        "Os pagamentos de {amount} do ficheiro não são registados: --steps não tem pay."
    ),
    "{run}: goes on where it stands.": "{run}: continua onde estava.",
    "Stopped at a safe point. Start the run again to go on.": (
        "Parou num ponto seguro. Repita o comando para continuar."
    ),
    "`invoicexpress run report {run}` shows why; correct it, then `invoicexpress run retry {run}`": (
        "`invoicexpress run report {run}` mostra porquê; corrija, e depois `invoicexpress run retry {run}`"
    ),
    "{name}: saved in {path}; `invoicexpress doctor --account {name}` tries it": (
        "{name}: guardada em {path}; `invoicexpress doctor --account {name}` experimenta-a"
    ),
    "{name}: the account of commands without --account": "{name}: a conta dos comandos sem --account",
    "{name}: removed from {path}; the account itself is unchanged": (
        "{name}: retirada de {path}; a conta em si não muda"
    ),
    "No account is the default now; choose one: `invoicexpress config use {name}`": (
        "Agora nenhuma conta é a predefinida; escolha uma: `invoicexpress config use {name}`"
    ),
    "No account is the default now; choose one with `invoicexpress config use NAME`: {names}": (
        "Agora nenhuma conta é a predefinida; escolha uma com `invoicexpress config use NOME`: {names}"
    ),
    "waiting for {what}: {seconds} s": "à espera de {what}: {seconds} s",
    "{count} findings": "{count} resultados",
    "{valid} signatures are valid, {broken} broken, {unverifiable} unverifiable; "
    "{unsigned} receipts have none": (
        "{valid} assinaturas válidas, {broken} inválidas, {unverifiable} não verificáveis; "
        "{unsigned} recibos sem assinatura"
    ),
    "The first documents of each série are signed with those before: give earlier files too.": (
        "Os primeiros documentos de cada série são assinados com os anteriores: dê também os ficheiros "
        "anteriores."
    ),
    "Stopping: the files under way are still saved.": "A parar: os ficheiros em curso ainda são guardados.",
    "Stopped. Run the same command again to go on.": "Parou. Repita o mesmo comando para continuar.",
    "{missing} of {count} files are missing; run the same command again": (
        "faltam {missing} de {count} ficheiros; repita o mesmo comando"
    ),
    "{serie}: all its types are registered": "{serie}: todos os tipos estão comunicados",
    "{serie}: the default série": "{serie}: a série por omissão",
    "{limit} of {total} clients; --limit 0 lists all of them": (
        "{limit} de {total} clientes; --limit 0 mostra todos"
    ),
    "{limit} items, and there are more; --limit 0 lists all of them": (
        "{limit} artigos, e há mais; --limit 0 mostra todos"
    ),
    "{document}: deleted": "{document}: apagado",
    "{document}: sent to {to}": "{document}: enviado para {to}",
    "{name}: two lines, since no price of four decimals makes {quantity} at {price} exact.": (
        "{name}: duas linhas, porque nenhum preço de quatro casas dá {quantity} a {price} certos."
    ),
    "Documents since {since}; --since and --month show others.": (
        "Documentos desde {since}; --since e --month mostram outros."
    ),
    "the newest {count} of {total} documents": "os {count} mais recentes de {total} documentos",
    "Key: {key} - after an interruption, run the command again with --key {key}": (
        "Chave: {key} - depois de uma interrupção, repita o comando com --key {key}"
    ),
    "Without a tax of their own: {lines}. The account's default applies: {what}.": (
        "Sem imposto próprio: {lines}. Aplica-se o imposto por omissão da conta: {what}."
    ),
}


DOCUMENTS: Final[Mapping[str, str]] = {
    "Invoice": "Fatura",
    "SimplifiedInvoice": "Fatura simplificada",
    "InvoiceReceipt": "Fatura-recibo",
    "CashInvoice": "Venda a dinheiro",
    "CreditNote": "Nota de crédito",
    "DebitNote": "Nota de débito",
    "Receipt": "Recibo",
    "VatMossInvoice": "Fatura VAT MOSS",
    "VatMossCreditNote": "Nota de crédito VAT MOSS",
    "VatMossReceipt": "Recibo VAT MOSS",
    "Quote": "Orçamento",
    "Proforma": "Fatura pró-forma",
    "FeesNote": "Nota de honorários",
    "Shipping": "Guia de remessa",
    "Transport": "Guia de transporte",
    "Devolution": "Guia de devolução",
    "PurchaseOrder": "Nota de encomenda",
}
"""Types of documents, as the service prints them."""
_TERMS: Final[Mapping[str, str]] = {
    **DOCUMENTS,
    # Types of documents in séries
    **{re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower(): title for name, title in DOCUMENTS.items()},
    **{re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower(): title for name, title in DOCUMENTS.items()},
    # Movements
    "payment": "pagamento",
    "reimbursement": "reembolso",
    # Statuses of documents
    "draft": "rascunho",
    "final": "finalizado",
    "settled": "pago",
    "canceled": "anulado",
    "deleted": "apagado",
    "second_copy": "segunda via",
    "accepted": "aceite",
    "refused": "recusado",
    "completed": "concluído",
    # States and steps of billing runs
    "waiting": "à espera",
    "done": "feito",
    "failed": "falhou",
    "unknown": "incerto",
    "create": "criar",
    "finalize": "finalizar",
    "pay": "pagar",
    "email": "enviar por e-mail",
    "pdf": "PDF",
    # doctor
    "ok": "bem",
    "warning": "aviso",
    "not checked": "por verificar",
    "versions": "versões",
    "account": "conta",
    "proxy": "proxy",
    "key": "chave",
    "reached": "ligação",
    "service": "serviço",
    "clock": "relógio",
    "séries": "séries",
    "AT credentials": "credenciais da AT",
    "AT credentials, plan": "credenciais da AT, plano",
    "plan": "plano",
    # SAF-T
    "broken": "inválida",
    "unverifiable": "não verificável",
    "unreadable": "ilegível",
    "control_total": "total de controlo",
    "gross_total": "total com impostos",
    "net_total": "total sem impostos",
    "tax_payable": "imposto do documento",
    "line_amount": "valor da linha",
    "line_number": "número da linha",
    "exemption": "isenção",
    "tax_rate": "taxa de imposto",
    "wrong_side": "débito ou crédito",
    "unknown_type": "tipo desconhecido",
    "wrong_prefix": "código de outro tipo",
    "shared_code": "código partilhado",
    "out_of_period": "fora do período",
    "unknown_customer": "cliente desconhecido",
    "unknown_supplier": "fornecedor desconhecido",
    "unknown_product": "produto desconhecido",
    "gap": "números em falta",
    "duplicate": "número repetido",
    "order": "ordem dos números",
    # Files
    "kept, it exists": "mantido, já existe",
    "not begun": "não começado",
    # Keys of accounts
    "this file": "este ficheiro",
    "missing": "em falta",
    # Payment mechanisms (Portaria 302/2016)
    "Credit card": "Cartão de crédito",
    "Debit card": "Cartão de débito",
    "Bank check": "Cheque bancário",
    "International documentary credit": "Crédito documentário internacional",
    "Check or voucher": "Cheque ou cartão oferta",
    "Current account balance compensation": "Compensação de saldos em conta corrente",
    "E-Cash": "Dinheiro eletrónico",
    "Commercial paper": "Letra comercial",
    "Multibanco payment references": "Referências de pagamento para Multibanco",
    "Cash": "Numerário",
    "Other methods not mentioned here": "Outros meios aqui não assinalados",
    "Exchange of properties": "Permuta de bens",
    "Bank transfer or authorized direct debit": "Transferência bancária ou débito direto autorizado",
    "Restaurant ticket": "Títulos de compensação extrassalarial",
}
"""Words that a cell may have."""


def text(english: str, chosen: Language) -> str:
    """A heading or prompt in the language; English where there is no translation."""
    return _PORTUGUESE.get(english, english) if chosen is Language.PT else english


def term(english: str, chosen: Language) -> str:
    """A word of a cell in the language, such as `settled`; also the name of a draft, `Invoice 123`.

    Anything else stays as it is.
    """
    if chosen is Language.EN:
        return english
    first, blank, rest = english.partition(" ")
    return _TERMS.get(english) or f"{DOCUMENTS.get(first, first)}{blank}{rest}"
