"""The hash chain: RSA-SHA1 signatures, each over the one before it in its series and type.

Despacho 8632/2014 (2.1, 6.2, 7.1): the message is
`InvoiceDate;SystemEntryDate;InvoiceNo;GrossTotal;PreviousHash`, the key 1024 bits, the signature
PKCS#1 v1.5 with SHA-1, 172 base64 characters. Characters 1, 11, 21 and 31 are printed. The law fixes
key size and digest; neither would be chosen today.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..http.wire_values import iso_seconds
from .totals import euros

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

    from ..storage.store import Store

CERTIFICATE_NUMBER: Final = "9999"
"""Not a certificate: the number that the tax authority uses in its own demonstration files."""

KEY_VERSION: Final = 1
"""What SAF-T says with each signature (HashControl): the keys of a program are counted."""

_KEY: Final = "signing_key"
_EXPONENT: Final = 65_537
_PRIME_BITS: Final = 512
_SMALL_PRIMES: Final = (
    3,
    5,
    7,
    11,
    13,
    17,
    19,
    23,
    29,
    31,
    37,
    41,
    43,
    47,
    53,
    59,
    61,
    67,
    71,
    73,
    79,
    83,
    89,
    97,
)


def message_to_sign(issued_on: date, entered_at: datetime, number: str, total: int, previous: str) -> str:
    """Return the text that is signed; `total` in cents, `previous` the whole signature before, or empty."""
    return f"{issued_on.isoformat()};{iso_seconds(entered_at)};{number};{euros(total):.2f};{previous}"


def printed_characters(signature: str) -> str:
    """Return the four characters that a document prints (Despacho 8632/2014, 2.2.2)."""
    return signature[0] + signature[10] + signature[20] + signature[30]


def is_signed(public_key: str, message: str, signature: str) -> bool:
    """Whether a signature in base64 is that of a message, by a public key in PEM."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 60 ms that most starts do not need
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - late, as above
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - late, as above

    try:
        raw = base64.b64decode(signature, validate=True)
        _loaded(public_key).verify(raw, message.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the law
    except (InvalidSignature, ValueError):
        return False
    # Four spellings of the last character decode alike, and the next signature is over the text.
    return base64.b64encode(raw).decode() == signature


@lru_cache(maxsize=8)
def _loaded(public_key: str) -> RSAPublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415 - late, as above
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415 - late, as above

    loaded = load_pem_public_key(public_key.encode())
    if not isinstance(loaded, RSAPublicKey):
        raise ValueError("the law wants an RSA key")
    return loaded


class Signer:
    """Signs with the key of the data file, which is made when the first document needs it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._private_key: RSAPrivateKey | None = None
        self._public_key: str | None = None

    def sign(self, message: str) -> str:
        """Return the signature of a message in base64."""
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - 60 ms that most starts do not need
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - late, as above

        signature = self._key().sign(message.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the law
        return base64.b64encode(signature).decode()

    def is_signed(self, message: str, signature: str) -> bool:
        """Whether a signature in base64 is that of a message, made with this key."""
        return is_signed(self.public_key_pem(), message, signature)

    def public_key_pem(self) -> str:
        """Return the public key, with which anyone can verify the chain."""
        if self._public_key is None:
            from cryptography.hazmat.primitives import serialization as pem  # noqa: PLC0415 - late, as above

            public = self._key().public_key()
            made = public.public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
            self._public_key = made.decode()
        return self._public_key

    def _key(self) -> RSAPrivateKey:
        if self._private_key is None:
            from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - late, as above

            stored = self._store.meta(_KEY)
            if stored is None:
                stored = " ".join(map(str, _key_primes(self._store.seed)))
                self._store.set_meta(_KEY, stored)
            p, q = map(int, stored.split())
            d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
            self._private_key = rsa.RSAPrivateNumbers(
                p=p,
                q=q,
                d=d,
                dmp1=rsa.rsa_crt_dmp1(d, p),
                dmq1=rsa.rsa_crt_dmq1(d, q),
                iqmp=rsa.rsa_crt_iqmp(p, q),
                public_numbers=rsa.RSAPublicNumbers(_EXPONENT, p * q),
            ).private_key()
        return self._private_key


def _key_primes(seed: int) -> tuple[int, int]:
    """Return two primes that the seed alone decides, so that runs with one seed print the same hashes."""
    p = _prime(seed, "p")
    q = _prime(seed, "q")
    return max(p, q), min(p, q)


def _prime(seed: int, purpose: str) -> int:
    attempt = 0
    while True:
        digest = hashlib.shake_256(f"{seed}/signing_key/{purpose}/{attempt}".encode()).digest(
            _PRIME_BITS // 8
        )
        # The two top bits make the product exactly 1024 bits long.
        candidate = int.from_bytes(digest) | 0b11 << (_PRIME_BITS - 2) | 1
        if candidate % _EXPONENT != 1 and _is_probable_prime(candidate):
            return candidate
        attempt += 1


def _is_probable_prime(candidate: int) -> bool:
    if any(candidate % small == 0 for small in _SMALL_PRIMES):
        return False
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in _SMALL_PRIMES:
        power = pow(base, odd, candidate)
        if power in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % candidate
            if power == candidate - 1:
                break
        else:
            return False
    return True
