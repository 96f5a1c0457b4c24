"""What `help` shows of a method: its signature, its docstring, and each field of its keyword arguments.

`python -m tests.unit.sending.test_method_help` writes the golden texts anew: read each changed line.
"""

from __future__ import annotations

import inspect
import pickle
import pydoc
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Unpack, get_args, get_origin, get_type_hints, is_typeddict

import httpx
import invoicexpress
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress.sending.flows import listing

from tests.folded import folded
from tests.unit.conftest import methods_of, spaces_of

CLIENTS: Final[dict[str, Any]] = {
    "sync": InvoiceXpress("acme", "key"),
    "async": AsyncInvoiceXpress("acme", "key"),
}
GOLDEN: Final = [
    (client, space, method)
    for client in CLIENTS
    for space, method in (("invoices", "create"), ("shippings", "list"))
]


def bound(client: str, space: str, method: str) -> Callable[..., Any]:
    """A method of a client."""
    found: Callable[..., Any] = getattr(getattr(CLIENTS[client], space), method)
    return found


def shown(client: str, space: str, method: str) -> str:
    """The signature and docstring of a method."""
    call = bound(client, space, method)
    return f"{space}.{method}{inspect.signature(call)}\n\n{inspect.getdoc(call)}\n"


def golden(client: str, space: str, method: str) -> Path:
    """The file with the text of a method."""
    return Path(__file__).parent / "help" / f"{client}.{space}.{method}.txt"


@pytest.mark.parametrize(("client", "space", "method"), GOLDEN)
def test_the_text_is_the_golden_one(client: str, space: str, method: str) -> None:
    assert shown(client, space, method) == golden(client, space, method).read_text("utf-8")


@pytest.mark.parametrize(("client", "space", "method"), GOLDEN)
def test_help_shows_all_of_it(client: str, space: str, method: str) -> None:
    call = bound(client, space, method)
    text = pydoc.plain(pydoc.render_doc(call))
    doc = [f"    {line}".rstrip() for line in str(inspect.getdoc(call)).splitlines()]
    assert "\n".join(doc) in "\n".join(line.rstrip() for line in text.splitlines())
    assert str(inspect.signature(call)) in text


CLASSES: Final[dict[str, Any]] = {"sync": invoicexpress.Invoices, "async": invoicexpress.AsyncInvoices}


@pytest.mark.parametrize("client", CLASSES)
def test_a_class_shows_what_an_instance_shows(client: str) -> None:
    kinds: tuple[Any, ...] = (CLASSES[client], CLIENTS[client].invoices.__class__)
    for kind in kinds:
        text = golden(client, "invoices", "create").read_text("utf-8")
        head, _, doc = text.partition("\n\n")
        of_class = f"invoices.create{inspect.signature(kind.create)}".replace("(self, ", "(")
        assert of_class == head
        assert f"{inspect.getdoc(kind.create)}\n" == doc
        shown = pydoc.plain(pydoc.render_doc(kind.create))
        assert f"create{inspect.signature(kind.create)}" in shown
        assert "Amount in the account's currency" in pydoc.plain(pydoc.render_doc(kind.pay))


@pytest.mark.parametrize(
    ("client", "answers"),
    [
        ("sync", {"settle": "'Invoice'", "list": "'Listing[D]'"}),
        ("async", {"settle": "'Coroutine[Any, Any, Invoice]'", "list": "'AsyncListing[D]'"}),
    ],
)
def test_help_of_a_class_lists_each_method_with_its_signature(client: str, answers: dict[str, str]) -> None:
    kind = CLASSES[client]
    text = pydoc.plain(pydoc.render_doc(kind))
    assert f"class {kind.__name__} in module invoicexpress" in text
    listed = dict(re.findall(r"^ \|  (\w+)\(self.* -> (.*)$", text, flags=re.MULTILINE))
    assert {*methods_of(CLIENTS[client].invoices)} <= {*listed}
    assert {name: listed[name] for name in answers} == answers
    assert "Marks a finalized document as paid in full." in text
    assert "object at 0x" not in text


def test_a_method_of_a_class_is_called_with_an_instance() -> None:
    answer = {"client": {"id": 1, "name": "Ana"}}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    with InvoiceXpress("acme", "key", transport=transport) as ix:
        get: Any = invoicexpress.Clients.get
        assert get(ix.clients, 1).name == "Ana"


def test_the_classes_of_namespaces_tell_instances_apart() -> None:
    sync, asynchronous = CLIENTS["sync"], CLIENTS["async"]
    assert isinstance(sync.invoices, CLASSES["sync"])
    assert isinstance(asynchronous.invoices, CLASSES["async"])
    assert not isinstance(asynchronous.invoices, CLASSES["sync"])
    assert not isinstance(sync.quotes, CLASSES["sync"])
    assert b"AsyncInvoices" in pickle.dumps(CLASSES["async"])
    raw: Any = sync.with_raw_response.invoices.__class__
    assert inspect.signature(raw.settle).return_annotation == "RawResult[Invoice]"


def fields_of(source: Callable[..., Any]) -> Any:
    """The TypedDict of a method's keyword arguments."""
    kinds: list[Any] = [
        get_args(hint)[0] for hint in get_type_hints(source).values() if get_origin(hint) is Unpack
    ]
    return kinds[0] if kinds else None


def source_of(space: object, method: str) -> Callable[..., Any]:
    """The flow of a method, or the description of its pages."""
    kind: Any = type(space)
    descriptor = getattr(kind, method)
    source: Callable[..., Any] = descriptor.describe if isinstance(descriptor, listing) else descriptor.flow
    return source


SPACES: Final = spaces_of(CLIENTS["sync"])
METHODS: Final = [
    (space, method, kind)
    for space in sorted(SPACES)
    for method in sorted(methods_of(SPACES[space]))
    if (kind := fields_of(source_of(SPACES[space], method)))
]


def nested_in(kind: Any) -> set[Any]:
    """The TypedDicts in a TypedDict, at any depth."""
    parts = {part for hint in get_type_hints(kind).values() for part in typed_dicts(hint)}
    return parts.union(*map(nested_in, parts))


def typed_dicts(hint: Any) -> set[Any]:
    """The TypedDicts that a type is composed of."""
    own = {hint} if is_typeddict(hint) else set[Any]()
    return own.union(*map(typed_dicts, get_args(hint)))


@folded("space, method, kind", METHODS, ids=lambda row: f"{row[0]}.{row[1]}")
def test_each_field_of_each_method_has_a_sentence(space: str, method: str, kind: Any) -> None:
    """Hand-written filters and fields included, and those of mappings inside of mappings."""
    doc = str(inspect.getdoc(bound("async", space, method)))
    heads = re.findall(r"^Fields.* \((\w+)\):$", doc, flags=re.MULTILINE)
    kinds = {each.__name__: each for each in {kind, *nested_in(kind)}}
    assert sorted(heads) == sorted(kinds)
    sections = re.split(r"^Fields.* \(\w+\):\n", doc, flags=re.MULTILINE)[1:]
    for name, section in zip(heads, sections, strict=True):
        entries = re.split(r"\n    (?=\S)", f"\n{section.strip(chr(10))}")[1:]
        found = {entry.partition(" ")[0]: " ".join(entry.split()) for entry in entries}
        assert found.keys() == get_type_hints(kinds[name]).keys()
        assert {each for each, text in found.items() if ", required)" in text} == kinds[
            name
        ].__required_keys__
        assert [text for text in found.values() if not re.search(r"\): .+\.$", text)] == []


def test_the_methods_with_fields_are_many() -> None:
    assert len(METHODS) > 70


def test_without_sources_the_names_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may be shipped as byte code alone."""

    def missing(_: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", missing)
    doc = str(bound("sync", "invoices", "pay").__doc__)
    assert "\n    amount (required)\n" in doc
    assert "\n    payment_mechanism\n" in doc


def test_a_method_without_fields_has_its_own_text_alone() -> None:
    call = bound("sync", "invoices", "settle")
    source = inspect.unwrap(call)
    assert call.__doc__ == source.__doc__
    assert inspect.getsource(call) == inspect.getsource(source)


def test_a_call_loads_none_of_it() -> None:
    program = """
import sys
import httpx
from invoicexpress import InvoiceXpress
answer = {"client": {"id": 1, "name": "Ana"}}
transport = httpx.MockTransport(lambda request: httpx.Response(201, json=answer))
with InvoiceXpress("acme", "key", transport=transport) as ix:
    assert ix.clients.create(name="Ana").name == "Ana"
    loaded = [name for name in sys.modules if "method_help" in name or "models.fields" in name]
    assert loaded == [], loaded
    assert "E-mail address." in ix.clients.create.__doc__
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


if __name__ == "__main__":
    for row in GOLDEN:
        golden(*row).write_text(shown(*row), "utf-8")
