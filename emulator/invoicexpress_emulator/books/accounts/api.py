"""The accounts API: partners create, read and change accounts; legacy: counts, suspends, activates.

A key reaches its own account, and a partner's key the accounts that it created; any other answers 404
(diogopms 2026-06). Unique values (tax numbers, users) are compared among these only: nothing of one account
may be visible in another. An account made here is on trial, as in the documented example, and has no
credentials of the tax authority. The three legacy operations are known from the first version's XML only;
their JSON is assumed.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ...fiscal import fiscal_ids
from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Refused, Shape, invalid, refuse_if_any
from ...http.fields import Fields
from ...http.root_object import root_object
from ...http.wire_values import JsonValue, parse_flag
from ...seeded import seeded_hex
from ..clients.values import EMAIL, LANGUAGES
from ..documents import counting, plan_limit
from ..trial import refuse_on_trial
from . import rows
from .account import ACCOUNT_NAME, OWNER_FIELDS, TAX_COUNTRIES, Account, AccountState, Owner
from .rows import owner_of

if TYPE_CHECKING:
    from ..call import Call

LONGEST_ORGANIZATION: Final = 100
COMMUNICATION_TYPES: Final = ("auto", "manual", "guides", "portal_at")

_PORTUGAL: Final = "1"
_AT_USER: Final = re.compile(r"\d{9}/\d{1,4}", re.ASCII)
_POSTAL_CODE: Final = re.compile(r"\d{4}-\d{3}", re.ASCII)
_PLAN_DOCUMENTS: Final = 10_000
_PLAN_USERS: Final = 5
_PLAN_DAYS: Final = 365


def _within_reach(call: Call) -> list[Account]:
    """Return the accounts that the caller may read and change."""
    own = call.account
    return [own, *(rows.created_by(call.db, own.id) if own.partner else ())]


def _find(call: Call) -> Account:
    account_id = call.path_id("account_id")
    for account in _within_reach(call):
        if account.id == account_id:
            return account
    raise NotFound(Missing.ACCOUNT)


def _digest(call: Call, email: str, password: str) -> str:
    """Return the digest of a password; it protects only this emulator."""
    return seeded_hex(call.store.seed, "password", email.casefold(), password)


# Creating -------------------------------------------------------------------------------------------


def create_account(call: Call) -> Answer:
    """POST /api/accounts/create.json: an account and its first user, who must be new."""
    return _created(call, status=201, is_known_user=False)


def create_account_existing(call: Call) -> Answer:
    """POST /api/accounts/create_already_user.json: an account for the user of another one."""
    return _created(call, status=200, is_known_user=True)


def _created(call: Call, *, status: int, is_known_user: bool) -> Answer:
    if not call.account.partner:  # the status is assumed
        raise Refused(401, Shape.GENERAL, messages.PARTNERS_ONLY.about())
    fields = Fields(root_object(call.body, "account"), [])
    organization, fiscal_id = fields.text("organization_name"), fields.text("fiscal_id")
    _check_organization(organization, fields)
    email, password = fields.text("email"), fields.text("password")
    if not _is_owner_right(call, fields, email, password, is_known_user=is_known_user):
        fields.complain(messages.OWNER_INVALID)
    if not fields.flag("terms"):
        fields.complain(messages.TERMS_NOT_ACCEPTED)
    tax_country, language = fields.text("tax_country") or _PORTUGAL, fields.text("language") or LANGUAGES[0]
    if tax_country not in TAX_COUNTRIES:
        fields.complain(messages.TAX_COUNTRY_INVALID)
    if language not in LANGUAGES:
        fields.complain(messages.LANGUAGE_INVALID)
    _check_fiscal_id(call, fiscal_id, tax_country, fields)
    owner: Owner = {name: fields.text(name) for name in OWNER_FIELDS}
    refuse_if_any(Shape.GENERAL, fields.complaints)
    assert organization is not None  # noqa: S101 - without one there is a complaint
    account = rows.create(
        call.store,
        _free_name(call, organization),
        trial=True,
        partner=False,
        created_by=call.account.id,
        country=TAX_COUNTRIES[tax_country],
        language=rows.language_of(language),
    )
    rows.set_registration(
        call.db,
        account.id,
        organization=organization,
        fiscal_id=_issuer_number(fiscal_id, account),
        owner=owner | {"tax_country": tax_country, "language": language},
        password_digest=_digest(call, email or "", password or ""),
    )
    return json_answer(
        {
            "account": {
                "id": str(account.id) if call.profile.account_id_is_text else account.id,
                "name": organization,
                "url": _address(call.base_url, account.name),
                "api_key": account.api_key,
                "state": account.state,
            }
        },
        status,
    )


def _check_organization(organization: str | None, fields: Fields) -> None:
    if organization is None:
        fields.complain(messages.ORGANIZATION_REQUIRED)
    elif len(organization) > LONGEST_ORGANIZATION:
        fields.complain(messages.ORGANIZATION_TOO_LONG)


def _is_owner_right(
    call: Call, fields: Fields, email: str | None, password: str | None, *, is_known_user: bool
) -> bool:
    """Whether e-mail and password make a new user, or belong to a known one."""
    if email is None or password is None or not EMAIL.fullmatch(email.strip()):
        return False
    confirmation = fields.text("password_confirmation")
    if confirmation is not None and confirmation != password:  # asked for since September 2026 (assumed)
        return False
    digests = _digests(call, email)
    return _digest(call, email, password) in digests if is_known_user else not digests


def _digests(call: Call, email: str) -> list[str | None]:
    """Return the digests of a user's passwords, one for each account; none for an unknown user."""
    return [
        rows.password_digest(call.db, account.id)
        for account in _within_reach(call)
        if (owner_of(call.db, account)["email"] or "").casefold() == email.casefold()
    ]


def _check_fiscal_id(call: Call, fiscal_id: str | None, tax_country: str, fields: Fields) -> None:
    if fiscal_id is None:
        return
    number = fiscal_ids.digits(fiscal_id) if tax_country == _PORTUGAL else fiscal_id
    if any(account.fiscal_id == number for account in _within_reach(call)):
        fields.complain(messages.VAT_NUMBER_TAKEN)
    if tax_country == _PORTUGAL and not fiscal_ids.may_issue(fiscal_id):
        fields.complain(messages.VAT_NUMBER_INVALID)


def _issuer_number(fiscal_id: str | None, account: Account) -> str:
    """Return the tax number of an issuer: nine digits in Portugal, as QR code and SAF-T (PT) have it.
    Without one the account keeps its initial, fictitious number (assumed).
    """
    if not account.is_portuguese:
        return fiscal_id or ""
    return fiscal_ids.digits(fiscal_id) if fiscal_id else account.fiscal_id


def _free_name(call: Call, organization: str) -> str:
    """Return an unused host label derived from the organization's name."""
    label = re.sub(r"[^a-z0-9]", "", organization.lower())[:50] or "account"
    number, name = 1, label
    while rows.is_taken(call.db, name):
        number += 1
        name = f"{label}{number}"
    assert ACCOUNT_NAME.fullmatch(name)  # noqa: S101 - letters and digits only
    return name


def _address(base_url: str, name: str) -> str:
    """Return the account's address at this emulator: the documented one would lead to the real service."""
    scheme, _, host = base_url.partition("://")
    port = re.search(r":\d+$", host)
    return f"{scheme}://{name}.localhost{port.group() if port else ''}"


# Reading and changing -------------------------------------------------------------------------------


def get_account(call: Call) -> Answer:
    """GET /api/accounts/{id}/get.json; live, it has the address as well (filipetoscano 2022)."""
    account = _find(call)
    owner = owner_of(call.db, account)
    shown: dict[str, JsonValue] = {
        "organization_name": account.organization_name,
        "fiscal_id": account.fiscal_id,
        "email": owner["email"],
        "state": account.state,
        "at_configured": account.at_configured,
        "trial": account.trial,
    }
    if call.profile.account_shows_address:
        shown |= {name: owner[name] for name in ("address", "postal_code", "city", "tax_country")}
    return json_answer({"account": shown})


def update_account(call: Call) -> Answer:
    """PUT /api/accounts/{id}/update.json: keeps fields that are not sent; the answer is empty.

    The documentation calls four fields required; fewer were seen to suffice (diogopms 2026-06), and no
    refusal is known, so nothing is required.
    """
    account = _find(call)
    fields = Fields(root_object(call.body, "account", shape=Shape.ACCOUNT_UPDATE), [])
    sent: Owner = {name: fields.text(name) for name in OWNER_FIELDS if fields.has(name)}
    organization, fiscal_id = fields.text("organization_name"), fields.text("fiscal_id")
    if organization is not None and len(organization) > LONGEST_ORGANIZATION:
        fields.complain(messages.IS_INVALID["organization_name"])
    if fiscal_id is not None and _issuer_number(fiscal_id, account) != account.fiscal_id:
        fields.complain(messages.IS_INVALID["fiscal_id"])
    for name, pattern in (("email", EMAIL), ("postal_code", _POSTAL_CODE)):
        value = sent.get(name)
        if value is not None and not pattern.fullmatch(value.strip()):
            fields.complain(messages.IS_INVALID[name])
    if fields.has("terms") and not parse_flag(fields.data["terms"]):
        fields.complain(messages.IS_INVALID["terms"])
    at_user = _credentials(fields)
    password = fields.text("password")
    refuse_if_any(Shape.ACCOUNT_UPDATE, fields.complaints)
    owner = owner_of(call.db, account) | sent
    rows.set_details(
        call.db,
        account.id,
        organization=organization or account.organization_name,
        owner=owner,
        at_user=at_user or account.at_user,
    )
    if password is not None:
        rows.set_password_digest(call.db, account.id, _digest(call, owner["email"] or "", password))
    return EMPTY


def _credentials(fields: Fields) -> str | None:
    """Read the user of the tax authority's portal; the password's form is checked, and it is not kept."""
    credentials = fields.child("credentials")
    if credentials is None:
        return None
    user, password = credentials.text("username"), credentials.text("password")
    kind, context = credentials.text("type") or "AT", credentials.text("context") or "Sequences"
    is_right = user is not None and _AT_USER.fullmatch(user) and _is_base64(password)
    if not is_right or (kind, context) != ("AT", "Sequences"):
        fields.complain(messages.CREDENTIALS_WRONG)
        return None
    return user


def _is_base64(text: str | None) -> bool:
    try:
        return bool(text) and bool(base64.b64decode(text or "", validate=True))
    except (binascii.Error, ValueError):
        return False


def at_communication(call: Call) -> Answer:
    """POST /api/v3/accounts/at_communication.json: credentials, and which documents are communicated.

    An empty body was answered with 422 or 500 (diogopms 2026-06); here it is 422.
    """
    refuse_on_trial(call.account, 422, Shape.GENERAL)
    if not call.account.is_portuguese:
        raise invalid(Shape.GENERAL, messages.AT_PORTUGAL_ONLY.about())
    fields = Fields(root_object(call.body, "at_communication"), [])
    user, password = fields.text("at_subuser"), fields.text("at_password")
    if user is None or not _AT_USER.fullmatch(user):
        fields.complain(messages.AT_FIELD_SIZE, field="at_subuser")
    if password is None:
        fields.complain(messages.AT_FIELD_SIZE, field="at_password")
    elif not _is_base64(password):
        fields.complain(messages.AT_FIELD_INVALID, field="at_password")
    if fields.text("communication_type") not in COMMUNICATION_TYPES:
        fields.complain(messages.AT_FIELD_INVALID, field="communication_type")
    refuse_if_any(Shape.GENERAL, fields.complaints)
    rows.set_at_user(call.db, call.account.id, user)
    return json_answer({"success": "true"})


# Legacy: JSON forms of the first version's XML (assumed) -------------------------------------------


def get_account_stats(call: Call) -> Answer:
    """GET /api/accounts/{id}/stats.json: the use of a plan; here all documents came through the API."""
    account = _find(call)
    limit = account.settings.document_limit
    if limit is None:
        used = counting.count_issued(call.db, account.id)
    else:
        used = counting.count_made_or_drafted(
            call.db, account.id, *plan_limit.period_of(call.today, limit.from_day)
        )
    left = max(0, (limit.documents if limit else _PLAN_DOCUMENTS) - used)
    return json_answer(
        {
            "account": {
                "plan": "trial" if account.trial else "emulator",
                "expires_at": (call.today + timedelta(days=_PLAN_DAYS)).isoformat(),
                "documents": {
                    "used_documents": used,
                    "available_documents": left,
                    "used_api_documents": used,
                    "available_api_documents": left,
                    "used_web_documents": 0,
                    "available_web_documents": left,
                },
                "users": {"used_users": 1, "available_users": _PLAN_USERS - 1},
            }
        }
    )


def suspend_account(call: Call) -> Answer:
    """PUT /api/accounts/{id}/suspend.json: from now on its key is refused; an empty 200."""
    return _moved(call, "deactive")


def activate_account(call: Call) -> Answer:
    """PUT /api/accounts/{id}/activate.json: its key works again; an empty 200."""
    return _moved(call, "active")


def _moved(call: Call, state: AccountState) -> Answer:
    rows.set_state(call.db, _find(call).id, state)
    return EMPTY
