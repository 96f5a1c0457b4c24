"""How the live service fails: with a page in place of JSON (observed: error bodies)."""

from __future__ import annotations

from typing import Final

from .faults import HTML_TYPE, html_page
from .http.answer import Answer


class Crashed(Exception):
    """The live service fails on this request; nothing that it wrote is kept."""


CRASH: Final = Answer(500, html_page(500), HTML_TYPE)
