"""Items, taxes and series."""

from __future__ import annotations

from typing import Any, Final

from tests.emulator.support.replay import ABSENT, ANY, INTEGER, Count, Exactly, Like, Step

from .rows import SAME, Fact, Unplayed, change, config, create

SERIES_ROWS: Final = (
    ("invoice", 0), ("simplified_invoice", 1), ("invoice_receipt", 2), ("receipt", 3), ("debit_note", 4),
    ("credit_note", 5), ("vat_moss_invoice", 7), ("vat_moss_credit_note", 8), ("vat_moss_receipt", 9),
    ("purchase_order", 10), ("quote", 11), ("proforma", 12), ("fees_note", 13), ("shipping", 14),
    ("devolution", 15), ("transport", 16),
)  # read by rows # fmt: skip


def series(status: int = 201, answer: Any = ANY, **sent: Any) -> Step:
    """Creates a series."""
    keep = {"series": "sequence.id"} if status == 201 else {}
    return Step("POST /sequences.json", {"sequence": sent}, status, answer, keep)


FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "items, taxes, series",
        "items and taxes are listed without pages",
        "filipetoscano 2022; recorded 2019",
        (
            Step("GET /items.json", answer=Exactly({"items": []})),
            Step("GET /taxes.json", answer=Exactly({"taxes": Count(4)})),
        ),
        SAME,
    ),
    Unplayed(
        "items, taxes, series",
        "the body of an item that was deleted",
        "assumed",
        "not recorded; empty here, as documented",
    ),
    Fact(
        "items, taxes, series",
        "a tax has a name, a rate, a region, a code, and says whether it is the default",
        "recorded 2019; voluzi 2026",
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "T", "value": "5", "region": "PT"}},
                201,
                {
                    "tax": Exactly(
                        {
                            "id": INTEGER,
                            "name": "T",
                            "value": "5.0",
                            "region": "PT",
                            "code": None,
                            "default_tax": 0,
                        }
                    )
                },
            ),
        ),
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "T", "value": "5", "region": "PT"}},
                201,
                {"tax": {"value": 5.0, "code": ""}},
            ),
        ),
    ),
    Fact(
        "items, taxes, series",
        "a series has a row for each type, whose ids follow the series' own; one is not shown",
        "recorded 2019; weareswat 2020",
        (
            series(
                serie="2026",
                answer={
                    "sequence": {
                        "serie": "2026",
                        **{f"current_{root}_number": 0 for root, _ in SERIES_ROWS},
                        **{f"current_{root}_sequence_id": INTEGER for root, _ in SERIES_ROWS},
                        "current_cash_invoice_number": ABSENT,
                    }
                },
            ),
        ),
    ),
    Fact(
        "items, taxes, series",
        "an integer 1 makes no default; the text and true do",
        "recorded 2019; weareswat 2020",
        (
            series(serie="A", default_sequence=1, answer={"sequence": {"default_sequence": 0}}),
            series(serie="B", default_sequence="1", answer={"sequence": {"default_sequence": 1}}),
            series(serie="C", default_sequence=True, answer={"sequence": {"default_sequence": 1}}),
        ),
        (
            Step(
                "POST /sequences.json",
                {"sequence": {"serie": "A", "default_sequence": "1"}},
                201,
                {"sequences": {"default_sequence": 1}},
            ),
        ),
    ),
    Fact(
        "items, taxes, series",
        "the name comes back in the type in which it was sent",
        "recorded 2019",
        (
            series(serie=2017, answer={"sequence": {"serie": 2017}}),
            series(serie="2018", answer={"sequence": {"serie": "2018"}}),
        ),
    ),
    Fact(
        "items, taxes, series",
        "a new account's series is called as the account, in capitals, without signs",
        "weareswat 2020",
        (Step("GET /sequences.json", answer={"sequences": [{"serie": Like("^FACT[0-9]+$")}]}),),
        SAME,
    ),
    Fact(
        "items, taxes, series",
        "a type that is not registered has no validation code",
        "square-bit 2026-04",
        (
            config(at_registration="manual"),
            series(serie="A", answer={"sequence": {"current_invoice_validation_code": "N/A"}}),
        ),
        (
            config(at_registration="manual"),
            Step(
                "POST /sequences.json",
                {"sequence": {"serie": "A"}},
                201,
                {
                    "sequences": {
                        "current_invoice_validation_code": "N/D",
                        "current_fees_note_validation_code": "N/A",
                    }
                },
            ),
        ),
    ),
    Fact(
        "items, taxes, series",
        "without credentials of the tax authority no series is made, and none registered",
        "diogopms 2026-06",
        (
            Step("GET /sequences.json", keep={"series": "sequences.0.id"}),
            config(at_registration="no_credentials"),
            series(
                422,
                {"errors": {"code": "004", "message": "As credenciais associadas à conta não são válidas."}},
                serie="A",
            ),
            Step("PUT /sequences/{series}/register.json", status=422, answer={"errors": {"code": "002"}}),
        ),
        (
            config(at_registration="no_credentials"),
            series(422, {"errors": {"code": "004", "message": "Invalid AT credentials."}}, serie="A"),
        ),
    ),
    Fact(
        "items, taxes, series",
        "another series may become the default; none is deleted or renamed",
        "diogopms 2026-06",
        (
            series(serie="A"),
            Step("PUT /sequences/{series}/set_current.json", body=""),
            create(),
            change("finalized", {"sequence_number": "1/A"}),
            Step("DELETE /sequences/{series}.json", status=405),
            Step("PUT /sequences/{series}.json", {"sequence": {"serie": "B"}}, 302),
        ),
    ),
)
