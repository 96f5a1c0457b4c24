"""How careful a client is about what the service changes or lets pass without a word: a setting for each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .silent_change import Kind

Reaction: TypeAlias = Literal["warn", "raise", "off"]
"""A SilentChangeWarning, a SilentChangeError, or nothing."""

READS: Final[tuple[Kind, ...]] = ("tax_unknown", "client_ignored", "item_overwritten", "credit_exceeded")
"""Kinds that cost reads of the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What to do about each kind of silent change. No check changes a value.

        Checks(country="raise", tax_unknown="warn")
        Checks.each("raise", reads=False)

    Without settings everything that costs nothing warns, and what costs reads is off. Raises
    ConfigurationError for a reaction that there is not.
    """

    # Seen in the document, before it is sent.
    exemption_missing: Reaction = "warn"
    """A line at 0 % without an exemption code. Creating is refused; an update is stamped M99
    (suestecreative 2026). Seen where the rate is: in the line's `tax`, or with `tax_unknown` on.
    """
    exemption_unknown: Reaction = "warn"
    """An exemption code that neither the vendor's list nor the tax authority's tables ever had."""
    exemption_outdated: Reaction = "warn"
    """An exemption code that documents of this date may not carry: not yet (M35 before 2026-07-01), or no
    longer (M03 and M08 since 2023). Not said of notes, which repeat what they correct.
    """
    tax_outdated: Reaction = "warn"
    """A VAT rate that its region does not have on the document's date (CIVA, art. 18.9), as 5 % in Madeira
    since 2024-10-01, or one that is called by another's code. Seen where region and rate are: with
    `tax_unknown` on. Not said of notes, which repeat what they correct.
    """
    fiscal_id: Reaction = "warn"
    """A Portuguese tax number whose check digit or first digits cannot be. Some saw it refused
    (suestecreative 2026), some the document go to the final consumer (voluzi 2026).
    """
    country: Reaction = "warn"
    """A country that the service does not call so. Refused (vendor docs 2017) or dropped (suestecreative
    2026)."""
    discount: Reaction = "warn"
    """A discount below 0 or above 100 percent."""
    decimals: Reaction = "warn"
    """A number with more decimals than are kept."""

    # Seen in the account, before the document is sent. Each costs reads.
    tax_unknown: Reaction = "off"
    """A tax that the account does not have; its default is put in its place (vendor docs 2026-07). One read
    in five minutes.
    """
    client_ignored: Reaction = "off"
    """A known client of whom a field is given that differs; what is given is ignored (vendor docs 2017).
    One or two reads for a document.
    """
    item_overwritten: Reaction = "off"
    """A known item that differs from the line; the document overwrites it (vendor docs 2017). Reads the list
    of items, as far as it has to.
    """
    credit_exceeded: Reaction = "off"
    """A credit note above what is left of the document that it corrects (Despacho 8632/2014, 3.2.7). Two to
    six reads before it is sent; since only the answer has its total, the draft exists when it is found. The
    service refuses to finalize it (suestecreative 2026).
    """

    # Seen in what the service answers: the draft exists by then.
    tax_changed: Reaction = "warn"
    """A line has another tax than was meant."""
    total_changed: Reaction = "warn"
    """The total is not what the lines come to."""
    client_changed: Reaction = "warn"
    """The document's client differs from the one that was given."""
    lines_lost: Reaction = "warn"
    """The document has another number of lines."""
    simplified_limit: Reaction = "warn"
    """A simplified invoice above what the law allows: 1000 EUR for goods that retailers sell to consumers,
    100 EUR for all else (CIVA, art. 40.1); whoever is exempt by art. 53 has no limit (40.1 c, since
    2025-03-24). Between the two it is said where a line has a unit of services, or the client the tax number
    of no person. Amounts are taken with VAT (assumed: the law says "valor da fatura"). Whether the service
    refuses is not known.
    """

    def __post_init__(self) -> None:
        for each in fields(self):
            reaction = getattr(self, each.name)
            if reaction not in get_args(Reaction):
                raise ConfigurationError(
                    f"checks.{each.name}: expected one of {get_args(Reaction)}, got {reaction!r}"
                )

    @classmethod
    def each(cls, reaction: Reaction, *, reads: bool = True) -> Checks:
        """The same reaction to everything; without `reads`, what costs reads is off."""
        reactions: dict[str, Reaction] = {
            each.name: "off" if each.name in READS and not reads else reaction for each in fields(cls)
        }
        return cls(**reactions)

    @classmethod
    def off(cls) -> Checks:
        """No check."""
        return cls.each("off")

    def reaction(self, kind: Kind) -> Reaction:
        """What to do about one kind."""
        found: Reaction = getattr(self, kind)
        return found
