"""Finds the project's citations of its sources and checks them.

A label is the short name of a source: `diogopms 2026-06`, `Portaria 195/2020`. docs/sources.md has a row for
each. Labels stand in entries and in prose.

An entry is a text made of citations alone, such as `x-source`: one or more, separated by `; `. Each is a
label, optionally followed by a place or topic in the source: `LABEL, art. 3`, `LABEL (id)`, `LABEL: a list`.
`assumed: ` comes last; the reason follows in prose, up to the end of the entry.

Prose is a comment, a docstring or a page that mentions labels.
"""

from __future__ import annotations

import ast
import csv
import functools
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

PAGE: Final = "docs/sources.md"
FOLDERS: Final = ("benchmarks", "docs", "emulator", "examples", "overlays", "tests")
FILES: Final = ("README.md", "CONTRIBUTING.md", "openapi.yaml")
FIELDS: Final = ("source", "clause")
"""Fields of tables that hold an entry, in Python as in CSV, JSON and Markdown."""

_ORDINARY: Final = frozenset(
    re.findall(
        r"\S+",
        "a after and at before by de from FT in is named of on or SAF-T Schema since the to until year "
        "January February March April May June July August September October November December "
        "Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec",
    )
)
"""What stands before a year, or a number like one, and makes no label of it."""
_COMMON: Final = frozenset({"clients", "recorded", "assumed"})
"""Names of sources that are words as well, and name a source only with the year."""
_YEAR: Final = re.compile(
    r"(?<![\w/.-])([^\W\d_][\w.-]*) (20[0-3]\d(?:-(?:0[1-9]|1[0-2]))?)(?![\w/]|-\d|\.\d)"
)
_LAW: Final = re.compile(
    r"\b(?:Portaria|Despacho|Decreto-Lei|Lei|DLR|Ofício Circulado)(?: n\.[º°])? (?:\d[\w-]*/[\w/-]*\w)"
    r"|\b(?:Portaria|Despacho|Decreto-Lei)\b"
)
_END: Final = r"(?![\w/]|-\w)"
"""What may not follow a label, because it would be another one."""
_YEARS_LATER: Final = re.compile(r"\s\d{4}(-\d{2})?$")
_BLOCK_OF_CODE: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_ELSEWHERE: Final = (
    re.compile(r"(?<![\w.-])(?<!vendor )[Dd]ocs(?= [0-9]|:|\)|;)"),
    re.compile(r"\b[AC]\d{1,2}\b(?! page| paper)"),
    re.compile(r"[(;] ?observed(?=[:;)])|\bobserved: [a-z`]|\bobserved,? \d"),
    re.compile(r"\b(?:section|register|survey|contradictions?) [A-Z]\d+|\b(?:api|design|layout) \d+\b"),
    re.compile(
        r"(?<!docs/)(?<!\.\./)(?<!\]\()\b(?:api|design|layout|observed|sdk-anchors|fiscal-and-emulators)\.md\b"
    ),
)
"""References that name no source, or sections of papers that are not in the repository."""


class Text(NamedTuple):
    """A piece of a file and its first line number."""

    path: str
    line: int
    text: str


class Collected(NamedTuple):
    """The texts of a tree: entries, prose, and string literals, which may cite in passing."""

    entries: list[Text]
    prose: list[Text]
    strings: list[Text]


class Row(NamedTuple):
    """A row of docs/sources.md."""

    label: str
    cells: tuple[str, ...]


# The page ---------------------------------------------------------------------------------------------


def rows(page: str) -> list[Row]:
    """Read docs/sources.md: the table rows whose first cell is a label in backticks."""
    found: list[Row] = []
    for line in page.splitlines():
        first, *others = _cells(line)
        label = re.fullmatch(r"`([^`]+)`", first)
        if label:
            found.append(Row(label[1], tuple(others)))
    return found


def _cells(line: str) -> list[str]:
    if not line.startswith("|"):
        return [""]
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


# What is wrong ----------------------------------------------------------------------------------------


def wrong_in_entry(text: str, labels: frozenset[str]) -> list[str]:
    """Return the citations of an entry that do not begin with a label."""
    citation = _citation(labels)
    return [each for each in _citations(text) if not citation.match(each)]


@functools.cache
def _citation(labels: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(labels)})(?:$|, | \(|: )")


@functools.cache
def _name(labels: frozenset[str]) -> re.Pattern[str]:
    names = {_YEARS_LATER.sub("", label) for label in labels} - _COMMON
    return re.compile(rf"(?<![\w./-])(?:{_any_of(names)})(?![\w/-])", re.IGNORECASE)


@functools.cache
def _label(labels: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(labels)}){_END}")


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


def _citations(text: str) -> Iterator[str]:
    """Split an entry into citations, but not inside brackets or the reason after `assumed: `."""
    depth, begin = 0, 0
    for place, letter in enumerate(text):
        if text.startswith("assumed: ", begin):
            break
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth == 0:
            yield text[begin:place]
            begin = place + 1 + (text[place + 1 :].startswith(" "))
    yield text[begin:]


def wrong_in_prose(text: str, labels: frozenset[str]) -> list[str]:
    """Return near-labels in prose that match no row, and references to sections of other papers."""
    return [
        *(
            found[0]
            for found in _YEAR.finditer(text)
            if _ORDINARY.isdisjoint({found[1], found[1].lower()})
            and not any(text.endswith(label, 0, found.end()) for label in labels)
        ),
        *wrong_in_string(text, labels),
        *(found[0] for found in _LAW.finditer(text) if found[0] not in labels),
        *(found[0] for pattern in _ELSEWHERE for found in pattern.finditer(text)),
    ]


def wrong_in_string(text: str, labels: frozenset[str]) -> list[str]:
    """Return source names with a missing or wrong date, or a different spelling."""
    label = _label(labels)
    return [
        text[found.start() : found.end() + len(" 2026-07")]
        for found in _name(labels).finditer(text)
        if not label.match(text, found.start())
    ]


def cites(text: str, label: str) -> bool:
    """Whether a text cites a source. A longer label that begins with this one does not count."""
    return re.search(rf"(?<![\w/-]){re.escape(label)}{_END}", text) is not None


def unknown(found: Collected, labels: Iterable[str]) -> list[str]:
    """Return one line for each citation in a tree that names no known label."""
    known = frozenset(labels)
    return [
        f"{each.path}:{each.line}: {wrong}"
        for texts, check in (
            (found.entries, wrong_in_entry),
            (found.entries, wrong_in_prose),
            (found.prose, wrong_in_prose),
            (found.strings, wrong_in_string),
        )
        for each in texts
        for wrong in check(each.text, known)
    ]


def uncited(found: Collected, labels: Iterable[str]) -> list[str]:
    """Return the labels that a tree never cites."""
    whole = "\n".join(each.text for texts in found for each in texts)
    return [label for label in labels if not cites(whole, label)]


# Where it stands --------------------------------------------------------------------------------------


def files(root: Path) -> Iterator[Path]:
    """Yield hand-written files; generated ones are left out."""
    for name in FILES:
        if (root / name).is_file():
            yield root / name
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _READERS and path.relative_to(root).as_posix() != PAGE:
                yield path


def collect(root: Path) -> Collected:
    """Read a whole tree. No path is fixed, so files may move freely."""
    entries: list[Text] = []
    prose: list[Text] = []
    strings: list[Text] = []
    texts = {path: path.read_text(encoding="utf-8") for path in files(root)}
    code = {path: list(ast.walk(ast.parse(text))) for path, text in texts.items() if path.suffix == ".py"}
    citing = _citing_classes(node for nodes in code.values() for node in nodes)
    for path, text in texts.items():
        name = path.relative_to(root).as_posix()
        if path in code:
            nodes = code[path]
            entries += (Text(name, *each) for each in _entries_of_python(nodes, citing))
            prose += (Text(name, *each) for each in _prose_of_python(text, nodes))
            strings += (Text(name, *each) for each in _strings_of_python(nodes))
        else:
            found, other = _READERS[path.suffix](text)
            entries += (Text(name, *each) for each in found)
            prose += (Text(name, *each) for each in other)
    return Collected(entries, prose, strings)


Piece = tuple[int, str]
Pieces = tuple[list[Piece], list[Piece]]
"""Entries and prose of a file, each with its line."""


def _of_yaml(text: str) -> Pieces:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[Piece] = []
    lines = enumerate(text.splitlines(), 1)
    other = [(number, line) for number, line in lines if line.lstrip().startswith("#")]

    def walk(node: Any) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in {"x-source", "description", "summary"} and isinstance(value, yaml.ScalarNode):
                    kind = found if key.value == "x-source" else other
                    kind.append((value.start_mark.line + 1, value.value))
                else:
                    walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                walk(value)

    walk(yaml.compose(text, Loader=loader))
    return found, other


def _of_json(text: str) -> Pieces:
    document: dict[str, Any] | list[Any] = json.loads(text)
    if not isinstance(document, dict):
        return [], []
    return [(1, document[field]) for field in FIELDS if isinstance(document.get(field), str)], []


def _of_csv(text: str) -> Pieces:
    table = csv.DictReader(io.StringIO(text))
    return [(table.line_num, row[field]) for row in table for field in FIELDS if row.get(field)], []


def _of_markdown(text: str) -> Pieces:
    """Table columns titled `source` hold entries; code blocks are skipped."""
    found: list[Piece] = []
    other: list[str] = []
    column: int | None = None
    without_code = _BLOCK_OF_CODE.sub(lambda block: "\n" * block[0].count("\n"), text)
    for number, line in enumerate(without_code.splitlines(), 1):
        cells = _cells(line) if line.startswith("|") else [line]
        if not line.startswith("|"):
            column = None
        elif "source" in cells:
            column = cells.index("source")
        elif column is not None and not set(cells[column]) <= {"-"}:
            # The wire of the operation is not part of the citation.
            found.append((number, re.sub(r" \(wire: \w+\)$", "", cells.pop(column))))
        other.append("|".join(cells))
    return found, _paragraphs("\n".join(other))


def _of_text(text: str) -> Pieces:
    return [], _paragraphs(text)


_READERS: Final = {
    ".csv": _of_csv,
    ".jinja": _of_text,
    ".json": _of_json,
    ".md": _of_markdown,
    ".py": _of_text,
    ".yaml": _of_yaml,
}


def _paragraphs(text: str) -> list[Piece]:
    """Return the paragraphs, each joined into one line, without comment markers."""
    found: list[Piece] = []
    begin, lines = 1, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip(" #"):
            lines.append(line.strip().removeprefix("#").strip())
        else:
            if lines:
                found.append((begin, " ".join(lines)))
            begin, lines = number + 1, []
    return found


# Python -----------------------------------------------------------------------------------------------


def _citing_classes(nodes: Iterable[ast.AST]) -> dict[str, dict[str, int]]:
    """Return the classes with an entry field: class name -> field name -> argument position."""
    found: dict[str, dict[str, int]] = {}
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
            for place, each in enumerate(fields):
                name = ast.unparse(each.target)
                if name in FIELDS and ast.unparse(each.annotation) == "str":
                    found.setdefault(node.name, {})[name] = place
    return found


def _entries_of_python(nodes: list[ast.AST], citing: dict[str, dict[str, int]]) -> Iterator[Piece]:
    """Yield the literals passed to such fields. Composed ledger entries are read from the ledger's page."""
    own = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    citing = {name: fields for name, fields in citing.items() if name not in own} | _citing_classes(nodes)
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in citing:
            for field, place in citing[node.func.id].items():
                given = next((each.value for each in node.keywords if each.arg == field), None)
                if given is None and place < len(node.args):
                    given = node.args[place]
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.lineno, given.value


def _prose_of_python(text: str, nodes: list[ast.AST]) -> Iterator[Piece]:
    """Yield docstrings, including those of constants, and comments; adjacent comment lines form one."""
    for node in nodes:
        if isinstance(node, ast.Expr):
            yield from _string(node.value)
    begin, last, comment = 0, -1, list[str]()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            if token.start[0] != last + 1:
                yield begin, " ".join(comment)
                begin, comment = token.start[0], []
            last = token.start[0]
            comment.append(token.string.lstrip("# ").strip())
    yield begin, " ".join(comment)


def _strings_of_python(nodes: list[ast.AST]) -> Iterator[Piece]:
    for node in nodes:
        yield from _string(node)


def _string(node: ast.AST) -> Iterator[Piece]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, " ".join(node.value.split())
