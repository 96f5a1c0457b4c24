"""The PDF of a document and the picture of its QR code: made in the background, fetched when ready."""

from __future__ import annotations

from typing import Final

from invoicexpress_generated.api.documents import generate_pdf, get_qr_code
from invoicexpress_generated.models.qr_code_response import QrCodeResponse
from invoicexpress_generated.types import UNSET, Response, Unset

from .downloads import Download, download
from .flows import Flow
from .polling import until_ready

_PDF: Final = b"%PDF-"
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def pdf(document_id: int, *, second_copy: bool | None, timeout: float) -> Flow[Download]:
    """Waits until the PDF of a document is ready, `timeout` seconds at most, and fetches it.

    Raises NotReadyError, NotFoundError, DownloadError.
    """
    request = generate_pdf.request(document_id, second_copy=UNSET if second_copy is None else second_copy)
    ready = yield from until_ready(f"the PDF of document {document_id}", request, generate_pdf.parse, timeout)
    return (yield from download(ready.value.pdf_url, _PDF))


def qr_code(document_id: int, *, timeout: float) -> Flow[Download]:
    """Waits until the picture of a QR code is ready, `timeout` seconds at most, and fetches it.

    Raises NotReadyError, NotFoundError, DownloadError; ValidationError for a draft.
    """
    request = get_qr_code.request(document_id)
    link = yield from until_ready(f"the QR code of document {document_id}", request, _qr_code_link, timeout)
    return (yield from download(link, _PNG))


def _qr_code_link(response: Response) -> str | None:
    # The link decides, not the status: a 200 that says "In progress" is as little ready as a 202.
    answer: QrCodeResponse = get_qr_code.parse(response)
    url = answer.value.url
    return None if isinstance(url, Unset) or not url else url
