"""The Dockerfile, tested without Docker: the files it copies exist and suffice, its commands work here, and
the server it starts is guarded, healthy, and stops on request.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import pytest
from invoicexpress_emulator.__main__ import UnsafeKey, given, guards_for

from .running import served
from .wheels import ROOT, build_wheel, environment

ANYWHERE: Final = "0.0.0.0"  # noqa: S104 - what the container listens on


class Instruction(NamedTuple):
    """A line of the Dockerfile: the verb and the rest."""

    verb: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The arguments, from the JSON form or split as by a shell."""
        if self.rest.startswith("["):
            words: list[str] = json.loads(self.rest)
            return words
        return shlex.split(self.rest)


def instructions() -> Iterator[Instruction]:
    """The instructions, with continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if line.strip():
            verb, _, rest = line.partition(" ")
            yield Instruction(verb, rest.strip())


INSTRUCTIONS: Final = tuple(instructions())


def rest_of(verb: str) -> list[Instruction]:
    """The rest of each instruction with a verb."""
    return [each for each in INSTRUCTIONS if each.verb == verb]


def copied() -> list[tuple[str, str]]:
    """The copied files and their destinations."""
    return [(source, each.words[-1]) for each in rest_of("COPY") for source in each.words[:-1]]


def start_command() -> list[str]:
    """The command that the container starts as its first process."""
    (entry,), (options,) = rest_of("ENTRYPOINT"), rest_of("CMD")
    assert entry.rest.startswith("["), "a shell would not pass signals on to it"
    return [*entry.words, *options.words]


def health_command() -> list[str]:
    """The command of the health check."""
    (check,) = rest_of("HEALTHCHECK")
    words: list[str] = json.loads(check.rest.partition("CMD ")[2])
    return words


def test_its_base_is_slim_and_pinned_and_comes_from_where_the_machine_says() -> None:
    (base,) = rest_of("FROM")
    assert re.fullmatch(r"python:3\.\d+-slim@sha256:[0-9a-f]{64}", base.rest)


def test_it_installs_what_is_locked_and_nothing_else() -> None:
    installs = [each.rest for each in rest_of("RUN") if " pip " in each.rest]
    assert installs == [
        "python -m pip install --require-hashes -r requirements/demo.txt",
        "python -m pip install --no-deps --no-build-isolation .",
    ]
    lock = re.sub(r"\\\n", " ", (ROOT / "requirements" / "demo.txt").read_text("utf-8")).splitlines()
    wanted = [line for line in lock if line.strip() and not line.lstrip().startswith("#")]
    assert len(wanted) > 20
    assert all("==" in line and "--hash=sha256:" in line for line in wanted)


def test_what_it_copies_is_there_and_is_sent_to_it() -> None:
    sources = {source for source, _ in copied()}
    assert all((ROOT / source).exists() for source in sources)
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored.index("*") < min(ignored.index(f"!{source}") for source in sources)
    assert {line[1:] for line in ignored if line.startswith("!")} == sources


def test_it_does_not_run_as_root_and_keeps_its_data_in_a_volume() -> None:
    verbs = [each.verb for each in INSTRUCTIONS]
    (user,) = rest_of("USER")
    assert user.rest.isdigit()
    assert int(user.rest) > 0
    assert any(f"--uid {user.rest} " in each.rest for each in rest_of("RUN"))
    assert verbs.index("USER") > max(n for n, verb in enumerate(verbs) if verb in {"RUN", "COPY"})
    (volume,) = rest_of("VOLUME")
    assert start_command()[-2:] == ["--data", f"{volume.rest}/emulator.db"]
    owned = next(n for n, each in enumerate(INSTRUCTIONS) if f"--owner=emulator {volume.rest}" in each.rest)
    assert owned < verbs.index("VOLUME"), "a new volume takes over the folder's owner"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment built from the copied files alone."""
    folder = tmp_path_factory.mktemp("container")
    context = folder / "src"
    for source, target in copied():
        to = context / target / Path(source).name if target.endswith("/") else context / target
        to.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copyfile
        copy(ROOT / source, to)
    return environment(folder / "venv", build_wheel(context, folder), frozenset({"emulator"}))


def test_what_it_starts_is_guarded_healthy_and_ends_when_told(image: Path, tmp_path: Path) -> None:
    command = [word.replace("/data/", f"{tmp_path}/") for word in start_command()[1:]]
    with served([image, *command, "--port", "0"], tmp_path) as running:
        first = running.first
        assert len(first["api_key"]) >= 32
        assert len(first["control_token"]) >= 32
        with httpx.Client(base_url=first["base_url"]) as client:
            assert client.get("/taxes.json", params={"api_key": "demo-key"}).status_code == 401
            assert client.get("/taxes.json", params={"api_key": first["api_key"]}).status_code == 200
            assert client.get("/_emulator/health").status_code == 401
            token = {"X-Emulator-Token": first["control_token"]}
            # Other containers reach it under a host name.
            seen = client.get("/_emulator/health", headers={**token, "Host": "emulator:8080"})
            assert seen.json()["status"] == "ok"
            health = subprocess.run(
                [image, *health_command()[1:], "--port", str(running.port)],
                capture_output=True, text=True, check=False,
            )  # read by rows # fmt: skip
            assert (health.returncode, health.stdout, health.stderr) == (0, "", "")
            asked_to_end = time.monotonic()
            status, _, errors = running.end()
            took = time.monotonic() - asked_to_end
    assert status == 0
    assert "Traceback" not in errors
    assert took < 10, "Docker kills a container that takes longer"
    assert (tmp_path / "emulator.db").is_file()


class TestSecrets:
    def test_a_key_can_be_given(self) -> None:
        guards = guards_for(ANYWHERE, "senha", control_plane=True, api_key="chave")
        assert guards == ("chave", "senha", False)
        assert guards_for("127.0.0.1", None, control_plane=True, api_key="chave").api_key == "chave"

    def test_what_is_not_given_is_random(self) -> None:
        guards = guards_for(ANYWHERE, None, control_plane=True, api_key="chave")
        assert guards.are_new
        assert len(guards.control_token or "") >= 32
        guards = guards_for(ANYWHERE, "senha", control_plane=True)
        assert guards.are_new
        assert len(guards.api_key) >= 32

    @pytest.mark.parametrize(("host", "key"), [(ANYWHERE, "demo-key"), (ANYWHERE, " "), ("127.0.0.1", "")])
    def test_a_key_that_guards_nothing_is_refused(self, host: str, key: str) -> None:
        with pytest.raises(UnsafeKey):
            guards_for(host, None, control_plane=True, api_key=key)

    def test_an_option_counts_more_than_the_environment_and_an_empty_variable_is_none(self) -> None:
        assert given("a", "X", {"X": "b"}) == "a"
        assert given(None, "X", {"X": "b"}) == "b"
        assert given(None, "X", {"X": ""}) is None
        assert given(None, "X", {}) is None
