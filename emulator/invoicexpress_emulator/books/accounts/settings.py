"""The settings of an account, as one table: how each is read, shown and described."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from ...http.messages import Language

if TYPE_CHECKING:
    from ...http.wire_values import JsonValue

FiscalIdCheck = Literal["refuse", "final_consumer", "accept"]
CountryCheck = Literal["refuse", "drop"]
AtRegistration = Literal[
    "automatic",
    "manual",
    "no_credentials",
    "no_activity",
    "invalid_series",
    "registered_elsewhere",
    "in_progress",
    "unknown_error",
]
SeriesRegistration = Literal["required", "optional"]
Country = Literal["Portugal", "Ireland", "UK"]
UnknownFields = Literal["ignore", "refuse"]
LineDecimals = Literal[2, 1, "stored"]
LineTax = Literal["whole", "id_only"]
ClientNames = Literal["unique", "shared"]
SerieBlanks = Literal["refuse", "accept"]
PostChangeState = Literal["refuse", "accept"]
DatesAlone = Literal["refuse", "accept"]
KeyOfCanceled = Literal["new", "old"]

_LONGEST_LAG: Final = 86_400
_MOST_POLLS: Final = 1_000_000
_MOST_DOCUMENTS: Final = 1_000_000
_LAST_DAY_OF_ALL_MONTHS: Final = 28


_CAPITAL: Final = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)


class BadSetting(ValueError):
    """An unknown setting, or an invalid value; the message is a sentence."""


class Readiness(NamedTuple):
    """When a background job is ready: at the n-th poll, or `seconds` of the account's time after the first.

    `polls=1` is at once; with the default, the second poll, every caller gets one 202. A job that `fails`
    starts, and is never ready.
    """

    polls: int = 2
    """The poll at which it is ready; 1 is at once."""
    seconds: float | None = None
    """Seconds after the first poll, instead of a number of polls."""
    fails: bool = False
    """Whether it is never ready."""

    def is_reached(self, polls: int, waited: timedelta) -> bool:
        """Whether it is ready at this poll, so long after the first one."""
        if self.fails:
            return False
        if self.seconds is not None:
            return waited.total_seconds() >= self.seconds
        return polls >= self.polls

    def has_failed(self, polls: int) -> bool:
        """Whether this poll is answered with a failure; the first one never is."""
        return self.fails and polls > 1


class DocumentLimit(NamedTuple):
    """Documents that a plan allows in a period: from this day of a month to the same day of the next."""

    documents: int
    from_day: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one account."""

    language: Language = "pt"
    """The language of messages, where both languages are known (vendor docs 2026-07)."""
    country: Country = "Portugal"
    """The account's country (vendor docs 2026-07: `tax_country`). Outside Portugal no series is registered,
    nothing is signed, and there is no QR code and no SAF-T (see `account`). The default taxes belong to the
    country in which the account was made.
    """
    document_limit: DocumentLimit | None = None
    """The plan's limit (see `plan_limit`); None for none."""
    pdf: Readiness = field(default_factory=Readiness)
    """When the PDF of a document is ready."""
    pdf_seal: bool = False
    """Whether PDFs have an electronic seal, made with a throw-away certificate that is not qualified. From
    2027 on, a PDF counts as an electronic invoice only with a qualified signature or seal (State Budget 2026,
    art. 80; Decreto-Lei 28/2019, art. 12). Takes the extra `sign`.
    """
    qr_code: Readiness = field(default_factory=Readiness)
    """When the QR code of a document is ready."""
    saft: Readiness = field(default_factory=Readiness)
    """When the SAF-T file of a month is ready."""
    at_doc_code: Readiness = field(default_factory=Readiness)
    """When an issued guide gets the tax authority's code; each GET of the guide is a poll. Failing, the code
    never comes.
    """
    fiscal_id: FiscalIdCheck = "refuse"
    """The treatment of a Portuguese tax number with a wrong check digit: sources disagree between a refusal
    and a silent "Consumidor Final".
    """
    at_registration: AtRegistration = "automatic"
    """The effect of creating a series: `automatic` registers it at the (simulated) tax authority, as
    documented; `manual` leaves that to the register endpoint; `no_credentials` refuses both, as for an
    account without credentials. The others refuse both with another documented code: the account's tax
    number has no open activity, the name is not allowed, the series is already known (another program
    registered it), its registration is already in progress, or the error is unknown.
    """
    series_registration: SeriesRegistration = "required"
    """Whether a document may be issued in a series that is not registered: since 2023 it may not (Decreto-Lei
    28/2019, art. 35); before, it was issued without an ATCUD.
    """
    multibanco: bool = True
    """Whether Multibanco references are available: a feature of the account (vendor docs 2026-07)."""
    unknown_country: CountryCheck = "refuse"
    """The treatment of a client with an unknown country: sources disagree between a refusal and
    silence (suestecreative 2026).
    """
    unknown_fields: UnknownFields = "ignore"
    """The treatment of fields that are neither in the documentation nor in any recording: unknown fields of
    items make a request fail (Webdados 2025). The request log has their names either way.
    """
    line_decimals: LineDecimals = 2
    """The decimals with which prices and quantities of lines are read back. 2 was seen in 2022 and 2026
    ("2.02", beside a subtotal of 2.0244). In 2019 "10.0" was recorded, which is either one decimal, 1, or at
    least one, `stored`. Amounts stay at full precision (filipetoscano 2022; suestecreative 2026; recorded
    2019). Rounding half up is assumed. The catalogue shows prices as stored: no source shows one rounded.
    """
    line_tax: LineTax = "whole"
    """How the tax of a line is read back: `id_only` shows null for its name and rate, while the amounts are
    right (suestecreative 2026).
    """
    client_names: ClientNames = "unique"
    """Whether the name of a client is refused while another has it (suestecreative 2026; assumed that it
    always is). Codes are unique either way.
    """
    serie_blanks: SerieBlanks = "refuse"
    """The treatment of a blank inside the name of a new series: no source shows one. SAF-T forbids it in a
    number (Portaria 302/2016, 4.1.4.1), so files with documents of such a series are invalid.
    """
    post_change_state: PostChangeState = "refuse"
    """The treatment of POST for change-state, which older clients send; it is PUT since May 2022
    (Webdados 2025).
    """
    dates_alone: DatesAlone = "refuse"
    """The treatment of an update of a draft that sends dates alone. An update replaces the whole draft
    (vendor docs 2026-07), so it is refused for want of a client and items; `accept` keeps all else.
    """
    key_of_canceled: KeyOfCanceled = "new"
    """The answer to the `proprietary_uid` of a cancelled document: a new document (clients 2026, who claim it
    again), or the cancelled one. A deleted draft always frees its key (assumed).
    """
    retry_after: bool = True
    """Whether a 429 has `Retry-After`. No real 429 is known, so a client must also cope without it."""
    rate_limit_headers: bool = False
    """Whether answers have headers with the rest of the rate; live, they do not (recorded 2019)."""
    list_lag: float = 0.0
    """Seconds for which a written row is missing from lists (see `list_lag`)."""
    share_capital: Decimal | None = None
    """The company's share capital in EUR, printed on its papers; the API has no field for it."""
    iban: str | None = None
    """The company's bank account, printed on its papers; the API has no field for it."""


class Kind(NamedTuple):
    """A kind of value: read from JSON, shown as JSON, described as JSON Schema."""

    read: Callable[[str, JsonValue], object]
    """Takes the setting's name and the value sent; raises BadSetting."""
    show: Callable[[Any], JsonValue]
    schema: Mapping[str, JsonValue]


def seconds_from(value: JsonValue, name: str) -> float:
    """Return a finite number of seconds.

    Raises:
        BadSetting: it is not one.
    """
    if not isinstance(value, bool) and value is not None and not isinstance(value, str | list | dict):
        try:
            seconds = float(value)
        except OverflowError:
            seconds = math.inf
        if math.isfinite(seconds):
            return seconds
    raise BadSetting(f'"{name}" must be a number of seconds.')


def _read_readiness(name: str, sent: JsonValue) -> Readiness:
    if sent == "immediate":
        return Readiness(polls=1)
    if sent == "failing":
        return Readiness(fails=True)
    if isinstance(sent, dict) and sent.keys() == {"seconds"}:
        return Readiness(seconds=max(0.0, seconds_from(sent["seconds"], "seconds")))
    if isinstance(sent, dict) and sent.keys() == {"polls"}:
        polls = sent["polls"]
        if isinstance(polls, int) and not isinstance(polls, bool) and 1 <= polls <= _MOST_POLLS:
            return Readiness(polls=polls)
    raise BadSetting(f'"{name}" is a readiness: "immediate", "failing", {{"polls": n}} or {{"seconds": s}}.')


def _show_readiness(value: Readiness) -> JsonValue:
    if value.fails:
        return "failing"
    if value.seconds is not None:
        return {"seconds": value.seconds}
    return "immediate" if value.polls <= 1 else {"polls": value.polls}


def _seconds_schema(**limits: JsonValue) -> dict[str, JsonValue]:
    return {
        "type": "object",
        "properties": {"seconds": {"type": "number", **limits}},
        "required": ["seconds"],
        "additionalProperties": False,
    }


_READINESS: Final = Kind(
    _read_readiness,
    _show_readiness,
    {
        "title": "Readiness",
        "oneOf": [
            {"const": "immediate"},
            {"const": "failing"},
            {
                "type": "object",
                "properties": {"polls": {"type": "integer", "minimum": 1, "maximum": _MOST_POLLS}},
                "required": ["polls"],
                "additionalProperties": False,
            },
            _seconds_schema(),
        ],
    },
)


def _as_it_is(value: JsonValue) -> JsonValue:
    return value


def _one_of(choices: Sequence[str | int]) -> Kind:
    def read(name: str, sent: JsonValue) -> str | int:
        if isinstance(sent, str | int) and not isinstance(sent, bool) and sent in choices:
            return sent
        raise BadSetting(f'"{name}" must be one of: {", ".join(map(str, choices))}.')

    return Kind(read, _as_it_is, {"enum": list(choices)})


def _read_flag(name: str, sent: JsonValue) -> bool:
    if isinstance(sent, bool):
        return sent
    raise BadSetting(f'"{name}" must be true or false.')


_FLAG: Final = Kind(_read_flag, bool, {"type": "boolean"})


def _is_count(value: JsonValue, first: int, last: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and first <= value <= last


def _read_limit(name: str, sent: JsonValue) -> DocumentLimit | None:
    if sent is None:
        return None
    if isinstance(sent, dict) and {"documents"} <= sent.keys() <= {"documents", "from_day"}:
        documents, from_day = sent["documents"], sent.get("from_day", 1)
        if _is_count(documents, 0, _MOST_DOCUMENTS) and _is_count(from_day, 1, _LAST_DAY_OF_ALL_MONTHS):
            return DocumentLimit(int(str(documents)), int(str(from_day)))
    raise BadSetting(
        f'"{name}" is null or {{"documents": n}}, and may have "from_day", 1 to {_LAST_DAY_OF_ALL_MONTHS}.'
    )


def _show_limit(limit: DocumentLimit | None) -> JsonValue:
    return None if limit is None else {"documents": limit.documents, "from_day": limit.from_day}


_LIMIT: Final = Kind(
    _read_limit,
    _show_limit,
    {
        "type": ["object", "null"],
        "properties": {
            "documents": {"type": "integer", "minimum": 0, "maximum": _MOST_DOCUMENTS},
            "from_day": {"type": "integer", "minimum": 1, "maximum": _LAST_DAY_OF_ALL_MONTHS},
        },
        "required": ["documents"],
        "additionalProperties": False,
    },
)


def _read_lag(name: str, sent: JsonValue) -> float:
    if isinstance(sent, dict) and sent.keys() == {"seconds"}:
        seconds = seconds_from(sent["seconds"], "seconds")
        if 0 <= seconds <= _LONGEST_LAG:
            return seconds
    raise BadSetting(f'"{name}" is {{"seconds": s}}, from 0 to {_LONGEST_LAG}.')


def _show_lag(seconds: float) -> JsonValue:
    return {"seconds": seconds}


def _read_capital(name: str, sent: JsonValue) -> Decimal | None:
    if sent is None:
        return None
    if isinstance(sent, str) and _CAPITAL.fullmatch(sent):
        return Decimal(sent)
    raise BadSetting(f'"{name}" is null or EUR as text, such as "5000.00".')


def _show_capital(capital: Decimal | None) -> JsonValue:
    if capital is None:
        return None
    return f"{capital:.2f}" if capital == round(capital, 2) else f"{capital:f}"


def _read_iban(name: str, sent: JsonValue) -> str | None:
    if sent is None:
        return None
    from stdnum import iban  # noqa: PLC0415 - not needed to start

    if isinstance(sent, str) and iban.is_valid(sent):
        return str(iban.compact(sent))
    raise BadSetting(f'"{name}" is null or an IBAN with the right check digits.')


def _show_iban(iban: str | None) -> JsonValue:
    return iban


KINDS: Final[Mapping[str, Kind]] = {
    "language": _one_of(get_args(Language)),
    "country": _one_of(get_args(Country)),
    "document_limit": _LIMIT,
    "pdf": _READINESS,
    "pdf_seal": _FLAG,
    "qr_code": _READINESS,
    "saft": _READINESS,
    "at_doc_code": _READINESS,
    "fiscal_id": _one_of(get_args(FiscalIdCheck)),
    "at_registration": _one_of(get_args(AtRegistration)),
    "series_registration": _one_of(get_args(SeriesRegistration)),
    "multibanco": _FLAG,
    "unknown_country": _one_of(get_args(CountryCheck)),
    "unknown_fields": _one_of(get_args(UnknownFields)),
    "line_decimals": _one_of(get_args(LineDecimals)),
    "line_tax": _one_of(get_args(LineTax)),
    "client_names": _one_of(get_args(ClientNames)),
    "serie_blanks": _one_of(get_args(SerieBlanks)),
    "post_change_state": _one_of(get_args(PostChangeState)),
    "dates_alone": _one_of(get_args(DatesAlone)),
    "key_of_canceled": _one_of(get_args(KeyOfCanceled)),
    "retry_after": _FLAG,
    "rate_limit_headers": _FLAG,
    "list_lag": Kind(_read_lag, _show_lag, _seconds_schema(minimum=0, maximum=_LONGEST_LAG)),
    "share_capital": Kind(
        _read_capital,
        _show_capital,
        {"type": ["string", "null"], "pattern": r"^\d{1,12}(\.\d{1,2})?$"},
    ),
    "iban": Kind(_read_iban, _show_iban, {"type": ["string", "null"]}),
}
"""By name, every field of `Settings`."""


def changed(settings: Settings, sent: Mapping[str, JsonValue]) -> Settings:
    """Return the settings with the changes of a request.

    Raises:
        BadSetting: an unknown setting, or an invalid value.
    """
    unknown = sorted(sent.keys() - KINDS.keys())
    if unknown:
        raise BadSetting(f"Unknown setting {', '.join(unknown)}.")
    values: dict[str, Any] = {name: KINDS[name].read(name, value) for name, value in sent.items()}
    return replace(settings, **values)


def as_json(settings: Settings) -> dict[str, JsonValue]:
    """Return settings in the JSON of the control plane, which is also their stored form."""
    return {name: kind.show(getattr(settings, name)) for name, kind in KINDS.items()}
