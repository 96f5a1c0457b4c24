# Generated from openapi.yaml by `make generate`. Do not edit.

"""The models. Each loads on first use, since most programs need only a few."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import names_of_submodules

if TYPE_CHECKING:
    from .account import Account
    from .account_create import AccountCreate
    from .account_create_request import AccountCreateRequest
    from .account_create_tax_country import AccountCreateTaxCountry
    from .account_credentials import AccountCredentials
    from .account_details import AccountDetails
    from .account_details_envelope import AccountDetailsEnvelope
    from .account_document_stats import AccountDocumentStats
    from .account_envelope import AccountEnvelope
    from .account_stats import AccountStats
    from .account_stats_envelope import AccountStatsEnvelope
    from .account_update import AccountUpdate
    from .account_update_request import AccountUpdateRequest
    from .account_user_stats import AccountUserStats
    from .at_communication import AtCommunication
    from .at_communication_answer import AtCommunicationAnswer
    from .at_communication_communication_type import AtCommunicationCommunicationType
    from .at_communication_request import AtCommunicationRequest
    from .balance_amounts import BalanceAmounts
    from .balance_before import BalanceBefore
    from .balance_currency import BalanceCurrency
    from .balance_remaining import BalanceRemaining
    from .client import Client
    from .client_balance import ClientBalance
    from .client_envelope import ClientEnvelope
    from .client_fields import ClientFields
    from .client_invoices_filter import ClientInvoicesFilter
    from .client_invoices_request import ClientInvoicesRequest
    from .client_list import ClientList
    from .client_list_entry import ClientListEntry
    from .client_request import ClientRequest
    from .client_write import ClientWrite
    from .creatable_document_segment import CreatableDocumentSegment
    from .document import Document
    from .document_client import DocumentClient
    from .document_client_write import DocumentClientWrite
    from .document_create_request import DocumentCreateRequest
    from .document_envelope import DocumentEnvelope
    from .document_for_client import DocumentForClient
    from .document_item import DocumentItem
    from .document_item_tax import DocumentItemTax
    from .document_item_write import DocumentItemWrite
    from .document_list import DocumentList
    from .document_segment import DocumentSegment
    from .document_status import DocumentStatus
    from .document_status_filter import DocumentStatusFilter
    from .document_type import DocumentType
    from .document_update_request import DocumentUpdateRequest
    from .document_write import DocumentWrite
    from .email_message import EmailMessage
    from .email_recipient import EmailRecipient
    from .email_request import EmailRequest
    from .estimate import Estimate
    from .estimate_write import EstimateWrite
    from .fields.account_create import AccountCreateFields
    from .fields.account_credentials import AccountCredentialsFields
    from .fields.account_update import AccountUpdateFields
    from .fields.at_communication import AtCommunicationFields
    from .fields.client_invoices_filter import ClientInvoicesFilterFields
    from .fields.client_write import ClientWriteFields
    from .fields.document_client_write import DocumentClientWriteFields
    from .fields.document_item_write import DocumentItemWriteFields
    from .fields.document_write import DocumentWriteFields
    from .fields.email_message import EmailMessageFields
    from .fields.email_recipient import EmailRecipientFields
    from .fields.estimate_write import EstimateWriteFields
    from .fields.global_discount_write import GlobalDiscountWriteFields
    from .fields.guide_address_write import GuideAddressWriteFields
    from .fields.guide_write import GuideWriteFields
    from .fields.initial_balance_write import InitialBalanceWriteFields
    from .fields.invoice_write import InvoiceWriteFields
    from .fields.item_write import ItemWriteFields
    from .fields.multibanco_wish import MultibancoWishFields
    from .fields.partial_payment import PartialPaymentFields
    from .fields.preferred_contact_write import PreferredContactWriteFields
    from .fields.purchase_order_write import PurchaseOrderWriteFields
    from .fields.regularization_write import RegularizationWriteFields
    from .fields.sequence_write import SequenceWriteFields
    from .fields.state_change import StateChangeFields
    from .fields.tax_reference import TaxReferenceFields
    from .fields.tax_write import TaxWriteFields
    from .fields.treasury_movement_write import TreasuryMovementWriteFields
    from .global_discount import GlobalDiscount
    from .global_discount_write import GlobalDiscountWrite
    from .global_discount_write_value_type import GlobalDiscountWriteValueType
    from .guide import Guide
    from .guide_address import GuideAddress
    from .guide_address_write import GuideAddressWrite
    from .guide_write import GuideWrite
    from .initial_balance import InitialBalance
    from .initial_balance_envelope import InitialBalanceEnvelope
    from .initial_balance_request import InitialBalanceRequest
    from .initial_balance_write import InitialBalanceWrite
    from .invoice import Invoice
    from .invoice_write import InvoiceWrite
    from .item import Item
    from .item_envelope import ItemEnvelope
    from .item_list import ItemList
    from .item_request import ItemRequest
    from .item_tax import ItemTax
    from .item_write import ItemWrite
    from .language import Language
    from .listable_document_segment import ListableDocumentSegment
    from .movement_type import MovementType
    from .multibanco_reference import MultibancoReference
    from .multibanco_wish import MultibancoWish
    from .multicurrency import Multicurrency
    from .pagination import Pagination
    from .partial_payment import PartialPayment
    from .partial_payment_request import PartialPaymentRequest
    from .payment_mechanism import PaymentMechanism
    from .pdf_output import PdfOutput
    from .pdf_response import PdfResponse
    from .preferred_contact import PreferredContact
    from .preferred_contact_write import PreferredContactWrite
    from .purchase_order import PurchaseOrder
    from .purchase_order_write import PurchaseOrderWrite
    from .qr_code import QrCode
    from .qr_code_response import QrCodeResponse
    from .regularization import Regularization
    from .regularization_created import RegularizationCreated
    from .regularization_list import RegularizationList
    from .regularization_request import RegularizationRequest
    from .regularization_write import RegularizationWrite
    from .related_documents import RelatedDocuments
    from .saft_progress import SaftProgress
    from .saft_response import SaftResponse
    from .sequence import Sequence
    from .sequence_create_request import SequenceCreateRequest
    from .sequence_envelope import SequenceEnvelope
    from .sequence_list import SequenceList
    from .sequence_write import SequenceWrite
    from .state_change import StateChange
    from .state_change_request import StateChangeRequest
    from .state_event import StateEvent
    from .tax import Tax
    from .tax_envelope import TaxEnvelope
    from .tax_list import TaxList
    from .tax_reference import TaxReference
    from .tax_request import TaxRequest
    from .tax_write import TaxWrite
    from .tax_write_code import TaxWriteCode
    from .treasury_movement import TreasuryMovement
    from .treasury_movement_envelope import TreasuryMovementEnvelope
    from .treasury_movement_request import TreasuryMovementRequest
    from .treasury_movement_write import TreasuryMovementWrite

_MODULES: Final[dict[str, str]] = {
    "Account": "account",
    "AccountCreate": "account_create",
    "AccountCreateFields": "fields.account_create",
    "AccountCreateRequest": "account_create_request",
    "AccountCreateTaxCountry": "account_create_tax_country",
    "AccountCredentials": "account_credentials",
    "AccountCredentialsFields": "fields.account_credentials",
    "AccountDetails": "account_details",
    "AccountDetailsEnvelope": "account_details_envelope",
    "AccountDocumentStats": "account_document_stats",
    "AccountEnvelope": "account_envelope",
    "AccountStats": "account_stats",
    "AccountStatsEnvelope": "account_stats_envelope",
    "AccountUpdate": "account_update",
    "AccountUpdateFields": "fields.account_update",
    "AccountUpdateRequest": "account_update_request",
    "AccountUserStats": "account_user_stats",
    "AtCommunication": "at_communication",
    "AtCommunicationFields": "fields.at_communication",
    "AtCommunicationAnswer": "at_communication_answer",
    "AtCommunicationCommunicationType": "at_communication_communication_type",
    "AtCommunicationRequest": "at_communication_request",
    "BalanceAmounts": "balance_amounts",
    "BalanceBefore": "balance_before",
    "BalanceCurrency": "balance_currency",
    "BalanceRemaining": "balance_remaining",
    "Client": "client",
    "ClientBalance": "client_balance",
    "ClientEnvelope": "client_envelope",
    "ClientFields": "client_fields",
    "ClientInvoicesFilter": "client_invoices_filter",
    "ClientInvoicesFilterFields": "fields.client_invoices_filter",
    "ClientInvoicesRequest": "client_invoices_request",
    "ClientList": "client_list",
    "ClientListEntry": "client_list_entry",
    "ClientRequest": "client_request",
    "ClientWrite": "client_write",
    "ClientWriteFields": "fields.client_write",
    "CreatableDocumentSegment": "creatable_document_segment",
    "Document": "document",
    "DocumentClient": "document_client",
    "DocumentClientWrite": "document_client_write",
    "DocumentClientWriteFields": "fields.document_client_write",
    "DocumentCreateRequest": "document_create_request",
    "DocumentEnvelope": "document_envelope",
    "DocumentForClient": "document_for_client",
    "DocumentItem": "document_item",
    "DocumentItemTax": "document_item_tax",
    "DocumentItemWrite": "document_item_write",
    "DocumentItemWriteFields": "fields.document_item_write",
    "DocumentList": "document_list",
    "DocumentSegment": "document_segment",
    "DocumentStatus": "document_status",
    "DocumentStatusFilter": "document_status_filter",
    "DocumentType": "document_type",
    "DocumentUpdateRequest": "document_update_request",
    "DocumentWrite": "document_write",
    "DocumentWriteFields": "fields.document_write",
    "EmailMessage": "email_message",
    "EmailMessageFields": "fields.email_message",
    "EmailRecipient": "email_recipient",
    "EmailRecipientFields": "fields.email_recipient",
    "EmailRequest": "email_request",
    "Estimate": "estimate",
    "EstimateWrite": "estimate_write",
    "EstimateWriteFields": "fields.estimate_write",
    "GlobalDiscount": "global_discount",
    "GlobalDiscountWrite": "global_discount_write",
    "GlobalDiscountWriteFields": "fields.global_discount_write",
    "GlobalDiscountWriteValueType": "global_discount_write_value_type",
    "Guide": "guide",
    "GuideAddress": "guide_address",
    "GuideAddressWrite": "guide_address_write",
    "GuideAddressWriteFields": "fields.guide_address_write",
    "GuideWrite": "guide_write",
    "GuideWriteFields": "fields.guide_write",
    "InitialBalance": "initial_balance",
    "InitialBalanceEnvelope": "initial_balance_envelope",
    "InitialBalanceRequest": "initial_balance_request",
    "InitialBalanceWrite": "initial_balance_write",
    "InitialBalanceWriteFields": "fields.initial_balance_write",
    "Invoice": "invoice",
    "InvoiceWrite": "invoice_write",
    "InvoiceWriteFields": "fields.invoice_write",
    "Item": "item",
    "ItemEnvelope": "item_envelope",
    "ItemList": "item_list",
    "ItemRequest": "item_request",
    "ItemTax": "item_tax",
    "ItemWrite": "item_write",
    "ItemWriteFields": "fields.item_write",
    "Language": "language",
    "ListableDocumentSegment": "listable_document_segment",
    "MovementType": "movement_type",
    "MultibancoReference": "multibanco_reference",
    "MultibancoWish": "multibanco_wish",
    "MultibancoWishFields": "fields.multibanco_wish",
    "Multicurrency": "multicurrency",
    "Pagination": "pagination",
    "PartialPayment": "partial_payment",
    "PartialPaymentFields": "fields.partial_payment",
    "PartialPaymentRequest": "partial_payment_request",
    "PaymentMechanism": "payment_mechanism",
    "PdfOutput": "pdf_output",
    "PdfResponse": "pdf_response",
    "PreferredContact": "preferred_contact",
    "PreferredContactWrite": "preferred_contact_write",
    "PreferredContactWriteFields": "fields.preferred_contact_write",
    "PurchaseOrder": "purchase_order",
    "PurchaseOrderWrite": "purchase_order_write",
    "PurchaseOrderWriteFields": "fields.purchase_order_write",
    "QrCode": "qr_code",
    "QrCodeResponse": "qr_code_response",
    "Regularization": "regularization",
    "RegularizationCreated": "regularization_created",
    "RegularizationList": "regularization_list",
    "RegularizationRequest": "regularization_request",
    "RegularizationWrite": "regularization_write",
    "RegularizationWriteFields": "fields.regularization_write",
    "RelatedDocuments": "related_documents",
    "SaftProgress": "saft_progress",
    "SaftResponse": "saft_response",
    "Sequence": "sequence",
    "SequenceCreateRequest": "sequence_create_request",
    "SequenceEnvelope": "sequence_envelope",
    "SequenceList": "sequence_list",
    "SequenceWrite": "sequence_write",
    "SequenceWriteFields": "fields.sequence_write",
    "StateChange": "state_change",
    "StateChangeFields": "fields.state_change",
    "StateChangeRequest": "state_change_request",
    "StateEvent": "state_event",
    "Tax": "tax",
    "TaxEnvelope": "tax_envelope",
    "TaxList": "tax_list",
    "TaxReference": "tax_reference",
    "TaxReferenceFields": "fields.tax_reference",
    "TaxRequest": "tax_request",
    "TaxWrite": "tax_write",
    "TaxWriteFields": "fields.tax_write",
    "TaxWriteCode": "tax_write_code",
    "TreasuryMovement": "treasury_movement",
    "TreasuryMovementEnvelope": "treasury_movement_envelope",
    "TreasuryMovementRequest": "treasury_movement_request",
    "TreasuryMovementWrite": "treasury_movement_write",
    "TreasuryMovementWriteFields": "fields.treasury_movement_write",
}


__getattr__: Final = names_of_submodules(__name__, _MODULES, globals())


def __dir__() -> list[str]:
    return sorted(_MODULES)


__all__ = [
    "Account",
    "AccountCreate",
    "AccountCreateFields",
    "AccountCreateRequest",
    "AccountCreateTaxCountry",
    "AccountCredentials",
    "AccountCredentialsFields",
    "AccountDetails",
    "AccountDetailsEnvelope",
    "AccountDocumentStats",
    "AccountEnvelope",
    "AccountStats",
    "AccountStatsEnvelope",
    "AccountUpdate",
    "AccountUpdateFields",
    "AccountUpdateRequest",
    "AccountUserStats",
    "AtCommunication",
    "AtCommunicationAnswer",
    "AtCommunicationCommunicationType",
    "AtCommunicationFields",
    "AtCommunicationRequest",
    "BalanceAmounts",
    "BalanceBefore",
    "BalanceCurrency",
    "BalanceRemaining",
    "Client",
    "ClientBalance",
    "ClientEnvelope",
    "ClientFields",
    "ClientInvoicesFilter",
    "ClientInvoicesFilterFields",
    "ClientInvoicesRequest",
    "ClientList",
    "ClientListEntry",
    "ClientRequest",
    "ClientWrite",
    "ClientWriteFields",
    "CreatableDocumentSegment",
    "Document",
    "DocumentClient",
    "DocumentClientWrite",
    "DocumentClientWriteFields",
    "DocumentCreateRequest",
    "DocumentEnvelope",
    "DocumentForClient",
    "DocumentItem",
    "DocumentItemTax",
    "DocumentItemWrite",
    "DocumentItemWriteFields",
    "DocumentList",
    "DocumentSegment",
    "DocumentStatus",
    "DocumentStatusFilter",
    "DocumentType",
    "DocumentUpdateRequest",
    "DocumentWrite",
    "DocumentWriteFields",
    "EmailMessage",
    "EmailMessageFields",
    "EmailRecipient",
    "EmailRecipientFields",
    "EmailRequest",
    "Estimate",
    "EstimateWrite",
    "EstimateWriteFields",
    "GlobalDiscount",
    "GlobalDiscountWrite",
    "GlobalDiscountWriteFields",
    "GlobalDiscountWriteValueType",
    "Guide",
    "GuideAddress",
    "GuideAddressWrite",
    "GuideAddressWriteFields",
    "GuideWrite",
    "GuideWriteFields",
    "InitialBalance",
    "InitialBalanceEnvelope",
    "InitialBalanceRequest",
    "InitialBalanceWrite",
    "InitialBalanceWriteFields",
    "Invoice",
    "InvoiceWrite",
    "InvoiceWriteFields",
    "Item",
    "ItemEnvelope",
    "ItemList",
    "ItemRequest",
    "ItemTax",
    "ItemWrite",
    "ItemWriteFields",
    "Language",
    "ListableDocumentSegment",
    "MovementType",
    "MultibancoReference",
    "MultibancoWish",
    "MultibancoWishFields",
    "Multicurrency",
    "Pagination",
    "PartialPayment",
    "PartialPaymentFields",
    "PartialPaymentRequest",
    "PaymentMechanism",
    "PdfOutput",
    "PdfResponse",
    "PreferredContact",
    "PreferredContactWrite",
    "PreferredContactWriteFields",
    "PurchaseOrder",
    "PurchaseOrderWrite",
    "PurchaseOrderWriteFields",
    "QrCode",
    "QrCodeResponse",
    "Regularization",
    "RegularizationCreated",
    "RegularizationList",
    "RegularizationRequest",
    "RegularizationWrite",
    "RegularizationWriteFields",
    "RelatedDocuments",
    "SaftProgress",
    "SaftResponse",
    "Sequence",
    "SequenceCreateRequest",
    "SequenceEnvelope",
    "SequenceList",
    "SequenceWrite",
    "SequenceWriteFields",
    "StateChange",
    "StateChangeFields",
    "StateChangeRequest",
    "StateEvent",
    "Tax",
    "TaxEnvelope",
    "TaxList",
    "TaxReference",
    "TaxReferenceFields",
    "TaxRequest",
    "TaxWrite",
    "TaxWriteCode",
    "TaxWriteFields",
    "TreasuryMovement",
    "TreasuryMovementEnvelope",
    "TreasuryMovementRequest",
    "TreasuryMovementWrite",
    "TreasuryMovementWriteFields",
]
