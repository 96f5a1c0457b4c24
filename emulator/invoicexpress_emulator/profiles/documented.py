"""The wire as the vendor's current page describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..books.pages import PAGINATION
from ..fiscal.atcud import NOT_REGISTERED
from ..http.answer import EMPTY, Answer, json_answer
from ..http.errors import Missing, Shape
from . import error_body
from .client import DOCUMENTED_CLIENT, DOCUMENTED_CLIENT_ROW
from .document import DOCUMENTED_DOCUMENT, DOCUMENTED_DOCUMENT_ROW
from .error_body import DOCUMENT_NOT_FOUND, NOTHING, TREASURY_MISSING
from .item import DOCUMENTED_ITEM
from .profile import Profile
from .series import DOCUMENTED_SERIES_ROWS
from .tax import DOCUMENTED_TAX

_MISSING: Final[Mapping[Missing, Answer]] = {
    **dict.fromkeys(Missing, NOTHING),
    **TREASURY_MISSING,
    Missing.DOCUMENT_WRITE: json_answer({"errors": {"error": DOCUMENT_NOT_FOUND}}, 404),
}

DOCUMENTED: Final = Profile(
    name="documented",
    error_bodies={
        Shape.GENERAL: error_body.one_object,
        Shape.TRANSITION: error_body.one_object,
        Shape.CLIENT: error_body.texts,
        Shape.ITEM: error_body.objects,
        Shape.TAX: error_body.keyed,
        Shape.PAYMENT_FIELD: error_body.one_pair,
        Shape.SEQUENCE: error_body.code_and_message,
        Shape.QR_CODE: error_body.bare_error,
        Shape.SAFT: error_body.bare_message,
        Shape.ACCOUNT_UPDATE: error_body.one_pair,
        Shape.TREASURY: error_body.objects,
        Shape.PLAN: error_body.one_object,
        Shape.UID: error_body.reason,
    },
    missing=_MISSING,
    document_fields=DOCUMENTED_DOCUMENT,
    document_row_fields=DOCUMENTED_DOCUMENT_ROW,
    guide_fields=DOCUMENTED_DOCUMENT_ROW,
    rounds_lines=False,
    root_by_type=False,
    tax_fields=DOCUMENTED_TAX,
    item_fields=DOCUMENTED_ITEM,
    client_fields=DOCUMENTED_CLIENT,
    client_created_fields=DOCUMENTED_CLIENT,
    client_row_fields=DOCUMENTED_CLIENT_ROW,
    client_pagination=PAGINATION,
    series_root="sequences",
    series_rows=DOCUMENTED_SERIES_ROWS,
    serie_echoes_integers=False,
    unregistered_code=NOT_REGISTERED,
    tax_deleted=EMPTY,
    pdf_in_wrong_state=json_answer(
        {"error": {"code": "422", "message": "The {document-id} provided is in an invalid state."}}, 422
    ),
    guide_update=None,
    saft_url_key="Url",
    client_deleted=None,
    flat_initial_balance=None,
    regularization_created_in_list=True,
    movement_shows_id=False,
    movement_deleted=Answer(204),
    account_id_is_text=True,
    account_shows_address=False,
    tax_region_required_on_create=False,
    create_tax_fails_on_numbers=False,
    fails_on_double_encoding=False,
    wrong_verb_is_page=False,
    unknown_tax_abroad_is_exempt=False,
    numeric_item_price_accepted=True,
)
