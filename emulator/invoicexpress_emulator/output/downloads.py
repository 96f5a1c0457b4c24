"""The end points for PDF and QR code, and the files behind the addresses that they and SAF-T give out.

An end point answers 202 until the file is ready (vendor docs 2026-07), by default at the second poll; the
account's settings decide. Changing a document makes its renderings start over. The
files themselves are served without a key, under addresses that cannot be guessed, as the service's own
bearer links are.
"""

from __future__ import annotations

from datetime import datetime, time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from ..books.accounts import rows as accounts
from ..books.documents import rows as documents
from ..books.documents.issuer import issuer_of
from ..books.documents.readiness import is_ready, of_document
from ..http import messages
from ..http.answer import Answer, FileAnswer, json_answer
from ..http.clock import LISBON
from ..http.errors import Missing, NotFound, Refused, Shape, invalid
from ..http.wire_values import parse_flag, parse_id
from ..seeded import seeded_hex
from .pdf.related_documents import related_to
from .qr_code import qr_png, qr_text
from .saft import export

if TYPE_CHECKING:
    from ..books.accounts.account import Account
    from ..books.call import Call
    from ..books.documents.document import Document
    from ..storage.store import Store

PDF: Final = "pdf"
SECOND_COPY: Final = "second_copy"
QR_CODE: Final = "qr_code"

_EXTENSIONS: Final = {PDF: "pdf", SECOND_COPY: "pdf", QR_CODE: "png"}
_TOKEN_LENGTH: Final = 40

CANNOT_SEAL: Final = "Sealing PDFs takes pyhanko: pip install 'invoicexpress[sign]'."
"""Why a PDF is not sealed, without the extra `sign`."""


def can_seal() -> bool:
    """Whether the package that seals PDFs is installed."""
    return find_spec("pyhanko") is not None


def get_pdf(call: Call) -> Answer:
    """GET /api/pdf/{id}.json: 202 with no body, then the address of the file."""
    found = documents.by_id(call.db, call.account.id, call.path_id("document_id"))
    if found is None:
        raise NotFound(Missing.PDF)
    if found.status == "deleted":
        return call.profile.pdf_in_wrong_state
    kind = SECOND_COPY if parse_flag(call.query.one("second_copy")) else PDF
    if not is_ready(call, of_document(found, kind), call.account.settings.pdf):
        return Answer(202)
    return json_answer({"output": {"pdfUrl": _address(call, found, kind)}})


def get_qr_code(call: Call) -> Answer:
    """GET /api/qr_codes/{id}.json: 202 while in progress, then the address of a PNG; drafts have none."""
    sent_id = call.path["document_id"]
    found = documents.by_id(call.db, call.account.id, call.path_id("document_id"))
    if found is None:
        raise Refused(404, Shape.QR_CODE, messages.QR_NOT_FOUND.about(id=sent_id))
    if not call.account.is_portuguese:
        raise invalid(Shape.QR_CODE, messages.QR_PORTUGAL_ONLY.about())
    if not found.is_issued:
        raise invalid(Shape.QR_CODE, messages.QR_OF_DRAFT.about(id=found.id))
    if not is_ready(call, of_document(found, QR_CODE), call.account.settings.qr_code):
        return json_answer({"qr_code": {"status": "In progress"}}, 202)
    return json_answer({"qr_code": {"url": _address(call, found, QR_CODE)}})


def _token(seed: int, document_id: int, kind: str) -> str:
    return seeded_hex(seed, "rendering", kind, document_id, length=_TOKEN_LENGTH)


def _address(call: Call, found: Document, kind: str) -> str:
    token = _token(call.store.seed, found.id, kind)
    return f"{call.base_url}/downloads/{kind}/{found.id}-{token}.{_EXTENSIONS[kind]}"


def download(store: Store, kind: str, name: str, base_url: str) -> Answer | FileAnswer | None:
    """Return the file behind an address that was given out, None for any other."""
    if kind == export.KIND:
        return export.download(store, name)
    stem, _, extension = name.partition(".")
    number, _, token = stem.partition("-")
    document_id = parse_id(number)
    if (
        document_id is None
        or _EXTENSIONS.get(kind) != extension
        or token != _token(store.seed, document_id, kind)
    ):
        return None
    return _file(store, document_id, kind, base_url)


def pdf(store: Store, document_id: int) -> Answer | None:
    """Return the PDF of a document, None if the document is deleted or does not exist."""
    return _file(store, document_id, PDF, "")


def by_permalink(store: Store, name: str, base_url: str) -> Answer | None:
    """Return the PDF behind a permalink: a document's id and its forty digits; None for any other address."""
    document_id = parse_id(name[:-_TOKEN_LENGTH])
    if document_id is None or name[-_TOKEN_LENGTH:] != seeded_hex(store.seed, "permalink", document_id):
        return None
    return _file(store, document_id, PDF, base_url)


def _file(store: Store, document_id: int, kind: str, base_url: str) -> Answer | None:
    found, account = _with_account(store, document_id)
    if found is None or account is None or found.status == "deleted":
        return None
    if kind == QR_CODE:
        if not found.is_issued:
            return None
        return Answer(200, qr_png(qr_text(found, issuer_of(found, account).fiscal_id)), "image/png")
    from .pdf.layout import document_pdf  # noqa: PLC0415 - the PDF library takes longer to import than all the rest

    related = related_to(store.db, account.id, found)
    content = document_pdf(found, account, related, second_copy=kind == SECOND_COPY)
    if account.settings.pdf_seal:
        if not can_seal():
            # The setting is refused then, but a data file may come from elsewhere.
            return Answer(503, CANNOT_SEAL.encode(), "text/plain; charset=utf-8")
        content = _sealed(content, found)
    name = (
        (found.printed_number or f"{found.type.prefix} rascunho {found.id}")
        .replace("/", "-")
        .replace(" ", "_")
    )
    return Answer(200, content, "application/pdf", {"Content-Disposition": f'inline; filename="{name}.pdf"'})


def _sealed(content: bytes, document: Document) -> bytes:
    """Return a PDF with the seal of the moment that it states: when it was issued, or a draft's date."""
    from .sealing import sealed  # noqa: PLC0415 - an extra, which takes as long as all the rest

    return sealed(content, document.system_entry or datetime.combine(document.date, time(), LISBON))


def _with_account(store: Store, document_id: int) -> tuple[Document | None, Account | None]:
    account_id = documents.account_of(store.db, document_id)
    if account_id is None:
        return None, None
    account = accounts.by_id(store.db, account_id)
    return documents.by_id(store.db, account.id, document_id), account
