"""What users import, what the import costs, what it says about itself, and the types that a checker sees."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import invoicexpress
import invoicexpress_generated
import invoicexpress_wire
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress.flows import listing

from tests.unit.conftest import KEY, Service, methods_of, spaces_of

ROOT = Path(__file__).parents[2]
# Written out, so that no name comes or goes without somebody meaning it.
PUBLIC = [
    "UNSET",
    "AmbiguousResultError",
    "ApiError",
    "AsyncInvoiceXpress",
    "AsyncListing",
    "AuthenticationError",
    "Checks",
    "Client",
    "ClientListEntry",
    "ClientWrite",
    "ConfigurationError",
    "ConflictError",
    "DocumentClient",
    "DocumentClientWrite",
    "DocumentItem",
    "DocumentItemWrite",
    "Download",
    "DownloadError",
    "DraftMismatchError",
    "EmulatorWarning",
    "Estimate",
    "EstimateWrite",
    "InputError",
    "Invoice",
    "InvoiceWrite",
    "InvoiceXpress",
    "InvoiceXpressError",
    "Item",
    "ItemWrite",
    "Listing",
    "NotAcceptableError",
    "NotFoundError",
    "NotReadyError",
    "Page",
    "PartialPayment",
    "PermissionDeniedError",
    "RateLimitError",
    "Sequence",
    "ServerError",
    "SilentChange",
    "SilentChangeError",
    "SilentChangeWarning",
    "Tax",
    "TaxReference",
    "TaxWrite",
    "TransportError",
    "UnexpectedResponseError",
    "Unset",
    "ValidationError",
    "lisbon",
    "net_prices",
    "payment_terms",
    "reference_data",
    "totals",
]


def test_the_public_names_are_these_and_no_others() -> None:
    assert invoicexpress.__all__ == PUBLIC


def test_the_public_names_are_sorted_and_there() -> None:
    # As ruff sorts them: constants first, then classes, then the rest.
    constants = [name for name in PUBLIC if name.isupper()]
    classes = [name for name in PUBLIC if name[0].isupper() and not name.isupper()]
    assert sorted(constants) + sorted(classes) + sorted(set(PUBLIC) - {*constants, *classes}) == PUBLIC
    assert all(hasattr(invoicexpress, name) for name in PUBLIC)


def test_every_exception_is_public() -> None:
    found = {
        name
        for name, value in vars(invoicexpress.errors).items()
        if inspect.isclass(value) and issubclass(value, invoicexpress.InvoiceXpressError)
    }
    assert found <= set(PUBLIC)


def test_the_version_of_python_finds_the_types() -> None:
    for package in (invoicexpress, invoicexpress_generated, invoicexpress_wire):
        assert (Path(str(package.__file__)).parent / "py.typed").is_file(), package


def python(code: str) -> str:
    """What a fresh interpreter prints that knows our packages."""
    paths = [path for path in sys.path if path]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sys; sys.path[:0] = {paths!r}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


EVERYTHING = """
import importlib, pkgutil, invoicexpress_generated as package
for part in ("models", "api"):
    module = importlib.import_module(f"{package.__name__}.{part}")
    for found in pkgutil.walk_packages(module.__path__, module.__name__ + "."):
        importlib.import_module(found.name)
for part in ("types", "errors"):
    importlib.import_module(f"{package.__name__}.{part}")
print(len([name for name in sys.modules if name.startswith("invoicexpress_generated.")]))
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("httpx", "httpcore", "h11", "anyio")))
print(sorted(name for name in sys.modules if name.partition(".")[0] == "invoicexpress"))
"""


OURS = "print(sorted(name for name in sys.modules if name.startswith('invoicexpress')))"
TOP = "print(sorted({name.partition('.')[0] for name in sys.modules if name.startswith('invoicexpress')}))"


def test_models_and_endpoints_load_no_http_library() -> None:
    """Who only reads or writes bodies should not pay for connections."""
    count, libraries, ours = python(EVERYTHING).splitlines()
    assert int(count) > 80
    assert libraries == "[]"
    assert ours == "[]", "generated code knows nothing of the overlays"


def test_the_generated_package_loads_nothing_until_it_is_asked() -> None:
    assert python("import invoicexpress_generated\n" + OURS).strip() == "['invoicexpress_generated']"


def test_the_wire_knows_nothing_of_the_rest() -> None:
    assert python("import invoicexpress_wire\n" + TOP).strip() == "['invoicexpress_wire']"


def test_importing_the_package_starts_nothing() -> None:
    code = "import invoicexpress, threading, logging\nprint(threading.active_count(), logging.root.handlers)"
    assert python(code).strip() == "1 []"


CLIENTS: list[Any] = [
    InvoiceXpress("acme", KEY, transport=Service().transport),
    AsyncInvoiceXpress("acme", KEY, transport=Service().transport),
]
SPACES = spaces_of(CLIENTS[0])
NAMESPACES = sorted(SPACES)
METHODS = [(space, method) for space in NAMESPACES for method in sorted(methods_of(SPACES[space]))]


@pytest.mark.parametrize("client", CLIENTS, ids=["sync", "async"])
@pytest.mark.parametrize(("space", "method"), METHODS, ids=".".join)
def test_a_bound_method_explains_itself(client: Any, space: str, method: str) -> None:
    bound = getattr(getattr(client, space), method)
    descriptor: Any = getattr(SPACES[space].__class__, method)
    is_listing = type(descriptor) is listing
    source = descriptor.describe if is_listing else descriptor.flow
    assert bound.__name__ == method
    assert bound.__doc__
    assert bound.__doc__ == descriptor.__doc__ == source.__doc__
    signature = inspect.signature(bound)
    assert "self" not in signature.parameters
    assert list(signature.parameters) == list(inspect.signature(source).parameters)[1:]
    answer = str(signature.return_annotation)
    assert "Flow" not in answer
    assert "PageReader" not in answer
    is_async = isinstance(client, AsyncInvoiceXpress)
    if is_listing:
        assert answer.startswith("AsyncListing[" if is_async else "Listing[")
    else:
        assert answer.startswith("Coroutine[") is is_async


def test_help_shows_the_signature_and_the_docstring(capsys: pytest.CaptureFixture[str]) -> None:
    help(CLIENTS[0].invoices.finalize)
    shown = capsys.readouterr().out
    assert "expect_total" in shown
    assert "legal document" in shown
    assert "self" not in shown.splitlines()[2]


def public_members(kind: type[Any]) -> list[str]:
    """Names that a class defines for its users."""
    return [name for name in vars(kind) if not name.startswith("_")]


def test_every_public_class_and_function_says_what_it_is() -> None:
    silent: list[str] = []
    for name in PUBLIC:
        value = getattr(invoicexpress, name)
        if not isinstance(value, invoicexpress.Unset) and not inspect.getdoc(value):
            silent.append(name)
        if not inspect.isclass(value):
            continue
        for member in public_members(value):
            found = getattr(value, member)
            if inspect.isroutine(found) and not found.__doc__:
                silent.append(f"{name}.{member}")
    assert silent == []


@pytest.mark.parametrize("space", NAMESPACES)
def test_every_namespace_and_method_says_what_it_does(space: str) -> None:
    kind = SPACES[space].__class__
    assert kind.__doc__
    for method in methods_of(SPACES[space]):
        doc = inspect.getdoc(getattr(kind, method))
        assert doc
        assert doc[0].isupper()
        assert doc.partition("\n")[0].rstrip().endswith((".", ",", ":")) or len(doc.splitlines()) > 1


TYPES = """
from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence as Many
from decimal import Decimal
from typing import Any, assert_type

from invoicexpress import (
    AsyncInvoiceXpress, AsyncListing, Client, ClientListEntry, Download, Estimate, Invoice, InvoiceXpress,
    Item, Listing, Page, Sequence, Tax,
)


def sync(ix: InvoiceXpress, draft: Invoice, quote: Estimate) -> None:
    assert_type(ix.invoices.get(1), Invoice)
    assert_type(ix.invoices.get(draft), Invoice)
    assert_type(ix.credit_notes.get(1), Invoice)
    assert_type(ix.quotes.get(1), Estimate)
    assert_type(ix.quotes.accept(quote), Estimate)
    assert_type(ix.invoices.list(), Listing[Invoice])
    assert_type(ix.invoices.list().first(), Invoice | None)
    assert_type(ix.invoices.list().pages(), Iterator[Page[Invoice]])
    assert_type([document for document in ix.receipts.list()], list[Invoice])
    assert_type(ix.invoices.finalize(1, expect_total=Decimal(1)), Invoice)
    assert_type(ix.invoices.pay(draft, amount=Decimal(1)), Invoice)
    assert_type(ix.invoices.email(1, "a@example.com"), None)
    assert_type(ix.invoices.pdf(1), Download)
    assert_type(ix.invoices.related_documents(1), Many[Invoice])
    assert_type(ix.clients.find_by_name("Ana"), Client | None)
    assert_type(ix.clients.list(), Listing[ClientListEntry])
    assert_type(ix.clients.invoices(1), Listing[Invoice])
    assert_type(ix.items.list(), Listing[Item])
    assert_type(ix.taxes.list(), Many[Tax])
    assert_type(ix.taxes.delete(1), None)
    assert_type(ix.sequences.register(1), Many[Sequence])
    with InvoiceXpress("acme", "key") as opened:
        assert_type(opened, InvoiceXpress)
    assert_type(InvoiceXpress.from_env(), InvoiceXpress)


async def asynchronous(ix: AsyncInvoiceXpress, draft: Invoice) -> None:
    reading = ix.invoices.get(1)
    assert_type(await assert_type(reading, Coroutine[Any, Any, Invoice]), Invoice)
    assert_type(await ix.invoices.get(draft), Invoice)
    assert_type(await ix.quotes.refuse(1), Estimate)
    assert_type(ix.invoices.list(), AsyncListing[Invoice])
    assert_type(await ix.invoices.list().first(), Invoice | None)
    assert_type(ix.invoices.list().pages(), AsyncIterator[Page[Invoice]])
    assert_type([document async for document in ix.invoices.list()], list[Invoice])
    assert_type(await ix.taxes.delete(1), None)
    assert_type(ix.items.list(), AsyncListing[Item])
    async with AsyncInvoiceXpress("acme", "key") as opened:
        assert_type(opened, AsyncInvoiceXpress)
"""
# Each line is a mistake that the checker has to see; the code is what it calls it.
MISTAKES = {
    'ix.invoices.get("abc")': "arg-type",
    "ix.invoices.create()": "call-arg",
    "ix.invoices.create(date=day, items=[], colour=1)": "call-arg",
    'ix.invoices.create(date="21/11/2026", items=[])': "arg-type",
    'ix.invoices.create(date=day, items=[{"name": "A", "unit_price": 1.5, "quantity": one}])': "list-item",
    'ix.invoices.create(date=day, items=[{"name": "A"}])': "list-item",
    "ix.invoices.finalize(1, expect_total=30.0)": "arg-type",
    "ix.invoices.cancel(1)": "call-arg",
    "ix.invoices.pay(1, amount=5.5)": "arg-type",
    "ix.invoices.get(quote)": "arg-type",
    "ix.quotes.get(invoice)": "arg-type",
    "ix.receipts.create": "attr-defined",
    "ix.invoices.unsettle": "attr-defined",
    "ix.quotes.pay": "attr-defined",
    "ix.quotes.create(date=day, items=[], proprietary_uid='u')": "call-arg",
    "for _ in ix.invoices.get(1): pass": "attr-defined",
}
HEADER = """
from datetime import date
from decimal import Decimal
from invoicexpress import Estimate, Invoice, InvoiceXpress

def mistakes(ix: InvoiceXpress, day: date, quote: Estimate, invoice: Invoice) -> None:
    one = Decimal(1)
"""


def mypy(cache: Path, *sources: Path) -> list[str]:
    """What mypy, as strict as the project has it, says about files."""
    settings = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(cache)]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, "--no-error-summary", "--no-pretty", *map(str, sources)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.stderr == ""
    return run.stdout.splitlines()


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """What mypy says about the right and about the wrong uses. It runs over both files at once."""
    folder = tmp_path_factory.mktemp("types")
    right, wrong = folder / "right_uses.py", folder / "wrong_uses.py"
    right.write_text(TYPES, encoding="utf-8")
    wrong.write_text(HEADER + "".join(f"    {mistake}\n" for mistake in MISTAKES), encoding="utf-8")
    said = mypy(folder / "cache", right, wrong)
    return [line for line in said if wrong.name not in line], [line for line in said if wrong.name in line]


def test_a_type_checker_sees_what_each_method_answers(checked: tuple[list[str], list[str]]) -> None:
    assert checked[0] == []


@pytest.mark.parametrize(("mistake", "code"), MISTAKES.items())
def test_a_type_checker_sees_a_mistake(checked: tuple[list[str], list[str]], mistake: str, code: str) -> None:
    """The other half of the proof: were everything Any, the right uses would pass as well."""
    number = HEADER.count("\n") + list(MISTAKES).index(mistake) + 1
    said = [line for line in checked[1] if f"wrong_uses.py:{number}: error" in line]
    assert said, "the checker says nothing"
    assert any(f"[{code}]" in line for line in said), said
