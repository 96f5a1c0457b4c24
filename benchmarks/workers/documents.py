"""1,000 documents with lines: bytes to models through `list()`, and models to bytes, against the json module.

`list()` reads ten pages of 100, each a call with all layers on. The reference reads the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
from invoicexpress import InvoiceXpress
from invoicexpress_wire import dumps

from . import answers
from .turns import Turns, arguments

DOCUMENTS = 1_000
PER_PAGE = 100
HEADERS = {"Content-Type": "application/json; charset=utf-8"}


def served(pages: list[bytes]) -> httpx.MockTransport:
    """Answers with the page that a request asks for."""

    def answer(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params["page"])
        return httpx.Response(200, headers=HEADERS, content=pages[page - 1])

    return httpx.MockTransport(answer)


def reading(rounds: int) -> Turns:
    """Bytes to models."""
    pages = answers.pages(DOCUMENTS, PER_PAGE)
    turns = Turns()
    with InvoiceXpress("acme", "key", transport=served(pages)) as ix:

        def ours() -> object:
            return [*ix.invoices.list(per_page=PER_PAGE)]

        def theirs() -> object:
            return [json.loads(page) for page in pages]

        if len([*ix.invoices.list(per_page=PER_PAGE)]) != DOCUMENTS:
            raise AssertionError("some documents are missing")
        _warmed(turns, ours, theirs, rounds)
    return turns


def writing(rounds: int, *, whole: bool) -> Turns:
    """Models to bytes, as a request sends them: `to_dict`, and the wire's own writer of exact decimals.

    Not `whole`: models to dictionaries only.
    """
    pages = answers.pages(DOCUMENTS, PER_PAGE)
    turns = Turns()
    with InvoiceXpress("acme", "key", transport=served(pages)) as ix:
        models = [*ix.invoices.list(per_page=PER_PAGE)]
    plain = [entry for page in pages for entry in json.loads(page)["invoices"]]

    def ours() -> object:
        dictionaries = [model.to_dict() for model in models]
        return dumps(dictionaries) if whole else dictionaries

    def theirs() -> object:
        return json.dumps(plain).encode()

    if [entry["id"] for entry in json.loads(dumps([model.to_dict() for model in models]))] != [
        entry["id"] for entry in plain
    ]:
        raise AssertionError("some documents are missing")
    _warmed(turns, ours, theirs, rounds)
    return turns


def _warmed(turns: Turns, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> None:
    ours()
    theirs()
    for _ in range(rounds):
        turns.take(ours, theirs, 1)


def main() -> None:
    """Prints the rounds."""
    given = arguments()
    if given["what"] == "reading":
        reading(given["rounds"]).print()
    else:
        writing(given["rounds"], whole=given["what"] == "writing").print()


if __name__ == "__main__":
    main()
