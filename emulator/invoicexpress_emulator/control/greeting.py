"""What a person at a terminal is told when the emulator is ready, and the browser that opens."""

from __future__ import annotations

import shlex
import sys
import threading
import webbrowser
from collections.abc import Mapping
from typing import Final

_DEFAULT_PORT: Final = 8080


def greeting(
    first_line: Mapping[str, str | int], about: str, *, dashboard: str | None, needs_token: bool
) -> str:
    """Return the text in place of the first line.

    Args:
        first_line: the object that is printed into a pipe.
        about: the version, the profile and what it holds, in a line.
        dashboard: its address; None without a control plane.
        needs_token: whether the control plane asks for a token.
    """
    url, account, key = (str(first_line[name]) for name in ("base_url", "account", "api_key"))
    rows = {"Address": url, "Account": account, "API key": key}
    if dashboard is not None:
        rows["Dashboard"] = dashboard
        if needs_token:
            rows["Token"] = str(first_line.get("control_token", "the one that you gave"))
    ca_file = str(first_line.get("ca_file", ""))
    cacert = f"--cacert {shlex.quote(ca_file)} " if ca_file else ""
    variables = {"ACCOUNT": account, "API_KEY": key, "BASE_URL": url}
    settings = " ".join(f"INVOICEXPRESS_{name}={shlex.quote(value)}" for name, value in variables.items())
    example = [
        f"curl {cacert}{shlex.quote(f'{url}/taxes.json?api_key={key}')}",
        f"export {settings}",
    ]
    if dashboard is not None:
        where = "" if url == f"http://127.0.0.1:{_DEFAULT_PORT}" else f" --url {url}"
        example.append(f"invoicexpress-emulator requests --follow{where}")
    width = max(map(len, rows)) + 2
    shown = [f"  {name:<{width}}{value}" for name, value in rows.items()]
    tried = [f"  {line}" for line in example]
    return "\n".join([about, "", *shown, "", "To try it:", "", *tried, "", "Ctrl-C stops it.", ""])


def open_in_browser(url: str) -> None:
    """Open an address in the browser of `$BROWSER`, or of the system; say so if there is none.

    It runs beside the server, since some browsers return when they are closed, and the page asks the server.
    """

    def work() -> None:
        if not webbrowser.open(url):
            print(  # noqa: T201 - for a person
                f"invoicexpress-emulator: No browser could be opened: open {url} yourself.", file=sys.stderr
            )

    threading.Thread(target=work, name="browser", daemon=True).start()
