"""No text of a contract ever becomes code, and docstrings reproduce it as written.

openapi-python-client has had such holes; our templates must not open new ones. Each text goes into every
place of a contract that takes text, the package is imported, and the canary must survive.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import Any, Final

import pytest
from generator import driver

from .support import Builder, Package, contract_of, generate

CANARY: Final = "contract_text_was_executed"
CODE: Final = f"setattr(__import__('builtins'), '{CANARY}', True)"
TEXTS: Final = [
    'Ends with a "quote"',
    'Ends with two ""',
    "Ends with a backslash \\",
    'Ends with both \\"',
    '"Begins with a quote',
    '"""',
    "'''",
    '"""+' + CODE + '+"""',
    "'''+" + CODE + "+'''",
    '"+' + CODE + '+"',
    "'+" + CODE + "+'",
    '\\"""+' + CODE + '+"""',
    '\\\\"""+' + CODE + '+"""',
    '""\\"+' + CODE + '+"""',
    "{" + CODE + "}",
    "{{" + CODE + "}}",
    "{{ 7 * 191 }}",
    "{% for one in (1, 2) %}{{ one }}{% endfor %}",
    "{# a comment #} stays",
    "%s %d %(name)s",
    "\\N{BULLET} \\x41 \\u0041 \\0",
    "one line\n" + CODE + "\nanother line",
    "one line\r" + CODE,
    "a form feed\f" + CODE,
    "a separator\u2028" + CODE,
    "a next line\x85" + CODE,
    "# " + CODE,
    "x\n" * 3 + '"""\n' + CODE + '\n"""',
    "long " * 40 + '"""',
    "long" * 40 + '\\"""' + CODE,
    "Açúcar €",
]
by_text: Final = pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))


@pytest.fixture(autouse=True)
def canary() -> Iterator[None]:
    """Dies if the text is executed."""
    yield
    sung = hasattr(builtins, CANARY)
    if sung:
        delattr(builtins, CANARY)
    assert not sung, "the text of the contract was executed"


def contract_with(text: str) -> dict[str, Any]:
    """A contract with the text in every place that takes text."""
    contract = contract_of(
        schemas="""
Thing: {type: object, required: [hostile], properties: {}}
Sent: {type: object, required: [hostile], properties: {}}
Colour: {type: string, enum: [red]}
Pet: {x-envelope: true, type: object, properties: {pagination: {$ref: "#/components/schemas/Thing"}}}
""",
        paths="""
/things/{thing-id}.json:
  put:
    operationId: changeThing
    tags: [things]
    parameters:
      - {name: thing-id, in: path, required: true, schema: {type: integer}}
      - {name: hostile, in: query, schema: {type: string}}
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/Sent"}}}
    responses:
      "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      "201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Sent"}}}}
""",
    )
    schemas = contract["components"]["schemas"]
    for name in ("Thing", "Sent"):
        schemas[name]["properties"] = {
            "hostile": {"type": "string", "description": text, "example": text},
            f"q{text}": {"type": "string", "format": "decimal-string", "description": text},
            f"r{text}": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
        }
    schemas["Colour"]["enum"] += [text, f"{text} too"]
    schemas["Pet"]["properties"][f"s{text}"] = {"$ref": "#/components/schemas/Thing"}
    for schema in schemas.values():
        schema["description"] = text
        schema["example"] = text
    operation = contract["paths"]["/things/{thing-id}.json"]["put"]
    operation.update({"summary": text, "description": text})
    operation["parameters"][1]["name"] = f"t{text}"
    for parameter in operation["parameters"]:
        parameter["description"] = text
    operation["responses"]["200"]["description"] = text
    contract["info"].update({"title": text, "version": text, "description": text})
    return contract


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Package]]:
    """A package for each requested text."""
    made = _Packages(tmp_path_factory)
    yield made
    for package in made.values():
        package.unload()


class _Packages(dict[str, Package]):
    def __init__(self, folders: pytest.TempPathFactory) -> None:
        super().__init__()
        self.folders = folders

    def __missing__(self, text: str) -> Package:
        self[text] = generate(contract_with(text), self.folders.mktemp("hostile"))
        return self[text]


def _words(text: str) -> str:
    """The words of a text, without whitespace and control characters, which wrapping and Python change."""
    return "".join(each for each in text if each.isprintable() and not each.isspace())


@by_text
def test_everything_imports_and_nothing_runs(packages: dict[str, Package], text: str) -> None:
    packages[text].import_all()


@by_text
def test_docstrings_hold_the_text(packages: dict[str, Package], text: str) -> None:
    package = packages[text]
    for name in ("Thing", "Sent", "Pet"):
        assert _words(package.model(name).__doc__) == _words(text)
    documentation = package.module("api.things.change_thing").request.__doc__
    assert _words(documentation).count(_words(text)) >= 4
    for name in ("thing", "sent", "colour"):
        tree = ast.parse((package.folder / "models" / f"{name}.py").read_text("utf-8"))
        strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        assert any(isinstance(each, str) and _words(text) in _words(each) for each in strings)


@by_text
def test_names_and_values_hold_the_text(packages: dict[str, Package], text: str) -> None:
    package = packages[text]
    for name in ("Thing", "Sent"):
        known = package.module(f"models.{name.lower()}")._KNOWN
        assert {_words(each) for each in known} == {"hostile", _words(f"q{text}"), _words(f"r{text}")}
        (q,) = [each for each in known if each.startswith("q")]
        (r,) = [each for each in known if each.startswith("r")]
        json = {"hostile": text, q: "1.50", r: [{"hostile": "a"}]}
        assert package.model(name).from_dict(json).to_dict() == json
    assert package.module("models.colour").COLOUR_VALUES ^ {"red", text, f"{text} too"} == set()
    roots = package.module("models.pet")._READERS
    assert [_words(root) for root in roots] == [_words(f"s{text}")]
    (root,) = roots
    assert package.model("Pet").from_dict({root: {"hostile": text}}).to_dict() == {root: {"hostile": text}}


@by_text
def test_a_request_says_the_name_of_its_parameter(packages: dict[str, Package], text: str) -> None:
    package = packages[text]
    request = package.module("api.things.change_thing").request
    arguments = [name for name in request.__annotations__ if name not in ("thing_id", "body", "return")]
    made = request(7, body=package.model("Sent")(hostile="a"), **{arguments[0]: "x"})
    ((name, value),) = made.query
    assert (_words(name), value) == (_words(f"t{text}"), "x")


# --- places that need a name ----------------------------------------------------------------------

NAMES: Final = [
    'x"',
    "x'",
    'x"+' + CODE + '+"',
    "x{" + CODE + "}",
    "x\n" + CODE,
    'x", ' + CODE + ', "',
    "x\\",
]


@pytest.mark.parametrize("text", NAMES)
def test_an_operation_id_is_a_text(build: Builder, text: str) -> None:
    """Every request carries the id, for logs and for the emulator's faults."""
    contract = contract_with("Plain.")
    contract["paths"]["/things/{thing-id}.json"]["put"]["operationId"] = text
    package = generate(contract, build.folder)
    build.packages.append(package)
    (module,) = [name for name in package.modules() if name.startswith("api.")]
    made = package.module(module).request(7, body=package.model("Sent")(hostile="a"))
    assert _words(made.operation) == _words(text)


@pytest.mark.parametrize("text", [*NAMES, "../../../escaped", "/escaped"])
def test_a_tag_is_a_text_and_no_path(build: Builder, text: str) -> None:
    contract = contract_with("Plain.")
    contract["paths"]["/things/{thing-id}.json"]["put"]["tags"] = [text]
    package = generate(contract, build.folder)
    build.packages.append(package)
    package.import_all()
    (module,) = [name for name in package.modules() if name.startswith("api.")]
    assert module.rpartition(".")[2] == "change_thing"
    assert [path for path in build.folder.iterdir() if not path.name.startswith("quirks_")] == []


@pytest.mark.parametrize("text", NAMES)
def test_a_path_with_unusual_characters_is_refused(build: Builder, text: str) -> None:
    contract = contract_with("Plain.")
    contract["paths"][f"/things/{text}/{{thing-id}}.json"] = contract["paths"].pop("/things/{thing-id}.json")
    with pytest.raises(driver.GenerationError, match=r"unusual characters|path templating"):
        generate(contract, build.folder)


@pytest.mark.parametrize("text", NAMES)
def test_a_path_parameter_with_unusual_characters_is_refused(build: Builder, text: str) -> None:
    contract = contract_with("Plain.")
    item = contract["paths"].pop("/things/{thing-id}.json")
    item["put"]["parameters"][0]["name"] = text
    contract["paths"][f"/things/{{{text}}}.json"] = item
    with pytest.raises(driver.GenerationError, match=r"unusual characters|path templating"):
        generate(contract, build.folder)


@pytest.mark.parametrize("text", NAMES)
def test_a_schema_is_refused_unless_its_name_is_its_class(build: Builder, text: str) -> None:
    contract = contract_with("Plain.")
    contract["components"]["schemas"][f"X{text}"] = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
    }
    with pytest.raises(driver.GenerationError):
        generate(contract, build.folder)
