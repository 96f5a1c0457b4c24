"""Names load at their first use, and each of them loads: no import fails in the middle of an invoice."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args, get_type_hints

import invoicexpress
import invoicexpress_generated
import invoicexpress_loading
import invoicexpress_wire
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress.client import Namespaces
from invoicexpress.quirks import polymorphism

PACKAGES = [
    Path(str(package.__file__)).parent
    for package in (invoicexpress, invoicexpress_generated, invoicexpress_wire, invoicexpress_loading)
]
SOURCE = ast.parse((PACKAGES[0] / "__init__.py").read_text("utf-8"))


def printed(program: str) -> str:
    """What a program prints in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_import_loads_names_only() -> None:
    heavy = "'httpx', 'attr', 'asyncio', 'anyio', 'dateutil', 'typing', 'invoicexpress_generated', 'decimal'"
    program = f"import sys, invoicexpress; print(sorted({{{heavy}}} & set(sys.modules)))"
    assert printed(program) == "[]"


@pytest.mark.parametrize("name", invoicexpress.__all__)
def test_each_public_name_loads(name: str) -> None:
    assert getattr(invoicexpress, name) is not None
    assert name in dir(invoicexpress)


def test_all_of_them_load_at_once() -> None:
    program = (
        "from invoicexpress import *; import invoicexpress as i; print(set(i.__all__) <= set(globals()))"
    )
    assert printed(program) == "True"


def test_the_type_of_any_document_is_one() -> None:
    named = [f"models.{kind.__name__}" for kind in get_args(invoicexpress.AnyDocument)]
    assert " | ".join(named) == polymorphism.AnyDocument


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'invoicexpress' has no attribute 'invoice'"):
        _ = invoicexpress.invoice  # type: ignore[attr-defined]  # as the test says


def imported_for_types() -> dict[str, str]:
    """The home of each name that a type checker sees."""
    (block,) = [
        node for node in SOURCE.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    found: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        home = "." * node.level + (node.module or "")
        found |= {alias.name: home.partition(".models.")[0] for alias in node.names}
    return {
        name: f"{home}.models" if home == "invoicexpress_generated" else home for name, home in found.items()
    }


def test_a_type_checker_sees_the_same_names_from_the_same_modules() -> None:
    homes: dict[str, str] = vars(invoicexpress)["_HOME_OF"]
    assert imported_for_types() == homes
    assert sorted(homes) == sorted(invoicexpress.__all__)
    assert len(set(invoicexpress.__all__)) == len(invoicexpress.__all__)


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_each_namespace_loads(kind: Any) -> None:
    ix = kind("acme", "key")
    names = [name for name, text in Namespaces.__annotations__.items() if text.endswith("[C_co]")]
    assert len(names) == 25
    prefix = "Async" if kind is AsyncInvoiceXpress else ""
    for name in names:
        expected = Namespaces.__annotations__[name].removesuffix("[C_co]").rpartition(".")[2]
        assert type(getattr(ix, name)).__name__ == f"{prefix}{expected}"
        assert getattr(ix, name) is getattr(ix, name)
        assert name in dir(ix)
    with pytest.raises(AttributeError, match=f"'{kind.__name__}' object has no attribute 'invoice'"):
        _ = ix.invoice


def inner_imports() -> Iterator[tuple[str, str, str]]:
    """The imports inside functions: the importing module, the module, and the name."""
    for root in (
        *PACKAGES,
        Path(str(invoicexpress_wire.__file__)).parent,
        Path(str(invoicexpress_loading.__file__)).parent,
    ):
        for path in sorted(root.rglob("*.py")):
            place = path.relative_to(root.parent).with_suffix("")
            for function in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                for node in ast.walk(function):
                    if isinstance(node, ast.Import):
                        yield from ((str(place), alias.name, "") for alias in node.names)
                    elif isinstance(node, ast.ImportFrom):
                        relative = "." * node.level + (node.module or "")
                        home = importlib.util.resolve_name(relative, ".".join(place.parent.parts))
                        yield from ((str(place), home, alias.name) for alias in node.names)


@pytest.mark.parametrize(("place", "home", "name"), sorted(set(inner_imports())))
def test_each_import_inside_a_function_works(place: str, home: str, name: str) -> None:
    module = importlib.import_module(home)
    if name and not hasattr(module, name):
        importlib.import_module(f"{home}.{name}")


ENDS = """
import os, sys, threading, time
def ends(seconds=20):
    \"\"\"Ends the process with 1 if it hangs.\"\"\"
    timer = threading.Timer(seconds, os._exit, [1])
    timer.daemon = True
    timer.start()
def forked(use):
    child = os.fork()
    if child == 0:
        ends(10)
        use()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
ends()
"""
FORK_BESIDE_A_FIRST_CLIENT = """
from invoicexpress import InvoiceXpress
def use(): InvoiceXpress("acme", "key").invoices
thread = threading.Thread(target=use); thread.start(); time.sleep({delay})
code = forked(use); thread.join(); sys.exit(code)
"""
FORK_BESIDE_A_NAME = """
import invoicexpress
{before}
def use(): invoicexpress.{name}
thread = threading.Thread(target=use); thread.start(); time.sleep({delay})
code = forked(use); thread.join(); sys.exit(code)
"""
IMPORT_BESIDE_A_LOAD = """
from invoicexpress import InvoiceXpress
ix = InvoiceXpress("acme", "key")
def other():
    from invoicexpress.namespaces.invoice_family import Invoices
thread = threading.Thread(target=other); thread.start(); time.sleep({delay})
ix.invoices; thread.join()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.parametrize("delay", [0.001, 0.005, 0.02])
@pytest.mark.parametrize(
    ("program", "before"),
    [
        (FORK_BESIDE_A_FIRST_CLIENT, ""),
        (FORK_BESIDE_A_NAME, ""),
        (FORK_BESIDE_A_NAME, "import logging"),
        (FORK_BESIDE_A_NAME, "invoicexpress.ConfigurationError"),
        (IMPORT_BESIDE_A_LOAD, ""),
    ],
    ids=["first client", "first name", "first name, after logging", "another name", "import"],
)
def test_no_load_hangs_beside_a_fork_or_another_load(program: str, before: str, delay: float) -> None:
    name = "InvoiceXpress" if delay < 0.01 else "Invoices"
    text = ENDS + program.format(delay=delay, name=name, before=before)
    done = subprocess.run([sys.executable, "-c", text], check=False)
    assert done.returncode == 0


def test_a_fork_that_began_before_the_guard_was_loaded_leaves_it_free() -> None:
    loads = vars(invoicexpress_loading)["_Loads"]()

    def is_free() -> bool:
        with ThreadPoolExecutor(1) as other:
            free: bool = other.submit(loads.changed.acquire, blocking=False).result()
            if free:
                other.submit(loads.changed.release).result()
        return free

    loads.after_fork_in_parent()
    for _ in range(2):
        with loads:
            pass
        # The hooks may be registered twice.
        loads.before_fork()
        loads.before_fork()
        assert not is_free()
        loads.after_fork_in_parent()
        loads.after_fork_in_parent()
        assert is_free()


def test_the_types_of_a_client_resolve() -> None:
    for kind in (InvoiceXpress, AsyncInvoiceXpress):
        assert get_args(get_type_hints(kind)["invoices"])
    assert get_type_hints(invoicexpress.SilentChangeWarning.__init__)["change"] is invoicexpress.SilentChange


def test_each_generated_name_loads() -> None:
    models = importlib.import_module("invoicexpress_generated.models")
    for name in dir(models):
        assert getattr(models, name) is not None
    api = Path(str(invoicexpress_generated.__file__)).parent / "api"
    for folder in sorted(each for each in api.iterdir() if (each / "__init__.py").exists()):
        package = importlib.import_module(f"invoicexpress_generated.api.{folder.name}")
        modules = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
        assert dir(package) == modules
        for name in modules:
            assert callable(getattr(package, name).request)
