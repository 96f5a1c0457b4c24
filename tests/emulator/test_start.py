"""The emulator starts quickly because it imports little, and idles cheaply."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Final

import pytest
from invoicexpress_emulator import Emulator

LATER: Final = {
    "PIL",
    "cryptography",
    "fontTools",
    "fpdf",
    "h11",
    "hypothesis",
    "pydoc",
    "pyhanko",
    "segno",
    "stdnum",
    "trustme",
    "xml",
}
"""What a PDF, a QR code, SAF-T, a signature, a certificate or a check digit needs: each costs tens of
milliseconds.
"""

OTHERS: Final = {"invoicexpress", "invoicexpress_generated", "invoicexpress_pytest", "invoicexpress_wire"}
LIMIT: Final = 80 * 1024
"""Kibibytes."""

MODULES: Final = """
import asyncio, json, sys
import invoicexpress_emulator.__main__
from invoicexpress_emulator import create_app
from invoicexpress_emulator.http.connections import protocol_class

async def receive():
    return {"type": "http.request"}

async def send(message):
    assert message.get("status", 200) == 200

protocol_class()
app = create_app()
for path in ("/taxes.json", "/invoices.json"):
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"api_key=demo-key",
        "headers": [(b"host", b"localhost")], "scheme": "http",
    }
    asyncio.run(app(scope, receive, send))
app.close()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_nothing_is_imported_that_the_first_answer_does_not_need() -> None:
    done = subprocess.run([sys.executable, "-c", MODULES], capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) & (LATER | OTHERS) == set()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only where /proc tells of memory")
def test_it_is_small_when_idle() -> None:
    command = [sys.executable, "-m", "invoicexpress_emulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            first = json.loads(process.stdout.readline())
            with urllib.request.urlopen(f"{first['base_url']}/_emulator/health") as answer:  # noqa: S310 - ours
                assert answer.status == 200
            status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
        finally:
            process.terminate()
    (resident,) = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")]
    assert resident < LIMIT
    assert process.returncode == 0


def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    with Emulator() as other:
        port = other.base_url.rsplit(":", 1)[1]
        done = subprocess.run(
            [sys.executable, "-m", "invoicexpress_emulator", "--port", port],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Cannot listen on 127.0.0.1:{port}: " in done.stderr
    assert "An emulator may be running there already" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr
