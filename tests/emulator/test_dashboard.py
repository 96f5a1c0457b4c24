"""The dashboard as it is served; what it does in a browser is in tests/browser."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator.app import build_app
from invoicexpress_emulator.control.operations import dashboard

FILES: Final = {"": "text/html", "dashboard.css": "text/css", "dashboard.js": "text/javascript"}
PAGE: Final = Path(dashboard.__file__).with_name("page")


def get(api: Any, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{str(api.http.base_url).rstrip('/')}/_emulator{path}", headers=headers)


class TestWhatIsServed:
    @pytest.mark.parametrize("name", FILES)
    def test_three_files(self, any_api: Any, name: str) -> None:
        answer = get(any_api, f"/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == f"{FILES[name]}; charset=utf-8"
        assert answer.content == (PAGE / (name or "index.html")).read_bytes()

    def test_without_the_slash_it_is_found_too(self, api: Any) -> None:
        answer = get(api, "")
        assert answer.status_code == 307
        assert answer.headers["location"] == "/_emulator/"

    @pytest.mark.parametrize(
        "path",
        ["/index.html", "/page/index.html", "/dashboard.js/", "/../dashboard.py", "/%2e%2e/dashboard.py",
         "/page/..%2fplane.py", "/dashboard.py"],
    )  # read by rows # fmt: skip
    def test_nothing_else_is(self, api: Any, path: str) -> None:
        assert get(api, path).status_code == 501

    def test_loopback_names_only(self, api: Any) -> None:
        for host, status in (("localhost:1", 200), ("evil.example", 403), ("192.168.1.10", 403)):
            for name in FILES:
                assert get(api, f"/{name}", Host=host).status_code == status

    def test_it_is_left_out_with_the_control_plane(self) -> None:
        assert status_of(None, control_plane=False) == [501, 501, 501, 501]

    def test_with_a_token_the_files_are_served_and_the_data_is_not(self) -> None:
        assert status_of("segredo", control_plane=True) == [200, 200, 200, 401]


def status_of(token: str | None, *, control_plane: bool) -> list[int]:
    """What the three files and an operation answer to someone without a token, at a name of a container."""
    app = build_app(
        data=None, profile="observed", rate_limit=None, seed=0, control_plane=control_plane, clock=None,
        control_token=token,
    )  # read by rows # fmt: skip

    async def run() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://emulator") as client:
            return [(await client.get(f"/_emulator/{name}")).status_code for name in [*FILES, "health"]]

    try:
        return asyncio.run(run())
    finally:
        app.close()


class TestWhatItMayDo:
    @pytest.mark.parametrize("name", FILES)
    def test_nothing_comes_from_elsewhere_and_nothing_goes_there(self, api: Any, name: str) -> None:
        headers = get(api, f"/{name}").headers
        parts = [part.strip().partition(" ") for part in headers["content-security-policy"].split(";")]
        policy = {name: value for name, _, value in parts}
        assert policy == {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "connect-src": "'self'",
            "img-src": "data:",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
            "require-trusted-types-for": "'script'",
            "trusted-types": "'none'",
        }
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert not [each for each in headers if each.startswith("access-control")]

    def test_no_address_outside_and_nothing_inline(self) -> None:
        texts = {path.name: path.read_text("utf-8") for path in PAGE.iterdir()}
        assert set(texts) == {"index.html", "dashboard.css", "dashboard.js"}
        for name, text in texts.items():
            without_names = text.replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?:|//[a-z]+\.[a-z]", without_names), name
            assert "@import" not in text
        assert not re.search(r"<script(?![^>]*src=)|<style| on[a-z]+=| style=", texts["index.html"])

    def test_text_never_becomes_markup_or_code(self) -> None:
        script = (PAGE / "dashboard.js").read_text("utf-8")
        forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "srcdoc",
                     "createContextualFragment", "setHTML", "eval(", "Function(", "localStorage",
                     "sessionStorage", "document.cookie", "javascript:")  # read by rows # fmt: skip
        assert not [each for each in forbidden if each in script]

    def test_it_says_what_it_is(self) -> None:
        assert "Emulator – not certified software." in (PAGE / "index.html").read_text("utf-8")
