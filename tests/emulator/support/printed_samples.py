"""Documents and accounts built without a server, for tests of the printed page alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from invoicexpress_emulator.books.accounts.account import Account
from invoicexpress_emulator.books.accounts.settings import Settings
from invoicexpress_emulator.books.documents.document import Document, Line
from invoicexpress_emulator.fiscal.document_types import BY_NAME
from invoicexpress_emulator.http.clock import LISBON, AccountClock

from tests.emulator.support import issued_document


def an_account(**changes: Any) -> Account:
    account = Account(
        id=1,
        name="a",
        api_key="k",
        organization_name="Exemplo, Lda.",
        fiscal_id="599999993",
        settings=Settings(),
        clock=AccountClock(),
        state="active",
        trial=False,
        partner=False,
        created_by=None,
        at_user=None,
        owner={},
    )
    return account._replace(**changes)


def a_line(**changes: Any) -> Line:
    return issued_document.a_line("100", "23", "NOR")._replace(
        **{"name": "Artigo", "unit": "unit", "tax_name": "IVA23", **changes},
    )


def a_document(kind: str = "Invoice", **changes: Any) -> Document:
    """An issued document, with amounts computed from its lines."""
    printed = {
        "type": BY_NAME[kind],
        "date": date(2026, 11, 20),
        "due_date": date(2026, 12, 20),
        "client": {"id": 1, "name": "Ana, Lda."},
        "number": 7,
        "serie": "A",
        "atcud": "EMUABCDE-7",
        "system_entry": datetime(2026, 11, 20, 10, 30, tzinfo=LISBON),
        "lines": (a_line(),),
    }
    return issued_document.a_document(**(printed | changes))
