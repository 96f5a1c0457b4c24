"""Every operation of the contract can be reached through a typed method, and every method reaches one.

No list of methods or operations is kept here: each method of each namespace is called once, with arguments
built from its type hints, against a service that answers with samples built from the concrete contract. The
operations requested are then compared with the contract's.
"""

from __future__ import annotations

import datetime
import inspect
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import (
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeGuard,
    Unpack,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import attrs
import httpx
from invoicexpress import AssumedOperationWarning, Checks, InputError, InvoiceXpress
from invoicexpress.quirks.document_types import statuses_after
from invoicexpress.sending.flows import listing, operation
from invoicexpress_wire import is_object

from tests.folded import folded
from tests.unit.conftest import spaces_of

from .contract_files import CONCRETE, PlainValidator, loaded

CONTRACT: Final = loaded(CONCRETE)
SEGMENTS: Final[dict[str, str]] = {
    row["segment"]: row["type"] for row in loaded(CONCRETE.with_name("openapi.yaml"))["x-document-types"]
}
VERBS: Final = ("get", "put", "post", "delete", "patch")
FILES: Final = {".pdf": b"%PDF-1.4", ".png": b"\x89PNG\r\n\x1a\n", ".xml": b'<?xml version="1.0"?>'}


class Operation(NamedTuple):
    """An operation of the concrete contract."""

    name: str
    verb: str
    path: str
    segment: str | None
    """Whose documents it is about, where its path says so."""
    body: Mapping[str, Any]

    def is_asked_by(self, verb: str, path: str) -> bool:
        """Whether a request is for this operation; ids are numbers."""
        pattern = re.sub(r"\\\{[^}]*\\\}", r"\\d+", re.escape(self.path))
        return verb == self.verb.upper() and re.fullmatch(pattern, path) is not None


OPERATIONS: Final = [
    Operation(body["operationId"], verb, path, body.get("x-document-type"), body)
    for path, item in CONTRACT["paths"].items()
    for verb, body in item.items()
    if verb in VERBS
]


# Answers: samples built from the contract. These fields have fixed values, since later calls depend on them.
TELLING: Final[Mapping[str, Any]] = {
    "status": "final",
    "pdfUrl": "https://files.example/1.pdf",
    "serie": "A",
    "tax_exemption": "M01",
    "value_type": "percentage",
    "multicurrency": None,
    "observations": "",
    "retention": "0",
    "discount": "0",
    "unit_price": "1.00",
    "quantity": "1.00",
    "success": "true",
    "pagination": {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100},
}
TEXTS: Final = {
    "date-pt": "21/11/2026",
    "datetime-pt": "31/12/2099 10:30:00",
    "date-iso": "2026-11-21",
    "decimal-number": "1",
    "decimal-string": "1",
    "integer-loose": "7",
    "flag": "1",
}
PLAIN: Final[Mapping[str, Any]] = {"boolean": True, "integer": 1, "number": 1, "null": None}


def sample(schema: Mapping[str, Any], telling: Mapping[str, Any]) -> Any:
    """A value valid under a schema, with all fields; the name decides some of them."""
    if "$ref" in schema:
        return sample(CONTRACT["components"]["schemas"][schema["$ref"].rpartition("/")[2]], telling)
    if "oneOf" in schema:
        return sample(schema["oneOf"][0], telling)
    if "allOf" in schema:
        return {name: value for part in schema["allOf"] for name, value in sample(part, telling).items()}
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: telling.get(name, sample(field, telling)) for name, field in fields.items()}
    if kind == "array":
        return [sample(schema["items"], telling)]
    if kind == "string":
        return TEXTS.get(schema.get("format", ""), "A")
    return PLAIN[kind]


def answer_to(asked: Operation, kind: str, changes: Mapping[str, Any]) -> httpx.Response:
    """The success answer of an operation, with documents of a type, and changes of its thing.

    Background work is always finished.
    """
    status = min(code for code in asked.body["responses"] if code.startswith("2"))
    content = asked.body["responses"][status].get("content", {}).get("application/json")
    if content is None:
        return httpx.Response(int(status))
    link = "https://files.example/1.png" if asked.name == "getQrCode" else "https://files.example/1.xml"
    body: Any = sample(content["schema"], {**TELLING, "type": kind, "url": link})
    if "reference" in changes and "pagination" in body:
        # A list of documents with a reference, before the first has it.
        body = {key: value if key == "pagination" else list[Any]() for key, value in body.items()}
    for shown in body.values() if is_object(body) else ():
        thing = shown[0] if asked.name == "registerSequence" else shown
        if is_object(thing):
            thing.update((name, value) for name, value in changes.items() if name in thing)
    assert validator().accepts_answer(asked.path, asked.verb, status, body), f"{asked.name}: {body}"
    return httpx.Response(int(status), content=json.dumps(body).encode())


@cache
def validator() -> PlainValidator:
    return PlainValidator(CONTRACT)


def kind_of(asked: Operation, request: httpx.Request) -> str:
    """The type of the documents in an answer. A payment makes a receipt; lists name their type."""
    kind = "Receipt" if asked.name == "generatePayment" else SEGMENTS.get(asked.segment or "", "Invoice")
    return str(request.url.params.get("type[]", kind))


class Recorder:
    """A service that records the operations requested, and shows their effects."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gone: set[str] = set()
        self.is_archived = True

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "files.example":
            return httpx.Response(200, content=FILES[request.url.path[-4:]])
        found = [each for each in OPERATIONS if each.is_asked_by(request.method, request.url.path)]
        assert len(found) == 1, f"the contract has no {request.method} {request.url.path}"
        self.asked.append(found[0].name)
        return self._missing(request) or answer_to(
            found[0], kind_of(found[0], request), self._effects(request)
        )

    def _missing(self, request: httpx.Request) -> httpx.Response | None:
        """The answer to the first read of a deleted thing. Later calls find it again."""
        if request.method == "GET" and request.url.path in self.gone:
            self.gone.remove(request.url.path)
            return httpx.Response(404)
        if request.method == "DELETE":
            self.gone.add(request.url.path)
        return None

    def _effects(self, request: httpx.Request) -> dict[str, Any]:
        """What the answer shows of its thing: its id, and its state after a change."""
        path = request.url.path
        numbers = re.findall(r"\d+", path.replace("/v3/", "/"))
        shown: dict[str, Any] = {"id": int(numbers[-1])} if numbers else {}
        if path.endswith("/change-state.json"):
            (change,) = json.loads(request.content).values()
            (shown["status"], *_) = statuses_after(change["state"])
            if change["state"] == "deleted":
                self.gone.add(path.replace("/change-state", ""))
        if path.endswith("archive.json"):
            self.is_archived = path.endswith("/archive.json")
        looked_for = request.url.params.get("reference") or request.url.params.get("text")
        return {**shown, "archived": self.is_archived, **({"reference": looked_for} if looked_for else {})}


# Arguments, built from type hints; by name where a hint says too little.
NAMED: Final[Mapping[str, Any]] = {"year": 2026, "communication_type": "auto"}
OPTIONAL_AND_WANTED: Final = frozenset({"client", "payment_date", "reference"})
MADE: Final[Mapping[Any, Any]] = {
    int: 7,
    str: "A",
    bool: True,
    Decimal: Decimal(1),
    datetime.date: datetime.date(2026, 11, 21),
    datetime.datetime: datetime.datetime(2099, 12, 31, 10, 30),  # noqa: DTZ001 Lisbon's time, as on the wire
}


def made(hint: Any) -> Any:
    """A value of a type. Of a union, an id is preferred, then the simplest member."""
    if hint in MADE:
        return MADE[hint]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) in (list, Sequence, Iterable):
        return [made(get_args(hint)[0])]
    if is_typeddict(hint):
        return fields_of(hint)
    if attrs.has(hint):
        kind: Any = hint
        schema = {"$ref": f"#/components/schemas/{kind.__name__}"}
        return kind.from_dict(sample(schema, {**TELLING, "type": "Invoice"}))
    choices = sorted(get_args(hint), key=how_much_work)
    assert choices, f"no value is known of {hint}"
    return made(choices[0])


def how_much_work(hint: Any) -> int:
    order: list[Callable[[Any], bool]] = [
        lambda kind: kind is int,
        lambda kind: get_origin(kind) is Literal,
        lambda kind: kind in MADE,
        is_typeddict,
        lambda kind: get_origin(kind) in (list, Sequence, Iterable),
    ]
    return next((place for place, fits in enumerate(order) if fits(hint)), len(order))


def fields_of(kind: Any) -> dict[str, Any]:
    """The required keys of a mapping, and further ones that some operations require."""
    wanted = kind.__required_keys__ | OPTIONAL_AND_WANTED
    return {name: made(hint) for name, hint in get_type_hints(kind).items() if name in wanted}


def arguments_of(source: Callable[..., Any]) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """The required arguments of a method; one set per document type where it takes any type."""
    hints = get_type_hints(source)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    parameters = list(inspect.signature(source).parameters.values())[1:]
    for parameter in parameters:
        hint = hints[parameter.name]
        if parameter.kind is parameter.VAR_KEYWORD:
            assert get_origin(hint) is Unpack
            named |= fields_of(get_args(hint)[0])
        elif parameter.default is parameter.empty:
            value = NAMED.get(parameter.name) or made(hint)
            if parameter.kind is parameter.KEYWORD_ONLY:
                named[parameter.name] = value
            else:
                positional.append(value)
    if "document_type" not in {parameter.name for parameter in parameters}:
        yield positional, named
        return
    given = inspect.signature(source).bind("self", *positional, **named).arguments
    given.pop("self")
    for segment in SEGMENTS:
        yield [], {**given.pop("fields", {}), **given, "document_type": segment}


def methods_of(space: object) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Methods of a namespace by name, with the source of each."""
    kind = type(space)
    for name in dir(kind):
        found: Any = getattr(kind, name)
        source: Any = getattr(found, "describe", None) or getattr(found, "flow", None)
        if type(found) in (listing, operation) and not name.startswith("_"):
            yield name, source


class Walk(NamedTuple):
    """The results of calling every method."""

    asked: dict[str, list[str]]
    """The operations that each method asked for: `taxes.get`, `["getTax"]`."""
    failed: dict[str, Exception]


@cache
def walk() -> Walk:
    """Calls every method of every namespace."""
    recorder, done = Recorder(), Walk({}, {})
    service = httpx.MockTransport(recorder)
    with (
        InvoiceXpress("acme", "key", transport=service, checks=Checks.off()) as ix,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", AssumedOperationWarning)
        for space_name, space in spaces_of(ix).items():
            for name, source in methods_of(space):
                method = f"{space_name}.{name}"
                recorder.asked = done.asked[method] = []
                try:
                    call(getattr(space, name), source)
                except Exception as error:
                    done.failed[method] = error
    return done


def is_iterable(value: object) -> TypeGuard[Iterable[object]]:
    return isinstance(value, Iterable)


def call(method: Callable[..., Any], source: Callable[..., Any]) -> None:
    """Calls a method. A method for any document type may refuse some types."""
    for positional, named in arguments_of(source):
        try:
            answer = method(*positional, **named)
            if is_iterable(answer):
                list(answer)
        except InputError as error:
            if error.field != "document_type":
                raise


@folded("wanted", OPERATIONS, ids=lambda wanted: wanted.name)
def test_an_operation_is_reached_by_a_method(wanted: Operation) -> None:
    by = [method for method, asked in walk().asked.items() if wanted.name in asked]
    assert by, f"no method asks for {wanted.verb.upper()} {wanted.path}"


def test_no_method_fails_in_the_walk() -> None:
    """A method that fails would hide the operations that it uses."""
    assert walk().failed == {}


def test_every_method_reaches_an_operation() -> None:
    assert [method for method, asked in walk().asked.items() if not asked] == []


def test_what_no_method_reached_would_be_noticed() -> None:
    """Proves that the tests above can fail: without a namespace, its operations are reported missing."""
    tagged = {each.name for each in OPERATIONS if "treasury" in each.body["tags"]}
    reached = {
        name for method, asked in walk().asked.items() if not method.startswith("treasury.") for name in asked
    }
    assert len(tagged) == 7
    assert {each.name for each in OPERATIONS} - reached == tagged
