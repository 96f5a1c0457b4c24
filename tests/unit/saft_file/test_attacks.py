"""SAF-T files are untrusted: nothing in them is expanded or fetched, and memory stays bounded."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from invoicexpress import SaftFileError, saft_file

from tests.unit.support.saft_files import PUBLIC_KEY, document, file, sales

LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
PARAMETERS = "".join(f'<!ENTITY % p{n + 1} "{f"&#37;p{n};" * 10}">' for n in range(9))
ATTACKS = {
    "billion laughs": f'<!DOCTYPE AuditFile [<!ENTITY l0 "lol">{LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE AuditFile [<!ENTITY l12 "{"x" * 50_000}">]>',
    "parameter entities": f'<!DOCTYPE AuditFile [<!ENTITY % p0 "lol">{PARAMETERS}%p9;<!ENTITY l12 "x">]>',
    "a file": '<!DOCTYPE AuditFile [<!ENTITY l12 SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE AuditFile [<!ENTITY l12 SYSTEM "http://127.0.0.1:PORT/x">]>',
    "an external parameter": '<!DOCTYPE AuditFile [<!ENTITY % x SYSTEM "http://127.0.0.1:PORT/x"> %x;]>',
    "an external subset": '<!DOCTYPE AuditFile SYSTEM "http://127.0.0.1:PORT/saft.dtd">',
    "a public subset": '<!DOCTYPE AuditFile PUBLIC "-//X//Y" "http://127.0.0.1:PORT/saft.dtd">',
    "an empty subset": "<!DOCTYPE AuditFile>",
    "attribute defaults": '<!DOCTYPE AuditFile [<!ATTLIST AuditFile a CDATA "x">]>',
    "an entity without a document type": '<!ENTITY l12 "x">',
    "behind a comment": '<!-- <AuditFile> --><?go on?><!DOCTYPE AuditFile [<!ENTITY l12 "x">]>',
    "behind many comments": "<!---->" * 5000 + '<!DOCTYPE AuditFile [<!ENTITY l12 "x">]>',
    "behind a long comment": f'<!--{"x" * 100_000}--><!DOCTYPE AuditFile [<!ENTITY l12 "x">]>',
}
ENCODINGS = ["utf-8", "utf-8-sig", "windows-1252", "iso-8859-1", "utf-16", "utf-16-le", "utf-16-be", "cp850"]
BODY = (
    "<AuditFile><Header><CompanyName>Olhão &l12;</CompanyName></Header><SourceDocuments><SalesInvoices>"
    "<Invoice><InvoiceNo>&l12;</InvoiceNo></Invoice></SalesInvoices></SourceDocuments></AuditFile>"
)


def attack(kind: str, encoding: str, port: int = 9) -> bytes:
    name = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    text = f'<?xml version="1.0" encoding="{name}"?>\n{ATTACKS[kind]}\n{BODY}'.replace("PORT", str(port))
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", ATTACKS)
def test_a_document_type_is_refused_in_every_encoding(kind: str, encoding: str) -> None:
    with pytest.raises(SaftFileError, match=r"DOCTYPE|begins with"):
        saft_file.read(attack(kind, encoding))


@pytest.mark.parametrize("declared", ["utf-7", "utf-16", "utf-32", "cp037", "nothing-of-this-name", "base64"])
@pytest.mark.parametrize("kind", ["billion laughs", "a file"])
def test_a_declaration_hides_nothing(kind: str, declared: str) -> None:
    with pytest.raises(SaftFileError, match="DOCTYPE"):
        saft_file.read(attack(kind, "utf-8").replace(b'"utf-8"', f'"{declared}"'.encode()))


def test_an_encoding_that_only_a_decoder_knows_hides_nothing() -> None:
    """In UTF-7 `+ADw-` is `<`. The reader takes it literally, so it is not XML."""
    hidden = attack("a file", "utf-7").replace(b"<", b"+ADw-")
    with pytest.raises(SaftFileError, match="begins with"):
        saft_file.read(hidden)


def test_a_doctype_where_none_may_stand_is_no_xml() -> None:
    for place in (
        b"<AuditFile>%s</AuditFile>",
        b"<AuditFile/>%s",
        b"<AuditFile><Header>%s</Header></AuditFile>",
    ):
        with pytest.raises(SaftFileError, match="not well-formed"):
            saft_file.read(place % b'<!DOCTYPE AuditFile [<!ENTITY l12 "x">]>')


@pytest.mark.parametrize("reference", [b"&l12;", b"&nbsp;", b"%p9;&x;"])
def test_an_entity_that_nobody_declared_is_an_error_and_not_left_out(reference: bytes) -> None:
    content = file(sales(*map(document, range(1, 400))))
    with pytest.raises(SaftFileError, match="not defined"):
        saft_file.read(content.replace(b"FT 2026/200", b"FT 2026/200" + reference))


def test_nothing_is_fetched_or_included() -> None:
    """A local listener gets no connection: no inclusion, schema, style sheet or base is followed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        content = (
            f'<?xml version="1.0"?><?xml-stylesheet href="{address}" type="text/xsl"?>'
            f'<AuditFile xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            f' xsi:schemaLocation="urn:x {address}"'
            f' xmlns:xi="http://www.w3.org/2001/XInclude" xml:base="{address}"><Header><CompanyName>A'
            f'<xi:include href="file:///etc/passwd" parse="text"/><xi:include href="{address}"/>'
            "</CompanyName></Header></AuditFile>"
        )
        for encoding in ("utf-8", "utf-16", "windows-1252"):
            assert saft_file.read(content.encode(encoding)).header.company_name == "A"
            for kind in ("an address", "an external parameter", "an external subset"):
                with pytest.raises(SaftFileError):
                    saft_file.read(attack(kind, encoding, listener.getsockname()[1]))
        with pytest.raises(BlockingIOError):
            listener.accept()


HOSTILE = {
    "a text": b"<AuditFile><Header><CompanyName>" + b"x" * (11 << 20),
    "an attribute": b"<AuditFile><Header a='" + b"x" * (11 << 20),
    "a comment": b"<AuditFile><!--" + b"x" * (12 << 20),
    "a name": b"<AuditFile><" + b"x" * (11 << 20),
    "depth": b"<AuditFile>" + b"<x>" * 100_000,
    "elements that nobody knows": b"<AuditFile>" + b"<x/>" * 3_000_000,
    "a document of blank lines": b"<AuditFile><Invoice>" + b"<Line/>" * 3_000_000,
    "attributes": b"<AuditFile>" + b"<x a='' b='' c=''/>" * 1_000_000,
    "nothing in it": b"<AuditFile>" + b" " * (12 << 20),
    "a prolog": b"<?xml version='1.0'?>" + b"<!-- -->" * 100_000,
}
# Read for this program alone: getrusage's maximum starts from the parent's.
PROGRAM = """
import sys
from pathlib import Path
from invoicexpress import SaftFileError, saft_file

def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])

saft_file.read(b"<AuditFile><Header/></AuditFile>")
before = peak()
try:
    outcome = sum(1 for _ in saft_file.read(sys.argv[1]).documents())
except SaftFileError:
    outcome = "refused"
print(outcome, peak() - before)
"""


def outcome_and_growth(content: bytes, folder: Path) -> tuple[str, int]:
    """The outcome of reading a file in a fresh interpreter, and the growth in memory, in KB."""
    path = folder / "hostile.xml"
    path.write_bytes(content)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    outcome, growth = run.stdout.split()
    return outcome, int(growth)


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the unit of the maximum differs elsewhere")


@ON_LINUX
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_beyond_measure_is_refused_and_not_kept(kind: str, tmp_path: Path) -> None:
    outcome, growth = outcome_and_growth(HOSTILE[kind], tmp_path)
    assert outcome == "refused"
    assert growth < 250 * 1024


@ON_LINUX
@pytest.mark.parametrize(
    "many",
    [
        b"<MasterFiles>%s</MasterFiles>" % (b"<Supplier/>" * 100_000),
        b"<A><Supplier/></A>" * 50_000,
        b"<B><C/><C/><C/></B><A><Supplier/></A>" * 20_000,
    ],
    ids=["beside each other", "apart", "between others"],
)
def test_nothing_is_left_of_what_was_passed(many: bytes, tmp_path: Path) -> None:
    """Not even an empty element is kept: 100,000 of them would take 12 MB."""
    outcome, growth = outcome_and_growth(b"<AuditFile>%s</AuditFile>" % many, tmp_path)
    assert outcome == "0"
    assert growth < 5 * 1024


def test_a_document_as_long_as_they_come_is_read() -> None:
    lines: Any = [
        [("LineNumber", n), ("ProductCode", "PAO"), ("CreditAmount", "0.01")] for n in range(20_000)
    ]
    (row,) = saft_file.read(file(sales(document(1, lines=lines, net="200")))).documents()
    assert len(row.lines) == 20_000


@ON_LINUX
def test_memory_stays_flat_over_many_documents(tmp_path: Path) -> None:
    """Ten times the documents take the same memory, within a megabyte; the file grows by nine."""
    first, _, last = file(sales(document("NUMBER"))).partition(b"NUMBER")
    start = first.rindex(b"<Invoice>")
    end = last.index(b"</Invoice>") + len(b"</Invoice>")
    growths: list[int] = []
    for count in (1_000, 10_000):
        rows = (first[start:] + str(n).encode() + last[:end] for n in range(count))
        content = first[:start] + b"\n".join(rows) + last[end:]
        outcome, growth = outcome_and_growth(content, tmp_path)
        assert outcome == str(count)
        growths.append(growth)
    assert growths[1] < growths[0] + 1024, growths


def test_a_number_of_many_digits_is_no_number() -> None:
    """Python refuses to read so many digits as a whole number."""
    number = "FT A/" + "1" * 5000
    opened = saft_file.read(file(sales(document("1" * 5000, series="FT A", signature="x"))))
    assert {each.kind for each in saft_file.check(opened)} <= {"unreadable"}
    (link,) = saft_file.verify_chain(opened, PUBLIC_KEY).unverifiable
    assert link.number == number
