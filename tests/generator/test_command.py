"""`make generate` answers a mistake with a sentence, not with a traceback, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from generator import __main__ as command


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "nowhere.yaml: No such file or directory"),
        ("a: [", "while parsing"),
        (
            "x-document-types: []\npaths: {/a.json: {get: {operationId: a, parameters: "
            "[{$ref: '#/components/parameters/b'}]}}}",
            "#/components/parameters/b: has no target; correct the name or add the component",
        ),
    ],
    ids=["missing", "not YAML", "dangling reference"],
)
def test_a_mistake_is_a_sentence(
    text: str | None,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    contract = tmp_path / "nowhere.yaml"
    if text is not None:
        contract.write_text(text, "utf-8")
    monkeypatch.setattr(command, "CONTRACT", contract)
    monkeypatch.setattr(command, "CONCRETE", tmp_path / "concrete.yaml")
    monkeypatch.setattr(command, "TARGET", tmp_path / "generated" / "package")
    for mode in ([], ["--check"]):
        assert command.main(mode) == 1
        assert sentence in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} <= {"nowhere.yaml"}
