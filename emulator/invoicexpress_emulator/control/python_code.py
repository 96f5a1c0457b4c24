"""A logged request as Python of the client `invoicexpress`, to paste into a file.

Key, account and address come from the environment, so the code can be shown to anyone. The call sends the
request's content; the client may read before it, and checks the result. The emulator imports nothing of the
client: a contract test runs this code.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from urllib.parse import parse_qsl

from ..fiscal.document_types import DOCUMENT_TYPES

if TYPE_CHECKING:
    from ..http.request_log import LogEntry

_CREATABLE: Final = frozenset(row.segment for row in DOCUMENT_TYPES if row.creatable)
_SEGMENTS: Final = frozenset(row.segment for row in DOCUMENT_TYPES)
_SEGMENT_OF: Final = {row.name: row.segment for row in DOCUMENT_TYPES}
_LISTS: Final = {
    "invoices": "documents.list",
    "estimates": "documents.list_estimates",
    "guides": "documents.list_guides",
    "purchase_orders": "purchase_orders.list",
}
_STATES: Final[Mapping[object, str]] = {
    "finalized": "finalize",
    "settled": "settle",
    "canceled": "cancel",
    "deleted": "delete",
    "accepted": "accept",
    "accept": "accept",
    "refused": "refuse",
    "refuse": "refuse",
    "completed": "complete",
    "unsettled": "unsettle",
}
_AMOUNTS: Final = frozenset(
    [
        "unit_price",
        "quantity",
        "discount",
        "retention",
        "rate",
        "value",
        "amount",
        "total_before_taxes_from",
        "total_before_taxes_to",
    ]
)
"""Fields that the client takes as Decimal, under every name that they have."""
_NUMBERS: Final = frozenset(
    ["id", "owner_invoice_id", "payment_days", "send_options", "sequence_id", "per_page", "year", "month"]
)
_FLAGS: Final = frozenset(
    [
        "mb_reference",
        "archived",
        "non_archived",
        "auto_add_related_document",
        "default_sequence",
        "default_tax",
        "marketing",
        "terms",
        "save",
        "logo",
        "second_copy",
    ]
)
_TRUE: Final = ("1", "true")

_AMOUNT: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DAY: Final = re.compile(
    r"(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d)", re.ASCII
)
_MOMENT: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d):(\d\d):(\d\d)", re.ASCII)
_SPAN: Final = re.compile(r"(\w+)\[(from|to)\]")
_IS_DAY: Final = re.compile(r"(date|due_date|payment_date|loaded_at)(_from|_to)?")
_WIDTH: Final = 88


class _NotInTheCalendar(Exception):
    """A request has a date that no `datetime.date` can be."""


class _Call(NamedTuple):
    """A method of the client below `ix.`, and its arguments as Python."""

    method: str
    arguments: Sequence[str]
    is_list: bool = False
    """Whether the result is read entry by entry."""


_Fields = Mapping[str, Any]
_Maker = Callable[[Sequence[str], _Fields, _Fields], "_Call | None"]
"""Takes the parameters of the path, those of the query, and the body's object without its root."""


def python_of(entry: LogEntry) -> str | None:
    """Return the code.

    None where the client has no method for the request, or cannot send it: a body that is no JSON object, a
    date that the calendar lacks.
    """
    if entry.is_truncated or entry.unknown_fields:
        return None
    body: Any = {}
    if entry.body:
        try:
            body = json.loads(entry.body, parse_float=Decimal)
        except ValueError:
            return None
        if not isinstance(body, dict):
            return None
    query = _query(entry.query)
    for method, path, maker in _CALLS:
        found = path.fullmatch(entry.path) if method == entry.method else None
        try:
            call = maker(found.groups(), query, _without_root(cast("_Fields", body))) if found else None
        except _NotInTheCalendar:
            return None
        if call is not None:
            return _program(call)
    return None


def _query(text: str) -> dict[str, Any]:
    """Return the parameters as the client names them: `date_from` for `date[from]`, `type` for `type[]`."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name.endswith("[]"):
            found.setdefault(name[:-2], []).append(value)
        else:
            found[_SPAN.sub(r"\1_\2", name)] = value
    return found


def _without_root(body: _Fields) -> _Fields:
    """Return the fields under a body's root key, with those that stand beside it."""
    roots = [name for name, value in body.items() if isinstance(value, dict)]
    if len(roots) != 1 or len(body) > 2:
        return body
    return {**body[roots[0]], **{name: value for name, value in body.items() if name != roots[0]}}


# Values -----------------------------------------------------------------------------------------------


def _value(name: str, value: Any, indent: int) -> str:
    """Return a value as Python, in the type that the client takes under this name."""
    if isinstance(value, dict):
        inner = [
            f"{_text(key)}: {_value(key, each, indent + 4)}" for key, each in cast("_Fields", value).items()
        ]
        return _bracketed("{", inner, "}", indent)
    if isinstance(value, list):
        entries = cast("Sequence[Any]", value)
        return _bracketed("[", [_value(name, each, indent + 4) for each in entries], "]", indent)
    if name in _FLAGS and not isinstance(value, bool):
        return repr(str(value).lower() in _TRUE)
    text = str(value)
    if isinstance(value, bool) or value is None:
        return repr(value)
    if name in _AMOUNTS and _AMOUNT.fullmatch(text):
        return f'Decimal("{text}")'
    if name in _NUMBERS and text.isdecimal() and text.isascii():
        return str(int(text))
    if _IS_DAY.fullmatch(name):
        if found := _MOMENT.fullmatch(text):
            day, month, year, *time = (int(each) for each in found.groups())
            return _in_the_calendar("datetime", dt.datetime, (year, month, day, *time))
        if found := _DAY.fullmatch(text):
            return _in_the_calendar("date", dt.date, [int(found[n] or found[f"{n}2"]) for n in "ymd"])
    return _text(value) if isinstance(value, str) else repr(value)


def _in_the_calendar(name: str, kind: Callable[..., object], parts: Sequence[int]) -> str:
    """Return a date or moment as Python; raise _NotInTheCalendar for one such as 31 February."""
    try:
        kind(*parts)
    except ValueError:
        raise _NotInTheCalendar from None
    return f"{name}({', '.join(map(str, parts))})"


def _text(text: str) -> str:
    """Return a text as Python, between double quotes unless it needs escapes of other characters."""
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)


def _bracketed(first: str, parts: Sequence[str], last: str, indent: int) -> str:
    line = f"{first}{', '.join(parts)}{last}"
    if len(line) + indent <= _WIDTH and "\n" not in line:
        return line
    space = " " * (indent + 4)
    return f"{first}\n" + "".join(f"{space}{part},\n" for part in parts) + f"{' ' * indent}{last}"


def _named(fields: _Fields) -> list[str]:
    return [
        f"{name}={_value(name, value, 8)}"
        for name, value in fields.items()
        if name.isidentifier() and not iskeyword(name)
    ]


def _program(call: _Call) -> str:
    made = _bracketed(f"ix.{call.method}(", call.arguments, ")", 4)
    lines = [f"    for each in {made}:", "        print(each)"]
    if not call.is_list:
        lines = [f"    result = {made}", "    print(result)"]
    names = [name for name in ("date", "datetime") if re.search(rf"\b{name}\(", made)]
    imports = [f"from datetime import {', '.join(names)}"] if names else []
    imports += ["from decimal import Decimal"] if "Decimal(" in made else []
    return "\n".join(
        [
            *imports,
            *([""] if imports else []),
            "from invoicexpress import InvoiceXpress",
            "",
            "# Takes INVOICEXPRESS_API_KEY, and INVOICEXPRESS_BASE_URL or INVOICEXPRESS_ACCOUNT.",
            "with InvoiceXpress.from_env() as ix:",
            *lines,
            "",
        ]
    )


# Calls -------------------------------------------------------------------------------------------------


def _plain(method: str, *, takes_body: bool = False) -> _Maker:
    """Return the maker of a call with the ids of the path, and perhaps the fields of the body."""

    def make(path: Sequence[str], query: _Fields, body: _Fields) -> _Call:
        return _Call(method, [*path, *(_named(body) if takes_body else ())])

    return make


def _list(method: str) -> _Maker:
    def make(path: Sequence[str], query: _Fields, body: _Fields) -> _Call:
        return _Call(method, [*path, *_filters(query)], is_list=True)

    return make


def _filters(query: _Fields) -> list[str]:
    return _named({name: value for name, value in query.items() if name not in {"page", "type"}})


def _list_of_documents(path: Sequence[str], query: _Fields, body: _Fields) -> _Call | None:
    (segment,) = path
    method, types = _LISTS.get(segment), query.get("type", [])
    if method is None:
        arguments = [repr(segment), *_filters(query)]
        return _Call("legacy.typed_list", arguments, is_list=True) if segment in _SEGMENTS else None
    if len(types) == 1 and types[0] in _SEGMENT_OF:
        method, types = f"{_SEGMENT_OF[types[0]]}.list", []
    return _Call(method, [*([_value("type", types, 8)] if types else []), *_filters(query)], is_list=True)


def _of_document(method: str, *, takes_body: bool = False) -> _Maker:
    """Return the maker of a call on the namespace of a document type."""

    def make(path: Sequence[str], query: _Fields, body: _Fields) -> _Call | None:
        segment, *ids = path
        is_one = segment in (_CREATABLE if takes_body else _SEGMENTS)
        return _Call(f"{segment}.{method}", [*ids, *(_named(body) if takes_body else ())]) if is_one else None

    return make


def _change_state(path: Sequence[str], query: _Fields, body: _Fields) -> _Call | None:
    segment, document = path
    method = _STATES.get(body.get("state"))
    if segment not in _SEGMENTS or method is None:
        return None
    reason = [_value("message", body.get("message", ""), 8)] if method == "cancel" else []
    return _Call(f"{segment}.{method}", [document, *reason])


def _email(path: Sequence[str], query: _Fields, body: _Fields) -> _Call | None:
    segment, document = path
    client = body.get("client")
    if segment not in _SEGMENTS or not isinstance(client, dict):
        return None
    to = cast("_Fields", client)
    options = {**{name: to[name] for name in to if name == "save"}, **body, "client": None}
    kept = {name: value for name, value in options.items() if value is not None}
    return _Call(f"{segment}.email", [document, _value("email", to.get("email"), 8), *_named(kept)])


def _archive(method: str) -> _Maker:
    def make(path: Sequence[str], query: _Fields, body: _Fields) -> _Call | None:
        segment, document = path
        return _Call(f"legacy.{method}", [document, repr(segment)]) if segment in _SEGMENTS else None

    return make


def _with(method: str, *parameters: str) -> _Maker:
    """Return the maker of a call with these parameters of the query, in their order."""

    def make(path: Sequence[str], query: _Fields, body: _Fields) -> _Call | None:
        if not all(name in query for name in parameters):
            return None
        return _Call(method, [*path, *(_value(name, query[name], 8) for name in parameters)])

    return make


def _pdf(path: Sequence[str], query: _Fields, body: _Fields) -> _Call:
    return _Call(
        "documents.pdf", [*path, *_named({name: query[name] for name in query if name == "second_copy"})]
    )


def _client_documents(path: Sequence[str], query: _Fields, body: _Fields) -> _Call:
    names = {"by_type": "types"}
    fields = {names.get(name, name): value for name, value in body.items() if value}
    return _Call("clients.invoices", [*path, *_named(fields)], is_list=True)


def _resource(name: str) -> Sequence[tuple[str, str, _Maker]]:
    return (
        ("GET", f"/{name}.json", _list(f"{name}.list")),
        ("POST", f"/{name}.json", _plain(f"{name}.create", takes_body=True)),
        ("GET", f"/{name}/{{id}}.json", _plain(f"{name}.get")),
        ("PUT", f"/{name}/{{id}}.json", _plain(f"{name}.update", takes_body=True)),
        ("DELETE", f"/{name}/{{id}}.json", _plain(f"{name}.delete")),
    )


_OF_CLIENT: Final = "/api/v3/clients/{id}"

_ROWS: Final[Sequence[tuple[str, str, _Maker]]] = (
    ("GET", "/clients/find-by-code.json", _with("clients.find_by_code", "client_code")),
    ("GET", "/clients/find-by-name.json", _with("clients.find_by_name", "client_name")),
    ("POST", "/clients/{id}/invoices.json", _client_documents),
    *_resource("clients"),
    *_resource("items"),
    *_resource("taxes"),
    *_resource("sequences")[:3],
    ("PUT", "/sequences/{id}/set_current.json", _plain("sequences.set_current")),
    ("PUT", "/sequences/{id}/register.json", _plain("sequences.register")),
    ("GET", f"{_OF_CLIENT}/balance.json", _plain("treasury.balance")),
    ("PUT", f"{_OF_CLIENT}/initial_balance.json", _plain("treasury.set_initial_balance", takes_body=True)),
    ("GET", f"{_OF_CLIENT}/regularization.json", _list("treasury.regularizations")),
    ("POST", f"{_OF_CLIENT}/regularization.json", _plain("treasury.create_regularization", takes_body=True)),
    ("DELETE", f"{_OF_CLIENT}/regularization/{{id}}.json", _plain("treasury.delete_regularization")),
    ("POST", f"{_OF_CLIENT}/treasury_movements.json", _plain("treasury.create_movement", takes_body=True)),
    ("DELETE", f"{_OF_CLIENT}/treasury_movements/{{id}}.json", _plain("treasury.delete_movement")),
    ("GET", "/api/accounts/{id}/get.json", _plain("accounts.get")),
    ("GET", "/api/accounts/{id}/stats.json", _plain("legacy.account_stats")),
    ("PUT", "/api/accounts/{id}/suspend.json", _plain("legacy.suspend_account")),
    ("PUT", "/api/accounts/{id}/activate.json", _plain("legacy.activate_account")),
    ("GET", "/api/pdf/{id}.json", _pdf),
    ("GET", "/api/qr_codes/{id}.json", _plain("documents.qr_code")),
    ("GET", "/api/export_saft.json", _with("saft.export", "year", "month")),
    ("GET", "/document/{id}/related_documents.json", _plain("documents.related")),
    ("POST", "/documents/{id}/partial_payments.json", _plain("invoices.pay", takes_body=True)),
    ("PUT", "/{segment}/{id}/change-state.json", _change_state),
    ("PUT", "/{segment}/{id}/email-document.json", _email),
    ("PUT", "/{segment}/{id}/archive.json", _archive("archive")),
    ("PUT", "/{segment}/{id}/unarchive.json", _archive("unarchive")),
    ("GET", "/{segment}/{id}.json", _of_document("get")),
    ("PUT", "/{segment}/{id}.json", _of_document("update", takes_body=True)),
    ("POST", "/{segment}.json", _of_document("create", takes_body=True)),
    ("GET", "/{segment}.json", _list_of_documents),
)
"""Requests and the calls that make them; the first that fits is taken. Those with a password are left out."""

_CALLS: Final = tuple(
    (
        method,
        re.compile(re.escape(path).replace(r"\{segment\}", "([a-z_]+)").replace(r"\{id\}", "([0-9]{1,18})")),
        maker,
    )
    for method, path, maker in _ROWS
)
