"""Runs Schemathesis against a running emulator and gathers its findings.

It reads one wire of the concrete contract, plus three additions: strategies for the wire formats; values for
lists that the contract only describes in words (currencies, countries, units), so that valid requests are
more than syntactically valid; and the documented requests as examples.
"""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from unittest.mock import patch

import schemathesis
from generator import concrete
from generator import contract as reading
from hypothesis import strategies as st
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from invoicexpress_wire import is_array, is_object
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from .contract_files import CONCRETE, loaded
from .example_files import read_examples
from .validating_transport import Profile

DAYS: Final = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31))
AMOUNTS: Final = st.decimals(0, 99_999, places=2).map(str)
FORMATS: Final[Mapping[str, st.SearchStrategy[str]]] = {
    "date-pt": DAYS.map(lambda day: day.strftime("%d/%m/%Y")),
    "date-iso": DAYS.map(datetime.date.isoformat),
    "datetime-pt": DAYS.map(lambda day: day.strftime("%d/%m/%Y 09:30:00")),
    "decimal-string": AMOUNTS,
    "decimal-number": AMOUNTS,
    "integer-loose": st.integers(1, 999_999).map(str),
    "text-loose": st.text(max_size=20),
    "flag": st.sampled_from(["0", "1"]),
}
for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)

LISTS_IN_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "currency_code": ("EUR", "USD", "AOA"),
    "email": ("ana@example.com", "contas@exemplo.example"),
    "country": ("Portugal", "Spain", "Macau"),
    "unit": ("hour", "day", "month", "unit", "service", "other"),
    "region": ("PT", "PT-AC", "PT-MA", "ES"),
    "rate": ("1.1234", "0.9"),
    "tax_exemption": ("M00", "M01", "M07", "M99"),
    "tax_exemption_reason": ("M00", "M01", "M07", "M99"),
    "tax_exemption_code": ("M00", "M01", "M07", "M99"),
}
"""What may be sent in fields for which the contract only names the list."""

CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
    "object_level_authorization",
)
"""Every check of the library that looks at an answer; the last one needs two accounts and so has nothing to
say here."""
MADE_IS_THERE: Final = "made_is_there"
"""Ours: the library's `ensure_resource_availability` does not see that /items.json holds /items/1.json."""
ENGINE: Final = "engine"


@dataclass(frozen=True)
class Finding:
    """One objection of a check to one answer."""

    check: str
    operation: str
    what: str
    status: int
    how: str = field(compare=False)
    """A command that does it again; the key is left out."""


@dataclass
class Campaign:
    """A finished run and its findings."""

    findings: list[Finding] = field(default_factory=list[Finding])
    cases: Counter[str] = field(default_factory=Counter[str])
    """Requests by phase."""
    checks: Counter[str] = field(default_factory=Counter[str])
    links: Counter[str] = field(default_factory=Counter[str])
    """Links that led from one successful request to another, by the operation at their end."""
    operations: set[str] = field(default_factory=set[str])


@cache
def contract_for(profile: Profile, *, walking: bool = False) -> Mapping[str, Any]:
    """The contract that the fuzzer reads.

    While following links it sends no tax numbers: the emulator refuses made-up ones, and the fuzzer takes
    them for ids that no operation creates, so it would never start by creating a client.
    """
    document = copy.deepcopy(concrete.for_profile(loaded(CONCRETE), profile))
    sent = reading.schema_names(document, reading.request_bodies(document))
    for name in sent:
        for _, schema in _properties(document["components"]["schemas"][name]):
            if walking:
                schema.pop("fiscal_id", None)
            for field_name, values in LISTS_IN_WORDS.items():
                found = schema.get(field_name)
                if is_object(found) and found.get("type") == "string" and "enum" not in found:
                    del found["description"]
                    found.pop("pattern", None)
                    found["enum"] = list(values)
    _add_examples(document)
    # `\d` means an ASCII digit in a contract, but any Unicode digit to the generator of values.
    ascii_only: dict[str, Any] = json.loads(json.dumps(document).replace(r"\\d", "[0-9]"))
    return ascii_only


def _properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields every `properties` below a schema, without following references."""
    if is_object(node):
        for key, value in node.items():
            if key == "properties":
                yield key, value
            yield from _properties(value)
    elif is_array(node):
        for value in node:
            yield from _properties(value)


def _add_examples(document: Mapping[str, Any]) -> None:
    """Puts the documented requests where the examples phase looks for them."""
    bodies: dict[str, dict[str, Any]] = {}
    for example in read_examples():
        request = example.request
        if request is None or request.body is None or (example.response and example.response.status >= 300):
            continue
        operation = example.operation if example.segment is None else f"{example.operation}_{example.segment}"
        # With one idempotency key, every request after the first would be a replay.
        body = {key: value for key, value in request.body.items() if key != "proprietary_uid"}
        bodies.setdefault(operation, {})[example.name] = {"value": body}
    for item in document["paths"].values():
        for method, operation in item.items():
            if method in reading.METHODS and (found := bodies.get(operation["operationId"])):
                operation["requestBody"]["content"]["application/json"]["examples"] = found


def campaign(
    profile: Profile,
    base_url: str,
    api_key: str,
    phases: Mapping[str, int],
    *,
    seed: int,
    only: str | None = None,
) -> Campaign:
    """Runs the phases with this many examples per operation, and gathers the findings.

    Args:
        only: a regular expression of paths; everything if None.
    """
    # The library's generic types are beyond a strict checker.
    made: Any = SchemathesisConfig
    config = made.from_dict(
        {
            "seed": seed,
            "base-url": base_url,
            "workers": 1,
            "cache": {"enabled": False},
            "analysis": {"constants": {"enabled": False}},
            "continue-on-failure": True,
            "generation": {"deterministic": True, "no-shrink": True, "database": "none"},
            "auth": {"openapi": {"apiKey": {"api_key": api_key}}},
            "phases": {
                phase: {
                    "enabled": phase in phases,
                    **(
                        {
                            "generation": {
                                "max-examples": phases[phase],
                                **({"mode": "positive"} if phase == "stateful" else {}),
                            }
                        }
                        if phase in phases and phase != "coverage"
                        else {}
                    ),
                }
                for phase in ("examples", "coverage", "fuzzing", "stateful")
            },
        }
    )
    document = contract_for(profile, walking="stateful" in phases)
    schema: Any = schemathesis.openapi.from_dict(copy.deepcopy(dict(document)), config=config)
    result = Campaign()
    _names.seek(0)
    with _same_data_for_same_seed():
        for event in from_schema(schema if only is None else schema.include(path_regex=only)).execute():
            match event:
                case events.ScenarioFinished():
                    _read(event, result)
                case events.NonFatalError():
                    result.findings.append(Finding(ENGINE, event.label, repr(event.value), 0, ""))
                case events.FatalError():
                    raise event.exception
                case _:
                    pass
    return result


_UNIQUE: Final = (
    ("client", "name"),
    ("client", "code"),
    ("item", "name"),
    ("tax", "name"),
    ("sequence", "serie"),
)
"""What no two of an account have alike. Left as it comes, all but the first request would be refused for it,
whatever else were wrong with them."""


class _Names:
    """Counts up, to make names unique."""

    def __init__(self) -> None:
        self._last = 0

    def seek(self, last: int) -> None:
        self._last = last

    def unlike_any(self, name: str) -> str:
        self._last += 1
        return f"{name[:60]}{self._last}"


_names: Final = _Names()


def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Makes valid names unique."""
    for root, field_name in _UNIQUE:
        body = case.body
        if not is_object(body) or not is_object(inner := body.get(root)):
            continue
        name = inner.get(field_name)
        if isinstance(name, str) and name.strip():
            case.body = {**body, root: {**inner, field_name: _names.unlike_any(name)}}


_library: Final[Any] = schemathesis  # a strict checker cannot follow the decorator's types
_library.hook(before_call)


@contextmanager
def _same_data_for_same_seed() -> Generator[None]:
    """Keep Hypothesis from mixing constants of the loaded modules into its data.

    Otherwise one seed would give different data after each edit of the emulator, or next to other tests.
    Hypothesis has no setting for that.
    """
    cache_of_constants: LRUCache[Any, Any] = LRUCache(1024)
    with (
        patch.object(providers.HypothesisProvider, "_local_constants", Constants()),
        patch.object(providers, "CONSTANTS_CACHE", cache_of_constants),
    ):
        yield


def _read(event: events.ScenarioFinished, result: Campaign) -> None:
    recorder: Any = event.recorder
    result.cases[event.phase.value] += len(recorder.cases)
    for case_id, nodes in recorder.checks.items():
        case = recorder.cases[case_id].value
        response = recorder.find_response(case_id=case_id)
        result.operations.add(case.operation.label)
        for node in nodes:
            result.checks[node.name] += 1
            if node.failure_info is None:
                continue
            for what in _said(node.name, node.failure_info.failure, case, response):
                result.findings.append(
                    Finding(
                        node.name,
                        case.operation.label,
                        what,
                        response.status_code if response else 0,
                        node.failure_info.code_sample,
                    )
                )
    result.findings.extend(_missing(recorder, result.links))


def _missing(recorder: Any, links: Counter[str]) -> Iterator[Finding]:
    """Yields resources that a request had just created and a later one could not find."""
    for case_id, node in recorder.cases.items():
        parent = recorder.cases.get(node.parent_id)
        made, found = (recorder.find_response(case_id=each) for each in (node.parent_id, case_id))
        if parent is None or not node.is_transition_applied or made is None or found is None:
            continue
        if made.status_code >= 300:
            continue
        if found.status_code < 300:
            links[node.value.operation.label] += 1
        taken_away = any(_takes_away(other.value, node.value) for other in recorder.cases.values())
        if found.status_code == 404 and parent.value.method == "POST" and not taken_away:
            what = f"after {parent.value.operation.label}"
            yield Finding(MADE_IS_THERE, node.value.operation.label, what, 404, node.value.as_curl_command())


def _takes_away(case: Any, from_other: Any) -> bool:
    """Whether a request may have removed a resource: drafts are deleted by changing their state."""
    may = case.method == "DELETE" or case.operation.path.endswith("/change-state.json")
    named, missed = ({str(value) for value in each.path_parameters.values()} for each in (case, from_other))
    return may and not named.isdisjoint(missed)


# --- failures, in words that a table can match -------------------------------------------------------


def _said(check: str, failure: Any, case: Any, response: Any) -> Iterator[str]:
    if check == "negative_data_rejection":
        yield from _invalid(str(failure.message))
    elif check == "positive_data_acceptance":
        yield from _texts(response)
    elif check == "response_schema_conformance" and _may_be_blank(case, response):
        return
    else:
        yield " ".join(str(failure.message).split())


def _may_be_blank(case: Any, response: Any) -> bool:
    """Whether a body is blank and the contract allows that: errors, and marked successes."""
    if response is None or response.content.strip():
        return False
    declared = case.operation.responses.find_by_status_code(response.status_code)
    if declared is None:
        return False
    if declared.definition.get("x-may-be-empty"):
        return True
    return bool(response.status_code >= 400)


def _texts(response: Any) -> list[str]:
    """The sentences of a refusal of any shape, without keys and codes."""
    try:
        body = json.loads(response.content)
    except ValueError:
        return [f"no JSON: {response.content[:60]!r}"]

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif is_object(value):
            for key, each in value.items():
                if key != "code":
                    yield from walk(each)
        elif is_array(value):
            pair = len(value) == 2 and all(isinstance(each, str) for each in value)
            for each in value[1:] if pair else value:
                yield from walk(each)

    # The documented wire joins its messages into one text.
    sentences = [part for text in walk(body) for part in re.split(", (?=[A-Z]|address_)", text)]
    return sentences or [f"nothing: {response.status_code}"]


def _invalid(message: str) -> Iterator[str]:
    """Yields `place: fault` for each invalid part of a request.

    Places are dotted names; `[]` is a list, and DOCUMENT is the root of any document, so one line covers all
    types. The library words the same fault differently in its systematic and its random phase.
    """
    _, _, told = message.partition("Invalid component:")
    lines = [line.strip() for line in told.strip().splitlines()]
    bullets = [line for line in lines if line.startswith("- ")]
    for line in bullets or lines or ["unknown"]:
        match = _RANDOM.search(line) or _SYSTEMATIC.fullmatch(line)
        place, fault = (match["place"] or "", match["fault"]) if match else ("", line)
        yield f"{_place(place)}: {_fault(fault)}"


_RANDOM: Final = re.compile(r"violates (?P<fault>`.+?`(?:, `.+?`)*)(?: at (?P<place>\S+))?")
_SYSTEMATIC: Final = re.compile(
    r"(in body - |parameter `\S+` in \w+ - )?((?P<place>.*?)(: | -> (?=Missing)))?(?P<fault>[^:]+(: \w+)?)"
)
_FAULTS: Final = (
    (re.compile("[Ii]ncorrect type"), "type"),
    (re.compile("Invalid enum value"), "enum"),
    (re.compile("Value not matching .*pattern"), "pattern"),
    (re.compile("Value not matching .*format"), "format"),
    (re.compile("(String|Value|Array) .*(minLength|maxLength|minimum|maximum|minItems|maxItems)"), r"\2"),
    (re.compile("object with unexpected properties"), "additionalProperties"),
    (re.compile("[`,]"), ""),
)
_ROOT: Final = re.compile(
    r"^(simplified_invoice|invoice_receipt|vat_moss_invoice|vat_moss_credit_note|credit_note|debit_note|quote"
    r"|proforma|fees_note|shipping|transport|devolution|purchase_order|invoice)(?=\.|$)"
)


_DETOURS: Final = re.compile(r"/\$ref/schema\d+|/(allOf|anyOf|oneOf)/\d+")
"""Steps through the schema that are no steps through the value."""
_STEPS: Final = {"items": "[]", "properties": ""}


def _place(told: str) -> str:
    if told.startswith("/"):
        parts = [_STEPS.get(part, part) for part in _DETOURS.sub("", told).split("/")]
        parts = [part for part in parts if part]
    else:
        parts = [
            part for part in re.split(r" -> |: ", told.replace("Array with invalid items", "[]")) if part
        ]
    return _ROOT.sub("DOCUMENT", ".".join(parts)) or "(all)"


def _fault(told: str) -> str:
    for pattern, word in _FAULTS:
        told = pattern.sub(word, told)
    return told
