"""The faults of the matrix: each makes an effect of the answer that it spoils."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from invoicexpress_emulator.faults.effects import HTML_TYPE, Delayed, Late, Reset, Truncated, html_page
from invoicexpress_wire.structures import is_array, is_object

from .plan import Hit, Make, Refused, answer

TIMEOUT: Final = 2.0
"""Seconds after which the clients of the matrix give up on an answer."""
WINDOW: Final = 0.4
LAG: Final = 0.08
"""Seconds for which new rows are missing from lists."""
SOON: Final = 0.1
"""Seconds after which a late write lands within the window."""
LATER: Final = 1800.0
"""Seconds after which a late write lands when the call has ended: the account's clock is moved past them."""


@dataclass(frozen=True)
class Fault:
    """A fault: its group in the tables, its name, its effect, and the lag of the lists under it."""

    group: str
    name: str
    make: Make
    is_core: bool = False
    """Whether it stands for its group at every place, rather than at the first attempt alone."""
    lag: float = LAG


def _always(hit: Hit) -> Make:
    return lambda _: hit


def _lost() -> Iterator[Fault]:
    group = "no answer"
    yield Fault(group, "connection refused", _always(Refused()), is_core=True)
    yield Fault(group, "reset before", _always(Reset(applied=False)), is_core=True)
    yield Fault(group, "reset after", _always(Reset(applied=True)), is_core=True)
    yield Fault(group, "reset after, lists lag", _always(Reset(applied=True)), lag=LATER)
    yield Fault(group, "late, within the window", _always(Late(SOON)), is_core=True)
    yield Fault(group, "late, after the window", _always(Late(LATER)), is_core=True)
    yield Fault(group, "slow, within the window", _always(Delayed(TIMEOUT + SOON)))
    yield Fault(group, "slow, after the window", _always(Delayed(LATER)), is_core=True)
    for name, part in (("nothing", 0.0), ("a byte", 0.001), ("half", 0.5), ("all but a byte", 1.0)):
        yield Fault(group, f"cut after {name}", _cut(part), is_core=part == 0.5)


def _cut(part: float) -> Make:
    return lambda body: Truncated(max(0, min(len(body) - 1, int(len(body) * part) + (0 < part < 0.01))))


def applied_or_not(
    group: str, name: str, make: Callable[[bytes, bool], Hit], *, is_core: bool = False
) -> Iterator[Fault]:
    """Yield a fault both ways: the write is carried out under it, or is not."""
    for applied in (True, False):
        words = f"{name}, {'carried out' if applied else 'not carried out'}"
        yield Fault(group, words, lambda body, applied=applied: make(body, applied), is_core=is_core)  # type: ignore[misc]


def _page(status: int, *, applied: bool) -> Hit:
    return answer(status, html_page(status), HTML_TYPE, applied=applied)


def _json(status: int, value: Any, *, applied: bool) -> Hit:
    return answer(status, json.dumps(value).encode(), applied=applied)


def _empty_successes() -> Iterator[Fault]:
    group = "a success that proves nothing"
    yield from applied_or_not(group, "200 HTML", lambda _, did: _page(200, applied=did), is_core=True)
    yield from applied_or_not(group, "200 blank", lambda _, did: answer(200, applied=did), is_core=True)
    yield from applied_or_not(group, "202 blank", lambda _, did: answer(202, applied=did))
    yield from applied_or_not(group, "204", lambda _, did: answer(204, applied=did))
    yield from applied_or_not(group, "200 {}", lambda _, did: _json(200, {}, applied=did), is_core=True)
    yield from applied_or_not(group, "200 []", lambda _, did: _json(200, [], applied=did))
    yield from applied_or_not(group, "200 null", lambda _, did: _json(200, None, applied=did))
    yield from applied_or_not(group, "200 text", lambda _, did: answer(200, b"OK", "text/plain", applied=did))
    yield from applied_or_not(
        group, "200 JSON of a proxy", lambda _, did: _json(200, {"status": "ok"}, applied=did)
    )
    yield from applied_or_not(
        group, "200 of a list", lambda _, did: _json(200, {"items": [], "invoices": []}, applied=did)
    )
    yield from applied_or_not(
        group, "wrong root", lambda body, did: answer(200, wrong_root(body), applied=did), is_core=True
    )
    yield from applied_or_not(
        group, "another's answer", lambda body, did: answer(200, of_another(body), applied=did), is_core=True
    )


def _redirects() -> Iterator[Fault]:
    group = "a redirect"
    place = "https://login.example/"
    for status in (301, 302, 303, 307):
        yield from applied_or_not(
            group,
            f"{status}",
            lambda _, did, status=status: answer(status, applied=did, location=place),  # type: ignore[misc]
            is_core=status == 302,
        )
    yield from applied_or_not(group, "304", lambda _, did: answer(304, applied=did))


_PROXYS_HTML: Final = (400, 401, 403, 404, 405, 406, 408, 409, 410, 413, 422, 429, 499)
_PROXYS_JSON: Final = (400, 401, 403, 404, 406, 408, 409, 422, 429)


def _refusals() -> Iterator[Fault]:
    for status in _PROXYS_HTML:
        yield from applied_or_not(
            "a refusal in HTML",
            f"{status} HTML",
            lambda _, did, status=status: _page(status, applied=did),  # type: ignore[misc]
            is_core=status in {403, 404, 422, 429},
        )
    for status in _PROXYS_JSON:
        yield from applied_or_not(
            "a refusal in JSON",
            f"{status} JSON",
            lambda _, did, status=status: _json(status, {"message": "Refused"}, applied=did),  # type: ignore[misc]
            is_core=status in {401, 404, 409, 422},
        )


def _failures() -> Iterator[Fault]:
    group = "a failure"
    yield from applied_or_not(group, "500 blank", lambda _, did: answer(500, applied=did), is_core=True)
    yield from applied_or_not(
        group, "500 JSON", lambda _, did: _json(500, {"errors": [{"error": "Internal error"}]}, applied=did)
    )
    for status in (501, 502, 503, 504, 520, 530):
        yield from applied_or_not(
            group,
            f"{status} HTML",
            lambda _, did, status=status: _page(status, applied=did),  # type: ignore[misc]
            is_core=status in {503, 530},
        )


def wrong_root(body: bytes) -> bytes:
    """Return an answer under another root key."""
    value = _read(body)
    if value and is_object(value):
        root = next(iter(value))
        value = {("quote" if root != "quote" else "invoice"): value[root]}
    return json.dumps(value).encode()


def of_another(body: bytes) -> bytes:
    """Return the answer of another thing: with another id, name, and content."""
    return json.dumps(_of_another(_read(body))).encode()


def says_the_same(body: bytes, other: bytes) -> bool:
    """Whether two bodies are equal, however their JSON is spelt."""
    try:
        return body == other or bool(json.loads(body) == json.loads(other))
    except ValueError:
        return False


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return {}


_OTHERS: Final = frozenset({"name", "reference", "serie", "code", "organization_name", "observations"})
_NUMBERS: Final = frozenset(
    {"id", "total", "value", "amount", "unit_price", "sum", "before_taxes", "balance"}
)


def _of_another(value: Any, key: str = "") -> Any:
    if is_object(value):
        return {name: _of_another(each, name) for name, each in value.items()}
    if is_array(value):
        return [_of_another(each, key) for each in value]
    if key in _OTHERS and isinstance(value, str):
        return f"{value} X"
    if key in _NUMBERS and isinstance(value, str):
        return f"{float(value) + 7:.2f}"
    if key in _NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return value + 7
    return value


FAULTS: Final = (
    *_lost(),
    *_empty_successes(),
    *_redirects(),
    *_refusals(),
    *_failures(),
)
CORE: Final = tuple(fault for fault in FAULTS if fault.is_core)
