"""The page docs/faults.md: what the caller gets and what exists, for each write and class of fault."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from .faults import CORE, FAULTS
from .judge import Lie
from .plan import PLACES
from .record import Record
from .writes import REPRESENTATIVES, WRITES

PATH: Final = Path(__file__).parents[2] / "docs" / "faults.md"

LIES: Final[Mapping[Lie, str]] = {
    "duplicate": "duplicates: more exists than was asked for",
    "loss": "losses: the call returned, and what it stands for does not exist",
    "false refusal": "false refusals: the error says that nothing was done, and something exists",
    "wrong effect": "wrong effects: something else exists than was asked for",
    "wrong value": "wrong values: the call returned something else than what exists",
    "no place to look": "unknown results that do not say where to look",
    "no key": "unknown results of a create with a key that do not name the key",
    "foreign exception": "exceptions of other libraries",
}

COLUMNS: Final = {
    "first attempt": frozenset({"first"}),
    "more attempts": frozenset({"twice", "always", "second, answer lost", "second, request lost"}),
    "look-ups": frozenset(
        {
            "before",
            "look-up, answer lost",
            "look-up, request lost",
            "look-ups, answer lost",
            "look-ups, request lost",
        }
    ),
}
_NEVER_SENT: Final = frozenset({"connection refused", "reset before"})
_LATE: Final = re.compile("late|slow")
_EXISTS: Final = {
    "nothing": "not carried out",
    "part": "a draft exists",
    "it": "carried out",
}


# Words ----------------------------------------------------------------------------------------------


def effect_of(record: Record) -> str:
    """Return whether the write is carried out under a record's fault."""
    if record.group == "no answer":
        if record.fault in _NEVER_SENT:
            return "not carried out"
        return "carried out late" if _LATE.match(record.fault) else "carried out"
    return "not carried out" if record.fault.endswith("not carried out") else "carried out"


def class_of(record: Record) -> str:
    """Return the class of a record's fault, as the rows of a write name it."""
    answered = "no answer" if record.group == "no answer" else "another answer"
    return f"{answered}, {effect_of(record)}"


def outcome_of(record: Record) -> str:
    """Say in a few words what the caller got and what exists."""
    if record.lie:
        return f"**{record.lie}**"
    if record.way == "done":
        return "done on a forged answer" if record.is_forged else "done"
    if record.way == "refused":
        return "refused" if record.exists == "nothing" else "refused, naming the draft"
    return f"unknown, {_EXISTS[record.exists]}"


_UNKNOWN: Final = "unknown, "
_ORDER: Final = ("done", "refused", _UNKNOWN, "**")


def outcomes(records: Iterable[Record]) -> str:
    """Say everything that callers got, such as "done; unknown: carried out or not carried out"."""
    said = {outcome_of(record) for record in records}
    parts: list[str] = []
    for start in _ORDER:
        found = sorted(each for each in said if each.startswith(start))
        if start == _UNKNOWN and found:
            parts.append(f"unknown: {' or '.join(each.removeprefix(_UNKNOWN) for each in found)}")
        else:
            parts += found
    return "; ".join(parts) or "–"


def _share(records: Sequence[Record], is_one: Callable[[Record], bool]) -> str:
    found = sum(map(is_one, records))
    return f"{100 * found / len(records):.0f} %" if found else "–"


# Tables ---------------------------------------------------------------------------------------------

Rows = tuple[tuple[str, ...], ...]


def _grouped(records: Iterable[Record], name: Callable[[Record], str]) -> Mapping[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[name(record)].append(record)
    return found


def rows_of_write(records: Sequence[Record]) -> Rows:
    """Return a row for each class of fault; classes with equal outcomes share one."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for name, found in sorted(_grouped(records, class_of).items(), reverse=True):
        by_place = tuple(
            outcomes(each for each in found if each.place in places) for places in COLUMNS.values()
        )
        rows.setdefault(by_place, []).append(name)
    return tuple((_joined(names), *by_place) for by_place, names in rows.items())


def _joined(classes: Sequence[str]) -> str:
    """Say classes in one go: "no answer, or another answer, carried out"."""
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for name in classes:
        answered, _, effect = name.partition(", ")
        answers[effect].append(answered)
    effects: defaultdict[str, list[str]] = defaultdict(list)
    for effect, found in answers.items():
        effects[" or ".join(found)].append(effect)
    return "; ".join(f"{answered}, {' or '.join(effect)}" for answered, effect in effects.items())


_NAMES: Final = [write.name for write in WRITES]


def _families(records: Iterable[Record]) -> Iterator[tuple[list[str], Rows]]:
    """Yield the writes with the same rows."""
    tables: dict[Rows, list[str]] = {}
    for name, found in _grouped(records, lambda each: REPRESENTATIVES[each.write].name).items():
        tables.setdefault(rows_of_write(found), []).append(name)
    for rows, names in sorted(tables.items(), key=lambda each: min(map(_NAMES.index, each[1]))):
        yield sorted(names, key=_NAMES.index), rows


def _named(name: str) -> str:
    """Name a write, with `*` for the several namespaces that share it."""
    write = REPRESENTATIVES[name]
    siblings = sum(each is write for each in REPRESENTATIVES.values())
    space = write.space if siblings == 1 else f"{write.space}*"
    return f"`{space}.{write.method}`" + (f" ({write.way})" if write.way else "")


def _results(records: Iterable[Record]) -> Iterator[str]:
    for names, rows in _families(records):
        said = ", ".join(map(_named, names))
        for row in rows:
            yield f"| {said} | {' | '.join(row)} |"
            said = ""


def _ended_in(way: str, record: Record) -> bool:
    return record.way == way


def _by_group(records: Iterable[Record]) -> Iterator[str]:
    groups = _grouped(records, lambda each: f"{each.group}, {effect_of(each)}")
    for name, found in sorted(groups.items(), key=lambda each: _GROUPS.index(each[1][0].group)):
        shares = [_share(found, partial(_ended_in, way)) for way in WAYS]
        yield f"| {name} | {len(found):,} | {' | '.join(shares)} |"


_GROUPS: Final = tuple(dict.fromkeys(fault.group for fault in FAULTS))
WAYS: Final = ("done", "refused", "unknown")


# The page -------------------------------------------------------------------------------------------


def plan_line(cells: int) -> str:
    """Say how large the plan is."""
    return (
        f"{cells:,} cells: {len(WRITES)} writes, {len(FAULTS)} faults ({len(CORE)} of them at every place), "
        f"{len(PLACES)} places, two clients, two profiles."
    )


def operations() -> str:
    """Return the list of writes: a line for each method, with its ways and namespaces."""
    spaces: defaultdict[str, dict[str, None]] = defaultdict(dict)
    ways: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for write in WRITES:
        spaces[write.method][write.space] = None
        if write.way:
            ways[write.method][write.way] = None
    return "\n".join(
        f"- `{method}`{_in_brackets(ways[method])}: {', '.join(names)}"
        for method, names in sorted(spaces.items())
    )


def _in_brackets(words: Iterable[str]) -> str:
    said = ", ".join(words)
    return f" ({said})" if said else ""


def faults() -> str:
    """Return the list of faults: a line for each group."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for fault in FAULTS:
        names[fault.group][re.sub(", (not )?carried out$", "", fault.name)] = None
    return "\n".join(f"- {group}: {'; '.join(found)}" for group, found in names.items())


def places() -> str:
    """Return the list of places, by the columns of the results."""
    return "\n".join(
        f"- {column}: {'; '.join(place.words for place in PLACES if place.name in names)}"
        for column, names in COLUMNS.items()
    )


def page(records: Sequence[Record]) -> str:
    """Return the whole page."""
    ways = Counter(record.way for record in records)
    lies = Counter(record.lie for record in records if record.lie)
    known = [record for record in records if record.could_have_known]
    forged = sum(record.is_forged for record in records)
    lines = [
        _HEAD,
        plan_line(len(records)),
        _TOTALS,
        *(f"| {way} | {ways[way]:,} |" for way in WAYS),
        f"| unknown, although a read would have shown it | {len(known):,} |",
        f"| done on a forged answer: no client can tell it from the true one | {forged:,} |",
        *(f"| {words} | {lies[name]:,} |" for name, words in LIES.items()),
        f"\n## Faults\n\n{faults()}\n\n{_FAULTS}",
        *_by_group(records),
        f"\n## Places\n\nThe fault hits:\n\n{places()}",
        _RESULTS,
        *_results(records),
        *_doubts(known),
        f"\n## Writes\n\n{operations()}",
    ]
    return "\n".join(lines) + "\n"


_HEAD: Final = """\
# What a call comes to when something goes wrong

Written by `make faults`; do not edit.

Each cell of the fault matrix makes one write while a fault hits some of its requests, lets late writes land,
and compares what the caller got with what is in the emulator's own store. A call ends in one of three ways:

- done: it returned, and exactly what was asked for exists;
- refused: it raised an error, and nothing was done, or the error names the draft that exists;
- unknown: it raised `AmbiguousResultError`, which says where to look.
"""
_TOTALS: Final = """
| result | cells |
| --- | --- |"""
_FAULTS: Final = """\
Each answer is given in place of the service's, once with the write carried out and once without. Late writes
land within the client's consistency window, or after the call has ended.

| fault | cells | done | refused | unknown |
| --- | --- | --- | --- | --- |"""
_RESULTS: Final = """
## Results

A star stands for every namespace with the same method. Each row says all that callers got under its faults.

| write | fault | first attempt | more attempts | look-ups |
| --- | --- | --- | --- | --- |"""


def _doubts(known: Sequence[Record]) -> Iterator[str]:
    """Yield the unknown results that a read would have settled."""
    if not known:
        return
    yield "\n## Unknown, although a read would have shown it\n"
    yield "| write | operation | place | cells |\n| --- | --- | --- | --- |"
    found = Counter((_named(REPRESENTATIVES[each.write].name), each.target, each.place) for each in known)
    for names, count in sorted(found.items()):
        yield f"| {' | '.join(names)} | {count:,} |"
