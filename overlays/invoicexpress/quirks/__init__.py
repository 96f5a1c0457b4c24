"""One module per quirk, a difference between the service and its documentation; loaded on first use."""

from typing import TYPE_CHECKING

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import absent_values as absent_values
    from . import attempts as attempts
    from . import comparison as comparison
    from . import crediting as crediting
    from . import currencies as currencies
    from . import document_filters as document_filters
    from . import document_types as document_types
    from . import downloads as downloads
    from . import envelopes as envelopes
    from . import expected_total as expected_total
    from . import file_names as file_names
    from . import idempotency as idempotency
    from . import identity as identity
    from . import legal_number as legal_number
    from . import lookups as lookups
    from . import namesakes as namesakes
    from . import number_lookup as number_lookup
    from . import polling as polling
    from . import polymorphism as polymorphism
    from . import read_back as read_back
    from . import reconciliation as reconciliation
    from . import renderings as renderings
    from . import seal as seal
    from . import seal_reading as seal_reading
    from . import sealing as sealing
    from . import sequence_rows as sequence_rows
    from . import silent_changes as silent_changes
else:
    __getattr__ = submodules(
        __name__,
        frozenset(
            {
                "absent_values",
                "attempts",
                "comparison",
                "crediting",
                "currencies",
                "document_filters",
                "document_types",
                "downloads",
                "envelopes",
                "expected_total",
                "file_names",
                "idempotency",
                "identity",
                "legal_number",
                "lookups",
                "namesakes",
                "number_lookup",
                "polling",
                "polymorphism",
                "read_back",
                "reconciliation",
                "renderings",
                "seal",
                "seal_reading",
                "sealing",
                "sequence_rows",
                "silent_changes",
            }
        ),
    )
