"""Client of the InvoiceXpress API v2: Portuguese certified invoicing.

    with InvoiceXpress(account="acme", api_key="...") as ix:
        draft = ix.invoices.create(date=lisbon.today(), client={"name": "Ana"}, items=[...])
        invoice = ix.invoices.finalize(draft, expect_total=Decimal("30.00"))
        ix.invoices.pdf(invoice).save("invoice.pdf")

Amounts are `decimal.Decimal`, dates are `datetime.date`; neither is ever a float or a text.
`AsyncInvoiceXpress` has the same methods for asyncio and trio. `invoicexpress.errors` lists all exceptions.
"""

from __future__ import annotations

from importlib import import_module

from invoicexpress_loading import loading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from invoicexpress_generated.models.account import Account
    from invoicexpress_generated.models.account_create import AccountCreate
    from invoicexpress_generated.models.account_credentials import AccountCredentials
    from invoicexpress_generated.models.account_details import AccountDetails
    from invoicexpress_generated.models.account_document_stats import AccountDocumentStats
    from invoicexpress_generated.models.account_stats import AccountStats
    from invoicexpress_generated.models.account_update import AccountUpdate
    from invoicexpress_generated.models.account_user_stats import AccountUserStats
    from invoicexpress_generated.models.at_communication_communication_type import (
        AtCommunicationCommunicationType,
    )
    from invoicexpress_generated.models.balance_amounts import BalanceAmounts
    from invoicexpress_generated.models.balance_before import BalanceBefore
    from invoicexpress_generated.models.balance_currency import BalanceCurrency
    from invoicexpress_generated.models.balance_remaining import BalanceRemaining
    from invoicexpress_generated.models.client import Client
    from invoicexpress_generated.models.client_balance import ClientBalance
    from invoicexpress_generated.models.client_list_entry import ClientListEntry
    from invoicexpress_generated.models.client_write import ClientWrite
    from invoicexpress_generated.models.document_client import DocumentClient
    from invoicexpress_generated.models.document_client_write import DocumentClientWrite
    from invoicexpress_generated.models.document_item import DocumentItem
    from invoicexpress_generated.models.document_item_tax import DocumentItemTax
    from invoicexpress_generated.models.document_item_write import DocumentItemWrite
    from invoicexpress_generated.models.document_status import DocumentStatus
    from invoicexpress_generated.models.document_type import DocumentType
    from invoicexpress_generated.models.estimate import Estimate
    from invoicexpress_generated.models.estimate_write import EstimateWrite
    from invoicexpress_generated.models.fields.account_create import AccountCreateFields
    from invoicexpress_generated.models.fields.account_credentials import AccountCredentialsFields
    from invoicexpress_generated.models.fields.account_update import AccountUpdateFields
    from invoicexpress_generated.models.fields.client_write import ClientWriteFields
    from invoicexpress_generated.models.fields.document_client_write import DocumentClientWriteFields
    from invoicexpress_generated.models.fields.document_item_write import DocumentItemWriteFields
    from invoicexpress_generated.models.fields.estimate_write import EstimateWriteFields
    from invoicexpress_generated.models.fields.global_discount_write import GlobalDiscountWriteFields
    from invoicexpress_generated.models.fields.guide_address_write import GuideAddressWriteFields
    from invoicexpress_generated.models.fields.guide_write import GuideWriteFields
    from invoicexpress_generated.models.fields.invoice_write import InvoiceWriteFields
    from invoicexpress_generated.models.fields.item_write import ItemWriteFields
    from invoicexpress_generated.models.fields.partial_payment import PartialPaymentFields
    from invoicexpress_generated.models.fields.preferred_contact_write import PreferredContactWriteFields
    from invoicexpress_generated.models.fields.purchase_order_write import PurchaseOrderWriteFields
    from invoicexpress_generated.models.fields.regularization_write import RegularizationWriteFields
    from invoicexpress_generated.models.fields.sequence_write import SequenceWriteFields
    from invoicexpress_generated.models.fields.tax_reference import TaxReferenceFields
    from invoicexpress_generated.models.fields.tax_write import TaxWriteFields
    from invoicexpress_generated.models.fields.treasury_movement_write import TreasuryMovementWriteFields
    from invoicexpress_generated.models.global_discount import GlobalDiscount
    from invoicexpress_generated.models.global_discount_write import GlobalDiscountWrite
    from invoicexpress_generated.models.guide import Guide
    from invoicexpress_generated.models.guide_address import GuideAddress
    from invoicexpress_generated.models.guide_address_write import GuideAddressWrite
    from invoicexpress_generated.models.guide_write import GuideWrite
    from invoicexpress_generated.models.initial_balance import InitialBalance
    from invoicexpress_generated.models.invoice import Invoice
    from invoicexpress_generated.models.invoice_write import InvoiceWrite
    from invoicexpress_generated.models.item import Item
    from invoicexpress_generated.models.item_tax import ItemTax
    from invoicexpress_generated.models.item_write import ItemWrite
    from invoicexpress_generated.models.movement_type import MovementType
    from invoicexpress_generated.models.multibanco_reference import MultibancoReference
    from invoicexpress_generated.models.multicurrency import Multicurrency
    from invoicexpress_generated.models.partial_payment import PartialPayment
    from invoicexpress_generated.models.payment_mechanism import PaymentMechanism
    from invoicexpress_generated.models.preferred_contact import PreferredContact
    from invoicexpress_generated.models.preferred_contact_write import PreferredContactWrite
    from invoicexpress_generated.models.purchase_order import PurchaseOrder
    from invoicexpress_generated.models.purchase_order_write import PurchaseOrderWrite
    from invoicexpress_generated.models.regularization import Regularization
    from invoicexpress_generated.models.regularization_write import RegularizationWrite
    from invoicexpress_generated.models.sequence import Sequence
    from invoicexpress_generated.models.sequence_write import SequenceWrite
    from invoicexpress_generated.models.tax import Tax
    from invoicexpress_generated.models.tax_reference import TaxReference
    from invoicexpress_generated.models.tax_write import TaxWrite
    from invoicexpress_generated.models.treasury_movement import TreasuryMovement
    from invoicexpress_generated.models.treasury_movement_write import TreasuryMovementWrite
    from invoicexpress_generated.types import UNSET, Response, Unset

    from . import errors, lisbon, net_prices, payment_terms, reference_data, reports, saft_file, totals
    from .async_client import AsyncInvoiceXpress
    from .checks import Checks
    from .client import InvoiceXpress
    from .errors import (
        AmbiguousResultError,
        ApiError,
        AuthenticationError,
        ConfigurationError,
        ConflictError,
        DocumentInUseError,
        DownloadError,
        DraftMismatchError,
        InputError,
        InvoiceXpressError,
        KeyReusedError,
        NotAcceptableError,
        NotFoundError,
        NotReadyError,
        PermissionDeniedError,
        RateLimitError,
        SaftFileError,
        SearchLimitError,
        ServerError,
        SilentChangeError,
        TransportError,
        UnexpectedResponseError,
        UnstableListError,
        ValidationError,
    )
    from .errors.silent_change import SilentChange
    from .namespaces.legacy import AssumedOperationWarning
    from .namespaces.public_types import (
        Accounts,
        AnyDocument,
        AnyDocuments,
        AsyncAccounts,
        AsyncAnyDocuments,
        AsyncClients,
        AsyncCreditNotes,
        AsyncDebitNotes,
        AsyncDevolutions,
        AsyncFeesNotes,
        AsyncInvoiceReceipts,
        AsyncInvoices,
        AsyncItems,
        AsyncLegacy,
        AsyncProformas,
        AsyncPurchaseOrders,
        AsyncQuotes,
        AsyncReceipts,
        AsyncSaft,
        AsyncSequences,
        AsyncShippings,
        AsyncSimplifiedInvoices,
        AsyncTaxes,
        AsyncTransports,
        AsyncTreasury,
        AsyncVatMossCreditNotes,
        AsyncVatMossInvoices,
        AsyncVatMossReceipts,
        Clients,
        CreditNotes,
        DebitNotes,
        Devolutions,
        FeesNotes,
        InvoiceReceipts,
        Invoices,
        Items,
        Legacy,
        Proformas,
        PurchaseOrders,
        Quotes,
        Receipts,
        Saft,
        Sequences,
        Shippings,
        SimplifiedInvoices,
        Taxes,
        Transports,
        Treasury,
        VatMossCreditNotes,
        VatMossInvoices,
        VatMossReceipts,
    )
    from .quirks.absent_values import known
    from .quirks.crediting import CreditFields
    from .quirks.document_filters import ArchiveFilters, DocumentFilters, GuideFilters
    from .quirks.downloads import Download
    from .quirks.legal_number import legal_number
    from .quirks.polling import OnWait, Waiting
    from .quirks.seal import Seal, SealKind
    from .quirks.silent_changes import SilentChangeWarning
    from .sending.asynchronous.pagination import AsyncListing
    from .sending.hooks import Exchange
    from .sending.pacing import Pace
    from .sending.pagination import Listing, Page
    from .sending.raw_responses import RawResult
    from .sending.transport import EmulatorWarning
    from .totals import Totals

_HOMES = {
    "invoicexpress_generated.models": (
        "Account AccountCreate AccountCreateFields AccountCredentials AccountCredentialsFields "
        "AccountDetails AccountDocumentStats AccountStats AccountUpdate AccountUpdateFields "
        "AccountUserStats AtCommunicationCommunicationType BalanceAmounts BalanceBefore BalanceCurrency "
        "BalanceRemaining Client ClientBalance ClientListEntry ClientWrite ClientWriteFields "
        "DocumentClient DocumentClientWrite DocumentClientWriteFields DocumentItem DocumentItemTax "
        "DocumentItemWrite DocumentItemWriteFields DocumentStatus DocumentType Estimate EstimateWrite "
        "EstimateWriteFields GlobalDiscount GlobalDiscountWrite GlobalDiscountWriteFields Guide "
        "GuideAddress GuideAddressWrite GuideAddressWriteFields GuideWrite GuideWriteFields "
        "InitialBalance Invoice InvoiceWrite InvoiceWriteFields Item ItemTax ItemWrite ItemWriteFields "
        "MovementType MultibancoReference Multicurrency PartialPayment PartialPaymentFields "
        "PaymentMechanism PreferredContact PreferredContactWrite PreferredContactWriteFields "
        "PurchaseOrder PurchaseOrderWrite PurchaseOrderWriteFields Regularization RegularizationWrite "
        "RegularizationWriteFields Sequence SequenceWrite SequenceWriteFields Tax TaxReference "
        "TaxReferenceFields TaxWrite TaxWriteFields TreasuryMovement TreasuryMovementWrite "
        "TreasuryMovementWriteFields"
    ),
    "invoicexpress_generated.types": "Response UNSET Unset",
    ".": "errors lisbon net_prices payment_terms reference_data reports saft_file totals",
    ".async_client": "AsyncInvoiceXpress",
    ".checks": "Checks",
    ".client": "InvoiceXpress",
    ".errors": (
        "AmbiguousResultError ApiError AuthenticationError ConfigurationError ConflictError "
        "DocumentInUseError DownloadError DraftMismatchError InputError InvoiceXpressError KeyReusedError "
        "NotAcceptableError NotFoundError NotReadyError PermissionDeniedError RateLimitError "
        "SaftFileError SearchLimitError ServerError SilentChangeError TransportError "
        "UnexpectedResponseError UnstableListError ValidationError"
    ),
    ".errors.silent_change": "SilentChange",
    ".namespaces.legacy": "AssumedOperationWarning",
    ".namespaces.public_types": (
        "Accounts AnyDocument AnyDocuments AsyncAccounts AsyncAnyDocuments AsyncClients AsyncCreditNotes "
        "AsyncDebitNotes AsyncDevolutions AsyncFeesNotes AsyncInvoiceReceipts AsyncInvoices AsyncItems "
        "AsyncLegacy AsyncProformas AsyncPurchaseOrders AsyncQuotes AsyncReceipts AsyncSaft "
        "AsyncSequences AsyncShippings AsyncSimplifiedInvoices AsyncTaxes AsyncTransports AsyncTreasury "
        "AsyncVatMossCreditNotes AsyncVatMossInvoices AsyncVatMossReceipts Clients CreditNotes DebitNotes "
        "Devolutions FeesNotes InvoiceReceipts Invoices Items Legacy Proformas PurchaseOrders Quotes "
        "Receipts Saft Sequences Shippings SimplifiedInvoices Taxes Transports Treasury "
        "VatMossCreditNotes VatMossInvoices VatMossReceipts"
    ),
    ".quirks.absent_values": "known",
    ".quirks.crediting": "CreditFields",
    ".quirks.document_filters": "ArchiveFilters DocumentFilters GuideFilters",
    ".quirks.downloads": "Download",
    ".quirks.legal_number": "legal_number",
    ".quirks.polling": "OnWait Waiting",
    ".quirks.seal": "Seal SealKind",
    ".quirks.silent_changes": "SilentChangeWarning",
    ".sending.asynchronous.pagination": "AsyncListing",
    ".sending.hooks": "Exchange",
    ".sending.pacing": "Pace",
    ".sending.pagination": "Listing Page",
    ".sending.raw_responses": "RawResult",
    ".sending.transport": "EmulatorWarning",
    ".totals": "Totals",
}
"""The public names by the module that they load from at their first use. Most programs need few."""

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:
    # Otherwise a type checker would accept any name.

    def __getattr__(name):
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        # A fork in another thread waits for the end of the import.
        with loading():
            module = import_module(f".{name}" if home == "." else home, __name__)
            globals()[name] = value = module if home == "." else getattr(module, name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "UNSET",
    "Account",
    "AccountCreate",
    "AccountCreateFields",
    "AccountCredentials",
    "AccountCredentialsFields",
    "AccountDetails",
    "AccountDocumentStats",
    "AccountStats",
    "AccountUpdate",
    "AccountUpdateFields",
    "AccountUserStats",
    "Accounts",
    "AmbiguousResultError",
    "AnyDocument",
    "AnyDocuments",
    "ApiError",
    "ArchiveFilters",
    "AssumedOperationWarning",
    "AsyncAccounts",
    "AsyncAnyDocuments",
    "AsyncClients",
    "AsyncCreditNotes",
    "AsyncDebitNotes",
    "AsyncDevolutions",
    "AsyncFeesNotes",
    "AsyncInvoiceReceipts",
    "AsyncInvoiceXpress",
    "AsyncInvoices",
    "AsyncItems",
    "AsyncLegacy",
    "AsyncListing",
    "AsyncProformas",
    "AsyncPurchaseOrders",
    "AsyncQuotes",
    "AsyncReceipts",
    "AsyncSaft",
    "AsyncSequences",
    "AsyncShippings",
    "AsyncSimplifiedInvoices",
    "AsyncTaxes",
    "AsyncTransports",
    "AsyncTreasury",
    "AsyncVatMossCreditNotes",
    "AsyncVatMossInvoices",
    "AsyncVatMossReceipts",
    "AtCommunicationCommunicationType",
    "AuthenticationError",
    "BalanceAmounts",
    "BalanceBefore",
    "BalanceCurrency",
    "BalanceRemaining",
    "Checks",
    "Client",
    "ClientBalance",
    "ClientListEntry",
    "ClientWrite",
    "ClientWriteFields",
    "Clients",
    "ConfigurationError",
    "ConflictError",
    "CreditFields",
    "CreditNotes",
    "DebitNotes",
    "Devolutions",
    "DocumentClient",
    "DocumentClientWrite",
    "DocumentClientWriteFields",
    "DocumentFilters",
    "DocumentInUseError",
    "DocumentItem",
    "DocumentItemTax",
    "DocumentItemWrite",
    "DocumentItemWriteFields",
    "DocumentStatus",
    "DocumentType",
    "Download",
    "DownloadError",
    "DraftMismatchError",
    "EmulatorWarning",
    "Estimate",
    "EstimateWrite",
    "EstimateWriteFields",
    "Exchange",
    "FeesNotes",
    "GlobalDiscount",
    "GlobalDiscountWrite",
    "GlobalDiscountWriteFields",
    "Guide",
    "GuideAddress",
    "GuideAddressWrite",
    "GuideAddressWriteFields",
    "GuideFilters",
    "GuideWrite",
    "GuideWriteFields",
    "InitialBalance",
    "InputError",
    "Invoice",
    "InvoiceReceipts",
    "InvoiceWrite",
    "InvoiceWriteFields",
    "InvoiceXpress",
    "InvoiceXpressError",
    "Invoices",
    "Item",
    "ItemTax",
    "ItemWrite",
    "ItemWriteFields",
    "Items",
    "KeyReusedError",
    "Legacy",
    "Listing",
    "MovementType",
    "MultibancoReference",
    "Multicurrency",
    "NotAcceptableError",
    "NotFoundError",
    "NotReadyError",
    "OnWait",
    "Pace",
    "Page",
    "PartialPayment",
    "PartialPaymentFields",
    "PaymentMechanism",
    "PermissionDeniedError",
    "PreferredContact",
    "PreferredContactWrite",
    "PreferredContactWriteFields",
    "Proformas",
    "PurchaseOrder",
    "PurchaseOrderWrite",
    "PurchaseOrderWriteFields",
    "PurchaseOrders",
    "Quotes",
    "RateLimitError",
    "RawResult",
    "Receipts",
    "Regularization",
    "RegularizationWrite",
    "RegularizationWriteFields",
    "Response",
    "Saft",
    "SaftFileError",
    "Seal",
    "SealKind",
    "SearchLimitError",
    "Sequence",
    "SequenceWrite",
    "SequenceWriteFields",
    "Sequences",
    "ServerError",
    "Shippings",
    "SilentChange",
    "SilentChangeError",
    "SilentChangeWarning",
    "SimplifiedInvoices",
    "Tax",
    "TaxReference",
    "TaxReferenceFields",
    "TaxWrite",
    "TaxWriteFields",
    "Taxes",
    "Totals",
    "TransportError",
    "Transports",
    "Treasury",
    "TreasuryMovement",
    "TreasuryMovementWrite",
    "TreasuryMovementWriteFields",
    "UnexpectedResponseError",
    "Unset",
    "UnstableListError",
    "ValidationError",
    "VatMossCreditNotes",
    "VatMossInvoices",
    "VatMossReceipts",
    "Waiting",
    "errors",
    "known",
    "legal_number",
    "lisbon",
    "net_prices",
    "payment_terms",
    "reference_data",
    "reports",
    "saft_file",
    "totals",
]
