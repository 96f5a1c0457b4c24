"""The settings of an account."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from ..books.accounts import settings
from ..books.accounts.settings import (
    AtRegistration,
    ClientNames,
    Country,
    CountryCheck,
    DatesAlone,
    DocumentLimit,
    FiscalIdCheck,
    KeyOfCanceled,
    LineDecimals,
    LineTax,
    PostChangeState,
    Readiness,
    SerieBlanks,
    SeriesRegistration,
    Settings,
    UnknownFields,
)
from ..http.messages import Language

if TYPE_CHECKING:
    from ..http.wire_values import JsonValue
    from .connection import Ask


class SettingChanges(TypedDict, total=False):
    """The settings to change: any fields of `Settings`."""

    language: Language
    country: Country
    document_limit: DocumentLimit | None
    pdf: Readiness
    pdf_seal: bool
    qr_code: Readiness
    saft: Readiness
    at_doc_code: Readiness
    fiscal_id: FiscalIdCheck
    at_registration: AtRegistration
    series_registration: SeriesRegistration
    multibanco: bool
    unknown_country: CountryCheck
    unknown_fields: UnknownFields
    line_decimals: LineDecimals
    line_tax: LineTax
    client_names: ClientNames
    serie_blanks: SerieBlanks
    post_change_state: PostChangeState
    dates_alone: DatesAlone
    key_of_canceled: KeyOfCanceled
    retry_after: bool
    rate_limit_headers: bool
    list_lag: float
    share_capital: Decimal | None
    iban: str | None


class Config:
    """The settings of one account; `Settings` explains each."""

    def __init__(self, ask: Ask, account: str) -> None:
        self._ask = ask
        self._account = account

    def read(self) -> Settings:
        """Return the settings."""
        return _settings(self._ask("GET", "/config", {"account": self._account}))

    def change(self, **changes: Unpack[SettingChanges]) -> Settings:
        """Change some settings and return all of them. Values may also be in their JSON form: `"immediate"`.

        Raises:
            ControlRefused: 422, a setting does not exist or cannot have this value.
        """
        sent = {name: _as_json(name, value) for name, value in changes.items()}
        return _settings(self._ask("POST", "/config", {"account": self._account, **sent}))


def _as_json(name: str, value: Any) -> Any:
    """Return a value in its JSON form. Any other goes out as it is, and the emulator says why not."""
    try:
        return settings.KINDS[name].show(value)
    except (KeyError, AttributeError, TypeError, ValueError):
        return value


def _settings(answer: JsonValue) -> Settings:
    if not isinstance(answer, dict):
        raise ValueError(f"not an object of settings: {answer!r}")
    return settings.changed(Settings(), answer)
