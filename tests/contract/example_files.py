"""Requests and answers of the API as data, one JSON file each, with their sources.

`examples/documented` restates what the vendor's pages show, to the letter. Where an example contradicts its
own page, the file keeps what was printed and says beside it what is right (`corrections`, by JSON pointer)
and why (`reasons`); `…` stands for what a page folds away. That numbers are printed as strings is no
contradiction here, whatever a page's table calls their type: the service takes both.

`examples/observed` has the shapes in which the live service was seen to answer. Their values are made up;
only keys and JSON types are evidence.

`source` names sources by the labels of docs/sources.md.

A request and an answer share a file only if the one would lead to the other.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True, kw_only=True)
class ExampleRequest:
    """What is sent. The query lacks the API key; a name that ends in [] has a list of values."""

    method: str
    path: str
    query: Mapping[str, str | list[str]]
    body: Any


@dataclass(frozen=True, kw_only=True)
class ExampleResponse:
    """What is answered: a JSON body, or the text of what is not JSON, or neither where no body is shown."""

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
        """Whether the live service is the source, rather than its documentation."""
        return self.name.startswith("observed/")


def example_paths() -> list[Path]:
    """The files, in an order that does not depend on the machine."""
    return sorted(FOLDER.glob("*/*.json"))


def member(holder: Any, part: str) -> Any:
    """Key or index that one part of a JSON pointer means in this holder."""
    return int(part) if isinstance(holder, list) else part.replace("~1", "/").replace("~0", "~")


def replace_at(document: Any, pointer: str, value: Any) -> None:
    """Puts a value where a JSON pointer (RFC 6901) points. Raises LookupError if nothing stands there."""
    *parents, last = pointer.split("/")[1:]
    holder = document
    for part in parents:
        holder = holder[member(holder, part)]
    key = member(holder, last)
    if isinstance(holder, dict) and key not in holder:
        raise KeyError(pointer)
    holder[key] = value


def read_example(path: Path, *, corrected: bool = True) -> Example:
    """Reads a file, with its corrections unless the printed example itself is wanted."""
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
    """Reads all files, or those of one operation."""
    for path in example_paths():
        example = read_example(path, corrected=corrected)
        if operation in (None, example.operation):
            yield example
