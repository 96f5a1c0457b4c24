"""PKCS#12 files and small PDFs for seals. Keys are of an elliptic curve: made in a millisecond."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from fpdf import FPDF
from invoicexpress import Download

PASSWORD: Final = "Palavra-passe de teste"
DAY: Final = datetime.timedelta(days=1)

_ETSI: Final = bytes.fromhex("0400 8e46 01".replace(" ", ""))
"""0.4.0.1862.1, as an object identifier is written."""


def der(tag: int, *parts: bytes) -> bytes:
    """A short value of DER."""
    content = b"".join(parts)
    assert len(content) < 0x80
    return bytes([tag, len(content)]) + content


def identifier(*last: int) -> bytes:
    """The object identifier 0.4.0.1862.1 and more numbers."""
    return der(0x06, _ETSI, bytes(last))


COMPLIANCE: Final = der(0x30, identifier(1))
DEVICE: Final = der(0x30, identifier(4))
FOR_SIGNATURES: Final = der(0x30, identifier(6), der(0x30, identifier(6, 1)))
FOR_SEALS: Final = der(0x30, identifier(6), der(0x30, identifier(6, 2)))
FOR_WEBSITES: Final = der(0x30, identifier(6), der(0x30, identifier(6, 3)))
FOR_BOTH: Final = der(0x30, identifier(6), der(0x30, identifier(6, 1), identifier(6, 2)))
BRITISH: Final = der(0x30, identifier(7), der(0x30, der(0x13, b"GB")))
UNKNOWN: Final = der(0x30, identifier(99))


def certificate_file(
    *statements: bytes,
    name: str | None = "Ana Sousa, Lda.",
    password: str | None = PASSWORD,
    first: datetime.timedelta = -DAY,
    last: datetime.timedelta = DAY,
    extension: bytes | None = None,
) -> bytes:
    """A PKCS#12 file with a key and a certificate signed by itself, with statements about qualification.

    Its validity begins `first` from now and ends `last` from now.
    """
    key = generate_private_key(SECP256R1())
    names = [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Papelaria Sousa"),
        x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "VATPT-500100144"),
    ]
    if name is not None:
        names.append(x509.NameAttribute(NameOID.COMMON_NAME, name))
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(x509.Name(names))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + first)
        .not_valid_after(now + last)
    )
    value = extension if extension is not None else der(0x30, *statements) if statements else None
    if value is not None:
        oid = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, value), critical=False)
    how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"seal", key, builder.sign(key, SHA256()), None, how)


def without_key() -> bytes:
    """A PKCS#12 file with a certificate and no key."""
    opened = pkcs12.load_pkcs12(certificate_file(), PASSWORD.encode())
    assert opened.cert is not None
    return pkcs12.serialize_key_and_certificates(
        b"seal", None, opened.cert.certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )


def paper() -> Download:
    """A PDF of one page, without a seal."""
    page = FPDF()
    page.set_creation_date(datetime.datetime(2026, 11, 29, 9, 30, tzinfo=datetime.UTC))
    page.add_page()
    page.set_font("helvetica", size=12)
    page.cell(text="FT A/28, 30.00 EUR")
    return Download(bytes(page.output()), "application/pdf", "FT A-28.pdf")


def sealed_paper(*statements: bytes, names: Sequence[str] = ("Ana Sousa, Lda.",)) -> Download:
    """A PDF with a seal of each name, one after the other."""
    made = paper()
    for name in names:
        made = made.sealed_with(certificate_file(*statements, name=name), PASSWORD)
    return made
