"""Whatever the contract allows, the emulator answers with a status and a content type that the contract has.

A short form with a fixed seed: every operation of the concrete contract, both profiles. Error bodies
are left out, since the live service answers some of them with nothing at all (recorded 2019), and so
does the emulator.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any, Final

import pytest
import schemathesis
import yaml
from generator import concrete
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from invoicexpress_generated.client import httpx
from schemathesis import checks as common
from schemathesis.specs.openapi import checks as openapi

from .conftest import Account
from .contract_files import CONCRETE
from .validating_transport import Profile

# The library's checks are generic in a way that a strict checker cannot follow.
_COMMON: Final[Any] = common
_OPENAPI: Final[Any] = openapi
CHECKS: Final[list[Any]] = [
    _COMMON.not_a_server_error,
    _OPENAPI.status_code_conformance,
    _OPENAPI.content_type_conformance,
]
DAYS: Final = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31))
AMOUNTS: Final = st.decimals(0, 99_999, places=2).map(str)
FORMATS: Final[dict[str, st.SearchStrategy[str]]] = {
    "date-pt": DAYS.map(lambda day: day.strftime("%d/%m/%Y")),
    "datetime-pt": DAYS.map(lambda day: day.strftime("%d/%m/%Y 09:30:00")),
    "decimal-string": AMOUNTS,
    "decimal-number": AMOUNTS,
    "integer-loose": st.integers(1, 999_999).map(str),
    "text-loose": st.text(max_size=20),
    "flag": st.sampled_from(["0", "1"]),
}
for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)


@cache
def schema_of(profile: Profile) -> Any:
    """The concrete contract as one profile keeps it."""
    document = concrete.for_profile(yaml.safe_load(CONCRETE.read_text("utf-8")), profile)
    return schemathesis.openapi.from_dict(document)


LABELS: Final[list[str]] = [found.ok().label for found in schema_of("observed").get_all_operations()]


@pytest.mark.parametrize("label", LABELS)
def test_an_operation_takes_whatever_the_contract_allows(
    account: Account, profile: Profile, label: str
) -> None:
    schema = schema_of(profile)
    found = [found.ok() for found in schema.get_all_operations() if found.ok().label == label]
    if not found:  # an operation that this wire does not have
        method, _, path = label.partition(" ")
        url = account.base_url + re.sub(r"\{.+?\}", "1", path)
        assert httpx.request(method, url, params={"api_key": account.api_key}).status_code == 405
        return
    (operation,) = found

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy())
    def answers(case: Any) -> None:
        response = case.call(base_url=account.base_url, params={"api_key": account.api_key})
        assert response.status_code != 401, "the key is right, so something else was asked than is answered"
        case.validate_response(response, checks=CHECKS)

    answers()
