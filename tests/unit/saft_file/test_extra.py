"""The reader is an extra: it costs nothing when unused, and its absence gives a clear error."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from invoicexpress import saft_file

from tests.unit.support.saft_files import PUBLIC_KEY, document, file, sales, signed

READER = "('lxml', 'cryptography', 'invoicexpress.saft_file')"
LOADED = f"print([name for name in {READER} if name in sys.modules])"


def python(code: str) -> str:
    """The output of a fresh interpreter."""
    paths = [path for path in sys.path if path]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sys; sys.path[:0] = {paths!r}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_the_package_loads_nothing_of_the_reader() -> None:
    code = "import invoicexpress\ninvoicexpress.InvoiceXpress('acme', 'key')\n"
    assert python(f"{code}{LOADED}") == "[]"


@pytest.mark.parametrize(
    "way", ["from invoicexpress import saft_file", "import invoicexpress; invoicexpress.saft_file"]
)
def test_the_reader_loads_its_libraries_when_it_reads(way: str) -> None:
    code = f"{way}\nprint([name for name in ('lxml', 'cryptography') if name in sys.modules])"
    assert python(code) == "[]"
    read = "import invoicexpress\ninvoicexpress.saft_file.read(b'<AuditFile/>')\n"
    assert python(f"{read}print('lxml' in sys.modules, 'cryptography' in sys.modules)") == "True False"


def test_a_name_that_is_not_there_is_an_attribute_error_as_ever() -> None:
    code = "import invoicexpress\ntry: invoicexpress.saft_files\nexcept AttributeError as error: print(error)"
    assert python(code) == "module 'invoicexpress' has no attribute 'saft_files'"


MISSING = """
sys.modules[{module!r}] = None
from invoicexpress import ConfigurationError, saft_file
try:
    {call}
except ConfigurationError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("module", "call", "message"),
    [
        ("lxml", "saft_file.read(b'<AuditFile/>')", "reading SAF-T files takes lxml"),
        ("lxml.etree", "saft_file.read(b'<AuditFile/>')", "reading SAF-T files takes lxml"),
        ("cryptography", "saft_file.verify_chain([], '')", "verifying signatures takes cryptography"),
    ],
)
def test_without_the_extra_it_is_said_how_to_install_it(module: str, call: str, message: str) -> None:
    said = python(MISSING.format(module=module, call=call))
    assert said == f'{message}: pip install "invoicexpress[saft]"'


def test_reading_and_checking_take_no_cryptography() -> None:
    code = (
        "sys.modules['cryptography'] = None\nfrom invoicexpress import saft_file\n"
        "print(len(saft_file.check(saft_file.read(b'<AuditFile/>'))))"
    )
    assert python(code) == "1"


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    constants = [name for name in saft_file.__all__ if name.isupper()]
    classes = [name for name in saft_file.__all__ if name[0].isupper() and not name.isupper()]
    rest = sorted(set(saft_file.__all__) - {*constants, *classes})
    assert sorted(constants) + sorted(classes) + rest == saft_file.__all__
    for name in saft_file.__all__:
        value = getattr(saft_file, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name
            assert not str(inspect.getdoc(value)).startswith(f"{name}("), "a dataclass made it of its fields"


def test_the_example_of_the_module_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signature = signed("2026-11-21;2026-11-21T10:00:00;FT 2026/1;12.30;")
    content = file(sales(document(1, signature=signature), entries=1, credit="10.00"))
    (tmp_path / "SAF-T 2026-10.xml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    example = "\n".join(line[4:] for line in str(saft_file.__doc__).splitlines() if line.startswith("    "))
    exec(example, {"saft_file": saft_file, "public_key_pem": PUBLIC_KEY})  # noqa: S102 our own example
    assert capsys.readouterr().out == "FT 2026/1 2026-11-21 12.30\nNone 23 10.00 2.30\n"
