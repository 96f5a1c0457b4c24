"""`make oracle`: does the emulator answer as a live account does?

    INVOICEXPRESS_LIVE_ACCOUNT=... INVOICEXPRESS_LIVE_API_KEY=... make oracle

sends the same requests to the account and to an emulator, and prints each difference on a line.
`ARGS="--record FILE"` saves the account's answers, without keys, ids and links, and `ARGS="--compare FILE"`
compares the emulator with such a recording, without an account. Exit status: 0 if all answers match, 1 if
some differ, 2 if no request could be sent.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import httpx
from invoicexpress_emulator import Emulator

from .questions import QUESTIONS, TAKEN_BACK, Json, Question

_PRESENCE_ONLY: Final = ("etag", "x-runtime", "set-cookie")
_AS_SENT: Final = ("content-type", "status", "cache-control")

_LOOKS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"https?://[^\s\"]+"), "<url>"),
    (re.compile(r"\b\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}\b"), "<moment>"),
    (re.compile(r"\b\d{2}/\d{2}/\d{4}\b"), "<date>"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), "<iso date>"),
)
_NAMES_AN_ID: Final = re.compile(r"(?:.*_)?id")


@dataclass(frozen=True, slots=True)
class Recording:
    """An answer without the parts that vary: ids, dates, links, and the run's unique word."""

    question: str
    status: int
    headers: Mapping[str, str]
    body: Json


def reduced(value: Json, known: Mapping[str, str], key: str = "") -> Json:
    """Return a JSON value that is comparable between runs; the order of keys is kept.

    Values `known` from this run are replaced by their names, dates and links by markers.
    """
    match value:
        case dict():
            return {name: reduced(each, known, name) for name, each in value.items()}
        case list():
            return [reduced(each, known, key) for each in value]
        case str():
            text = value
            for look, mark in _LOOKS:
                text = look.sub(mark, text)
            for name, word in known.items():
                text = re.sub(rf"\b{re.escape(word)}\b", f"<{name}>", text)
            return text
        case int() if _NAMES_AN_ID.fullmatch(key) and not isinstance(value, bool):
            return "<id>"
        case _:
            return value


def _filled(value: Json, known: Mapping[str, str]) -> Json:
    """Return a value of a request with the names in braces filled in."""
    match value:
        case dict():
            return {name: _filled(each, known) for name, each in value.items()}
        case list():
            return [_filled(each, known) for each in value]
        case str():
            return _text(value, known)
        case _:
            return value


def _text(value: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], value)


def _at(body: Json, keys: str) -> str | None:
    for key in keys.split("/"):
        if not isinstance(body, dict) or not body:
            return None
        body = next(iter(body.values())) if key == "*" else body.get(key)
    return str(body) if isinstance(body, int) else None


class _Witness:
    """One run against one account."""

    def __init__(self, base_url: str, api_key: str) -> None:
        self._http = httpx.Client(base_url=base_url, params={"api_key": api_key}, timeout=60)
        self._known = {"run": uuid.uuid4().hex[:12]}

    def asked(self, questions: Sequence[Question]) -> Iterator[Recording]:
        """Ask in order, skipping questions about resources that could not be made."""
        for question in questions:
            with suppress(KeyError):
                yield self._ask(question)

    def close(self) -> None:
        self._http.close()

    def _ask(self, question: Question) -> Recording:
        answer = self._http.request(
            question.method,
            _text(question.path, self._known),
            params={name: _text(value, self._known) for name, value in question.query.items()},
            json=_filled(question.body, self._known),
        )
        body: Json
        try:
            body = answer.json()
        except ValueError:
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            body = "<page>" if is_page else answer.text
        for name, keys in question.learns.items():
            if answer.is_success and (found := _at(body, keys)) is not None:
                self._known[name] = found
        return Recording(
            question.name,
            answer.status_code,
            {name: answer.headers.get(name, "absent") for name in _AS_SENT}
            | {name: "present" if name in answer.headers else "absent" for name in _PRESENCE_ONLY},
            reduced(body, self._known),
        )


def recorded(base_url: str, api_key: str) -> list[Recording]:
    """Ask an account everything; afterwards delete everything made, even after an error."""
    witness = _Witness(base_url, api_key)
    try:
        answers: list[Recording] = []
        try:
            answers.extend(witness.asked(QUESTIONS))
        finally:
            answers.extend(witness.asked(TAKEN_BACK))
        return answers
    finally:
        witness.close()


def _differences_of(path: str, live: Json, emulated: Json) -> Iterator[str]:
    if isinstance(live, dict) and isinstance(emulated, dict):
        for key in live.keys() - emulated.keys():
            yield f"{path}.{key}: the emulator leaves it out"
        for key in emulated.keys() - live.keys():
            yield f"{path}.{key}: the account leaves it out"
        shared = [key for key in live if key in emulated]
        if shared != [key for key in emulated if key in live]:
            yield f"{path}: the keys come in another order"
        for key in shared:
            yield from _differences_of(f"{path}.{key}", live[key], emulated[key])
    elif isinstance(live, list) and isinstance(emulated, list) and len(live) == len(emulated):
        for index, (one, other) in enumerate(zip(live, emulated, strict=True)):
            yield from _differences_of(f"{path}[{index}]", one, other)
    elif type(live) is not type(emulated) or live != emulated:
        yield f"{path}: the account says {json.dumps(live)}, the emulator {json.dumps(emulated)}"


def differences(live: Sequence[Recording], emulated: Sequence[Recording]) -> list[str]:
    """Return the differences between the answers, one line each."""
    ours = {recording.question: recording for recording in emulated}
    found: list[str] = []
    for recording in live:
        other = ours.pop(recording.question, None)
        if other is None:
            found.append(f"{recording.question}: only the account could be asked")
            continue
        compared: tuple[tuple[str, Json, Json], ...] = (
            ("status", recording.status, other.status),
            ("headers", {**recording.headers}, {**other.headers}),
            ("body", recording.body, other.body),
        )
        for path, one, two in compared:
            found.extend(f"{recording.question}: {line}" for line in _differences_of(path, one, two))
    found.extend(f"{question}: only the emulator could be asked" for question in ours)
    return found


def written(recordings: Sequence[Recording]) -> str:
    """Return recordings in the format of a file."""
    return json.dumps([asdict(each) for each in recordings], ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> list[Recording]:
    """Return the recordings of a file."""
    return [Recording(**each) for each in json.loads(text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, compare, print; return the exit status."""
    parser = argparse.ArgumentParser(prog="oracle", description="Compares the emulator with a live account.")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep the account's answers")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="use these in place of an account's")
    options = parser.parse_args(arguments)
    if options.compare is not None:
        live = read(options.compare.read_text("utf-8"))
    else:
        account = os.environ.get("INVOICEXPRESS_LIVE_ACCOUNT")
        api_key = os.environ.get("INVOICEXPRESS_LIVE_API_KEY")
        if not account or not api_key:
            sys.stderr.write("oracle: set INVOICEXPRESS_LIVE_ACCOUNT and INVOICEXPRESS_LIVE_API_KEY\n")
            return 2
        host = account if "://" in account else f"https://{account}.app.invoicexpress.com"
        live = recorded(host, api_key)
    if options.record is not None:
        options.record.write_text(written(live), "utf-8")
    with Emulator() as emulator:
        found = differences(live, recorded(emulator.base_url, emulator.api_key))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
