"""The issuer that a document keeps."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.books.accounts.settings import Settings
from invoicexpress_emulator.books.documents.goods import Address
from invoicexpress_emulator.books.documents.issuer import (
    Issuer,
    from_stored,
    issuer_now,
    issuer_of,
    stored_form,
)

from tests.emulator.support.printed_samples import a_document, an_account

TEXT = st.none() | st.text(max_size=20)


@given(
    st.builds(
        Issuer,
        name=st.text(max_size=20),
        fiscal_id=st.just("599999993"),
        country=st.sampled_from(["Portugal", "Ireland", "UK"]),
        language=st.sampled_from(["pt", "en"]),
        address=st.builds(Address, st.text(), st.text(), st.text(), st.just("Portugal")),
        phone=TEXT,
        email=TEXT,
        website=TEXT,
        share_capital=st.none() | st.decimals("0", "999999999999.99", places=2),
        iban=TEXT,
    )
)
def test_it_is_read_as_it_was_stored(issuer: Issuer) -> None:
    assert from_stored(stored_form(issuer)) == issuer


def test_a_stored_issuer_goes_before_the_account_as_it_is_now() -> None:
    account = an_account(organization_name="Nova, Lda.", settings=Settings(share_capital=Decimal(5000)))
    before = issuer_now(account)._replace(name="Antiga, Lda.", share_capital=None)
    assert issuer_of(a_document(issuer=before), account) is before
    assert issuer_of(a_document(), account).name == "Nova, Lda."
    assert issuer_of(a_document(), account).share_capital == 5000


def test_an_account_has_no_address_but_its_own() -> None:
    assert issuer_now(an_account()).address == Address("", "", "", "Portugal")
    there = issuer_now(
        an_account(owner={"city": "Cork", "address": None}, settings=Settings(country="Ireland"))
    )
    assert there.address == Address("", "Cork", "", "Ireland")


def test_the_email_is_the_one_that_the_account_shows() -> None:
    assert issuer_now(an_account(name="loja")).email == "loja@example.com"
    assert issuer_now(an_account(owner={"email": "geral@loja.example"})).email == "geral@loja.example"
    assert issuer_now(an_account(owner={"email": None})).email is None
