"""One root key out of many, with named siblings: never none, never two, never the content of another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest
from invoicexpress_wire import WireError

from .support import Builder, Package

SCHEMAS: Final = r"""
Cat:
  type: object
  required: [name]
  properties: {name: {type: string}, weight: {type: string, format: decimal-string}}
Dog:
  type: object
  required: [name]
  properties: {name: {type: string}}
Pagination:
  type: object
  required: [current_page]
  properties: {current_page: {type: integer}}
Pet:
  description: One pet.
  x-envelope: true
  type: object
  properties:
    cat: {$ref: "#/components/schemas/Cat"}
    tom-cat: {$ref: "#/components/schemas/Cat"}
    dog: {$ref: "#/components/schemas/Dog"}
Pets:
  x-envelope: true
  type: object
  properties:
    cats: {type: array, items: {$ref: "#/components/schemas/Cat"}}
    dogs: {type: array, items: {$ref: "#/components/schemas/Dog"}}
    pagination: {$ref: "#/components/schemas/Pagination"}
PetRequest:
  x-envelope: true
  type: object
  properties:
    cat: {$ref: "#/components/schemas/CatWrite"}
    dog: {$ref: "#/components/schemas/DogWrite"}
    proprietary_uid: {type: string}
Chip:
  type: string
  pattern: '^C\d{3}$'
CatWrite:
  type: object
  required: [name]
  properties:
    name: {type: string}
    weight: {type: string, format: decimal-string}
    chip: {$ref: "#/components/schemas/Chip"}
DogWrite:
  type: object
  required: [name]
  properties: {name: {type: string}}
"""
PATHS: Final = """
/pets.json:
  post:
    operationId: createPet
    tags: [pets]
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/PetRequest"}}}
    responses:
      "201": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
"""
CAT: Final[dict[str, Any]] = {"name": "Tom", "weight": "4.50"}


@pytest.fixture(scope="module")
def pets(build: Builder) -> Package:
    """Envelopes of one, of many, and one that is sent."""
    return build(schemas=SCHEMAS, paths=PATHS)


@pytest.mark.parametrize(("root", "model"), [("cat", "Cat"), ("tom-cat", "Cat"), ("dog", "Dog")])
def test_the_root_says_what_the_value_is(pets: Package, root: str, model: str) -> None:
    pet = pets.model("Pet").from_dict({root: {"name": "Tom"}})
    assert pet.root == root
    assert type(pet.value) is pets.model(model)
    assert pet.to_dict() == {root: {"name": "Tom"}}
    assert pets.model("Pet")(root, pet.value) == pet


def test_lists_of_models_under_a_root(pets: Package) -> None:
    json = {"cats": [CAT, {"name": "Kit"}], "pagination": {"current_page": 1}}
    page = pets.model("Pets").from_dict(json)
    assert page.root == "cats"
    assert [type(entry) for entry in page.value] == [pets.model("Cat")] * 2
    assert page.value[0].weight == Decimal("4.50")
    assert page.pagination.current_page == 1
    assert page.to_dict() == json
    empty = pets.model("Pets").from_dict({"dogs": []})
    assert (empty.root, empty.value, empty.pagination) == ("dogs", [], pets.module("types").UNSET)
    assert empty.to_dict() == {"dogs": []}


@pytest.mark.parametrize("name", ["Pet", "Pets"])
@pytest.mark.parametrize(
    "json", [{}, {"pagination": {}}, {"bird": {}}, {"Cat": CAT}, {"name": "Tom"}], ids=repr
)
def test_no_root_is_refused(pets: Package, name: str, json: dict[str, Any]) -> None:
    with pytest.raises(WireError, match=f"^{name}: expected exactly one root key .*cat.* or .*dog") as error:
        pets.model(name).from_dict(json)
    assert error.value.path == ()
    assert str(sorted(json) or "none") in str(error.value)


@pytest.mark.parametrize(
    ("name", "json"),
    [
        ("Pet", {"cat": CAT, "dog": {"name": "Rex"}}),
        ("Pet", {"cat": CAT, "tom-cat": CAT}),
        ("Pets", {"cats": [], "dogs": []}),
    ],
)
def test_two_roots_are_refused(pets: Package, name: str, json: dict[str, Any]) -> None:
    with pytest.raises(WireError, match="expected exactly one root key"):
        pets.model(name).from_dict(json)


def test_unknown_siblings_are_kept(pets: Package) -> None:
    json = {"cat": CAT, "bird": {"name": "Tweety"}, "meta": None}
    pet = pets.model("Pet").from_dict(json)
    assert pet.additional_properties == {"bird": {"name": "Tweety"}, "meta": None}
    assert pet.to_dict() == json
    assert pet != pets.model("Pet").from_dict({"cat": CAT})


def test_a_known_sibling_is_read_and_checked(pets: Package) -> None:
    with pytest.raises(WireError, match=r"^pagination\.current_page: not an integer"):
        pets.model("Pets").from_dict({"cats": [], "pagination": {"current_page": "x"}})
    with pytest.raises(WireError, match=r"^pagination: expected an object"):
        pets.model("Pets").from_dict({"cats": [], "pagination": None})


def test_an_error_below_the_root_says_the_whole_path(pets: Package) -> None:
    with pytest.raises(WireError, match=r"^cats\[1\]\.weight: not a decimal number: 'x'$") as error:
        pets.model("Pets").from_dict({"cats": [CAT, {"name": "Kit", "weight": "x"}]})
    assert error.value.path == ("cats", 1, "weight")
    with pytest.raises(WireError, match=r"^tom-cat\.name: Cat lacks this field$"):
        pets.model("Pet").from_dict({"tom-cat": {}})


@pytest.mark.parametrize("name", ["PetRequest", "CatWrite", "DogWrite"])
def test_what_is_only_sent_has_no_reader(pets: Package, name: str) -> None:
    assert not hasattr(pets.model(name), "from_dict")


def test_what_is_only_sent_imports_no_reader_either(pets: Package) -> None:
    for module in ("pet_request", "cat_write"):
        assert "parse_" not in (pets.folder / "models" / f"{module}.py").read_text("utf-8")


def test_what_is_sent_is_of_the_root_s_class(pets: Package) -> None:
    """An invoice must not go out as a quote, although their fields are alike."""
    request = pets.model("PetRequest")
    cat, dog = pets.model("CatWrite")(name="Tom"), pets.model("DogWrite")(name="Rex")
    assert request("cat", cat).to_dict() == {"cat": {"name": "Tom"}}
    for root, value in [("cat", dog), ("dog", cat), ("cat", {"name": "Tom"}), ("cat", None), ("cat", [cat])]:
        with pytest.raises(WireError, match=f"^{root}: expected (Cat|Dog)Write, got "):
            request(root, value).to_dict()


@pytest.mark.parametrize("root", ["", "bird", "proprietary_uid", "Cat", "cat ", None, 1])
@pytest.mark.parametrize("name", ["Pet", "Pets", "PetRequest"])
def test_a_root_that_was_set_to_nonsense_is_not_written(pets: Package, name: str, root: object) -> None:
    envelope = pets.model(name)(root, pets.model("CatWrite")(name="Tom"))
    with pytest.raises(WireError, match=f"^{name} has no root key {root!r}; it has "):
        envelope.to_dict()


def test_what_is_sent_is_checked_beside_the_root_and_below(pets: Package) -> None:
    request, cat = pets.model("PetRequest"), pets.model("CatWrite")
    with pytest.raises(WireError, match=r'^proprietary_uid: expected a str, got int 7; use "7"$'):
        request("cat", cat(name="Tom"), proprietary_uid=7).to_dict()
    with pytest.raises(WireError, match=r'^cat\.name: expected a str, got int 7; use "7"$'):
        request("cat", cat(name=7)).to_dict()
    with pytest.raises(
        WireError, match=r'^cat\.weight: expected a decimal\.Decimal, got float 4\.5; use Decimal\("4\.5"\)$'
    ):
        request("cat", cat(name="Tom", weight=4.5)).to_dict()


def test_a_request_carries_the_envelope_and_nothing_else(pets: Package) -> None:
    module, cat = pets.module("api.pets.create_pet"), pets.model("CatWrite")(name="Tom")
    request = module.request(body=pets.model("PetRequest")("cat", cat, proprietary_uid="u-1"))
    assert request.body == {"cat": {"name": "Tom"}, "proprietary_uid": "u-1"}
    for wrong in (cat, {"cat": {"name": "Tom"}}, None, pets.model("Pet")("cat", cat)):
        with pytest.raises(WireError, match=r"^expected PetRequest, got "):
            module.request(body=wrong)


# --- texts under a root ---------------------------------------------------------------------------

LINKS: Final = """
Link:
  x-envelope: true
  type: object
  properties: {url: {type: string}, Url: {type: string, x-secret: true}}
Label:
  x-envelope: true
  type: object
  properties: {label: {type: string}}
"""


@pytest.fixture(scope="module")
def links(build: Builder) -> Package:
    """Envelopes of texts, one of them secret."""
    return build(schemas=LINKS)


@pytest.mark.parametrize("root", ["url", "Url"])
def test_a_text_may_stand_under_a_root(links: Package, root: str) -> None:
    link = links.model("Link").from_dict({root: "https://example.test/1", "size": 7})
    assert (link.root, link.value) == (root, "https://example.test/1")
    assert link.to_dict() == {root: "https://example.test/1", "size": 7}
    assert links.model("Link")(root, link.value).to_dict() == {root: "https://example.test/1"}
    others: list[object] = [None, True, {}, [], Decimal(1)]
    for junk in others:
        with pytest.raises(WireError, match=f"^{root}: expected a text, got "):
            links.model("Link").from_dict({root: junk})


def test_two_texts_are_two_roots(links: Package) -> None:
    with pytest.raises(WireError, match=r"^Link: expected exactly one root key \(url or Url\)"):
        links.model("Link").from_dict({"url": "a", "Url": "b"})


@pytest.mark.parametrize("root", ["url", "Url"])
def test_one_secret_root_keeps_every_value_out_of_the_repr(links: Package, root: str) -> None:
    """The repr cannot tell the roots apart."""
    assert "0a1b2c" not in repr(links.model("Link").from_dict({root: "0a1b2c"}))
    assert "0a1b2c" in repr(links.model("Label").from_dict({"label": "0a1b2c"}))


# --- made from keyword arguments ------------------------------------------------------------------

MAKING: Final = """
Line:
  type: object
  required: [name]
  properties:
    name: {type: string}
    amount: {type: string, format: decimal-string}
    parts: {type: array, items: {$ref: "#/components/schemas/Part"}}
Part:
  type: object
  properties: {code: {type: string}, parts: {type: array, items: {$ref: "#/components/schemas/Part"}}}
Order:
  type: object
  required: [lines]
  properties:
    lines: {type: array, items: {$ref: "#/components/schemas/Line"}}
    extra: {$ref: "#/components/schemas/Line"}
    spare: {oneOf: [{$ref: "#/components/schemas/Line"}, {type: "null"}]}
    spares: {oneOf: [{type: array, items: {$ref: "#/components/schemas/Line"}}, {type: "null"}]}
"""


@pytest.fixture(scope="module")
def orders(build: Builder) -> Package:
    """Three levels of nested models, all only sent."""
    body = 'content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}'
    return build(
        schemas=MAKING,
        paths=f"""
/orders.json:
  post:
    operationId: createOrder
    tags: [orders]
    requestBody: {{required: true, {body}}}
    responses: {{"204": {{description: Done.}}}}
""",
    )


def test_mappings_are_welcome_wherever_models_are(orders: Package) -> None:
    order, line, part = (orders.model(name) for name in ("Order", "Line", "Part"))
    made = order.of(
        lines=({"name": "a", "parts": [{"code": "x", "parts": [{}]}, part(code="y")]}, line(name="b")),
        extra={"name": "c", "amount": Decimal(1)},
        spare={"name": "d"},
        spares=[{"name": "e"}],
    )
    assert made == order(
        lines=[line(name="a", parts=[part(code="x", parts=[part()]), part(code="y")]), line(name="b")],
        extra=line(name="c", amount=Decimal(1)),
        spare=line(name="d"),
        spares=[line(name="e")],
    )
    assert made.to_dict() == {
        "lines": [
            {"name": "a", "parts": [{"code": "x", "parts": [{}]}, {"code": "y"}]},
            {"name": "b"},
        ],
        "extra": {"name": "c", "amount": "1"},
        "spare": {"name": "d"},
        "spares": [{"name": "e"}],
    }


def test_none_means_not_given(orders: Package) -> None:
    made = orders.model("Order").of(lines=[], extra=None, spare=None, spares=None)
    assert made.to_dict() == {"lines": []}


MISTAKES: Final[list[tuple[dict[str, Any], str]]] = [
    ({}, "lines: Order needs this field"),
    ({"lines": None}, "lines: Order needs this field"),
    ({"lines": [], "total": 1}, "total: unknown field of Order; known are extra, lines, spare, spares"),
    ({"lines": [{}]}, "lines[0].name: Line needs this field"),
    ({"lines": [{"name": "a"}, {"name": "b", "cost": 1}]}, "lines[1].cost: unknown field of Line"),
    (
        {"lines": [{"name": "a", "parts": [{}, {"id": 1}]}]},
        "lines[0].parts[1].id: unknown field of Part",
    ),
    ({"lines": [], "extra": {"amount": Decimal(1)}}, "extra.name: Line needs this field"),
    ({"lines": "ab"}, "lines: expected a list, got str"),
    ({"lines": {"name": "a"}}, "lines: expected a list, got dict"),
    ({"lines": 7}, "lines: expected a list, got int"),
]


@pytest.mark.parametrize(("fields", "message"), MISTAKES)
def test_a_field_that_is_missing_or_unknown_is_named(
    orders: Package, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(WireError) as error:
        orders.model("Order").of(**fields)
    assert str(error.value).startswith(message)


def test_what_is_neither_a_mapping_nor_the_model_is_found_when_it_is_written(orders: Package) -> None:
    for wrong in ("a", 1, orders.model("Part")()):
        with pytest.raises(WireError, match=r"^lines\[0\]: expected Line, got "):
            orders.model("Order").of(lines=[wrong]).to_dict()


def test_a_key_that_nobody_knows_cannot_stand_for_one_that_is_known(pets: Package) -> None:
    cat = pets.model("CatWrite")(name="Tom", weight=Decimal("4.50"))
    request = pets.model("PetRequest")("cat", cat, proprietary_uid="u-1")
    assert request.to_dict() == {"cat": CAT, "proprietary_uid": "u-1"}
    request.additional_properties = {"proprietary_uid": "u-2", "note": 1}
    assert request.to_dict() == {"cat": CAT, "proprietary_uid": "u-1", "note": 1}
    request.value.additional_properties = {"name": "somebody else"}
    assert request.to_dict()["cat"] == CAT


def test_a_second_root_cannot_come_in_as_a_key_that_nobody_knows(pets: Package) -> None:
    request = pets.model("PetRequest")("cat", pets.model("CatWrite")(name="Tom"))
    request.additional_properties = {"dog": CAT}
    with pytest.raises(WireError, match="has one root key, not 'cat' and 'dog'"):
        request.to_dict()


def test_what_a_shared_schema_demands_is_checked_where_it_is_used(pets: Package) -> None:
    cat = pets.model("CatWrite")
    assert cat.of(name="Kit", chip="C001").to_dict()["chip"] == "C001"
    with pytest.raises(WireError, match=r"^chip: expected a text that matches"):
        cat.of(name="Kit", chip="001").to_dict()
