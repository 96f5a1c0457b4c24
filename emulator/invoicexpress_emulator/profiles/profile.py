"""One wire: everything that documentation and production disagree about is a field of `Profile`.

`observed` answers as the live service was seen to, `documented` as the vendor's current page says.
Rules never ask which profile they run under: they ask the profile for a thing's JSON, an error body or a
named difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..fiscal.atcud import NOT_RELEVANT
from ..fiscal.document_types import GUIDES, DocumentType
from ..http.answer import Answer, json_answer
from .client import shown_client
from .document import Shown, permalink
from .error_body import Said
from .field_table import as_json
from .series import series_as_json

if TYPE_CHECKING:
    from ..books.accounts.settings import Settings
    from ..books.catalogue.items.item import Item
    from ..books.catalogue.taxes.tax import Tax
    from ..books.clients.client import Client
    from ..books.documents.document import Document
    from ..books.series.series import Series
    from ..http.errors import Missing, Shape
    from ..http.messages import Complaint, Language
    from ..http.wire_values import JsonValue
    from .client import ShownClient
    from .error_body import ErrorBody
    from .field_table import Fields

ProfileName = Literal["observed", "documented"]


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
    rounds_lines: bool
    """Live, prices and quantities of lines are read back with the decimals of a setting
    (`line_decimals`); the page's examples have all four.
    """
    root_by_type: bool
    """Whether a single document answers under its own type's key, or its family's (vendor docs 2026-07)."""
    tax_fields: Fields[Tax]
    item_fields: Fields[Item]
    client_fields: Fields[ShownClient]
    client_created_fields: Fields[ShownClient]
    """The keys that creating a client echoes: live, fewer than GET shows (recorded 2019)."""
    client_row_fields: Fields[ShownClient]
    client_pagination: tuple[str, ...]
    """Keys of `pagination` beside clients, in their order; lists of documents have another."""
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
        settings: Settings,
        under: DocumentType | None = None,
    ) -> dict[str, JsonValue]:
        """Return one document as GET, create and change-state answer it, under the root of its own type
        or of `under`.
        """
        it = self._shown(document, seed, base_url, settings)
        fields = self.guide_fields if document.type.family is GUIDES else self.document_fields
        return {self.root(under or document.type): as_json(it, fields)}

    def document_row(
        self, document: Document, seed: int, base_url: str, settings: Settings
    ) -> dict[str, JsonValue]:
        """Return one document as an entry of a list."""
        return as_json(self._shown(document, seed, base_url, settings), self.document_row_fields)

    def _shown(self, document: Document, seed: int, base_url: str, settings: Settings) -> Shown:
        decimals = settings.line_decimals if self.rounds_lines else "stored"
        link = permalink(document, seed, base_url)
        return Shown(document, link, settings.language, decimals, settings.line_tax)

    def tax(self, tax: Tax) -> dict[str, JsonValue]:
        """Return a tax."""
        return as_json(tax, self.tax_fields)

    def item(self, item: Item) -> dict[str, JsonValue]:
        """Return an item of the catalogue."""
        return as_json(item, self.item_fields)

    def client(self, client: Client, seed: int, base_url: str) -> dict[str, JsonValue]:
        """Return a client as GET and the two finds answer it."""
        return as_json(shown_client(client, seed, base_url), self.client_fields)

    def client_created(self, client: Client, seed: int, base_url: str) -> dict[str, JsonValue]:
        """Return a client as its creation echoes it."""
        return as_json(shown_client(client, seed, base_url), self.client_created_fields)

    def client_row(self, client: Client, seed: int, base_url: str) -> dict[str, JsonValue]:
        """Return a client as an entry of a list."""
        return as_json(shown_client(client, seed, base_url), self.client_row_fields)

    def series(self, series: Series, *, portuguese: bool) -> dict[str, JsonValue]:
        """Return a series; in accounts of other countries no type needs a validation code (assumed)."""
        as_integer = self.serie_echoes_integers and series.sent_as_integer
        serie: JsonValue = int(series.serie) if as_integer else series.serie
        unregistered = self.unregistered_code if portuguese else NOT_RELEVANT
        return series_as_json(series, self.series_rows, unregistered, serie)
