"""Rows about the accounts API and treasury."""

from __future__ import annotations

from typing import Final

from .behaviour import ASSUMED, DOCUMENTED, OBSERVED, PAGE, Behaviour, Subject

_CREATE: Final = ("createAccount", "createAccountExisting")
_OF_ACCOUNT: Final = ("getAccount", "updateAccount", "getAccountStats", "suspendAccount", "activateAccount")
_BALANCE: Final = ("getClientBalance",)
_MOVE: Final = ("createClientTreasuryMovement",)
_WRITE_OFF: Final = ("createClientRegularization",)

PARTNERS: Final = Subject(
    "Accounts and treasury",
    (
        Behaviour(
            "partners_create", "Only a partner's key creates accounts.",
            OBSERVED, "diogopms 2026-06; assumed: the status of the refusal", _CREATE, "books.accounts.api",
        ),
        Behaviour(
            "partners_here",
            "An account that no other account created is a partner, unless it is set up otherwise.",
            ASSUMED, "assumed: else no test could create an account", _CREATE,
            "books.accounts.rows",
        ),
        Behaviour(
            "reach", "A key reaches its own account and those that it created; any other is 404.",
            OBSERVED, "diogopms 2026-06", _OF_ACCOUNT, "books.accounts.api",
        ),
        Behaviour(
            "unique_within_reach",
            "Tax numbers and users are compared among the accounts within reach alone.",
            ASSUMED, "assumed: accounts here must not see each other", _CREATE, "books.accounts.api",
        ),
        Behaviour(
            "made_on_trial", "A new account is on trial and has no credentials of the tax authority.",
            DOCUMENTED, f"{PAGE}, example", _CREATE, "books.accounts.api",
        ),
        Behaviour(
            "account_address", "The address of a new account leads to this emulator.",
            ASSUMED, "assumed: the documented one would lead to the real service", _CREATE,
            "books.accounts.api",
        ),
        Behaviour(
            "password_confirmation",
            "A confirmation that differs from the password is refused; none is fine.",
            ASSUMED, "assumed: a revision of the pages in September 2026 requires it", _CREATE,
            "books.accounts.api",
        ),
        Behaviour(
            "account_update",
            "No field is required, fields that are not sent are kept, and the answer is empty.",
            OBSERVED, "diogopms 2026-06; vendor docs 2026-07 (required)", ("updateAccount",),
            "books.accounts.api",
        ),
        Behaviour(
            "at_communication",
            "Credentials are checked for their form alone; an empty body is refused with 422.",
            OBSERVED, f"{PAGE}; diogopms 2026-06 (422 or 500)", ("atCommunication",), "books.accounts.api",
        ),
        Behaviour(
            "stats", "Figures of a plan are those of the emulator's own plan.",
            ASSUMED, "assumed: JSON in place of the first version's XML", ("getAccountStats",),
            "books.accounts.api",
        ),
        Behaviour(
            "issuer_number",
            "A Portuguese account has a tax number of nine digits: the one given, or a fictitious one of "
            "its own.",
            ASSUMED, "assumed: QR code and SAF-T (PT) need one", _CREATE, "fiscal.fiscal_ids",
        ),
        Behaviour(
            "issuer_not_consumer", "No account may have the final consumer's tax number.",
            ASSUMED, "assumed: it belongs to no company (AT, Código QR v1.0, field B)", _CREATE,
            "fiscal.fiscal_ids",
        ),
        Behaviour(
            "suspend", "A suspended account's key is refused until it is active again.",
            ASSUMED, "assumed: JSON in place of the first version's XML",
            ("suspendAccount", "activateAccount"),
            "books.accounts.api",
        ),
        Behaviour(
            "treasury_paths", "Treasury is under /api/v3, and its dates are ISO.",
            OBSERVED, f"{PAGE}; diogopms 2026-06", (*_BALANCE, *_MOVE, *_WRITE_OFF), "books.treasury.api",
        ),
        Behaviour(
            "balance",
            "A balance is made of the open amounts of documents, the initial balance, write-offs and "
            "refunds.",
            ASSUMED, "assumed: the page only names the amounts", _BALANCE, "books.treasury.client_account",
        ),
        Behaviour(
            "balance_without_vat", "Amounts without a document are the same with and without VAT.",
            ASSUMED, "assumed: no source says which VAT they contain",
            _BALANCE, "books.treasury.client_account",
        ),
        Behaviour(
            "overdue", "An amount that was due before today is overdue; the initial balance never is.",
            ASSUMED, "assumed: it has no due date", _BALANCE, "books.treasury.client_account",
        ),
        Behaviour(
            "remaining", "`remaining_balance` has the debt before write-offs, and after them.",
            ASSUMED, "assumed: the page only names them", _BALANCE, "books.treasury.api",
        ),
        Behaviour(
            "write_off", "A write-off is at most the remaining balance.", OBSERVED, "diogopms 2026-06",
            _WRITE_OFF,
            "books.treasury.api",
        ),
        Behaviour(
            "write_off_list", "Write-offs come in a list under a singular key.",
            DOCUMENTED, PAGE, ("getClientRegularizations",), "books.treasury.api",
        ),
        Behaviour(
            "write_off_numbers", "Numbers of write-offs run through the account and are not used twice.",
            ASSUMED, "assumed: the page shows one number", _WRITE_OFF, "books.treasury.rows",
        ),
        Behaviour(
            "movement_pays", "A payment pays open documents and makes receipts for them.",
            OBSERVED, "diogopms 2026-06", _MOVE, "books.treasury.api",
        ),
        Behaviour(
            "movement_order", "It pays the oldest first, with a receipt for each.",
            ASSUMED, "assumed: no source shows two", _MOVE, "books.treasury.api",
        ),
        Behaviour(
            "movement_stays_paid", "Documents that a deleted movement paid stay paid.",
            OBSERVED, "diogopms 2026-06", ("deleteClientTreasuryMovement",), "books.treasury.api",
        ),
    ),
)  # read by rows # fmt: skip
