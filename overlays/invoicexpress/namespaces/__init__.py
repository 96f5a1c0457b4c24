"""The methods of the two clients: one namespace per document type or resource, each loaded on first use."""

from typing import TYPE_CHECKING

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import absent_methods as absent_methods
    from . import account_checks as account_checks
    from . import accounts as accounts
    from . import any_document as any_document
    from . import by_reference as by_reference
    from . import clients as clients
    from . import document_lists as document_lists
    from . import documents as documents
    from . import estimates as estimates
    from . import guides as guides
    from . import invoice_family as invoice_family
    from . import items as items
    from . import legacy as legacy
    from . import public_types as public_types
    from . import purchase_orders as purchase_orders
    from . import saft as saft
    from . import sequences as sequences
    from . import taxes as taxes
    from . import treasury as treasury
else:
    __getattr__ = submodules(
        __name__,
        frozenset(
            {
                "absent_methods",
                "account_checks",
                "accounts",
                "any_document",
                "by_reference",
                "clients",
                "document_lists",
                "documents",
                "estimates",
                "guides",
                "invoice_family",
                "items",
                "legacy",
                "public_types",
                "purchase_orders",
                "saft",
                "sequences",
                "taxes",
                "treasury",
            }
        ),
    )
