"""Seals PDFs with a certificate that is made on the spot, signed by itself, and recognizably not real.

The key lives in memory, and as long as the process. Imports pyHanko, which comes with the extra `sign`.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    CertificateBuilder,
    KeyUsage,
    Name,
    NameAttribute,
    random_serial_number,
)
from cryptography.x509.oid import NameOID
from pyhanko.keys import internal
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

# The library is annotated in part.
_to_asn1: Any = internal
_store: Any = SimpleCertificateStore

SEALED_BY: Final = "Selo de teste, sem valor (not a real seal)"
"""Common name of the certificate's subject."""
_ORGANIZATION: Final = "Emulator"
# Accounts travel in time, and a certificate is refused outside of its days.
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def sealed(pdf: bytes, at: datetime) -> bytes:
    """Return a PDF with an invisible seal of a moment.

    The same PDF gets the same bytes again while it is remembered: a seal holds random ones.
    """
    # The library signs in an event loop, and the server's is running.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_signing(pdf, at))).result()


async def _signing(pdf: bytes, at: datetime) -> bytes:
    key, certificate = _throw_away()
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    metadata = PdfSignatureMetadata(
        field_name="Selo", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = SimpleSigner(
        signing_cert=_to_asn1.translate_pyca_cryptography_cert_to_asn1(certificate),
        signing_key=_to_asn1.translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=_store(),
    )
    session: Any = PdfSigner(metadata, signer).init_signing_session(writer)
    session.system_time = at
    size = await session.estimate_signature_container_size(None)
    paper = session.prepare_tbs_document(None, size)
    digest, output = paper.digest_tbs_document()
    await paper.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at))
    made: bytes = output.getvalue()
    return made


@cache
def _throw_away() -> tuple[RSAPrivateKey, Certificate]:
    """Return the process's key and its certificate."""
    key = generate_private_key(public_exponent=65_537, key_size=2048)
    name = Name(
        [
            NameAttribute(NameOID.COUNTRY_NAME, "PT"),
            NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANIZATION),
            NameAttribute(NameOID.COMMON_NAME, SEALED_BY),
        ]
    )
    builder = (
        CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(random_serial_number())
        .not_valid_before(_FIRST)
        .not_valid_after(_LAST)
        .add_extension(BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_FOR_SIGNING, critical=True)
    )
    return key, builder.sign(key, SHA256())


_FOR_SIGNING: Final = KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
