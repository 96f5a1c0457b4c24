"""Example requests and answers of the API, one JSON file each, with their sources.

`examples/documented` restates the examples on the vendor's pages, to the letter. Where an example contradicts
its own page, the file keeps the printed value, adds the right one (`corrections`, by JSON pointer) and says
why (`reasons`); `…` stands for parts folded away on the page. Numbers printed as strings are no contradiction
even if the page's table calls them numbers: the service takes both.

`examples/observed` holds observed shapes of the live service's answers. The values are made up; only keys
and JSON types are evidence.

`source` cites the labels of docs/sources.md.

A request and an answer share a file only if that request would get that answer.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True, kw_only=True)
class ExampleRequest:
    """An example request. The query omits the API key; a name ending in [] has a list of values."""

    method: str
    path: str
    query: Mapping[str, str | list[str]]
    body: Any


@dataclass(frozen=True, kw_only=True)
class ExampleResponse:
    """An example answer: a JSON body, the text of another body, or neither where the source shows none."""

    status: int
    body: Any
    text: str | None = None
    content_type: str = "application/json"


@dataclass(frozen=True, kw_only=True)
class Example:
    """One file. `segment` is the document type in the path, where the operation has one."""

    name: str
    operation: str
    segment: str | None
    source: str
    request: ExampleRequest | None
    response: ExampleResponse | None

    @property
    def observed(self) -> bool:
        """Whether the source is the live service rather than its documentation."""
        return self.name.startswith("observed/")


def example_paths() -> list[Path]:
    """Paths of the files, in the same order on every machine."""
    return sorted(FOLDER.glob("*/*.json"))


def member(holder: Any, part: str) -> Any:
    """The key or index in this container that one part of a JSON pointer names."""
    return int(part) if isinstance(holder, list) else part.replace("~1", "/").replace("~0", "~")


def replace_at(document: Any, pointer: str, value: Any) -> None:
    """Replaces the value at a JSON pointer (RFC 6901). Raises LookupError if there is none."""
    *parents, last = pointer.split("/")[1:]
    holder = document
    for part in parents:
        holder = holder[member(holder, part)]
    key = member(holder, last)
    if isinstance(holder, dict) and key not in holder:
        raise KeyError(pointer)
    holder[key] = value


def read_example(path: Path, *, corrected: bool = True) -> Example:
    """Reads a file and applies its corrections, unless told to keep the example as printed."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if corrected:
        for pointer, value in document.get("corrections", {}).items():
            replace_at(document, pointer, value)
    request, response = document["request"], document["response"]
    return Example(
        name=path.relative_to(FOLDER).with_suffix("").as_posix(),
        operation=document["operation"],
        segment=document["segment"],
        source=document["source"],
        request=None if request is None else ExampleRequest(**request),
        response=None if response is None else ExampleResponse(**response),
    )


def read_examples(operation: str | None = None, *, corrected: bool = True) -> Iterator[Example]:
    """Reads all files, or those of a single operation."""
    for path in example_paths():
        example = read_example(path, corrected=corrected)
        if operation in (None, example.operation):
            yield example
