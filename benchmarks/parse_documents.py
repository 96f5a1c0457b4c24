"""Cost of reading a page of documents, as a ratio to the bare JSON decoder in the same run.

Absolute times depend on the machine; ratios are comparable. Shown is the best of several runs.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from invoicexpress_generated.models import DocumentList
from invoicexpress_wire import loads

DOCUMENTS = 1_000
LINES = 4
RUNS = 15


def page() -> bytes:
    """A page in the service's form: amounts as numbers, prices as strings, dates as dd/mm/yyyy."""
    line = {
        "name": "Consultoria",
        "description": "Hora de consultoria",
        "unit_price": "24.3902",
        "unit": "hour",
        "quantity": "1.0",
        "tax": {"id": 69166, "name": "IVA23", "value": 23.0},
        "discount": 0.0,
        "subtotal": 24.3902,
        "tax_amount": 5.609746,
        "discount_amount": 0.0,
        "total": 29.9999,
    }
    document = {
        "id": 2137287,
        "status": "final",
        "archived": False,
        "type": "Invoice",
        "sequence_number": "28/A",
        "inverted_sequence_number": "A/28",
        "atcud": "ABCD1234-28",
        "sequence_id": 12345,
        "tax_exemption": None,
        "date": "21/11/2026",
        "due_date": "21/12/2026",
        "reference": "Encomenda 17",
        "observations": None,
        "retention": None,
        "permalink": "https://www.app.invoicexpress.com/documents/2137287",
        "saft_hash": "J4ay",
        "sum": 97.56,
        "discount": 0.0,
        "before_taxes": 97.56,
        "taxes": 22.44,
        "total": 120.0,
        "currency": "Euro",
        "client": {"id": 628535, "name": "Ana Sousa", "country": "Portugal"},
        "items": [line] * LINES,
    }
    pagination = {"total_entries": DOCUMENTS, "current_page": 1, "total_pages": 1, "per_page": DOCUMENTS}
    return json.dumps({"invoices": [document] * DOCUMENTS, "pagination": pagination}).encode()


def best(action: Callable[[], Any]) -> float:
    """Seconds of the fastest run."""
    fastest = float("inf")
    for _ in range(RUNS):
        gc.collect()
        gc.disable()  # a collection would distort the run
        began = time.perf_counter()
        action()
        fastest = min(fastest, time.perf_counter() - began)
        gc.enable()
    return fastest


def start(program: str) -> float:
    """Seconds of the fastest start of an interpreter that runs a program."""
    return best(lambda: subprocess.run([sys.executable, "-c", program], check=True))  # noqa: S603 ours


def main() -> None:
    """Prints the ratios."""
    body = page()
    parsed = DocumentList.from_dict(loads(body))
    plain = best(lambda: json.loads(body))
    rows = [
        ("json.loads", plain),
        ("exact decimals", best(lambda: loads(body))),
        ("models, with dates and decimals", best(lambda: DocumentList.from_dict(loads(body)))),
        ("models to dictionaries", best(parsed.to_dict)),
    ]
    print(f"{DOCUMENTS} documents of {LINES} lines, {len(body) / 1e6:.1f} MB, best of {RUNS} runs")
    for name, seconds in rows:
        print(f"  {name:34} {seconds * 1e3:7.1f} ms  {seconds / plain:5.2f} x json.loads")
    bare, library = start("pass"), start("import httpx, attrs")
    package = start("import invoicexpress")
    print("start of a program, best of the same number of runs")
    print(f"  {'import httpx, attrs':34} {(library - bare) * 1e3:7.1f} ms")
    print(
        f"  {'import invoicexpress':34} {(package - bare) * 1e3:7.1f} ms  "
        f"{(package - bare) / (library - bare):5.2f} x httpx and attrs"
    )


if __name__ == "__main__":
    main()
