"""Environments of Python that the rows run in: ours as users install it, and one for each peer.

They live in build/bench/, which git ignores, and are renewed when a lock or a source changes. Peers are
pinned in `peers/*.txt`; ours take the versions of requirements/dev.txt, as a constraint, so that each holds
no more than the wheel's own requirements.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "build" / "bench"
PEERS: Final = ROOT / "benchmarks" / "peers"
LOCK: Final = ROOT / "requirements" / "dev.txt"
PACKAGES: Final = ("overlays", "generated", "emulator")

OURS: Final[Mapping[str, tuple[str, ...]]] = {
    "client": (),
    "speed": ("speed",),
    "redis": ("redis",),
    "emulator": ("emulator",),
}
"""Environments with our wheel, and their extras."""


class NotAvailable(Exception):
    """This tree or this machine lacks what a row needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment, by its interpreter."""

    name: str
    python: Path

    def program(self, name: str) -> Path:
        """A program that a package of the environment brings."""
        return self.python.parent / name

    def versions(self) -> dict[str, str]:
        """The installed packages and their versions."""
        code = (
            "import importlib.metadata as m, json;"
            "print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))"
        )
        found: dict[str, str] = json.loads(output(self.python, "-I", "-c", code))
        return found

    def work(self, module: str, **arguments: Any) -> Any:
        """Runs a program of `workers/` in the environment, and returns what it prints, read as JSON."""
        return json.loads(output(self.python, "-m", f"benchmarks.workers.{module}", json.dumps(arguments)))


def clean() -> dict[str, str]:
    """The variables of the environment without those that change Python or the client."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "INVOICEXPRESS"))
    }


def output(*command: str | Path) -> str:
    """What a program prints. Raises RuntimeError with its errors if it fails."""
    done = subprocess.run([*command], cwd=ROOT, env=clean(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))[:300]}\n{done.stderr}")
    return done.stdout


@contextmanager
def alone() -> Generator[None]:
    """Keeps other runs in this tree away, which would renew an environment in use.

    Raises RuntimeError if there is one.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError("another run measures in this tree") from None
        yield


def environment(name: str) -> Environment:
    """An environment, made or renewed if need be.

    Raises NotAvailable for an extra that this tree does not have.
    """
    if name not in _READY:
        _READY[name] = _ours(name, OURS[name]) if name in OURS else _peer(name)
    return _READY[name]


_READY: Final[dict[str, Environment]] = {}
_PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def _peer(name: str) -> Environment:
    pins = PEERS / f"{name}.txt"
    made = _bare(name)

    def peer() -> None:
        # A lock is whole. Left to resolve, pip takes the newest release for a requirement with extras, which
        # the lock does not name (hishel[httpx] of githubkit), and refuses it, since it has no hash.
        install = ("install", "--no-deps", "--require-hashes", "-r", str(pins))
        output(*_PIP, "--python", str(made.python), *install)

    _once(made, "pins", pins.read_bytes(), peer)
    return made


def _ours(name: str, extras: tuple[str, ...]) -> Environment:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for extra in extras:
        if extra not in project["optional-dependencies"]:
            raise NotAvailable(f"the extra {extra} does not exist")
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    made = _bare(name)
    locked = "\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", LOCK.read_text("utf-8"), re.MULTILINE))
    constraints = FOLDER / "constraints.txt"
    constraints.write_text(locked, "utf-8")

    def requirements() -> None:
        output(*_PIP, "--python", str(made.python), "install", "--constraint", str(constraints), *wanted)

    _once(made, "requirements", json.dumps([wanted, locked]).encode(), requirements)
    source = _source()

    def wheel() -> None:
        install = ("install", "--no-deps", "--force-reinstall", str(_wheel(source)))
        output(*_PIP, "--python", str(made.python), *install)

    _once(made, "source", source.encode(), wheel)
    return made


def _bare(name: str) -> Environment:
    folder = FOLDER / name
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=False, symlinks=True, clear=True)
    return Environment(name, python)


def _once(made: Environment, what: str, content: bytes, action: Any) -> None:
    """Does something unless it was done with the same content."""
    stamp = made.python.parents[1] / f".{what}"
    digest = hashlib.sha256(content).hexdigest()
    if stamp.exists() and stamp.read_text("ascii") == digest:
        return
    print(f"# {made.name}: installing its {what}", file=sys.stderr, flush=True)
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(digest, "ascii")


def _source() -> str:
    """A hash of the code that goes into the wheel."""
    files = [ROOT / "pyproject.toml"]
    for package in PACKAGES:
        files += sorted(
            each for each in (ROOT / package).rglob("*") if each.is_file() and each.suffix != ".pyc"
        )
    found = hashlib.sha256()
    for each in files:
        found.update(f"{each.relative_to(ROOT)}\0".encode() + each.read_bytes())
    return found.hexdigest()


def _wheel(source: str) -> Path:
    """The wheel of this tree."""
    folder = FOLDER / "wheels" / source[:12]
    if not (built := [*folder.glob("*.whl")]):
        output(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
        built = [*folder.glob("*.whl")]
    return built[0]
