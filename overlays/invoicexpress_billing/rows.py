"""The tables of the journal, and how their rows become records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from .planned import PlannedDocument, Step
from .records import DocumentRecord, RunRecord, State

SCHEMA: Final = sa.MetaData()
VERSION: Final = sa.Table("billing_schema", SCHEMA, sa.Column("version", sa.Integer, primary_key=True))
RUNS: Final = sa.Table(
    "billing_runs",
    SCHEMA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("account_name", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("steps", sa.Text, nullable=False),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("begun_at", sa.Text, nullable=False),
    sa.Column("stopped", sa.Text),
)
DOCUMENTS: Final = sa.Table(
    "billing_documents",
    SCHEMA,
    sa.Column("run", sa.Text, sa.ForeignKey("billing_runs.name"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("planned", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("is_begun", sa.Boolean, nullable=False),
    sa.Column("begun_at", sa.Text),
    sa.Column("id", sa.BigInteger),
    sa.Column("number", sa.Text),
    sa.Column("atcud", sa.Text),
    sa.Column("total", sa.Text),
    sa.Column("message", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("owner_seen", sa.Text),
    sa.Index("billing_documents_by_place", "run", "place"),
    sa.Index("billing_documents_by_lane", "run", "lane", "state", "place"),
)
STEPS: Final = sa.Table(
    "billing_steps",
    SCHEMA,
    sa.Column(
        "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("phase", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
    sa.Index("billing_steps_by_document", "run", "key"),
)


def as_text(at: datetime.datetime) -> str:
    """UTC, so that texts sort by time."""
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def as_time(text: str | None) -> datetime.datetime | None:
    return None if text is None else datetime.datetime.fromisoformat(text)


def as_columns(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in result.items()}


def run_of(row: Any) -> RunRecord:
    values: dict[str, Any] = dict(row._mapping)
    values["steps"] = tuple(Step(each) for each in values["steps"].split())
    values["begun_at"] = as_time(values["begun_at"])
    return RunRecord(**values)


def run_row(run: RunRecord) -> dict[str, Any]:
    return {
        "name": run.name,
        "place": run.place,
        "account_name": run.account_name,
        "source": run.source,
        "digest": run.digest,
        "steps": " ".join(run.steps),
        "folder": run.folder,
        "begun_at": as_text(run.begun_at),
        "stopped": run.stopped,
    }


def document_of(row: Any, steps: tuple[Step, ...]) -> DocumentRecord:
    values: dict[str, Any] = dict(row._mapping)
    planned = PlannedDocument.from_json(values["planned"])
    return DocumentRecord(
        run=values["run"],
        planned=planned,
        place=values["place"],
        steps=planned.steps(steps),
        state=State(values["state"]),
        done=values["done"],
        is_begun=values["is_begun"],
        begun_at=as_time(values["begun_at"]),
        id=values["id"],
        number=values["number"],
        atcud=values["atcud"],
        total=None if values["total"] is None else Decimal(values["total"]),
        message=values["message"],
        attempts=values["attempts"],
        owner=values["owner"],
    )
