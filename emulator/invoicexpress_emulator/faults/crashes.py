"""How the live service fails: with a page in place of JSON (recorded 2019)."""

from __future__ import annotations

from typing import Final

from ..http.answer import Answer
from .effects import HTML_TYPE, html_page


class Crashed(Exception):
    """The live service fails on this request; nothing that it wrote is kept."""


CRASH: Final = Answer(500, html_page(500), HTML_TYPE)
