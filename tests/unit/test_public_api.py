"""The public API: names to import, cost of importing, docstrings and metadata, and the types for checkers."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import attrs
import invoicexpress
import invoicexpress_generated
import invoicexpress_wire
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress.sending.flows import listing

from tests.folded import folded
from tests.page_examples import write_examples
from tests.unit.conftest import KEY, Service, methods_of, spaces_of

ROOT = Path(__file__).parents[2]
# Written out, so that no name is added or removed by accident.
PUBLIC = [
    "UNSET",
    "Account",
    "AccountCreate",
    "AccountCreateFields",
    "AccountCredentials",
    "AccountCredentialsFields",
    "AccountDetails",
    "AccountDocumentStats",
    "AccountStats",
    "AccountUpdate",
    "AccountUpdateFields",
    "AccountUserStats",
    "Accounts",
    "AmbiguousResultError",
    "AnyDocument",
    "AnyDocuments",
    "ApiError",
    "ArchiveFilters",
    "AssumedOperationWarning",
    "AsyncAccounts",
    "AsyncAnyDocuments",
    "AsyncClients",
    "AsyncCreditNotes",
    "AsyncDebitNotes",
    "AsyncDevolutions",
    "AsyncFeesNotes",
    "AsyncInvoiceReceipts",
    "AsyncInvoiceXpress",
    "AsyncInvoices",
    "AsyncItems",
    "AsyncLegacy",
    "AsyncListing",
    "AsyncProformas",
    "AsyncPurchaseOrders",
    "AsyncQuotes",
    "AsyncReceipts",
    "AsyncSaft",
    "AsyncSequences",
    "AsyncShippings",
    "AsyncSimplifiedInvoices",
    "AsyncTaxes",
    "AsyncTransports",
    "AsyncTreasury",
    "AsyncVatMossCreditNotes",
    "AsyncVatMossInvoices",
    "AsyncVatMossReceipts",
    "AtCommunicationCommunicationType",
    "AuthenticationError",
    "BalanceAmounts",
    "BalanceBefore",
    "BalanceCurrency",
    "BalanceRemaining",
    "Checks",
    "Client",
    "ClientBalance",
    "ClientListEntry",
    "ClientWrite",
    "ClientWriteFields",
    "Clients",
    "ConfigurationError",
    "ConflictError",
    "CreditFields",
    "CreditNotes",
    "DebitNotes",
    "Devolutions",
    "DocumentClient",
    "DocumentClientWrite",
    "DocumentClientWriteFields",
    "DocumentFilters",
    "DocumentInUseError",
    "DocumentItem",
    "DocumentItemTax",
    "DocumentItemWrite",
    "DocumentItemWriteFields",
    "DocumentStatus",
    "DocumentType",
    "Download",
    "DownloadError",
    "DraftMismatchError",
    "EmulatorWarning",
    "Estimate",
    "EstimateWrite",
    "EstimateWriteFields",
    "Exchange",
    "FeesNotes",
    "GlobalDiscount",
    "GlobalDiscountWrite",
    "GlobalDiscountWriteFields",
    "Guide",
    "GuideAddress",
    "GuideAddressWrite",
    "GuideAddressWriteFields",
    "GuideFilters",
    "GuideWrite",
    "GuideWriteFields",
    "InitialBalance",
    "InputError",
    "Invoice",
    "InvoiceReceipts",
    "InvoiceWrite",
    "InvoiceWriteFields",
    "InvoiceXpress",
    "InvoiceXpressError",
    "Invoices",
    "Item",
    "ItemTax",
    "ItemWrite",
    "ItemWriteFields",
    "Items",
    "KeyReusedError",
    "Legacy",
    "Listing",
    "MovementType",
    "MultibancoReference",
    "Multicurrency",
    "NotAcceptableError",
    "NotFoundError",
    "NotReadyError",
    "OnWait",
    "Pace",
    "Page",
    "PartialPayment",
    "PartialPaymentFields",
    "PaymentMechanism",
    "PermissionDeniedError",
    "PreferredContact",
    "PreferredContactWrite",
    "PreferredContactWriteFields",
    "Proformas",
    "PurchaseOrder",
    "PurchaseOrderWrite",
    "PurchaseOrderWriteFields",
    "PurchaseOrders",
    "Quotes",
    "RateLimitError",
    "RawResult",
    "Receipts",
    "Regularization",
    "RegularizationWrite",
    "RegularizationWriteFields",
    "Response",
    "Saft",
    "SaftFileError",
    "Seal",
    "SealKind",
    "SearchLimitError",
    "Sequence",
    "SequenceWrite",
    "SequenceWriteFields",
    "Sequences",
    "ServerError",
    "Shippings",
    "SilentChange",
    "SilentChangeError",
    "SilentChangeWarning",
    "SimplifiedInvoices",
    "Tax",
    "TaxReference",
    "TaxReferenceFields",
    "TaxWrite",
    "TaxWriteFields",
    "Taxes",
    "Totals",
    "TransportError",
    "Transports",
    "Treasury",
    "TreasuryMovement",
    "TreasuryMovementWrite",
    "TreasuryMovementWriteFields",
    "UnexpectedResponseError",
    "Unset",
    "UnstableListError",
    "ValidationError",
    "VatMossCreditNotes",
    "VatMossInvoices",
    "VatMossReceipts",
    "Waiting",
    "errors",
    "known",
    "legal_number",
    "lisbon",
    "net_prices",
    "payment_terms",
    "reference_data",
    "reports",
    "saft_file",
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
    """The output of a fresh interpreter with our packages on its path."""
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
    """Code that only reads or writes bodies should not pay for connections."""
    count, libraries, ours = python(EVERYTHING).splitlines()
    assert int(count) > 80
    assert libraries == "[]"
    assert ours == "[]", "generated code does not depend on the overlays"


def test_the_generated_package_loads_nothing_until_it_is_asked() -> None:
    assert python("import invoicexpress_generated\n" + OURS).strip() == "['invoicexpress_generated']"


def test_the_wire_knows_nothing_of_the_rest() -> None:
    assert (
        python("import invoicexpress_wire\n" + TOP).strip()
        == "['invoicexpress_loading', 'invoicexpress_wire']"
    )


def test_importing_the_package_and_opening_a_client_loads_no_pacing_library() -> None:
    """A client that has sent nothing needs no pacing."""
    code = "import invoicexpress\ninvoicexpress.InvoiceXpress('acme', 'key')\n"
    assert (
        python(code + "print([name for name in ('limits', 'redis') if name in sys.modules])").strip() == "[]"
    )


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
@folded("space, method", METHODS, ids=".".join)
def test_a_bound_method_explains_itself(client: Any, space: str, method: str) -> None:
    bound = getattr(getattr(client, space), method)
    kind: Any = getattr(client, space).__class__
    descriptor: Any = getattr(kind, method)
    is_listing = type(descriptor) is listing
    source = descriptor.describe if is_listing else descriptor.flow
    assert bound.__name__ == method
    assert source.__doc__
    assert descriptor.__name__ == method
    assert descriptor.__doc__ == bound.__doc__
    assert str(inspect.getdoc(bound)).startswith(inspect.cleandoc(source.__doc__))
    signature = inspect.signature(bound)
    of_class = inspect.signature(descriptor)
    assert list(of_class.parameters.values())[1:] == list(signature.parameters.values())
    assert of_class.return_annotation == signature.return_annotation
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
        is_alias = get_origin(value) is not None
        if not is_alias and not isinstance(value, invoicexpress.Unset) and not inspect.getdoc(value):
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


RIGHT_USES = Path(__file__).parent / "support" / "right_uses.py"
WRONG_USES = Path(__file__).parent / "support" / "wrong_uses.py"
IGNORED = re.compile(r"  # type: ignore\[(.+)\]$")
# Line number, message, and mypy's error code.
MISTAKES = [
    (number, line.strip().partition("  #")[0], found[1])
    for number, line in enumerate(WRONG_USES.read_text(encoding="utf-8").splitlines(), start=1)
    if (found := IGNORED.search(line))
]


def mypy(cache: Path, *sources: Path) -> list[str]:
    """The errors of mypy, at the project's strictness, for files."""
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
    """mypy's errors for the right uses and the pages' examples, and for the unveiled wrong uses."""
    folder = tmp_path_factory.mktemp("types")
    wrong = folder / "unveiled_uses.py"
    text = WRONG_USES.read_text(encoding="utf-8")
    wrong.write_text(re.sub(IGNORED.pattern, "", text, flags=re.MULTILINE), encoding="utf-8")
    said = mypy(folder / "cache", RIGHT_USES, *write_examples(folder / "pages"), wrong)
    return [line for line in said if wrong.name not in line], [line for line in said if wrong.name in line]


def test_a_type_checker_sees_what_each_method_answers_and_accepts_the_pages(
    checked: tuple[list[str], list[str]],
) -> None:
    assert checked[0] == []


@pytest.mark.parametrize(("number", "mistake", "code"), MISTAKES)
def test_a_type_checker_sees_a_mistake(
    checked: tuple[list[str], list[str]], number: int, mistake: str, code: str
) -> None:
    """The other half of the proof: if everything were Any, the right uses would pass too."""
    said = [line for line in checked[1] if f"unveiled_uses.py:{number}: error" in line]
    assert said, f"the checker says nothing to {mistake}"
    assert any(f"[{code}]" in line for line in said), said


def test_every_line_of_the_wrong_uses_is_a_mistake() -> None:
    """A statement without an ignored error would prove nothing."""
    functions = [
        node
        for node in ast.parse(WRONG_USES.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "decide"
    ]
    assert len(functions) >= 5
    assert [line.lineno for function in functions for line in function.body] == [row[0] for row in MISTAKES]


def test_every_namespace_is_among_the_right_uses() -> None:
    text = RIGHT_USES.read_text(encoding="utf-8")
    missing = [space for space in NAMESPACES if f"ix.{space}." not in text]
    # One method of each family stands for its siblings.
    assert set(missing) <= {
        "simplified_invoices",
        "invoice_receipts",
        "debit_notes",
        "vat_moss_credit_notes",
        "vat_moss_receipts",
        "fees_notes",
    }


def method_sources() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public method's name and source."""
    for space, method in METHODS:
        descriptor: Any = getattr(SPACES[space].__class__, method)
        source = descriptor.describe if type(descriptor) is listing else descriptor.flow
        yield f"{space}.{method}", source


# Names that occur in signatures but never reach a caller.
UNSEEN = {"Flow", "PageReader", "Unpack", "D"}


def test_every_name_in_a_public_signature_can_be_imported() -> None:
    """Code that wraps a method must be able to name its types."""
    public = [getattr(invoicexpress, name) for name in PUBLIC]
    named = {
        (method, name, source.__globals__[name])
        for method, source in method_sources()
        for annotation in source.__annotations__.values()
        for name in names_in(annotation) - UNSEEN & source.__globals__.keys()
    }
    assert len(named) > 200
    foreign = [
        (method, name)
        for method, name, value in named
        if is_ours(value) and not any(value is known for known in public)
    ]
    assert foreign == []


def names_in(annotation: str) -> set[str]:
    """The names used in an annotation."""
    return {node.id for node in ast.walk(ast.parse(annotation)) if isinstance(node, ast.Name)}


def is_ours(value: Any) -> bool:
    """Whether a type is the project's own: a class, or an alias for a union or for literals."""
    return get_origin(value) in (Literal, Union, UnionType) or str(
        getattr(value, "__module__", "")
    ).startswith("invoicexpress")


def test_every_type_that_a_public_one_is_made_of_can_be_imported() -> None:
    """Fields of arguments and results, their fields, and so on."""
    public = {id(getattr(invoicexpress, name)) for name in PUBLIC}
    waiting = [value for value in map(vars(invoicexpress).get, PUBLIC) if inspect.isclass(value)]
    seen: set[Any] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen or not (attrs.has(kind) or is_typeddict(kind)):
            continue
        seen.add(kind)
        waiting += [part for hint in get_type_hints(kind).values() for part in classes_in(hint)]
    assert len(seen) > 50
    assert {kind.__name__ for kind in seen if id(kind) not in public} == set()


def classes_in(hint: Any) -> Iterator[type[Any]]:
    """The classes that a type is composed of."""
    if inspect.isclass(hint):
        yield hint
    for part in get_args(hint):
        yield from classes_in(part)


SOURCES = list(method_sources())


@folded("method, source", SOURCES, ids=lambda row: row[0])
def test_every_method_is_typed(method: str, source: Callable[..., Any]) -> None:
    """No argument or result may be Any: a checker would accept anything."""
    parameters = list(inspect.signature(source).parameters.values())[1:]
    assert all(parameter.annotation is not inspect.Parameter.empty for parameter in parameters), method
    hints = get_type_hints(source)
    assert hints["return"]
    # A flow's yield and send types are internal: callers only see its return type.
    answer = get_args(hints.pop("return"))[-1]
    assert not [name for name, hint in {**hints, "return": answer}.items() if any_in(hint)]


def any_in(hint: Any) -> bool:
    """Whether a type is or contains Any. The result of a callback does not count."""
    if get_origin(hint) is Callable:
        arguments, answer = get_args(hint)
        return answer is Any or any(any_in(argument) for argument in arguments)
    return hint in (Any, object) or any(any_in(part) for part in get_args(hint))


def test_every_namespace_of_both_clients_has_a_public_type() -> None:
    for prefix, client in zip(("", "Async"), CLIENTS, strict=True):
        for space in NAMESPACES:
            kind: Any = getattr(client, space).__class__
            assert kind is getattr(invoicexpress, kind.__name__)
            assert kind.__name__ in PUBLIC
            assert kind.__name__ == f"{prefix}{kind.__base__.__name__}"


@attrs.define
class NotedTax(invoicexpress.Tax):
    """A caller's own kind of a tax."""

    note: str = "none"
    seen: list[str] = attrs.field(factory=list[str])


class PlainTax(invoicexpress.Tax):
    """Another, with a constructor of its own."""

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.made = True


@pytest.mark.parametrize("kind", [NotedTax, PlainTax])
def test_a_subclass_of_a_model_is_made_by_its_constructor(kind: Any) -> None:
    source = {"id": 5, "name": "IVA23", "value": "23.0", "region": "PT", "default_tax": 1, "more": [1]}
    made, plain = kind.from_dict(source), invoicexpress.Tax.from_dict(source)
    assert type(made) is kind
    assert (made.value, made.additional_properties) == (plain.value, {"more": [1]})
    assert made.to_dict() == plain.to_dict()
    assert (made.note, made.seen) == ("none", []) if kind is NotedTax else made.made
