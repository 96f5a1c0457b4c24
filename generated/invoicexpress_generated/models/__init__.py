"""The models, each loaded when it is first asked for: most programs need a handful of them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .change_document_state_document_type import ChangeDocumentStateDocumentType
    from .client import Client
    from .client_envelope import ClientEnvelope
    from .client_fields import ClientFields
    from .client_invoices_filter import ClientInvoicesFilter
    from .client_invoices_request import ClientInvoicesRequest
    from .client_list import ClientList
    from .client_list_entry import ClientListEntry
    from .client_request import ClientRequest
    from .client_write import ClientWrite
    from .client_write_language import ClientWriteLanguage
    from .create_document_document_type import CreateDocumentDocumentType
    from .document import Document
    from .document_client import DocumentClient
    from .document_client_write import DocumentClientWrite
    from .document_create_request import DocumentCreateRequest
    from .document_envelope import DocumentEnvelope
    from .document_item import DocumentItem
    from .document_item_tax import DocumentItemTax
    from .document_item_write import DocumentItemWrite
    from .document_list import DocumentList
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
    from .get_document_document_type import GetDocumentDocumentType
    from .global_discount import GlobalDiscount
    from .global_discount_write import GlobalDiscountWrite
    from .global_discount_write_value_type import GlobalDiscountWriteValueType
    from .invoice import Invoice
    from .invoice_write import InvoiceWrite
    from .item import Item
    from .item_envelope import ItemEnvelope
    from .item_list import ItemList
    from .item_request import ItemRequest
    from .item_tax import ItemTax
    from .item_write import ItemWrite
    from .list_documents_document_type import ListDocumentsDocumentType
    from .multibanco_reference import MultibancoReference
    from .multicurrency import Multicurrency
    from .pagination import Pagination
    from .partial_payment import PartialPayment
    from .partial_payment_request import PartialPaymentRequest
    from .payment_mechanism import PaymentMechanism
    from .pdf_output import PdfOutput
    from .pdf_response import PdfResponse
    from .preferred_contact import PreferredContact
    from .preferred_contact_write import PreferredContactWrite
    from .qr_code import QrCode
    from .qr_code_response import QrCodeResponse
    from .related_documents import RelatedDocuments
    from .send_document_email_document_type import SendDocumentEmailDocumentType
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
    from .update_document_document_type import UpdateDocumentDocumentType

_MODULES: Final[dict[str, str]] = {
    "ChangeDocumentStateDocumentType": ".change_document_state_document_type",
    "Client": ".client",
    "ClientEnvelope": ".client_envelope",
    "ClientFields": ".client_fields",
    "ClientInvoicesFilter": ".client_invoices_filter",
    "ClientInvoicesRequest": ".client_invoices_request",
    "ClientList": ".client_list",
    "ClientListEntry": ".client_list_entry",
    "ClientRequest": ".client_request",
    "ClientWrite": ".client_write",
    "ClientWriteLanguage": ".client_write_language",
    "CreateDocumentDocumentType": ".create_document_document_type",
    "Document": ".document",
    "DocumentClient": ".document_client",
    "DocumentClientWrite": ".document_client_write",
    "DocumentCreateRequest": ".document_create_request",
    "DocumentEnvelope": ".document_envelope",
    "DocumentItem": ".document_item",
    "DocumentItemTax": ".document_item_tax",
    "DocumentItemWrite": ".document_item_write",
    "DocumentList": ".document_list",
    "DocumentStatus": ".document_status",
    "DocumentStatusFilter": ".document_status_filter",
    "DocumentType": ".document_type",
    "DocumentUpdateRequest": ".document_update_request",
    "DocumentWrite": ".document_write",
    "EmailMessage": ".email_message",
    "EmailRecipient": ".email_recipient",
    "EmailRequest": ".email_request",
    "Estimate": ".estimate",
    "EstimateWrite": ".estimate_write",
    "GetDocumentDocumentType": ".get_document_document_type",
    "GlobalDiscount": ".global_discount",
    "GlobalDiscountWrite": ".global_discount_write",
    "GlobalDiscountWriteValueType": ".global_discount_write_value_type",
    "Invoice": ".invoice",
    "InvoiceWrite": ".invoice_write",
    "Item": ".item",
    "ItemEnvelope": ".item_envelope",
    "ItemList": ".item_list",
    "ItemRequest": ".item_request",
    "ItemTax": ".item_tax",
    "ItemWrite": ".item_write",
    "ListDocumentsDocumentType": ".list_documents_document_type",
    "MultibancoReference": ".multibanco_reference",
    "Multicurrency": ".multicurrency",
    "Pagination": ".pagination",
    "PartialPayment": ".partial_payment",
    "PartialPaymentRequest": ".partial_payment_request",
    "PaymentMechanism": ".payment_mechanism",
    "PdfOutput": ".pdf_output",
    "PdfResponse": ".pdf_response",
    "PreferredContact": ".preferred_contact",
    "PreferredContactWrite": ".preferred_contact_write",
    "QrCode": ".qr_code",
    "QrCodeResponse": ".qr_code_response",
    "RelatedDocuments": ".related_documents",
    "SendDocumentEmailDocumentType": ".send_document_email_document_type",
    "Sequence": ".sequence",
    "SequenceCreateRequest": ".sequence_create_request",
    "SequenceEnvelope": ".sequence_envelope",
    "SequenceList": ".sequence_list",
    "SequenceWrite": ".sequence_write",
    "StateChange": ".state_change",
    "StateChangeRequest": ".state_change_request",
    "StateEvent": ".state_event",
    "Tax": ".tax",
    "TaxEnvelope": ".tax_envelope",
    "TaxList": ".tax_list",
    "TaxReference": ".tax_reference",
    "TaxRequest": ".tax_request",
    "TaxWrite": ".tax_write",
    "TaxWriteCode": ".tax_write_code",
    "UpdateDocumentDocumentType": ".update_document_document_type",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(_MODULES)


__all__ = [
    "ChangeDocumentStateDocumentType",
    "Client",
    "ClientEnvelope",
    "ClientFields",
    "ClientInvoicesFilter",
    "ClientInvoicesRequest",
    "ClientList",
    "ClientListEntry",
    "ClientRequest",
    "ClientWrite",
    "ClientWriteLanguage",
    "CreateDocumentDocumentType",
    "Document",
    "DocumentClient",
    "DocumentClientWrite",
    "DocumentCreateRequest",
    "DocumentEnvelope",
    "DocumentItem",
    "DocumentItemTax",
    "DocumentItemWrite",
    "DocumentList",
    "DocumentStatus",
    "DocumentStatusFilter",
    "DocumentType",
    "DocumentUpdateRequest",
    "DocumentWrite",
    "EmailMessage",
    "EmailRecipient",
    "EmailRequest",
    "Estimate",
    "EstimateWrite",
    "GetDocumentDocumentType",
    "GlobalDiscount",
    "GlobalDiscountWrite",
    "GlobalDiscountWriteValueType",
    "Invoice",
    "InvoiceWrite",
    "Item",
    "ItemEnvelope",
    "ItemList",
    "ItemRequest",
    "ItemTax",
    "ItemWrite",
    "ListDocumentsDocumentType",
    "MultibancoReference",
    "Multicurrency",
    "Pagination",
    "PartialPayment",
    "PartialPaymentRequest",
    "PaymentMechanism",
    "PdfOutput",
    "PdfResponse",
    "PreferredContact",
    "PreferredContactWrite",
    "QrCode",
    "QrCodeResponse",
    "RelatedDocuments",
    "SendDocumentEmailDocumentType",
    "Sequence",
    "SequenceCreateRequest",
    "SequenceEnvelope",
    "SequenceList",
    "SequenceWrite",
    "StateChange",
    "StateChangeRequest",
    "StateEvent",
    "Tax",
    "TaxEnvelope",
    "TaxList",
    "TaxReference",
    "TaxRequest",
    "TaxWrite",
    "TaxWriteCode",
    "UpdateDocumentDocumentType",
]
