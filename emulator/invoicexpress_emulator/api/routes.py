"""Every emulated path: operation id, method, path, rule. Anything else answers 501.

The ids are those of the vendor's OpenAPI document where it has the operation. Document types
contribute their paths from the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from ..books.accounts import api as accounts
from ..books.call import Call
from ..books.catalogue.items import api as items
from ..books.catalogue.taxes import api as taxes
from ..books.clients import api as clients
from ..books.documents import api as documents
from ..books.documents import payments, state_changes
from ..books.documents.email import email_document
from ..books.series import api as series
from ..books.treasury import api as treasury
from ..fiscal.document_types import DOCUMENT_TYPES, FAMILIES, DocumentType
from ..http.answer import Answer
from ..output import downloads
from ..output.saft.export import export_saft

Rule = Callable[[Call], Answer]

STATE_PATH: Final = "/change-state.json"
"""The end of the paths that change a document's state."""


class Operation(NamedTuple):
    """One method of one path; `{names}` in the path are parameters."""

    id: str
    method: str
    path: str
    rule: Rule


_FIXED: Final = (
    Operation("createAccount", "POST", "/api/accounts/create.json", accounts.create_account),
    Operation(
        "createAccountExisting",
        "POST",
        "/api/accounts/create_already_user.json",
        accounts.create_account_existing,
    ),
    Operation("getAccount", "GET", "/api/accounts/{account_id}/get.json", accounts.get_account),
    Operation("updateAccount", "PUT", "/api/accounts/{account_id}/update.json", accounts.update_account),
    Operation("getAccountStats", "GET", "/api/accounts/{account_id}/stats.json", accounts.get_account_stats),
    Operation("suspendAccount", "PUT", "/api/accounts/{account_id}/suspend.json", accounts.suspend_account),
    Operation(
        "activateAccount", "PUT", "/api/accounts/{account_id}/activate.json", accounts.activate_account
    ),
    Operation("atCommunication", "POST", "/api/v3/accounts/at_communication.json", accounts.at_communication),
    Operation("listClients", "GET", "/clients.json", clients.list_clients),
    Operation("createClient", "POST", "/clients.json", clients.create_client),
    Operation("findClientByName", "GET", "/clients/find-by-name.json", clients.find_client_by_name),
    Operation("findClientByCode", "GET", "/clients/find-by-code.json", clients.find_client_by_code),
    Operation("getClient", "GET", "/clients/{client_id}.json", clients.get_client),
    Operation("updateClient", "PUT", "/clients/{client_id}.json", clients.update_client),
    Operation(
        "listClientInvoices", "POST", "/clients/{client_id}/invoices.json", documents.list_client_invoices
    ),
    Operation("deleteClient", "DELETE", "/clients/{client_id}.json", clients.delete_client),
    Operation(
        "getClientBalance", "GET", "/api/v3/clients/{client_id}/balance.json", treasury.get_client_balance
    ),
    Operation(
        "updateClientInitialBalance",
        "PUT",
        "/api/v3/clients/{client_id}/initial_balance.json",
        treasury.update_initial_balance,
    ),
    Operation(
        "getClientRegularizations",
        "GET",
        "/api/v3/clients/{client_id}/regularization.json",
        treasury.list_regularizations,
    ),
    Operation(
        "createClientRegularization",
        "POST",
        "/api/v3/clients/{client_id}/regularization.json",
        treasury.create_regularization,
    ),
    Operation(
        "deleteClientRegularization",
        "DELETE",
        "/api/v3/clients/{client_id}/regularization/{id}.json",
        treasury.delete_regularization,
    ),
    Operation(
        "createClientTreasuryMovement",
        "POST",
        "/api/v3/clients/{client_id}/treasury_movements.json",
        treasury.create_movement,
    ),
    Operation(
        "deleteClientTreasuryMovement",
        "DELETE",
        "/api/v3/clients/{client_id}/treasury_movements/{id}.json",
        treasury.delete_movement,
    ),
    Operation("listItems", "GET", "/items.json", items.list_items),
    Operation("createItem", "POST", "/items.json", items.create_item),
    Operation("getItem", "GET", "/items/{item_id}.json", items.get_item),
    Operation("updateItem", "PUT", "/items/{item_id}.json", items.update_item),
    Operation("deleteItem", "DELETE", "/items/{item_id}.json", items.delete_item),
    Operation("listTaxes", "GET", "/taxes.json", taxes.list_taxes),
    Operation("createTax", "POST", "/taxes.json", taxes.create_tax),
    Operation("getTax", "GET", "/taxes/{tax_id}.json", taxes.get_tax),
    Operation("updateTax", "PUT", "/taxes/{tax_id}.json", taxes.update_tax),
    Operation("deleteTax", "DELETE", "/taxes/{tax_id}.json", taxes.delete_tax),
    Operation("listSequences", "GET", "/sequences.json", series.list_sequences),
    Operation("createSequence", "POST", "/sequences.json", series.create_sequence),
    Operation("getSequence", "GET", "/sequences/{sequence_id}.json", series.get_sequence),
    Operation("setSequenceDefault", "PUT", "/sequences/{sequence_id}/set_current.json", series.set_current),
    Operation("registerSequence", "PUT", "/sequences/{sequence_id}/register.json", series.register_sequence),
    Operation("generatePdf", "GET", "/api/pdf/{document_id}.json", downloads.get_pdf),
    Operation("getQrCode", "GET", "/api/qr_codes/{document_id}.json", downloads.get_qr_code),
    Operation("export_saft", "GET", "/api/export_saft.json", export_saft),
    Operation(
        "relatedDocs", "GET", "/document/{document_id}/related_documents.json", documents.related_documents
    ),
    Operation(
        "generatePayment", "POST", "/documents/{document_id}/partial_payments.json", payments.create_payment
    ),
)


def _of_family_lists() -> Iterator[Operation]:
    for family in FAMILIES:
        yield Operation(
            f"list{family.noun}s", "GET", family.list_path, partial(documents.list_family, family=family)
        )


def _of_type(row: DocumentType) -> Iterator[Operation]:
    """Yield the operations of a document type."""

    def rule(function: Callable[[Call, DocumentType], Answer]) -> Rule:
        return lambda call: function(call, row)

    noun = row.family.noun
    listed, one = f"/{row.segment}.json", f"/{row.segment}/{{document_id}}.json"
    state = f"/{row.segment}/{{document_id}}{STATE_PATH}"
    if row.list_operation:
        yield Operation(row.list_operation, "GET", listed, rule(documents.list_type))
    archive, unarchive = (f"/{row.segment}/{{document_id}}/{verb}.json" for verb in ("archive", "unarchive"))
    yield Operation(f"archive{noun}", "PUT", archive, rule(documents.archive_document))
    yield Operation(f"unarchive{noun}", "PUT", unarchive, rule(documents.unarchive_document))
    if not row.creatable:
        yield Operation(f"get{row.name}", "GET", one, rule(documents.get_document))
        yield Operation(f"cancel{row.name}", "PUT", state, rule(state_changes.change_state))
        return
    yield Operation(f"create{noun}", "POST", listed, rule(documents.create_document))
    yield Operation(f"get{noun}", "GET", one, rule(documents.get_document))
    yield Operation(f"update{noun}", "PUT", one, rule(documents.update_document))
    yield Operation(f"change{noun}State", "PUT", state, rule(state_changes.change_state))
    email = f"/{row.segment}/{{document_id}}/email-document.json"
    yield Operation(f"send{noun}Email", "PUT", email, rule(email_document))


OPERATIONS: Final[tuple[Operation, ...]] = (
    *_FIXED,
    *_of_family_lists(),
    *(operation for row in DOCUMENT_TYPES for operation in _of_type(row)),
)


def by_path() -> dict[str, dict[str, Operation]]:
    """Return the operations of every path by method, in the order in which to try them."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = operation
    return paths
