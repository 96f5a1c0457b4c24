"""The dashboard's files as served; tests/browser runs them in a browser."""

from __future__ import annotations

import asyncio
import re
from http.client import HTTPConnection
from pathlib import Path, PurePosixPath
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator.api.host_check import ANY_HOST
from invoicexpress_emulator.app import build_app
from invoicexpress_emulator.control.operations import dashboard

PAGE: Final = Path(dashboard.__file__).parents[1] / "page"
MODULES: Final = {
    path.relative_to(PAGE).as_posix(): path.read_text("utf-8") for path in sorted(PAGE.rglob("*.js"))
}
FILES: Final = {"": "text/html", "dashboard.css": "text/css", **dict.fromkeys(MODULES, "text/javascript")}


def get(api: Any, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{str(api.http.base_url).rstrip('/')}/_emulator{path}", headers=headers)


class TestWhatIsServed:
    @pytest.mark.parametrize("name", FILES)
    def test_every_file_of_the_page(self, any_api: Any, name: str) -> None:
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
         "/page/..%2fplane.py", "/dashboard.py", "/views", "/views/", "/views/nada.js", "/views/../api.js",
         "/views/%2e%2e/api.js", "/views/..%2fapi.js", "/views/../../plane.py", "/views//clock.js",
         "//views/clock.js", "/views/clock.js%00", "/Views/clock.js", "/views%5cclock.js"],
    )  # read by rows # fmt: skip
    def test_nothing_else_is(self, api: Any, path: str) -> None:
        assert raw_status(api.http.base_url, path) == 501

    def test_loopback_names_only(self, api: Any) -> None:
        for host, status in (("localhost:1", 200), ("evil.example", 403), ("192.168.1.10", 403)):
            for name in FILES:
                assert get(api, f"/{name}", Host=host).status_code == status

    def test_it_is_left_out_with_the_control_plane(self) -> None:
        assert status_of(None, control_plane=False) == [501] * (len(FILES) + 1)

    def test_with_a_token_the_files_are_served_and_the_data_is_not(self) -> None:
        assert status_of("segredo", control_plane=True) == [*[200] * len(FILES), 401]


def raw_status(base_url: httpx.URL, path: str) -> int:
    """The status of a path below the control plane, sent raw: no client normalises its dots."""
    connection = HTTPConnection(base_url.host, base_url.port, timeout=20)
    try:
        connection.request("GET", f"/_emulator{path}")
        return connection.getresponse().status
    finally:
        connection.close()


def status_of(token: str | None, *, control_plane: bool) -> list[int]:
    """Statuses of the page's files and of one operation, without a token, under a container's host name."""
    app = build_app(
        data=None, profile="observed", rate_limit=None, seed=0, control_plane=control_plane, clock=None,
        control_token=token, hosts=ANY_HOST,
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
            "frame-src": "'self'",
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
        texts = {
            path.relative_to(PAGE).as_posix(): path.read_text("utf-8")
            for path in PAGE.rglob("*")
            if path.is_file()
        }
        assert set(texts) == {"index.html", "dashboard.css", *MODULES}
        for name, text in texts.items():
            without_names = text.replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?:|//[a-z]+\.[a-z]", without_names), name
            assert "@import" not in text
        assert not re.search(r"<script(?![^>]*src=)|<style| on[a-z]+=| style=", texts["index.html"])

    @pytest.mark.parametrize("name", MODULES)
    def test_text_never_becomes_markup_or_code(self, name: str) -> None:
        """Only the choice of formats is stored: no token, key or document outlives the page."""
        forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "srcdoc",
                     "createContextualFragment", "setHTML", "eval(", "Function(", "localStorage",
                     "sessionStorage", "document.cookie", "javascript:",
                     "import(")  # read by rows # fmt: skip
        allowed: set[str] = {"localStorage"} if name == "formats.js" else set()
        assert {each for each in forbidden if each in MODULES[name]} <= allowed

    def test_it_says_what_it_is(self) -> None:
        assert "Emulator – not certified software." in (PAGE / "index.html").read_text("utf-8")


IMPORT: Final = re.compile(r'^import \{ ([^}]+) \} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT: Final = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.MULTILINE)
DECLARED: Final = re.compile(r"^ *(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
COMMENT: Final = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
TEXT: Final = re.compile(r'"[^"\n]*"')


def code_of(name: str) -> str:
    """A module's code without comments and string literals."""
    return TEXT.sub("", COMMENT.sub("", MODULES[name]))


def imports(name: str) -> dict[tuple[str, str], str]:
    """Every (module, export) that a module imports, by local name."""
    folder = PurePosixPath(name).parent
    found: dict[tuple[str, str], str] = {}
    for names, source in IMPORT.findall(MODULES[name]):
        path = Path("/", folder, source).resolve().relative_to("/").as_posix()
        found |= {(path, each): each for each in names.split(", ")}
    return found


class TestTheScript:
    """No bundler checks the modules, so these tests do: imports resolve, and no code is dead."""

    def test_every_import_is_an_export_and_every_export_is_imported(self) -> None:
        exported = {(name, each) for name, text in MODULES.items() for each in EXPORT.findall(text)}
        assert {each for name in MODULES for each in imports(name)} == exported

    @pytest.mark.parametrize("name", MODULES)
    def test_imports_and_exports_are_written_so_that_these_tests_see_them(self, name: str) -> None:
        text = code_of(name)
        assert len(IMPORT.findall(MODULES[name])) == len(re.findall(r"\bimport\b", text))
        assert len(EXPORT.findall(text)) == len(re.findall(r"\bexport\b", text))

    @pytest.mark.parametrize("name", MODULES)
    def test_what_is_declared_or_imported_is_used(self, name: str) -> None:
        text = code_of(name)
        names = {*DECLARED.findall(text), *imports(name).values()} - set(EXPORT.findall(text))
        assert [each for each in names if len(re.findall(rf"\b{each}\b", text)) < 2] == []

    def test_a_view_is_a_module_and_imports_no_other_view(self) -> None:
        views = {name for name in MODULES if name.startswith("views/")}
        assert {module for module, _ in imports("dashboard.js") if module in views} == views
        assert (
            not {module for name in MODULES if name != "dashboard.js" for module, _ in imports(name)} & views
        )
