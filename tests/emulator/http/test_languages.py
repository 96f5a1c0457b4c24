"""Messages in Portuguese and English, by the account's language, and the sources of their wording."""

from __future__ import annotations

import string
from typing import Any

import httpx
import pytest
from invoicexpress_emulator.http import messages
from invoicexpress_emulator.http.messages import CATALOGUE, Text

from tests.folded import folded

PORTUGUESE_LETTERS = set("áàâãéêíóôõúç")
every_text = folded("text", CATALOGUE.values(), ids=CATALOGUE)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


class TestCatalogue:
    def test_it_has_every_message_of_the_module(self) -> None:
        named = {name for name, value in vars(messages).items() if isinstance(value, Text)}
        assert named | {f"IS_INVALID.{field}" for field in messages.IS_INVALID} == set(CATALOGUE)

    @every_text
    def test_each_says_where_its_words_come_from(self, text: Text) -> None:
        for words in (text.pt, text.en, *([text.page] if text.page else [])):
            assert words.text
            assert words.source
            assert (words.evidence == "assumed") == (words.source == "assumed")

    @every_text
    def test_each_language_fills_in_no_more_than_the_other_is_given(self, text: Text) -> None:
        every = [text.pt.text, text.en.text, *([text.page.text] if text.page else [])]
        given = max(map(placeholders, every), key=len)
        assert all(placeholders(words) <= given for words in every)

    @every_text
    def test_english_is_english(self, text: Text) -> None:
        if text.en is not text.pt:
            assert not PORTUGUESE_LETTERS & set(text.en.text)

    def test_the_page_has_the_word_first_on_its_wire(self) -> None:
        text = messages.CLIENT_MISSING
        assert text.on_the_page("en") == text.on_the_page("pt") == text.pt
        assert text.in_("en") != text.in_("pt")
        unknown_to_the_page = messages.EXEMPTION_MISSING
        assert unknown_to_the_page.on_the_page("en") == unknown_to_the_page.en
        assert unknown_to_the_page.on_the_page("pt") == unknown_to_the_page.pt


EXEMPT = {
    "client": {"name": "A"},
    "items": [{"name": "i", "unit_price": "1", "tax": {"name": "Isento"}}],
}
REFUSALS: list[tuple[str, Any, str, str]] = [
    ("/clients.json", {"client": {}}, "Nome é um campo obrigatório", "Name can't be blank"),
    ("/clients.json", {"client": {"name": "x" * 101}}, "Nome é demasiado longo", "Name is too long"),
    (
        "/invoices.json",
        {"invoice": EXEMPT},
        "Razão de isenção deve ter uma opção selecionada",
        "Exemption reason must have an option selected",
    ),
    (
        "/invoices.json",
        {"invoice": {"items": EXEMPT["items"], "tax_exemption": "M07"}},
        "Elemento client não fornecido",
        "Element client was not supplied",
    ),
    ("/invoices.json", {}, "Elemento invoice não fornecido", "Element invoice was not supplied"),
]


@pytest.mark.parametrize(("path", "body", "portuguese", "english"), REFUSALS)
def test_an_account_is_told_in_its_language(
    api: Any, path: str, body: Any, portuguese: str, english: str
) -> None:
    assert api.texts(api.post(path, body)) == [portuguese]
    api.control("config", language="en")
    assert api.texts(api.post(path, body)) == [english]


def test_the_other_wire_says_what_the_page_says(documented: Any) -> None:
    for language in ("pt", "en"):
        documented.control("config", language=language)
        answer = documented.post("/clients.json", {"client": {}})
        assert answer.json() == {"errors": ["Name can't be blank"]}
        answer = documented.post("/invoices.json", {"invoice": {"items": [{"name": "i", "unit_price": "1"}]}})
        assert answer.json() == {"errors": {"error": "Elemento client não fornecido"}}


def test_a_draft_is_called_one_in_the_language_of_its_account(api: Any, documented: Any) -> None:
    assert api.create()["sequence_number"] == "rascunho"
    assert documented.create()["sequence_number"] == "draft"
    api.control("config", language="en")
    assert api.create()["sequence_number"] == "draft"
    assert {row["sequence_number"] for row in api.get("/invoices.json").json()["invoices"]} == {"draft"}


@pytest.mark.parametrize(("language", "told"), [("pt", "pt"), ("en", "en"), ("es", "en"), (None, "pt")])
def test_an_account_that_the_api_makes_speaks_its_language(
    any_api: Any, language: str | None, told: str
) -> None:
    sent = {"organization_name": any_api.name, "email": "a@example.pt", "password": "p", "terms": "1"}
    answer = any_api.post("/api/accounts/create.json", {"account": {**sent, "language": language}})
    assert answer.status_code == 201, answer.text
    name = any_api.name.replace("-", "")
    assert any_api.get("/_emulator/config", account=name).json()["language"] == told


def test_an_account_is_made_with_a_language_and_a_reset_returns_to_it(any_api: Any) -> None:
    name = f"{any_api.name}-en"
    url = f"{any_api.http.base_url}/_emulator"
    assert httpx.post(f"{url}/accounts", json={"name": name, "language": "en"}).status_code == 201
    assert httpx.post(f"{url}/config", json={"account": name, "language": "pt"}).is_success
    assert httpx.post(f"{url}/reset", json={"account": name}).is_success
    assert httpx.get(f"{url}/config", params={"account": name}).json()["language"] == "en"
    assert httpx.post(f"{url}/accounts", json={"name": f"{name}2", "language": "fr"}).status_code == 422
