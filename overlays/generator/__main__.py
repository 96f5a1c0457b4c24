"""`python -m generator` writes the concrete contract and the generated package.

`--check` and `--lint` write nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from . import concrete, driver, lint
from .contract import ContractError
from .expressions import UnsupportedPropertyError

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "openapi.yaml"
CONCRETE = ROOT / "openapi.concrete.yaml"
SETTINGS = ROOT / "generator-config.yaml"
TARGET = ROOT / "generated" / "invoicexpress_generated"


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0, or 1 after printing the findings."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="compare with the committed files")
    mode.add_argument("--lint", action="store_true", help="look for mistakes in the contract")
    options = parser.parse_args(arguments)
    try:
        findings = _lint() if options.lint else _check() if options.check else _write()
    except (driver.GenerationError, UnsupportedPropertyError, ContractError, yaml.YAMLError) as error:
        findings = [str(error)]
    except OSError as error:
        findings = [f"{error.filename or 'a file'}: {error.strerror or error}"]
    for finding in findings:
        print(finding, file=sys.stderr)  # noqa: T201 a command prints
    return 1 if findings else 0


def _lint() -> list[str]:
    """Our rules on the compact contract, and the rules of OpenAPI on both forms."""
    findings = lint.lint(CONTRACT)
    if findings:
        return findings  # an unreadable file leaves nothing to validate
    for path in (CONTRACT, CONCRETE):
        document = yaml.safe_load(path.read_text("utf-8"))
        findings += [
            f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in OpenAPIV31SpecValidator(document).iter_errors()
        ]
    return findings


def _check() -> list[str]:
    if findings := lint.lint(CONTRACT):
        return findings
    contract = yaml.safe_load(CONTRACT.read_text("utf-8"))
    findings = driver.differences(contract, SETTINGS, TARGET)
    if CONCRETE.read_text("utf-8") != concrete.render(concrete.expand(contract)):
        findings.append(f"{CONCRETE.name} differs")
    return [f"{finding}: run `make generate` and commit the result" for finding in findings]


def _write() -> list[str]:
    if findings := lint.lint(CONTRACT):
        return findings
    contract = yaml.safe_load(CONTRACT.read_text("utf-8"))
    CONCRETE.write_text(concrete.render(concrete.expand(contract)), "utf-8")
    TARGET.parent.mkdir(exist_ok=True)
    driver.rebuild(contract, SETTINGS, TARGET)
    return []


if __name__ == "__main__":
    sys.exit(main())
