"""Whatever the texts and numbers, nothing leaves the page and nothing overlaps."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator.books.accounts.settings import Settings
from invoicexpress_emulator.books.documents.goods import Address, Delivery
from invoicexpress_emulator.fiscal.document_types import BY_NAME
from invoicexpress_emulator.fiscal.totals import GlobalDiscount
from invoicexpress_emulator.http.clock import LISBON
from invoicexpress_emulator.output.pdf import parties
from invoicexpress_emulator.output.pdf.layout import document_pdf
from invoicexpress_emulator.output.pdf.related_documents import RelatedDocuments, Settled

from tests.emulator.conftest import Api
from tests.emulator.support.printed import Letter, letters, page_texts, text_of
from tests.emulator.support.printed_samples import a_document, a_line, an_account

_POINTS_PER_MM: Final = 72 / 25.4
EDGE: Final = 8 * _POINTS_PER_MM
"""Points that stay white at the page's edges: many printers reach no further."""
TOUCHING: Final = 0.6
"""Points by which two letters may reach into each other: serifs do, and so do accents of the line below."""


def overlapping(found: list[Letter]) -> list[tuple[Letter, Letter]]:
    """Pairs of overlapping letters; only letters at similar heights are compared."""
    pairs: list[tuple[Letter, Letter]] = []
    active: list[Letter] = []
    for letter in sorted(found, key=lambda each: each.bottom):
        active = [each for each in active if each.top - TOUCHING > letter.bottom]
        pairs += [
            (each, letter)
            for each in active
            if min(each.right, letter.right) - max(each.left, letter.left) > TOUCHING
        ]
        active.append(letter)
    return pairs


def check(content: bytes) -> int:
    """Check every page, and return the number of pages."""
    pages = list(letters(content))
    for found, width, height in pages:
        assert found
        for letter in found:
            assert letter.left >= EDGE, letter
            assert letter.right <= width - EDGE, letter
            assert letter.bottom >= EDGE, letter
            assert letter.top <= height - EDGE / 2, letter
        assert not overlapping(found)[:3]
    return len(pages)


WORDS: Final = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="WMÇ", min_size=1, max_size=400),
    st.text(alphabet="ij l", max_size=400),
    st.lists(st.sampled_from(["ação", "€", "W" * 90, "a", "\n", "–", "日本", "\t"]), max_size=60).map(
        " ".join
    ),
)
NAMES: Final = st.text(alphabet=st.sampled_from("WMÇçãi &€日\n"), min_size=1, max_size=100).filter(str.strip)
MONEY: Final = st.decimals("0.0001", "99999999.9999", places=4)
PERCENT: Final = st.decimals("0", "100", places=4)

# Together they exceed the largest total that can be issued, but still fit in a QR code.
LINES: Final = st.lists(
    st.builds(
        a_line,
        name=NAMES,
        description=st.none() | WORDS,
        unit_price=MONEY,
        quantity=st.decimals("0.01", "999.99", places=2),
        unit=st.sampled_from(["hour", "service", None]),
        discount=PERCENT,
        tax_value=st.sampled_from([Decimal(value) for value in ("0", "6", "12.55", "23", "99.99")]),
        tax_region=st.sampled_from(["PT", "PT-AC", "PT-MA", "DE"]),
        tax_exemption=st.sampled_from(["M07", "M15", "M99", None]),
    ),
    min_size=1,
    max_size=30,
)
THREE_REGIONS: Final = LINES.filter(lambda lines: len({line.tax_region for line in lines}) <= 3)
"""What is issued: more have no room in the QR code."""
CLIENTS: Final = st.fixed_dictionaries(
    {"id": st.just(1), "name": NAMES},
    optional={
        "code": WORDS,
        "address": WORDS,
        "city": WORDS,
        "postal_code": WORDS,
        "country": st.just("Congo, Democratic Republic"),
        "fiscal_id": WORDS,
        "observations": WORDS,
        "language": st.sampled_from(["pt", "en"]),
        "send_options": st.sampled_from([1, 3]),
    },
)
PLACES: Final = st.builds(Address, WORDS, WORDS, WORDS, st.just("Portugal"))
DELIVERIES: Final = st.builds(
    Delivery,
    loaded_at=st.just(datetime(2026, 11, 20, 8, tzinfo=LISBON).replace(tzinfo=None)),
    license_plate=WORDS,
    address_from=PLACES,
    address_to=PLACES,
    load_site=WORDS,
    delivery_site=WORDS,
    at_doc_code=WORDS,
)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(sorted(BY_NAME)),
    client=CLIENTS,
    lines=THREE_REGIONS,
    serie=st.text(alphabet="WÇ0-", min_size=1, max_size=45),
    number=st.integers(1, 10**9),
    observations=st.none() | WORDS,
    reference=st.none() | WORDS,
    retention=st.none() | st.decimals("0.01", "99.99", places=2),
    delivery=st.none() | DELIVERIES,
    rate=st.none() | st.decimals("0.0001", "99999", places=4),
    organization=NAMES,
    contacts=st.dictionaries(st.sampled_from(["phone", "email", "website", "address", "city"]), WORDS),
    capital=st.none() | st.just(Decimal("999999999999.99")),
)
def test_hostile_texts_and_numbers_keep_to_their_places(
    *,
    kind: str,
    client: Any,
    lines: list[Any],
    serie: str,
    number: int,
    organization: str,
    contacts: Any,
    capital: Decimal | None,
    **more: Any,
) -> None:
    row = BY_NAME[kind]
    more["delivery"] = more["delivery"] if row.goods else None
    if more.pop("rate") is not None:
        more |= {"currency_code": "USD", "rate": Decimal("99999.999999")}
    document = a_document(
        kind,
        client=client,
        lines=() if row.is_receipt else tuple(lines),
        serie=serie,
        number=number,
        atcud=f"EMUABCDE-{number}",
        global_discount=GlobalDiscount("percentage", Decimal("33.3333")),
        has_multibanco=row.multibanco,
        **more,
    )
    owner = document._replace(type=BY_NAME["Invoice"])
    related = RelatedDocuments(
        owner if row.may_have_owner else None,
        (Settled(owner, 99_999_999_999, "TR"),) * 50 if row.is_receipt else (),
    )
    chosen = Settings(share_capital=capital, iban="PT50000201231234567890154")
    account = an_account(organization_name=organization, owner=contacts, settings=chosen)
    content = document_pdf(document, account, related)
    pages = check(content)
    copies = client.get("send_options", 1)
    assert pages % copies == 0
    texts = page_texts(content)
    assert all(f"ATCUD:EMUABCDE-{number}" in text for text in texts)


def test_the_mark_of_a_paper_that_is_no_invoice_keeps_to_its_half() -> None:
    """In English it has a translation, beside the contacts of the seller."""
    contacts = dict.fromkeys(("phone", "email", "website", "address", "city"), "W" * 90)
    chosen = Settings(share_capital=Decimal("999999999999.99"), iban="PT50000201231234567890154")
    account = an_account(organization_name="W" * 100, owner=contacts, settings=chosen)
    for kind in ("Transport", "Quote"):
        content = document_pdf(a_document(kind, client={"name": "A", "language": "en"}), account)
        check(content)
        assert "Este documento não serve de fatura (" in "\n".join(page_texts(content))


def test_more_rates_than_a_page_holds() -> None:
    rates = [Decimal(rate) / 4 for rate in range(1, 201)]
    lines = tuple(a_line(tax_value=rate, tax_region="PT-AC") for rate in rates)
    content = document_pdf(a_document(lines=lines), an_account())
    check(content)
    text = "\n".join(page_texts(content))
    assert text.count("Açores") == 200


def test_no_number_is_ever_cut() -> None:
    """Outside Portugal, where no QR code sets limits tighter than the page's."""
    abroad = an_account(settings=Settings(country="Ireland"))
    line = a_line(unit_price=Decimal("99999999999999.9999"), quantity=Decimal("99999999999999.99"))
    owner = a_document(serie="S" * 60)
    client: Any = {"id": 1, "name": "A", "fiscal_id": "9" * 90, "language": "pt"}
    note = a_document("CreditNote", lines=(line,), serie="S" * 100, client=client)
    (text,) = page_texts(document_pdf(note, abroad, RelatedDocuments(owner)))
    for expected in (
        "99.999.999.999.999,9999",
        "99.999.999.999.999,99",
        f"NC {'S' * 100}/7",
        f"FT {'S' * 60}/7 de 20/11/2026",
        f"NIF: {'9' * 90}",
    ):
        assert expected in text, expected


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("changes", [{"status": "draft", "number": None}, {"status": "canceled"}])
def test_a_mark_across_the_page_stays_on_it(language: str, changes: Any) -> None:
    client: Any = {"id": 1, "name": "A", "language": language}
    (page,) = letters(document_pdf(a_document(client=client, **changes), an_account()))
    large = [each for each in page.letters if each.top - each.bottom > 30]
    assert "".join(each.character for each in large) in {"RASCUNHO", "DRAFT", "ANULADO", "CANCELLED"}
    assert min(min(each.left, each.bottom) for each in large) > EDGE
    assert max(each.right for each in large) < page.width - EDGE


def test_the_check_finds_what_leaves_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "HALF_WIDTH", 140.0)
    document = a_document(client={"id": 1, "name": "W" * 100})
    with pytest.raises(AssertionError):
        check(document_pdf(document, an_account()))


def test_the_check_finds_what_overlaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "_VALUE", 120.0)
    client: Any = {"id": 1, "name": "Ana, Lda.", "address": "Rua\n" * 5, "city": "Lisboa"}
    document = a_document(reference="W" * 100, client=client)
    with pytest.raises(AssertionError):
        check(document_pdf(document, an_account()))


def test_any_text_can_be_printed(api: Api) -> None:
    strange = "日本 Łódź ﬁm 🧾 \u0301 <b>&amp; **negrito** \t x\u200b"
    document = api.issue(
        client={"name": strange},
        items=[{"name": strange, "description": strange, "unit_price": 1}],
        observations=strange * 20,
    )
    assert "ódz" in text_of(api, document)
