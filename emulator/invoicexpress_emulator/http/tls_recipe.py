"""How a client with a fixed address reaches the emulator: the text that `--tls` prints."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_HTTPS_PORT: Final = 443
_MOST_NAMES: Final = 20
"""Accounts that are named one by one."""

_RECIPE: Final = """\
HTTPS under the vendor's host names, for clients whose address cannot be changed:

1. Names. In /etc/hosts (Windows: C:\\Windows\\System32\\drivers\\etc\\hosts), a line for each account:
{names}
   Without it, requests reach the real service. With it, this machine does not reach the real account
   of that name, so remove it afterwards.
{port}
3. Trust. For the client's process alone, set the variable that it reads:
     Node.js                     export NODE_EXTRA_CA_CERTS={file}
     Python with requests        export REQUESTS_CA_BUNDLE={file}
     httpx, others with OpenSSL  export SSL_CERT_FILE={file}
     curl                        export CURL_CA_BUNDLE={file}
   The first adds an authority; the others replace all that the process trusts.
   The authority's key stays in memory: each start makes a new one and replaces the file.

To try it: curl --cacert {file} --connect-to {host}:443:{bracketed}:{number} \\
     'https://{host}/taxes.json?api_key=KEY'
"""

_PORT: Final = """\
2. Port. Clients connect to port 443: start the emulator with --port 443 (as root), or forward it:
     Linux  sudo {iptables} -t nat -A OUTPUT -o lo -p tcp --dport 443 -j REDIRECT --to-ports {number}
     undo   sudo {iptables} -t nat -D OUTPUT -o lo -p tcp --dport 443 -j REDIRECT --to-ports {number}
     macOS  echo 'rdr pass on lo0 {inet} proto tcp to any port 443 -> {address} port {number}' |
            sudo pfctl -ef -
     undo   sudo pfctl -d -f /etc/pf.conf
   Until it is undone, no connection of this machine to itself reaches another server at port 443."""

_PORT_IS_RIGHT: Final = "2. Port. Clients connect to port 443, as they should."


def recipe(*, accounts: Sequence[str], address: str, port: int, ca_file: Path) -> str:
    """Return the steps for an emulator at an address and port, with its authority's certificate in a file.

    Args:
        accounts: names of the accounts that clients may use; the first is the example's.
        address: an IP address of this machine.
        port: where the emulator listens.
        ca_file: the authority's certificate.
    """
    is_ipv6 = ":" in address
    forwarded = _PORT.format(
        number=port,
        address=address,
        iptables="ip6tables" if is_ipv6 else "iptables",
        inet="inet6" if is_ipv6 else "inet",
    )
    hosts = [f"{account}.app.invoicexpress.com" for account in accounts]
    names = [f"     {address} {host}" for host in hosts[:_MOST_NAMES]]
    if len(hosts) > _MOST_NAMES:
        names.append(f"     and so on for the other accounts, {len(hosts) - _MOST_NAMES} of them")
    return _RECIPE.format(
        names="\n".join(names),
        host=hosts[0],
        bracketed=f"[{address}]" if is_ipv6 else address,
        port=_PORT_IS_RIGHT if port == _HTTPS_PORT else forwarded,
        number=port,
        file=shlex.quote(str(ca_file)),
    )
