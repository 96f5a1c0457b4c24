"""Processor time of the PDF of an invoice without a seal, against a bare page of the same PDF library."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from contextlib import closing

import httpx
from fpdf import FPDF
from invoicexpress_emulator import create_app

from .turns import Turns, arguments

KEY = "demo-key"
ACCEPTED = 202


def bare_page() -> bytes:
    """A page with a line."""
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=9)
    page.cell(text="Ana Sousa")
    return bytes(page.output())


def processor_seconds(action: Callable[[], object]) -> float:
    """Processor time of an action."""
    began = time.process_time()
    action()
    return time.process_time() - began


async def measure(rounds: int) -> Turns:
    """Rounds of the file, as the emulator serves it."""
    turns = Turns()
    with closing(create_app(rate_limit=None)) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost", params={"api_key": KEY}
        ) as client:
            lines = [
                {"name": f"Caderno {number}", "unit_price": "8.1301", "quantity": "3"} for number in range(3)
            ]
            body = {"invoice": {"client": {"name": "Ana Sousa", "code": "A1"}, "items": lines}}
            made = (await client.post("/invoices.json", json=body)).raise_for_status().json()["invoice"]
            state = {"invoice": {"state": "finalized"}}
            path = f"/invoices/{made['id']}/change-state.json"
            (await client.put(path, json=state)).raise_for_status()
            link = f"/api/pdf/{made['id']}.json"
            while (answer := await client.get(link)).status_code == ACCEPTED:
                pass
            address = answer.raise_for_status().json()["output"]["pdfUrl"]
            for number in range(rounds + 1):
                gc.collect()
                began = time.process_time()
                file = await client.get(address)
                spent = time.process_time() - began
                if not file.content.startswith(b"%PDF-"):
                    raise AssertionError("not a PDF")
                if number:  # the first one loads the library
                    turns.subject.append(spent)
                    turns.reference.append(processor_seconds(bare_page))
                else:
                    bare_page()
    return turns


def main() -> None:
    """Prints the rounds."""
    asyncio.run(measure(arguments()["rounds"])).print()


if __name__ == "__main__":
    main()
