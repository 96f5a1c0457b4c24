"""Rules about the repository itself that no other tool checks."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Assembled from parts, so that this file passes its own rules.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js",
    "deb.debian" + ".org",
    "yarn" + "pkg.com",
]
MACHINE_PATHS = [
    r"(?<![\w.$}{~-])/(?:home|root|Users|work|opt|mnt)/\w",
    "C:" + r"\\+Users",
    re.escape(f"{ROOT}/"),
]
UNFINISHED = r"\b(?:TO" + r"DO|FIX" + r"ME)\b"

REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^ ;]+)")


@pytest.fixture(scope="module")
def tracked_texts() -> dict[str, str]:
    """The tracked text files by path."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("needs git and a checkout")
    paths = [path for path in listed.stdout.decode().split("\0") if path and (ROOT / path).is_file()]
    assert paths, "git lists no file"
    texts: dict[str, str] = {}
    for path in paths:
        raw = (ROOT / path).read_bytes()
        if b"\0" not in raw:
            texts[path] = raw.decode("utf-8")
    return texts


def find(pattern: str, texts: dict[str, str]) -> list[str]:
    """Every line matching a pattern, as `path:line: text`."""
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_file_names_a_package_registry(host: str, tracked_texts: dict[str, str]) -> None:
    assert find(re.escape(host), tracked_texts) == []


@pytest.mark.parametrize("pattern", MACHINE_PATHS)
def test_no_file_names_a_path_of_one_machine(pattern: str, tracked_texts: dict[str, str]) -> None:
    assert find(pattern, tracked_texts) == []


def test_nothing_is_left_to_do_later(tracked_texts: dict[str, str]) -> None:
    assert find(UNFINISHED, tracked_texts) == []


def shipped_modules() -> Iterator[Path]:
    """The modules of the wheel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        yield from (ROOT / package).rglob("*.py")


def imports(module: Path) -> set[str]:
    """Top-level names of a module's imports, at its head or within functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_the_client_imports_httpx_in_one_place() -> None:
    # httpx is hardly maintained, so a client may use its successor instead: `http=httpx2`.
    importers = [path.relative_to(ROOT).as_posix() for path in shipped_modules() if "httpx" in imports(path)]
    assert importers == [
        "overlays/invoicexpress/sending/http_library.py",
        "overlays/invoicexpress_pytest/plugin.py",
    ]


def make_targets() -> dict[str, str]:
    """Command targets of the Makefile, with their prerequisites and help."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = {name for line in re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE) for name in line.split()}
    rules = dict(re.findall(r"^([a-z][a-z-]*):(.*)$", makefile, re.MULTILINE))
    return {name: rules[name] for name in phony}


def test_each_target_has_a_line_of_help() -> None:
    without = [name for name, rest in make_targets().items() if not re.search(r"## [A-Z].+\.$", rest)]
    assert without == []


def test_the_readme_names_only_targets_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.findall(r"^```\w*\n(.*?)^```|`([^`\n]+)`", readme, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block, span in code for line in (block or span).splitlines()]
    commands = [match[1] for line in lines if (match := re.match(r"(?:\$ )?make((?: [a-z][a-z-]*)+)", line))]
    targets = {target for command in commands for target in command.split()}
    assert {"demo", "test"} <= targets, "a newcomer must see the two commands"
    assert targets - make_targets().keys() == set()


def lock(name: str) -> dict[str, str]:
    """Versions in a lock file, by package. Fails on a line that is no requirement, hash or comment."""
    versions: dict[str, str] = {}
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = REQUIREMENT.match(line)
        assert match, f"not a pinned requirement: {line[:100]}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), f"no hash: {line[:100]}"
        assert "://" not in line
        versions[match["name"]] = match["version"]
    return versions


def test_a_development_environment_serves_the_demo() -> None:
    assert lock("demo").items() <= lock("dev").items()


def test_the_project_can_be_installed_from_the_demo_lock_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["emulator"],
        "editables",
    ]
    names = {re.split(r"[^A-Za-z0-9-]", requirement)[0].lower() for requirement in wanted}
    assert names - lock("demo").keys() == set()


def test_what_writes_generated_code_is_pinned_exactly() -> None:
    asked = (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8")
    locked = lock("dev")
    for name in ("openapi-python-client", "ruff"):
        assert f"\n{name}=={locked[name]}\n" in asked
