"""The two wires: what documentation and production disagree about, gathered in one place.

`observed` answers as the live service was seen to, `documented` as the vendor's current page says.
Rules never ask which profile they run under: they ask the profile for a representation, an error body
or a named difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ..faults.crashes import CRASH
from ..fiscal.atcud import NOT_REGISTERED, NOT_RELEVANT
from ..fiscal.document_types import GUIDES, DocumentType
from ..http.answer import EMPTY, Answer, json_answer
from ..http.errors import Missing, Shape
from ..http.wire_values import JsonValue
from ..seeded import seeded_hex
from . import representation as wire
from .representation import Fields, Shown, shown

if TYPE_CHECKING:
    from ..books.catalogue.items.item import Item
    from ..books.catalogue.taxes.tax import Tax
    from ..books.clients.client import Client
    from ..books.documents.document import Document
    from ..books.series.series import Series
    from ..http.messages import Complaint, Language

ProfileName = Literal["observed", "documented"]


class Said(NamedTuple):
    """A complaint in words: the attribute that it is about, and what is said of it."""

    field: str
    words: str


ErrorBody = Callable[[Sequence[Said]], JsonValue]


# Error bodies (recorded 2019, tim-online 2023-11; vendor docs 2026-07: shapes per status) -------------


def _objects(said: Sequence[Said]) -> JsonValue:
    return {"errors": [{"error": each.words} for each in said]}


def _objects_of_lists(said: Sequence[Said]) -> JsonValue:
    return {"errors": [{"error": [each.words]} for each in said]}


def _pairs(said: Sequence[Said]) -> JsonValue:
    return [[each.field, each.words] for each in said]


def _bare_error(said: Sequence[Said]) -> JsonValue:
    return {"error": said[0].words}


def _bare_message(said: Sequence[Said]) -> JsonValue:
    return {"message": said[0].words}


def _reason(said: Sequence[Said]) -> JsonValue:
    return {"reason": said[0].words}


def _code_and_message(said: Sequence[Said]) -> JsonValue:
    return {"errors": {"code": said[0].field, "message": said[0].words}}


def _one_object(said: Sequence[Said]) -> JsonValue:
    return {"errors": {"error": ", ".join(each.words for each in said)}}


def _texts(said: Sequence[Said]) -> JsonValue:
    return {"errors": [each.words for each in said]}


def _keyed(said: Sequence[Said]) -> JsonValue:
    keyed: dict[str, JsonValue] = {}
    for each in said:
        texts = keyed.setdefault(each.field, [])
        assert isinstance(texts, list)  # noqa: S101 - set one line above
        texts.append(each.words)
    return keyed


def _one_pair(said: Sequence[Said]) -> JsonValue:
    return [said[0].field, said[0].words]


# Bodies of 404, each endpoint its own (recorded 2019) --------------------------------------------------

_NOTHING: Final = Answer(404)
_ONE_SPACE: Final = Answer(404, b" ")
_HTML: Final = Answer(
    404,
    b"<!DOCTYPE html>\n<html><head><title>404</title></head><body><h1>404</h1></body></html>\n",
    "text/html; charset=utf-8",
)
_DOCUMENT_NOT_FOUND: Final = "Document not found"


def _not_found(sentence: str) -> Answer:
    """Return the 404 of treasury (vendor docs 2026-07)."""
    return json_answer({"errors": [{"error": sentence}]}, 404)


_TREASURY_MISSING: Final[Mapping[Missing, Answer]] = {
    Missing.CLIENT_OF_TREASURY: _not_found("Client not found"),
    Missing.REGULARIZATION: _not_found("Regularization not found"),
    Missing.MOVEMENT: _not_found("Treasury movement not found"),
}

_OBSERVED_MISSING: Final[Mapping[Missing, Answer]] = {
    Missing.CLIENT: _NOTHING,
    Missing.CLIENT_OF_INVOICES: _HTML,
    Missing.ITEM: _NOTHING,
    Missing.TAX: _ONE_SPACE,
    Missing.SEQUENCE: _NOTHING,
    Missing.DOCUMENT_READ: _NOTHING,
    Missing.DOCUMENT_WRITE: json_answer({"errors": [{"error": _DOCUMENT_NOT_FOUND}]}, 404),
    Missing.PDF: _NOTHING,
    Missing.ACCOUNT: _NOTHING,
    **_TREASURY_MISSING,
}
_DOCUMENTED_MISSING: Final[Mapping[Missing, Answer]] = {
    **dict.fromkeys(Missing, _NOTHING),
    **_TREASURY_MISSING,
    Missing.DOCUMENT_WRITE: json_answer({"errors": {"error": _DOCUMENT_NOT_FOUND}}, 404),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One wire. Every difference between the two is a field of this class."""

    name: ProfileName
    error_bodies: Mapping[Shape, ErrorBody]
    missing: Mapping[Missing, Answer]

    document_fields: Fields[Shown]
    document_row_fields: Fields[Shown]
    guide_fields: Fields[Shown]
    """A single guide, which the documentation shows as its lists do."""
    root_by_type: bool
    """Whether a single document answers under its own type's key, or its family's (vendor docs 2026-07)."""
    tax_fields: Fields[Tax]
    item_fields: Fields[Item]
    client_fields: Fields[Client]
    client_billing_fields: Fields[Client]
    """What `client_fields` leave to come after `open_account_link`."""
    client_created_fields: Fields[Client] | None
    """What creating a client echoes, None for all of it: live, it is less than GET shows
    (recorded 2019).
    """
    client_row_fields: Fields[Client]
    series_root: str
    """Key of a single series: live in the singular, on the page in the plural."""
    series_rows: tuple[str, ...]
    serie_echoes_integers: bool
    unregistered_code: str

    tax_deleted: Answer
    """Live, the body of a deleted tax is one space (recorded 2019)."""
    pdf_in_wrong_state: Answer
    """Of a deleted document: 406 in the old documentation, an unused 422 in the new."""
    guide_update: Answer | None
    """Live, updating any guide fails, whatever is sent (diogopms 2026-06; it worked in 2022); None
    where it works, as documented.
    """
    saft_url_key: str
    """Key of an export's address: clients read `url`, the documentation says `Url`."""
    client_deleted: Answer | None
    """Live, deleting a client answers an error although it is gone (square-bit 2026-04); None where the
    operation does not exist.
    """
    flat_initial_balance: Answer | None
    """Live, an initial balance without its root key fails (diogopms 2026-06); None where it is refused as
    any body without its root is.
    """
    regularization_created_in_list: bool
    """The page shows a list of one, an integrator an object (diogopms 2026-06)."""
    movement_shows_id: bool
    """The page has no id, an integrator reads one (diogopms 2026-06)."""
    movement_deleted: Answer
    """Live, deleting a movement answers 500 although it is gone (diogopms 2026-06)."""
    account_id_is_text: bool
    account_shows_address: bool
    tax_region_required_on_create: bool
    create_tax_fails_on_numbers: bool
    """Live, creating a tax whose rate is a JSON number fails (diogopms 2026-06)."""
    fails_on_double_encoding: bool
    """Live, a body that is a JSON text of JSON fails (indigitpt)."""
    wrong_verb_is_page: bool
    """Live, asking for a client's documents with GET in place of POST is a page (recorded 2019)."""
    unknown_tax_abroad_is_exempt: bool
    """Live, an unknown tax of a client in another country silently became 0 % (suestecreative 2026)."""
    numeric_item_price_accepted: bool

    def error(self, status: int, shape: Shape, complaints: Sequence[Complaint], language: Language) -> Answer:
        """Return a refusal in the shape of this wire, in its words for an account of this language."""
        said = [Said(each.text.field, self.words(each, language)) for each in complaints]
        return json_answer(self.error_bodies[shape](said), status)

    def words(self, complaint: Complaint, language: Language) -> str:
        """Return a message in the words of this wire."""
        return complaint.said(language, by_the_page=self.name == "documented")

    def root(self, document_type: DocumentType) -> str:
        """Return the key of one document; a receipt's is the same on both wires."""
        if self.root_by_type or document_type.is_receipt:
            return document_type.root
        return document_type.family.root

    def document(
        self,
        document: Document,
        seed: int,
        base_url: str,
        language: Language,
        under: DocumentType | None = None,
    ) -> dict[str, JsonValue]:
        """Return one document as GET, create and change-state answer it, under the root of its own type
        or of `under`.
        """
        it = Shown(document, permalink(document, seed, base_url), language)
        fields = self.guide_fields if document.type.family is GUIDES else self.document_fields
        return {self.root(under or document.type): shown(it, fields)}

    def document_row(
        self, document: Document, seed: int, base_url: str, language: Language
    ) -> dict[str, JsonValue]:
        """Return one document as an entry of a list."""
        return shown(Shown(document, permalink(document, seed, base_url), language), self.document_row_fields)

    def tax(self, tax: Tax) -> dict[str, JsonValue]:
        """Return a tax."""
        return shown(tax, self.tax_fields)

    def item(self, item: Item) -> dict[str, JsonValue]:
        """Return an item of the catalogue."""
        return shown(item, self.item_fields)

    def client(self, client: Client, seed: int, base_url: str) -> dict[str, JsonValue]:
        """Return a client as GET and the two finds answer it."""
        return {
            **shown(client, self.client_fields),
            "open_account_link": wire.open_account_link(client, seed, base_url),
            **shown(client, self.client_billing_fields),
        }

    def client_created(self, client: Client, seed: int, base_url: str) -> dict[str, JsonValue]:
        """Return a client as its creation echoes it."""
        if self.client_created_fields is None:
            return self.client(client, seed, base_url)
        return shown(client, self.client_created_fields)

    def client_row(self, client: Client) -> dict[str, JsonValue]:
        """Return a client as an entry of a list."""
        return shown(client, self.client_row_fields)

    def series(self, series: Series, *, portuguese: bool) -> dict[str, JsonValue]:
        """Return a series; in accounts of other countries no type needs a validation code (assumed)."""
        as_integer = self.serie_echoes_integers and series.sent_as_integer
        serie: JsonValue = int(series.serie) if as_integer else series.serie
        unregistered = self.unregistered_code if portuguese else NOT_RELEVANT
        return wire.series_json(series, self.series_rows, unregistered, serie)


def permalink(document: Document, seed: int, base_url: str) -> str:
    """Return the public address of a document: its id and forty hexadecimal digits (recorded 2019)."""
    return f"{base_url}/documents/{document.id}{seeded_hex(seed, 'permalink', document.id)}"


OBSERVED: Final = Profile(
    name="observed",
    error_bodies={
        Shape.GENERAL: _objects,
        Shape.TRANSITION: _objects_of_lists,
        Shape.CLIENT: _objects,
        Shape.ITEM: _objects,
        Shape.TAX: _pairs,
        Shape.PAYMENT_FIELD: _pairs,
        Shape.SEQUENCE: _code_and_message,
        Shape.QR_CODE: _bare_error,
        Shape.SAFT: _bare_message,
        Shape.ACCOUNT_UPDATE: _one_pair,
        Shape.TREASURY: _objects,
        Shape.PLAN: _one_object,
        Shape.UID: _reason,
    },
    missing=_OBSERVED_MISSING,
    document_fields=wire.OBSERVED_DOCUMENT,
    document_row_fields=wire.OBSERVED_DOCUMENT,
    guide_fields=wire.OBSERVED_DOCUMENT,
    root_by_type=True,
    tax_fields=wire.OBSERVED_TAX,
    item_fields=wire.OBSERVED_ITEM,
    client_fields=wire.OBSERVED_CLIENT_CREATED,
    client_billing_fields=wire.OBSERVED_CLIENT_BILLING,
    client_created_fields=wire.OBSERVED_CLIENT_CREATED,
    client_row_fields=wire.OBSERVED_CLIENT_ROW,
    series_root="sequence",
    series_rows=wire.OBSERVED_SERIES_ROWS,
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

DOCUMENTED: Final = Profile(
    name="documented",
    error_bodies={
        Shape.GENERAL: _one_object,
        Shape.TRANSITION: _one_object,
        Shape.CLIENT: _texts,
        Shape.ITEM: _objects,
        Shape.TAX: _keyed,
        Shape.PAYMENT_FIELD: _one_pair,
        Shape.SEQUENCE: _code_and_message,
        Shape.QR_CODE: _bare_error,
        Shape.SAFT: _bare_message,
        Shape.ACCOUNT_UPDATE: _one_pair,
        Shape.TREASURY: _objects,
        Shape.PLAN: _one_object,
        Shape.UID: _reason,
    },
    missing=_DOCUMENTED_MISSING,
    document_fields=wire.DOCUMENTED_DOCUMENT,
    document_row_fields=wire.DOCUMENTED_DOCUMENT_ROW,
    guide_fields=wire.DOCUMENTED_DOCUMENT_ROW,
    root_by_type=False,
    tax_fields=wire.DOCUMENTED_TAX,
    item_fields=wire.DOCUMENTED_ITEM,
    client_fields=wire.DOCUMENTED_CLIENT,
    client_billing_fields=wire.DOCUMENTED_CLIENT_BILLING,
    client_created_fields=None,
    client_row_fields=wire.DOCUMENTED_CLIENT_ROW,
    series_root="sequences",
    series_rows=wire.DOCUMENTED_SERIES_ROWS,
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

PROFILES: Final[Mapping[ProfileName, Profile]] = {"observed": OBSERVED, "documented": DOCUMENTED}
