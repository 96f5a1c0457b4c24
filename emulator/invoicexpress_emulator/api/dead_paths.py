"""Paths that clients try and the service was seen not to have, with its answers there.

They look at neither the key nor the body: no operation is behind them (assumed; the statuses were seen). Any
other path that is not emulated answers 501, so that it is not taken for one of these.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..faults.effects import HTML_TYPE, html_page
from ..fiscal.document_types import DOCUMENT_TYPES
from ..http.answer import Answer


class _DeadPath(NamedTuple):
    methods: frozenset[str]
    path: re.Pattern[str]
    answer: Answer


_READ: Final = frozenset({"GET", "HEAD"})
_TYPE: Final = "|".join(row.segment for row in DOCUMENT_TYPES)
_NO_PAGE: Final = Answer(404, html_page(404), HTML_TYPE)
_TO_THE_FRONT_PAGE: Final = Answer(302, html_page(302), HTML_TYPE, {"Location": "/"})

_DEAD: Final = (
    _DeadPath(_READ, re.compile(rf"/(?:{_TYPE})/[^/]+/pdf\.json"), _NO_PAGE),
    _DeadPath(_READ, re.compile(rf"/(?:{_TYPE})/[^/]+/related[_-]documents\.json"), _NO_PAGE),
    _DeadPath(frozenset({"PUT"}), re.compile(r"/sequences/[^/]+\.json"), _TO_THE_FRONT_PAGE),
)


def answer_at(method: str, path: str) -> Answer | None:
    """Return the service's answer to a method of a path that it does not have, None for any other."""
    for dead in _DEAD:
        if method in dead.methods and dead.path.fullmatch(path):
            return dead.answer
    return None
