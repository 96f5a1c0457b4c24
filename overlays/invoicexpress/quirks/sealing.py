"""Seals a PDF with a certificate of the caller's. Imports pyHanko, which comes with the extra `sign`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any, Final, TypeAlias, cast

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509 import Certificate
from pyhanko.keys import internal
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ..errors import InputError
from .seal_reading import seals_of

# The library is annotated in part.
_to_asn1: Any = internal
_store: Any = SimpleCertificateStore

PrivateKey: TypeAlias = RSAPrivateKey | EllipticCurvePrivateKey

_DIGEST: Final = "sha256"


def sealed(content: bytes, pkcs12: bytes, password: bytes | None) -> bytes:
    """A PDF with one more seal, in the format PAdES B-B (ETSI EN 319 142-1), read back and verified.

    Raises InputError for anything but a PDF, for a PKCS#12 file that cannot be opened or used, and where the
    seal, or an older one, would not hold. No error has a cause, whose frames might hold the key.
    """
    before = seals_of(content)
    material = _material(pkcs12, password)
    made = _made(content, material)
    after = seals_of(made)
    if len(after) != len(before) + 1:
        raise InputError("content", "the PDF cannot be sealed: its new seal is not found again")
    for seal in after:
        if not seal.is_unchanged:
            raise InputError("content", f"the PDF cannot be sealed; the seal of {seal.by!r}: {seal.change}")
    return made


@dataclass(frozen=True, slots=True)
class _Material:
    """What a PKCS#12 file holds."""

    key: PrivateKey = field(repr=False)
    certificate: Certificate
    others: Sequence[Certificate]
    """Certificates of the issuer, and of the issuer's issuer."""


def _material(pkcs12: bytes, password: bytes | None) -> _Material:
    """The key and certificates of a file. Raises InputError if it cannot be opened or used."""
    try:
        opened = load_pkcs12(pkcs12, password)
    except Exception:
        # A wrong password and a broken file look the same. The error is raised outside, without this one.
        opened = None
    if opened is None:
        raise InputError(
            "pkcs12",
            "cannot be opened: the password is wrong, or it is no PKCS#12 file (.p12, .pfx), or broken",
        )
    if opened.key is None or opened.cert is None:
        raise InputError("pkcs12", "has no private key with its certificate, which a seal is made with")
    if not isinstance(opened.key, PrivateKey):
        raise InputError("pkcs12", "has neither an RSA key nor one of an elliptic curve")
    certificate = opened.cert.certificate
    first, last, now = certificate.not_valid_before_utc, certificate.not_valid_after_utc, datetime.now(UTC)
    if not first <= now <= last:
        raise InputError(
            "pkcs12", f"its certificate is valid from {first:%Y-%m-%d} to {last:%Y-%m-%d}, not now"
        )
    return _Material(opened.key, certificate, [each.certificate for each in opened.additional_certs])


def _made(content: bytes, material: _Material) -> bytes:
    """The sealed PDF. Raises InputError for a PDF that no seal can be added to."""
    why = ""
    try:
        # The library signs in an event loop, which must not be the caller's: that one is running.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(_signing(content, material))).result()
    except Exception as error:
        why = str(error)
    raise InputError("content", f"the PDF cannot be sealed: {why}")


async def _signing(content: bytes, material: _Material) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    metadata = PdfSignatureMetadata(
        field_name=_free_name(writer.prev), md_algorithm=_DIGEST, subfilter=SigSeedSubFilter.PADES
    )
    others = _store.from_certs(map(_to_asn1.translate_pyca_cryptography_cert_to_asn1, material.others))
    signer = SimpleSigner(
        signing_cert=_to_asn1.translate_pyca_cryptography_cert_to_asn1(material.certificate),
        signing_key=_to_asn1.translate_pyca_cryptography_key_to_asn1(material.key),
        cert_registry=others,
    )
    pdf_signer: Any = PdfSigner(metadata, signer)
    made: bytes = (await pdf_signer.async_sign_pdf(writer)).getvalue()
    return made


def _free_name(reader: PdfFileReader) -> str:
    taken = {cast("str", name) for name, *_ in cast("Any", enumerate_sig_fields(reader))}
    return next(name for number in count(1) if (name := f"Seal{number}") not in taken)
