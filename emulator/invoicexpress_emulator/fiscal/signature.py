"""The hash chain: RSA-SHA1 signatures, each over the one before it in its series and type.

Despacho 8632/2014 (2.1, 6.2, 7.1): the message is
`InvoiceDate;SystemEntryDate;InvoiceNo;GrossTotal;PreviousHash`, the key 1024 bits, the signature
PKCS#1 v1.5 with SHA-1, 172 base64 characters. Characters 1, 11, 21 and 31 are printed. The law fixes
key size and digest, both too weak for anything new.

The key is a test key shipped with the package, so every emulator signs alike and its signatures prove
nothing. A data file keeps its first key: its whole chain verifies with one key.
"""

from __future__ import annotations

import base64
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..http.wire_values import iso_seconds
from .totals import euros

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

    from ..storage.store import Store

CERTIFICATE_NUMBER: Final = "9999"
"""No program has this certificate: the tax authority uses the number in its own demonstration files."""

KEY_VERSION: Final = 1
"""The version of the program's key, stated in SAF-T with each signature (HashControl)."""

_KEY: Final = "signing_key"
_TEST_KEY: Final = Path(__file__).with_name("signing_key.pem")


def message_to_sign(issued_on: date, entered_at: datetime, number: str, total: int, previous: str) -> str:
    """Return the text to sign; `total` is in cents, `previous` the whole signature before, or empty."""
    return f"{issued_on.isoformat()};{iso_seconds(entered_at)};{number};{euros(total):.2f};{previous}"


def printed_characters(signature: str) -> str:
    """Return the four characters that a document prints (Despacho 8632/2014, 2.2.2)."""
    return signature[0] + signature[10] + signature[20] + signature[30]


def is_signed(public_key: str, message: str, signature: str) -> bool:
    """Whether a signature (base64) of a message verifies with a public key (PEM)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 60 ms that most starts do not need
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - late, as above
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - late, as above

    try:
        raw = base64.b64decode(signature, validate=True)
        _loaded(public_key).verify(raw, message.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the law
    except (InvalidSignature, ValueError):
        return False
    # Four different last characters decode to the same bytes, but the next signature covers the text.
    return base64.b64encode(raw).decode() == signature


@lru_cache(maxsize=8)
def _loaded(public_key: str) -> RSAPublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415 - late, as above
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415 - late, as above

    loaded = load_pem_public_key(public_key.encode())
    if not isinstance(loaded, RSAPublicKey):
        raise ValueError("The key is not RSA, which the law prescribes.")
    return loaded


class Signer:
    """Signs with the data file's key; a file without one gets the test key with its first signature."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._private_key: RSAPrivateKey | None = None
        self._public_key: str | None = None

    def sign(self, message: str) -> str:
        """Return the signature of a message, in base64."""
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - 60 ms that most starts do not need
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - late, as above

        signature = self._key().sign(message.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the law
        return base64.b64encode(signature).decode()

    def is_signed(self, message: str, signature: str) -> bool:
        """Whether a signature (base64) of a message verifies with this key."""
        return is_signed(self.public_key_pem(), message, signature)

    def public_key_pem(self) -> str:
        """Return the public key as PEM, which verifies the chain."""
        if self._public_key is None:
            from cryptography.hazmat.primitives import serialization as pem  # noqa: PLC0415 - late, as above

            public = self._key().public_key()
            made = public.public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
            self._public_key = made.decode()
        return self._public_key

    def _key(self) -> RSAPrivateKey:
        if self._private_key is None:
            from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - late, as above
            from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - late, as above

            stored = self._store.meta(_KEY)
            if stored is None:
                stored = _TEST_KEY.read_text("ascii")
                self._store.set_meta(_KEY, stored)
            loaded = load_pem_private_key(stored.encode(), password=None)
            assert isinstance(loaded, RSAPrivateKey)  # noqa: S101 - the test key, or one that a migration wrote
            self._private_key = loaded
        return self._private_key
