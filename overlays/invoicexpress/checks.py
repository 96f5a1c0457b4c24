"""Settings for silent changes: values that the service changes, drops or accepts without a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from invoicexpress_loading.records import record

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .errors.silent_change import Kind

Reaction: TypeAlias = Literal["warn", "raise", "off"]
"""A SilentChangeWarning and a log line, a SilentChangeError, or nothing."""

TaxReaction: TypeAlias = Literal["known", "warn", "raise", "off"]
"""`known` raises where the account's taxes were read in the last five minutes, by `taxes.list()` or a check.
"""

ClientReaction: TypeAlias = Literal["fiscal_id", "warn", "raise", "off"]
"""`fiscal_id` raises for the tax number alone, and reads only where a document has one."""

READS: Final[tuple[Kind, ...]] = ("tax_unknown", "client_ignored", "item_overwritten", "credit_exceeded")
"""Kinds whose checks read the account."""


@record(frozen=True, kw_only=True)
class Checks:
    """The reaction to each kind of silent change. No check changes a value.

        Checks(country="raise", tax_unknown="warn")
        Checks.each("raise", reads=False)

    By default a wrong VAT, a rounded price, a date ahead, and a wrong or ignored tax number raise. Other
    checks without requests warn, and others with reads are off. Raises ConfigurationError for an unknown
    reaction.
    """

    # Seen in the document, before it is sent.
    exemption_missing: Reaction = "warn"
    """A line at 0 % without an exemption code. The service refuses a create and stamps M99 on an update
    (suestecreative 2026). Needs the rate: in the line's `tax`, or through `tax_unknown`.
    """
    exemption_unknown: Reaction = "warn"
    """An exemption code that neither the vendor's list nor the tax authority's tables ever had."""
    exemption_outdated: Reaction = "warn"
    """An exemption code that is not valid on the document's date: not yet (M35 before 2026-07-01), or no
    longer (M26 since 2024 and M03 since October 2013, as their laws have ended; M08 since 2023). Also M31 for
    works whose text names verba 2.42, which carry M35 since 2026-07-01. Skips notes, which repeat the
    document that they correct.
    """
    tax_outdated: Reaction = "warn"
    """A VAT rate that its region does not have on the document's date (CIVA, art. 18.9), as 5 % in Madeira
    since 2024-10-01, or a rate under the code of another. Needs region and rate, so it works with
    `tax_unknown` on. Skips notes, which repeat the document that they correct.
    """
    fiscal_id: Reaction = "raise"
    """A Portuguese tax number with invalid check digit or first digits. Some integrators saw it refused
    (suestecreative 2026), others saw the document issued to the final consumer (voluzi 2026). Also one with
    spaces, dots or the prefix `PT`: the tax authority's files and codes have nine digits (Portaria 302/2016,
    2.2.3). Concerns clients of Portugal, of a country unknown to the service, and without a country unless
    the number has the prefix of another one, in documents and in `clients`.
    """
    country: Reaction = "warn"
    """A country name unknown to the service. Refused (vendor docs 2017) or dropped (suestecreative 2026)."""
    discount: Reaction = "warn"
    """A discount below 0 or above 100 percent."""
    decimals: Reaction = "warn"
    """A number with more decimals than the service keeps."""
    price_rounded: Reaction = "raise"
    """A line of a credit note with the price that a read shows, where the exact one differs: 2.02 for 2.0244
    (suestecreative 2026). The note is then some cents off. `credit_notes.lines` has the exact prices.
    """

    # Seen in the draft, before it is finalized.
    dated_ahead: Reaction = "raise"
    """A document dated after today in Lisbon. The service accepts no earlier date in its série afterwards, so
    the série is closed for today (suestecreative 2026). `issue`, `pay` and `create_movement` raise before
    anything is sent, `finalize` with the draft; `create` allows any date.
    """

    # Seen in the account, before the document is sent. Each costs reads.
    tax_unknown: TaxReaction = "known"
    """A tax that the account does not have; the service takes the default instead (vendor docs 2026-07). One
    read in five minutes; with `known` only for a name missing from taxes read already.
    """
    client_ignored: ClientReaction = "fiscal_id"
    """A field that differs from the known client's; the service ignores it (vendor docs 2017), and so makes
    out an invoice with a tax number to the final consumer.

    `fiscal_id` raises for another tax number, and for one that the client lacks, once the draft names its
    client and before it is issued. A document with a tax number costs one read where the answer leaves the
    number out. Documents without one cost nothing. `clients.get_or_create` compares too.

    `warn` and `raise` are for all fields, and for a name that several clients have, without the code or id of
    one: one or two reads per document, and a few of the list for a client that is known by its name.
    """
    item_overwritten: Reaction = "off"
    """A known item that differs from the line; the document overwrites it (vendor docs 2017). Reads the list
    of items until all names are found.
    """
    credit_exceeded: Reaction = "off"
    """A credit note above the remaining total of its document (Despacho 8632/2014, 3.2.7). Two to six reads
    before it is sent; only the answer has its total, so the draft exists by then. The service refuses to
    finalize it (suestecreative 2026).
    """

    # Seen in the service's answer: the draft exists by then.
    tax_changed: Reaction = "raise"
    """A line of the draft has another tax than the line sent."""
    total_changed: Reaction = "raise"
    """The draft's total differs from the total of the lines sent."""
    client_changed: Reaction = "warn"
    """The draft's client differs from the client sent."""
    lines_lost: Reaction = "warn"
    """The draft has another number of lines."""
    simplified_limit: Reaction = "warn"
    """A simplified invoice above the legal limit: 1000 EUR for goods that retailers sell to consumers,
    100 EUR otherwise (CIVA, art. 40.1), none for issuers exempt by art. 53 (40.1 c, since 2025-03-24).
    Between the two limits the check reports lines with a unit of services, and clients with an organization's
    tax number. Amounts include VAT (assumed: the law says "valor da fatura"). It is unknown whether the
    service refuses such a document.
    """

    def __post_init__(self) -> None:
        for each in fields(self):
            reaction = getattr(self, each.name)
            allowed = get_args(_OF_KIND.get(each.name, Reaction))
            if reaction not in allowed:
                raise ConfigurationError(f"checks.{each.name}: expected one of {allowed}, got {reaction!r}")

    @classmethod
    def each(cls, reaction: Reaction, *, reads: bool = True) -> Checks:
        """The same reaction to every kind; without `reads`, checks with reads are off."""
        reactions: dict[str, Reaction] = {
            each.name: "off" if each.name in READS and not reads else reaction for each in fields(cls)
        }
        return cls(**reactions)

    @classmethod
    def off(cls) -> Checks:
        """All checks off."""
        return cls.each("off")

    def reaction(self, kind: Kind) -> Reaction:
        """The reaction to one kind."""
        found: TaxReaction | ClientReaction = getattr(self, kind)
        return _RAISING.get(found, "raise")


_RAISING: Final[Mapping[str, Reaction]] = {"warn": "warn", "off": "off"}
"""Reactions other than an error."""
_OF_KIND: Final = {"tax_unknown": TaxReaction, "client_ignored": ClientReaction}
"""Kinds with a reaction of their own."""
