"""Runs commands in forks of one process that has loaded them: a page of fifty takes a second of start-up.

`python -m tests.cli.warm_commands SOCKET` serves; CALL is the program that asks it for one command.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import sys
from typing import Final

CALL: Final = """#!{python} -ISE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(server, [len(asked).to_bytes(4)], [0, 1, 2])
    server.sendall(asked)
    sys.exit(server.recv(1)[0])
"""


def serve(path: str) -> None:
    """Answers until it is killed."""
    import invoicexpress  # noqa: PLC0415 - loaded here, not in the tests
    from invoicexpress_cli.app import run  # noqa: PLC0415

    for name in (*invoicexpress.__all__, "saft_file", "reports"):
        getattr(invoicexpress, name)
    importlib.import_module("invoicexpress_billing.plans")

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        while True:
            asking, _ = listening.accept()
            head, files, _, _ = socket.recv_fds(asking, 4, 3)
            left, parts = int.from_bytes(head), list[bytes]()
            while left:
                parts.append(asking.recv(left))
                left -= len(parts[-1])
            arguments, folder, environment = json.loads(b"".join(parts))
            if (child := os.fork()) == 0:
                for number, file in enumerate(files):
                    os.dup2(file, number)
                os.chdir(folder)
                os.environ.clear()
                os.environ.update(environment)
                code = 99
                try:
                    code = run(arguments)
                    sys.stdout.flush()
                finally:
                    os._exit(code)
            for file in files:
                os.close(file)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            asking.sendall(bytes([code % 256]))
            asking.close()


if __name__ == "__main__":
    serve(sys.argv[1])
