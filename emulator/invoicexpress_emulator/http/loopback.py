"""Which hosts are this machine."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Whether a host name or an address, without port and brackets, means this machine.

    Names are `localhost` and those below it (RFC 6761, 6.3). A shorthand such as `127.1` is no address here,
    though systems resolve it.
    """
    name = host.strip().lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
