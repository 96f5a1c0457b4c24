"""The rows of the ledger, and the classes of evidence."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from ...fiscal.document_types import DOCUMENT_TYPES, FAMILIES

Evidence = Literal["documented", "observed", "legacy", "assumed"]

DOCUMENTED: Final = "documented"
"""The vendor's current page says so, or the law does."""
OBSERVED: Final = "observed"
"""A live account was seen to do so: recorded, measured by an integrator, or relied on in production."""
LEGACY: Final = "legacy"
"""An older page of the vendor's says so, and nothing newer does."""
ASSUMED: Final = "assumed"
"""No source shows it: the emulator does the safest thing, or what follows from its neighbours."""

MEANINGS: Final[dict[Evidence, str]] = {
    "documented": "the vendor's current page says so, or the law does",
    "observed": "a live account was seen to do so: recorded, measured, or relied on in production",
    "legacy": "only an older page of the vendor's says so",
    "assumed": "no source shows it; the safest thing, or what follows from its neighbours",
}
"""Each class of evidence, the surest knowledge of the vendor's intent first."""

ProfileName = Literal["observed", "documented"]
BOTH: Final[tuple[ProfileName, ...]] = ("observed", "documented")


class Behaviour(NamedTuple):
    """One thing that the emulator does, and the evidence that the service does it."""

    name: str
    says: str
    evidence: Evidence
    source: str
    operations: tuple[str, ...]
    """Operation ids; `*` for all."""
    module: str
    """The module of the emulator that does it."""
    profiles: tuple[ProfileName, ...] = BOTH


class Subject(NamedTuple):
    """A group of rows under one heading."""

    title: str
    rows: tuple[Behaviour, ...]


PAGE: Final = "vendor docs 2026-07"
"""The vendor's current page; docs/sources.md has all labels of sources."""
EVERY: Final = ("*",)
_NOUNS: Final = tuple(family.noun for family in FAMILIES)
_RECEIPTS: Final = tuple(row.name for row in DOCUMENT_TYPES if row.is_receipt)
CREATE: Final = tuple(f"create{noun}" for noun in _NOUNS)
UPDATE: Final = tuple(f"update{noun}" for noun in _NOUNS)
WRITE: Final = CREATE + UPDATE
STATE: Final = tuple(f"change{noun}State" for noun in _NOUNS)
CANCEL_RECEIPT: Final = tuple(f"cancel{name}" for name in _RECEIPTS)
EMAIL: Final = tuple(f"send{noun}Email" for noun in _NOUNS)
GET: Final = tuple(f"get{name}" for name in (*_NOUNS, *_RECEIPTS))
FAMILY_LISTS: Final = tuple(f"list{noun}s" for noun in _NOUNS)
TYPE_LISTS: Final = tuple(row.list_operation for row in DOCUMENT_TYPES if row.list_operation)
LISTS: Final = FAMILY_LISTS + TYPE_LISTS
ARCHIVE: Final = tuple(f"{verb}{noun}" for noun in _NOUNS for verb in ("archive", "unarchive"))
