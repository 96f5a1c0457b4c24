"""Sealing PDFs takes a package, and its absence is told where the setting is made."""

from __future__ import annotations

import sys
from typing import Any

import httpx
import pytest
from invoicexpress_emulator.output.downloads import CANNOT_SEAL

HOW = "Sealing PDFs takes pyhanko: pip install 'invoicexpress[sign]'."


def test_without_the_package_the_setting_is_refused(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    body = {"account": api.name, "pdf_seal": True, "pdf": "immediate"}
    answer = httpx.post(f"{api.http.base_url}/_emulator/config", json=body)
    assert (answer.status_code, CANNOT_SEAL) == (422, HOW)
    assert HOW in answer.text
    shown = api.get("/_emulator/config", account=api.name).json()
    assert (shown["pdf_seal"], shown["pdf"]) == (False, {"polls": 2})
    assert api.control("config", pdf_seal=False)["pdf_seal"] is False


def test_a_file_says_so_too(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data file may have the setting from elsewhere."""
    api.control("config", pdf_seal=True, pdf="immediate")
    made = api.http.post("/invoices.json", json={"invoice": api.plain(date="28/11/2026")}).json()["invoice"]
    url = api.http.get(f"/api/pdf/{made['id']}.json").json()["output"]["pdfUrl"]
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    refused = httpx.get(url)
    assert (refused.status_code, refused.text) == (503, HOW)
    monkeypatch.undo()
    assert httpx.get(url).content.count(b"/ByteRange") == 1
