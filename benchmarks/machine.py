"""The machine and the versions that figures belong to, and each round in a file for pyperf."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any, Final

import pyperf as untyped_pyperf  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs]

from .environments import FOLDER, OURS, PEERS, environment
from .figures import Rounds, Spec

_pyperf: Final[Any] = untyped_pyperf

SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "client": ("httpx", "attrs", "anyio"),
    "speed": ("msgspec",),
    "redis": ("redis",),
    "emulator": ("uvicorn", "uvloop", "httptools", "starlette", "fpdf2"),
    "stripe": ("stripe",),
    "openai": ("openai", "httpx2"),
    "githubkit": ("githubkit",),
    "localstripe": ("localstripe",),
    "moto": ("moto",),
}
"""Packages that the page names, by environment."""

_SECONDS: Final = ("s", "ms", "us")


def machine() -> dict[str, str]:
    """Processor, cores, system, Python, and how busy it is."""
    found = _pyperf.Run([1.0], collect_metadata=True).get_metadata()
    return {
        "CPU": str(found.get("cpu_model_name") or platform.processor() or platform.machine()),
        "cores": str(found.get("cpu_count", "unknown")),
        "system": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "load at the end": f"{found.get('load_avg_1min', 'unknown')}",
        "day": str(found["date"])[:10],
    }


def versions() -> dict[str, str]:
    """Versions of the packages that figures depend on, in the environments that exist."""
    found: dict[str, str] = {}
    for name in (*OURS, *(each.stem for each in sorted(PEERS.glob("*.txt")))):
        if not (FOLDER / name / "bin" / "python").exists():
            continue
        installed = environment(name).versions()
        found |= {package: installed[package] for package in SHOWN[name] if package in installed}
    return found


def keep(spec: Spec, rounds: Rounds) -> None:
    """Writes all rounds to build/bench/rounds/NAME.json, for `python -m pyperf hist` and `stats`."""
    unit = "second" if spec.unit in _SECONDS else "byte" if spec.unit == "MiB" else "integer"
    sides = {spec.what: rounds.subject, f"against {spec.against}": rounds.reference}
    benchmarks = [
        _pyperf.Benchmark(
            [_pyperf.Run(list(values), metadata={"name": name, "unit": unit}, collect_metadata=False)]
        )
        for name, values in sides.items()
        # pyperf takes no value below its zero: a whole process net of a bare one may be.
        if values and min(values) > 0
    ]
    if benchmarks:
        folder = FOLDER / "rounds"
        folder.mkdir(parents=True, exist_ok=True)
        _pyperf.BenchmarkSuite(benchmarks).dump(str(folder / f"{spec.name}.json"), replace=True)
