"""An electronic seal or signature in a PDF, as `Download.seals` returns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

SealKind: TypeAlias = Literal["seal", "signature"]
"""A seal is an organization's, a signature a person's (Regulation 910/2014, art. 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal or a signature in a PDF: what it proves, and what its certificate says about itself.

    The document and the seal are held against the certificate inside the seal. Not checked: who issued that
    certificate and whether the issuer is on a trusted list, whether it was expired or revoked, and time
    stamps. Anyone can make a certificate with any name that says that it is qualified, so take
    `says_qualified` for a claim. A validation service checks the rest (Regulation 910/2014, art. 33).
    """

    by: str
    """Common name of the certificate's subject, or its organization; empty if the seal is unreadable."""
    subject: str
    """All names of the subject, an organization's number included; empty if the seal is unreadable."""
    issuer: str
    """All names of the certificate's issuer. Equal to `subject` if the certificate is self-signed."""
    at: datetime | None
    """When it was made, by the clock of the sealer: a claim. None if it states no time, or no time zone."""
    change: str | None
    """Why the document is not proven to be as it was sealed, as a sentence; None if it is."""
    says_qualified: bool
    """Whether the certificate says that it is qualified in the Union, for seals or signatures (ETSI EN 319
    412-5, 4.2).
    """
    kind: SealKind | None
    """What the certificate says that it is for; None if it does not say, or names something else."""
    says_device: bool
    """Whether the certificate says that its key is in a qualified device. Without one, seals are advanced and
    not qualified (Regulation 910/2014, art. 3(12) and 3(27)).
    """

    @property
    def is_unchanged(self) -> bool:
        """Whether the document is as it was sealed, and shows the same.

        Later invisible seals, time stamps and proofs change nothing. A later visible seal is a change: it can
        cover an amount.
        """
        return self.change is None
