"""Guides and estimates."""

from __future__ import annotations

from typing import Final

from tests.emulator.conftest import GOODS
from tests.emulator.support.replay import ABSENT, ANY, TEXT, Step

from .rows import DOCUMENT, GUIDE, SAME, Fact, Unplayed, change, create, freeze, not_changed, refused

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "guides and estimates",
        "a guide says when it leaves and both addresses; a dash does for a postal code",
        "OCA 2026-08; square-bit 2026-04",
        (
            create(
                {**GUIDE, "address_from": {**GOODS["address_from"], "postal_code": "-"}}, segment="transports"
            ),
            refused({**DOCUMENT, "loaded_at": GOODS["loaded_at"]}, ANY, "transports"),
            refused({**GUIDE, "loaded_at": None}, ANY, "transports"),
        ),
    ),
    Fact(
        "guides and estimates",
        "goods that have left are not issued",
        "square-bit 2026-04; OCA 2026-08",
        (
            freeze("2026-11-21T12:00:00"),
            create({**GUIDE, "loaded_at": "21/11/2026 11:59:59"}, segment="transports"),
            not_changed("finalized", [{"error": TEXT}], segment="transports"),
            create({**GUIDE, "loaded_at": "21/11/2026 12:05:00"}, segment="transports"),
            change("finalized", {"status": "final"}, segment="transports"),
        ),
    ),
    Fact(
        "guides and estimates",
        "the tax authority's code comes later; until then there is no such key",
        "Webdados 2025",
        (
            create(GUIDE, segment="transports"),
            change("finalized", {"at_doc_code_id": ABSENT}, segment="transports"),
            Step("GET /transports/{it}.json", answer={"transport": {"at_doc_code_id": ABSENT}}),
            Step("GET /transports/{it}.json", answer={"transport": {"at_doc_code_id": TEXT}}),
        ),
    ),
    Fact(
        "guides and estimates",
        "changing a guide fails",
        "diogopms 2026-06",
        (create(GUIDE, segment="shippings"), Step("PUT /shippings/{it}.json", {"shipping": GUIDE}, 500)),
        (create(GUIDE, segment="shippings"), Step("PUT /shippings/{it}.json", {"shipping": GUIDE}, 200)),
    ),
    Fact(
        "guides and estimates",
        "guides and estimates have lists across their types",
        "diogopms 2026-06",
        (
            create(GUIDE, segment="shippings"),
            create(GUIDE, segment="transports"),
            create(segment="quotes"),
            create(segment="proformas"),
            Step("GET /guides.json", answer={"guides": [{"type": "Shipping"}, {"type": "Transport"}]}),
            Step("GET /estimates.json", answer={"estimates": [{"type": "Quote"}, {"type": "Proforma"}]}),
        ),
    ),
    Fact(
        "guides and estimates",
        "a quote's draft can be deleted",
        "diogopms 2026-06",
        (create(segment="quotes"), change("deleted", {"status": "deleted"}, segment="quotes")),
        SAME,
    ),
)
