"""Fields of a request that appear neither on the vendor's pages nor in any request known to work.

Live, they are ignored in some places, and a plugin strips its own from items because the request would fail
(Webdados 2025). Here they are noted in the request log, and refused if the account's settings say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ..fiscal.document_types import DOCUMENT_TYPES, FAMILIES

if TYPE_CHECKING:
    from ..http.wire_values import JsonValue

_Known = Mapping[str, "_Known | None"]
"""Name -> the fields of the object or of the objects in the list under it, None where anything goes."""


def _plain(names: str) -> dict[str, _Known | None]:
    return dict.fromkeys(names.split())


_CONTACT: Final = _plain("name email phone mobile")
_CLIENT: Final[_Known] = {
    **_plain(
        "name code email language address city postal_code country fiscal_id website phone fax observations "
        "send_options payment_days tax_exemption_code"
    ),
    "preferred_contact": _CONTACT,
}
_TAX_OF_ITEM: Final = _plain("id name value")
_ITEM: Final[_Known] = {**_plain("name description unit_price unit"), "tax": _TAX_OF_ITEM}
_LINE: Final[_Known] = {**_ITEM, **_plain("quantity discount discount_amount tax_exemption")}
_ADDRESS: Final = _plain("detail city postal_code country")
_CLIENT_OF_DOCUMENT: Final[_Known] = {**_CLIENT, "id": None}
_DOCUMENT: Final[_Known] = {
    **_plain(
        "date due_date reference observations retention tax_exemption tax_exemption_reason sequence_id "
        "manual_sequence_number mb_reference owner_invoice_id currency_code rate plugin_id "
        "auto_add_related_document loaded_at license_plate load_site delivery_site"
    ),
    "global_discount": _plain("value_type value"),
    "client": _CLIENT_OF_DOCUMENT,
    "supplier": _CLIENT_OF_DOCUMENT,
    "items": _LINE,
    "address_from": _ADDRESS,
    "address_to": _ADDRESS,
}
_STATE: Final = _plain("state message")
_ACCOUNT: Final[_Known] = {
    **_plain(
        "organization_name email password password_confirmation terms marketing first_name last_name phone "
        "fiscal_id tax_country language address city postal_code website fax"
    ),
    "credentials": _plain("username password type context"),
}

_ROOTS: Final = {row.root for row in DOCUMENT_TYPES} | {family.root for family in FAMILIES}
_DOCUMENT_BODY: Final[_Known] = {
    **dict.fromkeys(_ROOTS, _DOCUMENT),
    "proprietary_uid": None,
    "raw_owner_invoice": None,
}
_STATE_BODY: Final[_Known] = dict.fromkeys(_ROOTS, _STATE)
_MAIL_BODY: Final[_Known] = {
    "message": {**_plain("subject body cc bcc logo"), "client": _plain("email save")}
}
_TAX_BODY: Final[_Known] = {"tax": _plain("name value region code default_tax")}
_ACCOUNT_BODY: Final[_Known] = {"account": _ACCOUNT}

_BODIES: Final[Mapping[str, _Known]] = {
    "createClient": {"client": _CLIENT},
    "updateClient": {"client": _CLIENT},
    "listClientInvoices": {"filter": _plain("status by_type archived")},
    "createItem": {"item": _ITEM},
    "updateItem": {"item": _ITEM},
    "createTax": _TAX_BODY,
    "updateTax": _TAX_BODY,
    "createSequence": {"sequence": _plain("serie default_sequence")},
    "generatePayment": {"partial_payment": _plain("amount payment_mechanism note serie payment_date")},
    "createAccount": _ACCOUNT_BODY,
    "createAccountExisting": _ACCOUNT_BODY,
    "updateAccount": _ACCOUNT_BODY,
    "atCommunication": {"at_communication": _plain("at_subuser at_password communication_type")},
    "updateClientInitialBalance": {"initial_balance": _plain("value date observation")},
    "createClientRegularization": {"regularization": _plain("value date observation")},
    "createClientTreasuryMovement": {
        "treasury_movement": _plain("value movement_type date payment_method serie observation")
    },
    **{f"create{family.noun}": _DOCUMENT_BODY for family in FAMILIES},
    **{f"update{family.noun}": _DOCUMENT_BODY for family in FAMILIES},
    **{f"change{family.noun}State": _STATE_BODY for family in FAMILIES},
    **{f"send{family.noun}Email": _MAIL_BODY for family in FAMILIES},
    **{f"cancel{row.name}": _STATE_BODY for row in DOCUMENT_TYPES if row.is_receipt},
}
"""By operation id; an operation that is not here takes no body."""

_MOST_NOTED: Final = 20


def of(operation_id: str, body: JsonValue) -> tuple[str, ...]:
    """Return the names of the unknown fields of a body, as paths such as `invoice.items[0].colour`; at most
    twenty.
    """
    known = _BODIES.get(operation_id)
    if known is None or not isinstance(body, dict):
        return ()
    found = _unknown(body, known, "")
    return tuple(name for name, _ in zip(found, range(_MOST_NOTED), strict=False))


def _unknown(value: Mapping[str, JsonValue], known: _Known, path: str) -> Iterator[str]:
    for name, inner in value.items():
        here = f"{path}{name}"
        if name not in known:
            yield here
            continue
        fields = known[name]
        if fields is None:
            continue
        if isinstance(inner, dict):
            yield from _unknown(inner, fields, f"{here}.")
        elif isinstance(inner, list):
            for position, entry in enumerate(inner):
                if isinstance(entry, dict):
                    yield from _unknown(entry, fields, f"{here}[{position}].")
