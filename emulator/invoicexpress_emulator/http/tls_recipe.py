"""How a client with a fixed address reaches the emulator: the text that `--tls` prints."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

_HTTPS_PORT: Final = 443

_RECIPE: Final = """\
HTTPS under the vendor's host names, for clients whose address cannot be changed:

1. Names. In /etc/hosts (Windows: C:\\Windows\\System32\\drivers\\etc\\hosts), a line for each account:
     {address} {host}
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

To try it: curl --cacert {file} --connect-to {host}:443:{address}:{number} \\
     'https://{host}/taxes.json?api_key=KEY'
"""

_PORT: Final = """\
2. Port. Clients connect to port 443: start the emulator with --port 443 (as root), or forward it:
     Linux  sudo iptables -t nat -A OUTPUT -o lo -p tcp --dport 443 -j REDIRECT --to-ports {number}
     macOS  echo 'rdr pass on lo0 inet proto tcp to any port 443 -> 127.0.0.1 port {number}' |
            sudo pfctl -ef -"""

_PORT_IS_RIGHT: Final = "2. Port. Clients connect to port 443, as they should."


def recipe(*, account: str, address: str, port: int, ca_file: Path) -> str:
    """Return the steps for an emulator at an address and port, with its authority's certificate in a file."""
    port_step = _PORT_IS_RIGHT if port == _HTTPS_PORT else _PORT.format(number=port)
    return _RECIPE.format(
        address=address,
        host=f"{account}.app.invoicexpress.com",
        port=port_step,
        number=port,
        file=shlex.quote(str(ca_file)),
    )
