"""What a status means for an operation, and what to do, for answers whose text says too little.

The 404 of clients is empty, that of taxes one space, that of a client's documents a page (recorded 2019).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from invoicexpress_loading import lazy_pattern


class _Place(NamedTuple):
    """A kind of path, and the meaning of its 404. The placeholders are the groups of `path`."""

    path: re.Pattern[str]
    missing: str


def _place(path: str, missing: str) -> _Place:
    return _Place(lazy_pattern(path), missing)


# The first match counts; document types come last, since their segment is any word.
PLACES: Final = (
    _place(r"/clients/find-by-.*", "no such client; `ix.clients.list()` reads all"),
    _place(
        r"/(?:api/v3/)?clients/(?P<client>\d+)/regularization/(?P<id>\d+)\.json",
        "no client {client}, or no regularization {id} of it; `ix.treasury.regularizations` lists them",
    ),
    _place(
        r"/(?:api/v3/)?clients/(?P<client>\d+)/treasury_movements/(?P<id>\d+)\.json",
        "no client {client}, or no movement {id} of it; it may be deleted already",
    ),
    _place(
        r"/(?:api/v3/)?clients/(?P<id>\d+)[./].*",
        "no client {id}; an id is not the client's code, which `ix.clients.find_by_code` takes",
    ),
    _place(r"/items/(?P<id>\d+)\.json", "no item {id}; `ix.items.list()` reads all"),
    _place(r"/taxes/(?P<id>\d+)\.json", "no tax {id}; `ix.taxes.list()` reads all"),
    _place(r"/sequences/(?P<id>\d+)[./].*", "no série {id}; `ix.sequences.list()` reads all"),
    _place(
        r"/api/accounts/(?P<id>\d+)/.*",
        "no account {id} for this key; only the partner that created an account can reach it",
    ),
    _place(r"/api/(?:pdf|qr_codes)/(?P<id>\d+)\.json", "no document {id} in this account"),
    _place(r"/documents?/(?P<id>\d+)/.*", "no document {id} in this account"),
    _place(
        r"/(?P<noun>[a-z_]+)/(?P<id>\d+)[./].*",
        "no {noun} {id}; it may be a document of another type, which `ix.documents.get({id})` reads",
    ),
)
_NOTHING_THERE: Final = "nothing is at this address; check base_url (INVOICEXPRESS_BASE_URL)"

BY_STATUS: Final = {
    400: "the service cannot read the request; check its values",
    401: "the key is missing or wrong, or the account does not exist; check both: INVOICEXPRESS_ACCOUNT, and "
    "INVOICEXPRESS_API_KEY, which the account's settings show under Account > API",
    403: "the account or the user of the key may not do this; check the plan and the user's rights",
    406: "the state of the document does not allow this; read it again, and look at its status",
    409: "the same operation is in progress; wait a moment, and repeat it",
    422: "the service refuses the values and gives no reason; compare them with a document that it accepts",
    429: "too many requests in a minute; wait a minute, and share one pace between hosts: Pace(redis=...)",
}
_SPECIFIC: Final = frozenset({400, 422})
"""Statuses whose texts say more than the status."""
# A POST that carries a filter.
_READ_BY_POST: Final = lazy_pattern(r"/clients/\d+/invoices\.json")


def explanation(method: str, path: str, status: int, *, is_answered: bool) -> str:
    """The meaning of a status for an operation, and the remedy; empty where the answer's own text does.

    `is_answered` is true if the answer has a text.
    """
    if status == 404:
        return _not_found(path)
    if status == 501:
        return "base_url (INVOICEXPRESS_BASE_URL) is probably wrong: nothing answers at this path"
    if status == 530:  # suestecreative 2026
        return (
            "no account is at this address; check the account's name (INVOICEXPRESS_ACCOUNT) and base_url "
            "(INVOICEXPRESS_BASE_URL)"
        )
    if 500 <= status <= 599:
        if method == "GET" or _READ_BY_POST.fullmatch(path):
            return "the service failed; nothing was changed, so try again later"
        return "the service failed; it may have carried out the request, so read the state first"
    if is_answered and (status in _SPECIFIC or status not in BY_STATUS):
        return ""
    return BY_STATUS.get(status, "an undocumented answer; the address may belong to another server")


def _not_found(path: str) -> str:
    for place in PLACES:
        if match := place.path.fullmatch(path):
            found = match.groupdict("")
            noun = found.get("noun", "").removesuffix("s").replace("_", " ")
            return place.missing.format_map({**found, "noun": noun})
    return _NOTHING_THERE
