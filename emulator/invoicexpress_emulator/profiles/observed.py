"""The wire as the live service was seen to speak it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..faults.crashes import CRASH
from ..fiscal.atcud import NOT_RELEVANT
from ..http.answer import Answer, json_answer
from ..http.errors import Missing, Shape
from . import error_body
from .client import OBSERVED_CLIENT, OBSERVED_CLIENT_ROW
from .document import OBSERVED_DOCUMENT
from .error_body import DOCUMENT_NOT_FOUND, NOTHING, TREASURY_MISSING, not_found
from .item import OBSERVED_ITEM
from .profile import Profile
from .series import OBSERVED_SERIES_ROWS
from .tax import OBSERVED_TAX

_MISSING: Final[Mapping[Missing, Answer]] = {
    Missing.CLIENT: NOTHING,
    Missing.CLIENT_OF_INVOICES: Answer(
        404,
        b"<!DOCTYPE html>\n<html><head><title>404</title></head><body><h1>404</h1></body></html>\n",
        "text/html; charset=utf-8",
    ),
    Missing.ITEM: NOTHING,
    Missing.TAX: Answer(404, b" "),
    Missing.SEQUENCE: NOTHING,
    Missing.DOCUMENT_READ: NOTHING,
    Missing.DOCUMENT_WRITE: not_found(DOCUMENT_NOT_FOUND),
    Missing.PDF: NOTHING,
    Missing.ACCOUNT: NOTHING,
    **TREASURY_MISSING,
}
"""Each endpoint answers in its own way (recorded 2019)."""

OBSERVED: Final = Profile(
    name="observed",
    error_bodies={
        Shape.GENERAL: error_body.objects,
        Shape.TRANSITION: error_body.objects_of_lists,
        Shape.CLIENT: error_body.objects,
        Shape.ITEM: error_body.objects,
        Shape.TAX: error_body.pairs,
        Shape.PAYMENT_FIELD: error_body.pairs,
        Shape.SEQUENCE: error_body.code_and_message,
        Shape.QR_CODE: error_body.bare_error,
        Shape.SAFT: error_body.bare_message,
        Shape.ACCOUNT_UPDATE: error_body.one_pair,
        Shape.TREASURY: error_body.objects,
        Shape.PLAN: error_body.one_object,
        Shape.UID: error_body.reason,
    },
    missing=_MISSING,
    document_fields=OBSERVED_DOCUMENT,
    document_row_fields=OBSERVED_DOCUMENT,
    guide_fields=OBSERVED_DOCUMENT,
    rounds_lines=True,
    root_by_type=True,
    tax_fields=OBSERVED_TAX,
    item_fields=OBSERVED_ITEM,
    client_fields=OBSERVED_CLIENT,
    client_created_fields=OBSERVED_CLIENT_ROW,
    client_row_fields=OBSERVED_CLIENT_ROW,
    client_pagination=("current_page", "total_entries", "per_page", "total_pages"),
    series_root="sequence",
    series_rows=OBSERVED_SERIES_ROWS,
    serie_echoes_integers=True,
    unregistered_code=NOT_RELEVANT,
    tax_deleted=Answer(200, b" "),
    pdf_in_wrong_state=Answer(406),
    guide_update=CRASH,
    saft_url_key="url",
    client_deleted=CRASH,
    flat_initial_balance=CRASH,
    regularization_created_in_list=False,
    movement_shows_id=True,
    movement_deleted=json_answer({"errors": [{"error": "undefined method 'invoice' for nil"}]}, 500),
    account_id_is_text=False,
    account_shows_address=True,
    tax_region_required_on_create=True,
    create_tax_fails_on_numbers=True,
    fails_on_double_encoding=True,
    wrong_verb_is_page=True,
    unknown_tax_abroad_is_exempt=True,
    numeric_item_price_accepted=False,
)
