# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on documents. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import change_document_state as change_document_state
    from . import create_document as create_document
    from . import generate_payment as generate_payment
    from . import generate_pdf as generate_pdf
    from . import get_document as get_document
    from . import get_qr_code as get_qr_code
    from . import list_documents as list_documents
    from . import list_estimates as list_estimates
    from . import list_guides as list_guides
    from . import related_documents as related_documents
    from . import send_document_email as send_document_email
    from . import update_document as update_document

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "change_document_state",
        "create_document",
        "generate_payment",
        "generate_pdf",
        "get_document",
        "get_qr_code",
        "list_documents",
        "list_estimates",
        "list_guides",
        "related_documents",
        "send_document_email",
        "update_document",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
