"""The PDF of a document and the picture of its QR code, made in the background and fetched when ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoicexpress_generated import models
from invoicexpress_generated.api import documents as api
from invoicexpress_generated.types import UNSET, Response, Unset

from .downloads import PDF, PNG, Download, check_limit, download
from .file_names import Numbered, name_for
from .polling import OnWait, until_ready
from .polymorphism import document_id_of

if TYPE_CHECKING:
    from ..sending.flows import Flow


def pdf(
    document: Numbered | int,
    *,
    second_copy: bool | None,
    timeout: float,
    on_wait: OnWait | None,
    limit: int,
) -> Flow[Download]:
    """Waits for the PDF of a document, at most `timeout` seconds, and fetches it.

    Raises NotReadyError, NotFoundError, DownloadError, and InputError for an invalid `limit` (bytes).
    """
    check_limit(limit)
    document_id = document_id_of(document)
    request = api.generate_pdf.request(document_id, second_copy=UNSET if second_copy is None else second_copy)
    ready = yield from until_ready(
        f"the PDF of document {document_id}", request, api.generate_pdf.parse, timeout, on_wait
    )
    return (yield from download(ready.value.pdf_url, PDF, limit=limit, name=name_for(document)))


def qr_code(
    document: Numbered | int, *, timeout: float, on_wait: OnWait | None, limit: int
) -> Flow[Download]:
    """Waits for the picture of a QR code, at most `timeout` seconds, and fetches it.

    Raises NotReadyError, NotFoundError, DownloadError, and InputError for an invalid `limit` (bytes);
    ValidationError for a draft.
    """
    check_limit(limit)
    document_id = document_id_of(document)
    request = api.get_qr_code.request(document_id)
    link = yield from until_ready(
        f"the QR code of document {document_id}", request, _qr_code_link, timeout, on_wait
    )
    return (yield from download(link, PNG, limit=limit, name=name_for(document, "png")))


def _qr_code_link(response: Response) -> str | None:
    # The link decides, not the status: a 200 with "In progress" is not ready either.
    answer: models.QrCodeResponse = api.get_qr_code.parse(response)
    url = answer.value.url
    return None if isinstance(url, Unset) or not url else url
