"""The suite of a customer passes, and fails for a program that would bill twice."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

from .running import DEADLINE, EXAMPLES, ROOT, command_of, environment, words_of

KEY: Final = 'key=f"{member.code}-{day:%Y-%m}"'
HOME: Final = "from examples.gym.billing import"


def test_the_suite_notices_a_program_without_a_key(tmp_path: Path) -> None:
    """One run by the documented command, for the program and for a copy whose keys are random."""
    program, suite = [
        (EXAMPLES / "gym" / name).read_text(encoding="utf-8") for name in ("billing.py", "test_billing.py")
    ]
    assert KEY in program
    assert HOME in suite
    (tmp_path / "random_keys.py").write_text(
        program.replace(KEY, "key=__import__('uuid').uuid4().hex"), encoding="utf-8"
    )
    copy = tmp_path / "test_random_keys.py"
    copy.write_text(suite.replace(HOME, "from random_keys import"), encoding="utf-8")

    _, words = words_of(command_of("gym/test_billing.py"))
    done = subprocess.run(
        [
            *words,
            str(copy),
            "-c",
            "pyproject.toml",
            "-p",
            "no:cacheprovider",
            *("-p", "no:schemathesis", "-p", "no:hypothesispytest"),  # they take half a second to load
            "-o",
            f"pythonpath=. {tmp_path}",
        ],
        cwd=ROOT,
        env=environment({}),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    failed = re.findall(r"^FAILED (\S*)::(\w+)", done.stdout, re.MULTILINE)
    assert sorted(name for _, name in failed) == [
        "test_a_month_is_billed_once",  # in each profile
        "test_a_month_is_billed_once",
        "test_a_result_that_stays_unknown_is_settled_by_the_next_run",
    ], done.stdout
    assert not any("gym" in path for path, _ in failed), failed
    assert "3 failed, 11 passed in" in done.stdout, "tests were skipped, or are missing"
