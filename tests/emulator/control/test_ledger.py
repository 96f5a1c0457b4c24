"""The ledger has a row for everything emulated, and agrees with the contract or says why not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import invoicexpress_emulator
import jsonschema
import pytest
from invoicexpress_emulator.__main__ import main
from invoicexpress_emulator.api.routes import OPERATIONS
from invoicexpress_emulator.books.accounts import settings
from invoicexpress_emulator.control.ledger.behaviour import BOTH, MEANINGS
from invoicexpress_emulator.control.ledger.book import SUBJECTS, as_json, as_markdown, behaviours
from invoicexpress_emulator.control.ledger.operations import NOT_EMULATED, known
from invoicexpress_emulator.control.ledger.refusals import MISSING, SHAPES, messages
from invoicexpress_emulator.control.ledger.setting_options import OPTIONS
from invoicexpress_emulator.control.ledger.wires import DIFFERENCES
from invoicexpress_emulator.control.operations import fidelity
from invoicexpress_emulator.control.operations.operation import ControlOperation
from invoicexpress_emulator.http.errors import Missing, Shape
from invoicexpress_emulator.http.messages import CATALOGUE
from invoicexpress_emulator.profiles.documented import DOCUMENTED
from invoicexpress_emulator.profiles.observed import OBSERVED
from invoicexpress_emulator.profiles.profile import Profile

from tests import citations
from tests.contract.contract_files import CONCRETE, loaded

ROOT = Path(__file__).parents[3]
PACKAGE = Path(invoicexpress_emulator.__file__).parent
IDS = {operation.id for operation in OPERATIONS}

Key = tuple[str, str]
"""Method, and path with its parameters nameless."""


def nameless(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", path)


@pytest.fixture(scope="module")
def contract() -> dict[Key, Any]:
    """The operations of the concrete contract."""
    return {
        (method.upper(), nameless(path)): operation
        for path, methods in loaded(CONCRETE)["paths"].items()
        for method, operation in methods.items()
        if "operationId" in operation
    }


class TestOperations:
    def test_every_operation_is_in_it_once(self) -> None:
        shown = [(row["operation"], row["method"], row["path"]) for row in rows("operations")]
        assert shown == [(each.id, each.method, each.path) for each in OPERATIONS]
        assert all(row["emulated"] is True for row in rows("operations"))

    def test_nothing_that_is_not_emulated_is(self) -> None:
        there = {(each.method, nameless(each.path)) for each in OPERATIONS}
        assert not {(row.method, nameless(row.path)) for row in NOT_EMULATED} & there

    def test_what_is_not_emulated_answers_501(self, api: Any) -> None:
        for method, path in (
            ("POST", "/login.xml"),
            ("GET", "/users/accounts.xml"),
            ("PUT", "/users/change_account.xml"),
            ("PUT", "/invoice/1/change-state.json"),
            ("PUT", "/sequences/1/update.json"),
            ("PUT", "/documents/1/partial_payments/1/change-state.json"),
            ("GET", "/cash_invoices.json"),
            ("GET", "/api/v3/invoice_receipts.json"),
        ):
            assert api.http.request(method, path).status_code == 501, path

    def test_a_known_path_under_another_method_is_405(self, api: Any) -> None:
        for method, path in (
            ("POST", "/invoices/1/change-state.json"),
            ("DELETE", "/clients/1/invoices.json"),
        ):
            assert api.http.request(method, path).status_code == 405, path

    def test_all_operations_of_the_contract_are_emulated(self, contract: dict[Key, Any]) -> None:
        there = {(each.method, nameless(each.path)) for each in OPERATIONS}
        assert there - set(contract) == BEYOND_THE_CONTRACT
        assert set(contract) <= there


DISAGREEMENTS: dict[str, tuple[tuple[str, ...], str]] = {
    # path prefix; operations, and why the contract, with one statement for many types, differs
    "/simplified_invoices": (("listSimplifiedInvoices",), "an old page names it, and nobody shows one"),
    "/debit_notes": (("listDebitNotes",), "nobody has shown this list; those of two other types were seen"),
    "/receipts": (("listReceipts", "getReceipt"), "nobody has shown them; the page cancels receipts alone"),
    "/vat_moss_credit_notes": (
        ("listVatMossCreditNotes", "createInvoice", "getInvoice", "updateInvoice", "changeInvoiceState",
         "sendInvoiceEmail"),
        "no page has this path; series and clients name the type",
    ),
    "/vat_moss_receipts": (
        ("listVatMossReceipts", "getVatMossReceipt", "cancelVatMossReceipt"),
        "no page has this path; series and clients name the type",
    ),
    **dict.fromkeys(
        ("/quotes", "/proformas", "/fees_notes"),
        (("updateEstimate", "sendEstimateEmail"), "the page has it, and it was seen for invoices alone"),
    ),
    **dict.fromkeys(
        ("/shippings", "/transports", "/devolutions"),
        (("sendGuideEmail",), "the page has it, and it was seen for invoices alone"),
    ),
}  # read by rows # fmt: skip
BEYOND_THE_CONTRACT = {
    ("GET", f"/{segment}.json")
    for segment in ("quotes", "proformas", "fees_notes", "shippings", "transports", "devolutions")
}
"""Lists of one type of estimates and guides: taken from those of invoices, and assumed to be there."""


class TestContract:
    def test_it_agrees_or_says_why_not(self, contract: dict[Key, Any]) -> None:
        otherwise: dict[str, set[str]] = {}
        for operation in OPERATIONS:
            theirs = contract.get((operation.method, nameless(operation.path)))
            if theirs is None:
                assert known(operation).evidence == "assumed"
            elif theirs["x-evidence"] != known(operation).evidence:
                segment = re.split(r"(?<=.)[/.]", operation.path)[0]
                otherwise.setdefault(segment, set()).add(operation.id)
        assert otherwise == {segment: set(ids) for segment, (ids, _) in DISAGREEMENTS.items()}

    def test_every_operation_of_the_vendors_page_is_emulated(self, contract: dict[Key, Any]) -> None:
        of_the_page = {name for each in contract.values() for name in each["x-vendor-operations"]}
        assert len(of_the_page) == 58
        assert of_the_page <= IDS

    def test_one_wire_alone_is_the_same_one(self, contract: dict[Key, Any]) -> None:
        for operation in OPERATIONS:
            theirs = contract.get((operation.method, nameless(operation.path)), {})
            assert known(operation).only == theirs.get("x-wire"), operation[:3]


def rows(name: str) -> list[dict[str, Any]]:
    found: Any = as_json()[name]
    assert found
    return list(found)


class TestBehaviours:
    def test_names_are_told_apart(self) -> None:
        counted = Counter((row.name, profile) for row in behaviours() for profile in row.profiles)
        assert not [name for name, count in counted.items() if count > 1]

    def test_operations_exist(self) -> None:
        for row in behaviours():
            assert row.operations, row.name
            assert set(row.operations) <= IDS | {"*"}, row.name

    def test_modules_exist(self) -> None:
        for row in behaviours():
            import_module(f"invoicexpress_emulator.{row.module}")

    def test_each_says_one_thing_and_how_it_is_known(self) -> None:
        for row in behaviours():
            assert row.says.endswith("."), row.name
            assert row.says[0] == row.says[0].upper(), row.name
            assert row.evidence in MEANINGS
            assert row.source
            assert row.source.startswith("assumed: ") == (row.evidence == "assumed"), row.name
            assert row.profiles
            assert set(row.profiles) <= set(BOTH)

    def test_all_differences_of_the_wires(self) -> None:
        of_profile = {field.name for field in fields(Profile)} - {"name", "error_bodies", "missing"}
        assert {each.field for each in DIFFERENCES} == of_profile
        assert all(
            getattr(OBSERVED, name) is not None or getattr(DOCUMENTED, name) is not None
            for name in of_profile
        )

    def test_all_shapes_of_refusals_and_all_404(self) -> None:
        assert set(SHAPES) == set(Shape)
        assert set(MISSING) == set(Missing)
        names = {(row.name, row.profiles) for row in behaviours()}
        for profile in BOTH:
            assert {(f"error_{shape.name.lower()}", (profile,)) for shape in Shape} <= names
            assert {(f"missing_{missing.name.lower()}", (profile,)) for missing in Missing} <= names

    def test_all_settings(self) -> None:
        found = {row.name.removeprefix("setting_") for row in behaviours() if row.name.startswith("setting_")}
        assert found == set(settings.KINDS)

    def test_all_options_of_settings(self) -> None:
        told = [(row.setting, row.option) for row in OPTIONS]
        assert len(set(told)) == len(told)
        assert set(told) == {
            (name, each) for name, kind in settings.KINDS.items() for each in options_of(kind.schema)
        }

    def test_all_messages(self) -> None:
        assert {message.name for message in messages()} == set(CATALOGUE)
        told = {(message.name, where) for message in messages() for where in message.told_in}
        assert {(name, where) for name in CATALOGUE for where in ("pt", "en")} <= told

    def test_every_module_that_cites_evidence_has_a_row(self) -> None:
        """A comment that cites evidence has its counterpart in the ledger."""
        page = (ROOT / citations.PAGE).read_text(encoding="utf-8")
        labels = [re.escape(row.label) for row in citations.rows(page)]
        cited = re.compile(rf"\b(?:{'|'.join(labels)})\b")
        told = {row.module for row in behaviours()}
        citing = {module_of(path) for path in PACKAGE.rglob("*.py") if cited.search(without_code(path))}
        assert len(citing) > 50
        excused = {name: {name, name.rpartition(".")[0]} & ELSEWHERE.keys() for name in citing - told}
        assert [name for name, reasons in excused.items() if not reasons] == []
        assert set().union(*excused.values()) == ELSEWHERE.keys(), "a reason that no module needs"


def options_of(schema: Any) -> list[str]:
    """The options that the schema of a setting allows, as the ledger names them."""
    types = {schema.get("type")} if isinstance(schema.get("type"), str) else {*schema.get("type", ())}
    found = [str(each) for each in schema.get("enum", [])]
    for form in schema.get("oneOf", []):
        found += [form["const"]] if "const" in form else options_of(form)
    if "boolean" in types:
        found += ["true", "false"]
    return [
        *found,
        *schema.get("properties", {}),
        *["none"] * ("null" in types),
        *["text"] * ("string" in types),
    ]


ELSEWHERE: dict[str, str] = {
    "control.demo_company": "a made-up company, under the law as it is",
    "http.messages": "its words are rows of their own",
    "output.pdf.figures": "prints the stored scales, whose rows name the modules that store them",
    "output.pdf.frame": "prints the ATCUD, whose row names `fiscal.atcud`",
    "profiles.error_body": "its shapes are rows about `http.errors`",
    "profiles.observed": "its shapes are rows about `http.errors`",
    "profiles.series": "its rows are a field of `profiles.profile`",
    "verify": "it checks the books, and emulates nothing",
}
"""Modules and packages that cite evidence and are the subject of no behaviour, and why."""


def module_of(path: Path) -> str:
    """Return a module's dotted name inside the package, as in the rows: `books.documents.api`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def without_code(path: Path) -> str:
    """Return the comments and docstrings of a module."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(re.findall(r'"""(?:.|\n)*?"""|#[^\n]*', text))


class TestPage:
    def test_the_committed_page_is_the_ledger_as_it_is(self) -> None:
        committed = (ROOT / "docs" / "emulator-ledger.md").read_text(encoding="utf-8")
        assert committed == as_markdown(), "stale: run `make ledger`"

    def test_the_command_prints_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["ledger"]) == 0
        assert capsys.readouterr().out == as_markdown()

    def test_counts_are_of_the_rows(self) -> None:
        for name, found in (
            ("operations", Counter(known(each).evidence for each in OPERATIONS)),
            ("behaviours", Counter(row.evidence for row in behaviours())),
            ("messages", Counter(message.evidence for message in messages())),
        ):
            cells = " | ".join(str(found[evidence]) for evidence in MEANINGS)
            assert f"| {name} | {cells} | {found.total()} |" in as_markdown()

    def test_it_is_a_page_of_tables(self) -> None:
        lines = as_markdown().splitlines()
        assert [line for line in lines if line.startswith("## ")] == [
            "## Counts",
            "## Operations",
            *(f"## {subject.title}" for subject in SUBJECTS),
            "## Messages",
            "## Options of settings",
            "## Not emulated",
        ]
        width = 0
        for line in lines:
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert cells in {0, width} or width == 0, line
            width = cells


def test_the_control_plane_shows_it(api: Any) -> None:
    answer = api.get("/_emulator/ledger")
    assert answer.status_code == 200
    assert answer.json() == as_json()
    assert list(answer.json()) == ["operations", "behaviours", "messages", "options", "not_emulated"]


def described(operation: ControlOperation) -> Any:
    """Return a validator for the answers of an operation."""
    return jsonschema.Draft202012Validator(operation.answer)


def test_answers_are_as_the_control_plane_describes_them(api: Any) -> None:
    for operation in fidelity.OPERATIONS:
        assert operation.summary.endswith(".")
        query = {"account": api.name} if operation.takes_account else {}
        found = api.get(f"/_emulator{operation.path}", **query).json()
        assert described(operation).is_valid(found)
    finding = {
        "account": "a",
        "rule": "saft",
        "clause": "c",
        "document_id": None,
        "document": None,
        "sentence": "s.",
    }
    verify = described(fidelity.OPERATIONS[0])
    warning = {**finding, "rule": "vat_rate"}
    assert verify.is_valid({"findings": [finding], "warnings": [warning]})
    for wrong in ({**finding, "rule": "outra"}, warning):
        assert not verify.is_valid({"findings": [wrong], "warnings": []})
    for wrong in ({**warning, "rule": "outra"}, finding):
        assert not verify.is_valid({"findings": [], "warnings": [wrong]})
