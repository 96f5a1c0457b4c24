"""Documents: list, show, create, issue, and their changes of state."""

from __future__ import annotations

import datetime
import itertools
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, NamedTuple, cast, get_args

import typer
from invoicexpress import (
    AnyDocument,
    Checks,
    DocumentItemWrite,
    DocumentStatus,
    Exchange,
    GuideWriteFields,
    InvoiceWriteFields,
    InvoiceXpress,
    Listing,
    PaymentMechanism,
    Tax,
    known,
    lisbon,
)
from invoicexpress.fiscal_ids import is_valid

from .. import values
from ..naming import KINDS, DocumentKind, found, kind_named, kind_of, name_of, namespace
from ..outcomes import RefusedError, UsageError
from ..output import Column, Row
from ..session import Session
from ..shared_options import App, session_of
from .catalogue import client_named
from .questions import LINES, NEW, fiscal_id_of, lines_of, new_document, new_lines, note_total, percent
from .shelf_prices import with_net_prices

COLUMNS: Final = (
    Column("number", "Number", is_term=True),
    Column("id", "ID", spare=1),
    Column("type", "Type", is_term=True, spare=3),
    Column("status", "Status", is_term=True),
    Column("date", "Date"),
    Column("due_date", "Due", spare=2),
    Column("client", "Client", wraps=14),
    Column("before_taxes", "Base", is_money=True, spare=5),
    Column("taxes", "Taxes", is_money=True, spare=4),
    Column("total", "Total", is_money=True),
)
DETAILS: Final = (
    *COLUMNS,
    Column("currency", "Currency"),
    Column("reference", "Reference"),
    Column("atcud", "ATCUD"),
    Column("observations", "Observations", wraps=20),
)
_ASKED: Final = tuple(
    each
    for column in DETAILS
    for each in ((column, Column("fiscal_id", "Fiscal ID")) if column.field == "client" else (column,))
)
"""A document in a question: with the tax number of its client."""
_REASON: Final = Column("reason", "Reason", wraps=20)
_NOTE_TOTAL: Final = Column("note_total", "Total of the note", is_money=True)
MECHANISMS: Final = tuple(str(each) for each in get_args(get_args(PaymentMechanism)[0]))
MECHANISM_HELP: Final = f"How it was paid: {', '.join(MECHANISMS)}; MB is Multibanco, NU cash, TB a transfer."
_STATUSES: Final = (*(str(each) for each in get_args(get_args(DocumentStatus)[0])), "sent")
_SPANS: Final = (datetime.timedelta(days=31), datetime.timedelta(days=366))
"""How far a list goes back at first, and then."""

Named = Annotated[str, typer.Argument(metavar="DOCUMENT", help='Id, or number such as "FT A/12".')]
KindArgument = Annotated[
    str, typer.Argument(metavar="TYPE", help="Type, such as invoice, invoice_receipt or quote.")
]
FromOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="JSON object of any fields of the API, as for what has no option; - is the standard input.",
    ),
]
ClientOption = Annotated[
    str | None, typer.Option("--client", help="Name of the client. A new name becomes a new client.")
]
CodeOption = Annotated[str | None, typer.Option("--client-code", help="Code of the client.")]
NifOption = Annotated[
    str | None,
    typer.Option("--client-nif", help="Portuguese tax number of the client; country and address: --from."),
]
EmailOption = Annotated[str | None, typer.Option("--client-email", help="E-mail address of the client.")]
ItemOption = Annotated[
    list[str] | None,
    typer.Option(
        "--item",
        metavar="LINE",
        help='NAME;QUANTITY;PRICE[;TAX], as "Design;2;50.00;IVA23", the price without tax; repeat. '
        "Without TAX the account's default applies.",
    ),
]
GrossOption = Annotated[
    bool,
    typer.Option(
        "--prices-with-vat", "--gross", help="The prices of --item include VAT, as a shop shows them."
    ),
]
DateOption = Annotated[str | None, typer.Option("--date", help="Date; today in Lisbon unless given.")]
DueOption = Annotated[str | None, typer.Option("--due-date", help="Due date.")]
ReferenceOption = Annotated[str | None, typer.Option("--reference", help="Reference.")]
SerieOption = Annotated[
    str | None, typer.Option("--serie", help="Série; the account's default unless given.")
]


def row(document: AnyDocument) -> Row:
    """A document as a row of a list."""
    client = getattr(document, "client", None)
    return {
        "number": name_of(document),
        "id": document.id,
        "type": document.type,
        "status": document.status,
        "date": document.date,
        "due_date": getattr(document, "due_date", None),
        "client": getattr(client, "name", None),
        "before_taxes": document.before_taxes,
        "taxes": document.taxes,
        "total": document.total,
        "currency": document.currency,
        "reference": getattr(document, "reference", None),
        "atcud": getattr(document, "atcud", None),
        "observations": getattr(document, "observations", None),
    }


def show_document(session: Session, document: AnyDocument) -> None:
    """Prints a document: as JSON whole, else its head."""
    session.output.whole(document, row(document), DETAILS)


def add_to(app: App) -> None:
    """Adds the commands."""
    panel = "Documents"
    for name, function in (
        ("list", list_),
        ("show", show),
        ("create", create),
        ("issue", issue),
        ("finalize", finalize),
        ("settle", settle),
        ("pay", pay),
        ("cancel", cancel),
        ("delete", delete),
        ("credit", credit),
        ("email", email),
        ("related", related),
    ):
        app.command(name, rich_help_panel=panel)(function)


def list_(
    context: typer.Context,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Type; repeat for several.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="draft, final, settled, canceled …; repeat.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="Text to look for.")] = None,
    reference: Annotated[str | None, typer.Option(help="Exactly this reference.")] = None,
    month: Annotated[str | None, typer.Option(help="All documents of a month, such as 2026-11.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="First date.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last date.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Most documents: the newest of all, unless narrowed.")
    ] = None,
) -> None:
    """List documents, the newest first: invoices and notes unless --type names others, of the last month
    unless narrowed."""
    session = session_of(context)
    for each in status or ():
        values.one_of(each, _STATUSES, "--status")
    is_narrowed = any((month, since, until, text, reference, limit))
    if not is_narrowed:
        since = str(lisbon.today() - _SPANS[0])
    with session.client() as ix:

        def read(since: str | None) -> Listing[Any]:
            filters = {"status": status, "text": text, "reference": reference}
            return listed(ix, type_ or [], month, since, until, **filters)

        # Guides are listed by another date than their own.
        if limit is None or month or since or _family(type_ or []) == "guide":
            documents = sorted(read(since), key=_age, reverse=True)[:limit]
        else:
            documents = _newest(read, limit, until)
        if not is_narrowed:
            session.tell("Documents since {since}; --since and --month show others.", since=since)
        session.output.rows(map(row, documents), COLUMNS)
        total = read(since).total() if len(documents) == limit else None
        if total is not None and total > len(documents):
            session.tell("the newest {count} of {total} documents", count=len(documents), total=total)


def _age(document: AnyDocument) -> tuple[datetime.date, int]:
    return known(document.date, None) or datetime.date.min, document.id


def _newest(read: Callable[[str | None], Listing[Any]], limit: int, until: str | None) -> list[AnyDocument]:
    """The newest documents. No order of the service's lists is documented, so it reads longer and longer
    spans of time, until one has enough documents."""
    last = lisbon.today() if until is None else values.date(until)
    for span in _SPANS:
        found = list(read(str(last - span)))
        if len(found) >= limit:
            break
    else:
        found = list(read(None))
    return sorted(found, key=_age, reverse=True)[:limit]


def listed(
    ix: InvoiceXpress,
    types: Sequence[str],
    month: str | None = None,
    since: str | None = None,
    until: str | None = None,
    **filters: Any,
) -> Listing[Any]:
    """The list of documents of some types, all of one family. Raises UsageError."""
    kinds = [kind_named(name) for name in types]
    family = _family(types)
    first, last = _span(month, since, until)
    chosen = {name: value for name, value in filters.items() if value}
    names = ("loaded_at_from", "loaded_at_to") if family == "guide" else ("date_from", "date_to")
    chosen |= {name: day for name, day in zip(names, (first, last), strict=True) if day is not None}
    lists: dict[str, Callable[..., Listing[Any]]] = {
        "invoice": ix.documents.list,
        "estimate": ix.documents.list_estimates,
        "guide": ix.documents.list_guides,
    }
    return lists[family](cast("Any", [kind.type for kind in kinds] or None), **cast("Any", chosen))


def _family(types: Sequence[str]) -> str:
    families = {kind_named(name).family for name in types} or {"invoice"}
    if len(families) > 1:
        raise UsageError(
            f"--type: {' and '.join(types)} stand in different lists of the service; list them one by one"
        )
    return families.pop()


def _span(month: str | None, since: str | None, until: str | None) -> tuple[Any, Any]:
    if month is None:
        return (values.date(since) if since else None), (values.date(until) if until else None)
    if since or until:
        raise UsageError("--month excludes --since and --until; give one or the other")
    given = values.month(month)
    return given.first, given.last


def show(context: typer.Context, document: Named) -> None:
    """Show a document with its lines."""
    session = session_of(context)
    with session.client() as ix:
        shown = found(ix, document)
        show_document(session, shown)
        if session.output.format == "table":
            session.output.gap()
            session.output.rows(list(lines_of(shown)), LINES)


def _fields(
    kind: DocumentKind,
    source: str | None,
    items: Sequence[str] | None,
    date: str | None,
    due_date: str | None,
    reference: str | None,
) -> dict[str, Any]:
    """Fields from a file and from options; an option goes before the file."""
    write = GuideWriteFields if kind.family == "guide" else InvoiceWriteFields
    fields = values.fields(write, values.json_object(source)) if source is not None else {}
    if items:
        fields["items"] = [values.line(text) for text in items]
    if date is not None:
        fields["date"] = values.date(date)
    if due_date is not None:
        fields["due_date"] = values.date(due_date)
    if reference is not None:
        fields["reference"] = reference
    fields.setdefault("date", lisbon.today())
    if not fields.get("items"):
        raise UsageError('no lines: give --item "NAME;QUANTITY;PRICE;TAX", or --from FILE with `items`')
    return fields


def _written(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The client of a file of fields."""
    return dict(cast("Mapping[str, Any]", fields.get("client") or {}))


class _ClientOptions(NamedTuple):
    """The client of a new document, by options."""

    name: str | None
    code: str | None
    fiscal_id: str | None
    email: str | None

    def check(self, fields: Mapping[str, Any]) -> None:
        """Raises UsageError for two clients, and for a tax number that cannot be one or is of no client."""
        is_named = self.name is not None or self.code is not None
        if is_named and _written(fields):
            raise UsageError(
                "two clients: the file of --from has one; leave out --client and --client-code, or the file's"
            )
        given = {} if is_named else _written(fields)
        for option, value in (("--client-nif", self.fiscal_id), ("--client-email", self.email)):
            if value is not None and not (is_named or given):
                raise UsageError(f"{option}: of which client? give --client or --client-code as well")
        country = given.get("country")
        if self.fiscal_id is not None and country in (None, "", "Portugal") and not is_valid(self.fiscal_id):
            raise UsageError(
                f"--client-nif {self.fiscal_id}: not a Portuguese tax number; correct it, or give the client "
                "with its `country` in --from FILE"
            )

    def added_to(self, fields: Mapping[str, Any], ix: InvoiceXpress) -> dict[str, Any]:
        """The fields with this client. A code alone is that of a known client."""
        client: dict[str, Any] = {}
        if self.name is None and self.code is None:
            client = _written(fields)
        elif self.name is None:
            client["name"] = client_named(ix, self.code or "").name
        client |= {name: value for name, value in self._asdict().items() if value is not None}
        if self.fiscal_id is not None:
            client["fiscal_id"] = values.nif(self.fiscal_id)
        return {**fields, "client": client} if client else dict(fields)


def _checks(fields: Mapping[str, Any], client: _ClientOptions) -> Checks:
    """Refuses a tax number for a known client that has another one: the service would ignore the first, and
    issue to the second. Costs a request or two."""
    is_named = client.name is not None or client.code is not None
    written = None if is_named else _written(fields).get("fiscal_id")
    is_compared = any((written, client.fiscal_id, client.email))
    return Checks(client_ignored="raise") if is_compared else Checks()


def _lacks_tax(fields: Mapping[str, Any]) -> bool:
    return not all(item.get("tax") for item in fields["items"])


def _say_default_tax(session: Session, taxes: Iterable[Tax], fields: Mapping[str, Any]) -> None:
    """Says which tax lines without one will get."""
    lines = [str(item.get("name")) for item in fields["items"] if not item.get("tax")]
    if not lines:
        return
    default = next((tax for tax in taxes if known(tax.default_tax, None)), None)
    what = "`invoicexpress taxes list`" if default is None else _with_rate(default)
    session.tell(
        "Without a tax of their own: {lines}. The account's default applies: {what}.",
        lines=", ".join(lines),
        what=what,
    )


def _with_rate(tax: Tax) -> str:
    value = known(tax.value, None)
    return tax.name if value is None else f"{tax.name} ({percent(value)})"


def create(
    context: typer.Context,
    kind: KindArgument,
    source: FromOption = None,
    client: ClientOption = None,
    client_code: CodeOption = None,
    client_nif: NifOption = None,
    client_email: EmailOption = None,
    item: ItemOption = None,
    gross: GrossOption = False,
    date: DateOption = None,
    due_date: DueOption = None,
    reference: ReferenceOption = None,
    serie: SerieOption = None,
    key: Annotated[
        str | None, typer.Option(help="Your key: the same key never makes a second document.")
    ] = None,
) -> None:
    """Create a draft. It has no legal effect until it is finalized."""
    session = session_of(context)
    chosen = kind_named(kind)
    if gross and not item:
        raise UsageError(
            "--prices-with-vat: of which lines? give --item as well; --from takes prices without VAT"
        )
    fields = _fields(chosen, source, item, date, due_date, reference)
    if key is not None:
        if chosen.family != "invoice":
            raise UsageError(f"--key: the service takes no key for a {chosen.name}; give it a --reference")
        fields["proprietary_uid"] = key
    given = _ClientOptions(client, client_code, client_nif, client_email)
    given.check(fields)
    with session.client(checks=_checks(fields, given)) as ix:
        fields = given.added_to(fields, ix)
        taxes = list(ix.taxes.list()) if gross or _lacks_tax(fields) else []
        _say_default_tax(session, taxes, fields)
        if gross:
            fields["items"] = with_net_prices(session, fields["items"], taxes)
        show_document(session, _creator(ix, chosen)(**_with_serie(fields, serie)))


def _creator(ix: InvoiceXpress, kind: DocumentKind) -> Any:
    made_by = getattr(namespace(ix, kind), "create", None)
    if made_by is None:
        raise UsageError(f"{kind.name}: payments make it; see `invoicexpress pay --help`")
    return made_by


def _with_serie(fields: dict[str, Any], serie: str | None) -> dict[str, Any]:
    return fields if serie is None else {**fields, "sequence": serie}


def issue(
    context: typer.Context,
    kind: KindArgument,
    expect_total: Annotated[
        str, typer.Option("--expect-total", help="Total with VAT; another one is refused.")
    ],
    source: FromOption = None,
    client: ClientOption = None,
    client_code: CodeOption = None,
    client_nif: NifOption = None,
    client_email: EmailOption = None,
    item: ItemOption = None,
    gross: GrossOption = False,
    date: DateOption = None,
    due_date: DueOption = None,
    reference: ReferenceOption = None,
    serie: SerieOption = None,
    key: Annotated[
        str | None, typer.Option(help="Your key: the same key gives the same document, never a second one.")
    ] = None,
) -> None:
    """Issue a document in one step: create it, compare it, finalize it.

    Run the command again with the same --key after an interruption: it gives the same document. Quotes,
    proformas, fees notes and guides take a --reference instead.
    """
    session = session_of(context)
    chosen = kind_named(kind)
    if gross and not item:
        raise UsageError(
            "--prices-with-vat: of which lines? give --item as well; --from takes prices without VAT"
        )
    fields = _fields(chosen, source, item, date, due_date, reference)
    total = values.amount(expect_total)
    given = _ClientOptions(client, client_code, client_nif, client_email)
    given.check(fields)
    if chosen.name.endswith("credit_note"):
        raise UsageError('a credit note belongs to a document: use `invoicexpress credit "FT A/12"`')
    on_request = None
    if chosen.family == "invoice":
        fields["key"], on_request = _own_key(session, key)
    elif key is not None:
        raise UsageError(f"--key: the service takes no key for a {chosen.name}; give it a --reference")
    with session.client(checks=_checks(fields, given), on_request=on_request) as ix:
        issuer = getattr(namespace(ix, chosen), "issue", None)
        if issuer is None:
            raise UsageError(f"{chosen.name}: payments make it; see `invoicexpress pay --help`")
        fields = given.added_to(fields, ix)
        is_needed = gross or not session.yes or _lacks_tax(fields)
        taxes = list(ix.taxes.list()) if is_needed else []
        _say_default_tax(session, taxes, fields)
        if gross:
            fields["items"] = with_net_prices(session, fields["items"], taxes)
        action = session.asked(
            "issue a new {type} of {total}", type=chosen.name.replace("_", " "), total=total
        )
        if not session.yes:
            head = new_document(session, ix, chosen.type, fields, serie, total)
            session.confirm(action, head, NEW, list(new_lines(fields["items"], taxes)), LINES)
        show_document(session, issuer(expect_total=total, **_with_serie(fields, serie)))


def _own_key(session: Session, key: str | None) -> tuple[str, Callable[[Exchange], None] | None]:
    """The key of a document: the user's, or a new one, with a hook that says it before the first write.

    Until then nothing was sent, so there is nothing to repeat.
    """
    if key is not None:
        return key, None
    made, writes = f"cli-{uuid.uuid4()}", itertools.count()

    def on_request(exchange: Exchange) -> None:
        if exchange.method != "GET" and next(writes) == 0:
            session.tell(
                "Key: {key} - after an interruption, run the command again with --key {key}", key=made
            )

    return made, on_request


def _confirmed(session: Session, ix: InvoiceXpress, named: str, action: str) -> AnyDocument:
    """The document, after the question that an irreversible command asks."""
    document = found(ix, named)
    _ask(session, ix, document, action)
    return document


def _ask(
    session: Session,
    ix: InvoiceXpress,
    document: AnyDocument,
    action: str,
    *,
    lines: Sequence[Row] | None = None,
    more: Sequence[tuple[Column, object]] = (),
    **parts: object,
) -> None:
    """Asks about a document: its head with the client's tax number, then its lines, or those given."""
    if session.yes:
        return
    head = {
        **row(document),
        "fiscal_id": fiscal_id_of(ix, document),
        **{each.field: value for each, value in more},
    }
    session.confirm(
        session.asked(action, document=name_of(document), **parts),
        head,
        (*_ASKED, *(column for column, _ in more)),
        list(lines_of(document)) if lines is None else lines,
        LINES,
    )


def _methods(ix: InvoiceXpress, document: AnyDocument, name: str) -> Any:
    kind = kind_of(document)
    method = getattr(namespace(ix, kind), name, None)
    if method is None:
        raise RefusedError(f"{name_of(document)}: a {kind.name} cannot be {_PAST[name]}")
    return method


_PAST: Final[Mapping[str, str]] = {
    "finalize": "finalized",
    "settle": "settled",
    "pay": "paid",
    "cancel": "cancelled",
    "delete": "deleted",
    "email": "sent",
}


def finalize(
    context: typer.Context,
    document: Named,
    expect_total: Annotated[
        str | None, typer.Option("--expect-total", help="Total with VAT; another one is refused.")
    ] = None,
) -> None:
    """Issue a draft: it gets its number and its ATCUD, and can no longer be changed."""
    session = session_of(context)
    with session.client() as ix:
        draft = _confirmed(session, ix, document, "finalize {document}")
        # Without an expectation it is the total that was shown: a change in between is refused.
        total = draft.total if expect_total is None else values.amount(expect_total)
        show_document(session, _methods(ix, draft, "finalize")(draft, expect_total=total))


def settle(context: typer.Context, document: Named) -> None:
    """Mark a document as paid in full."""
    session = session_of(context)
    with session.client() as ix:
        unpaid = _confirmed(session, ix, document, "settle {document}")
        show_document(session, _methods(ix, unpaid, "settle")(unpaid))


def pay(
    context: typer.Context,
    document: Named,
    amount: Annotated[str, typer.Argument(help="Amount, such as 30.00.")],
    mechanism: Annotated[str | None, typer.Option(help=MECHANISM_HELP)] = None,
    date: Annotated[str | None, typer.Option(help="Date of the payment.")] = None,
    note: Annotated[str | None, typer.Option(help="Note on the receipt.")] = None,
) -> None:
    """Record a payment, which issues a receipt."""
    session = session_of(context)
    fields: dict[str, Any] = {"amount": values.amount(amount)}
    if mechanism is not None:
        fields["payment_mechanism"] = values.one_of(mechanism.upper(), MECHANISMS, "--mechanism")
    if date is not None:
        fields["payment_date"] = values.date(date)
    if note is not None:
        fields["note"] = note
    with session.client() as ix:
        owed = found(ix, document)
        details = (
            (Column("mechanism", "Paid by"), fields.get("payment_mechanism")),
            (Column("paid_on", "Paid on"), fields.get("payment_date")),
        )
        action = "record a payment of {amount} of {document}"
        _ask(session, ix, owed, action, more=details, amount=fields["amount"])
        show_document(session, _methods(ix, owed, "pay")(owed, **fields))


def cancel(
    context: typer.Context,
    document: Named,
    reason: Annotated[str, typer.Option("--reason", "--message", help="Reason, which the law asks for.")],
) -> None:
    """Cancel an issued document."""
    session = session_of(context)
    with session.client() as ix:
        issued = found(ix, document)
        _ask(session, ix, issued, "cancel {document}", more=[(_REASON, reason)])
        show_document(session, _methods(ix, issued, "cancel")(issued, reason))


def delete(context: typer.Context, document: Named) -> None:
    """Delete a draft."""
    session = session_of(context)
    with session.client() as ix:
        draft = _confirmed(session, ix, document, "delete {document}")
        _methods(ix, draft, "delete")(draft)
        session.tell("{document}: deleted", document=name_of(draft))


def credit(
    context: typer.Context,
    document: Named,
    key: Annotated[
        str | None, typer.Option(help="Your key: the same key gives the same note, never a second one.")
    ] = None,
    expect_total: Annotated[
        str | None, typer.Option("--expect-total", help="Total of the note; another one is refused.")
    ] = None,
    serie: SerieOption = None,
    lines: Annotated[
        list[int] | None, typer.Option("--line", min=1, help="Only this line of the document; repeat.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help='Reason, which the note prints ("Motivo da retificação").')
    ] = None,
) -> None:
    """Issue a credit note for a document: for all of it, or for some lines.

    Run the command again with the same --key after an interruption: it gives the same note.
    """
    session = session_of(context)
    key, on_request = _own_key(session, key)
    total: Decimal | None = None if expect_total is None else values.amount(expect_total)
    with session.client(on_request=on_request) as ix:
        owner = found(ix, document)
        items, chosen = _chosen(ix, owner, lines)
        more = [(_REASON, reason), (_NOTE_TOTAL, note_total(owner, items) if total is None else total)]
        _ask(session, ix, owner, "credit {document}", lines=chosen, more=more)
        own: dict[str, Any] = {} if reason is None else {"observations": reason}
        note = ix.credit_notes.issue(
            cast("Any", owner), items, key=key, expect_total=total, sequence=serie, **own
        )
        show_document(session, note)


def _chosen(
    ix: InvoiceXpress, owner: AnyDocument, numbers: Sequence[int] | None
) -> tuple[list[DocumentItemWrite] | None, list[Row] | None]:
    """The lines to credit, by their numbers from 1, and as a question shows them; None for all."""
    if not numbers:
        return None, None
    written = ix.credit_notes.lines(cast("Any", owner))
    if max(numbers) > len(written):
        raise UsageError(f"--line {max(numbers)}: {name_of(owner)} has {len(written)} lines")
    places = [number - 1 for number in sorted(set(numbers))]
    lines = list(lines_of(owner))
    return [written[place] for place in places], [lines[place] for place in places]


def email(
    context: typer.Context,
    document: Named,
    to: Annotated[str, typer.Option("--to", help="Address.")],
    subject: Annotated[str | None, typer.Option(help="Subject.")] = None,
    body: Annotated[str | None, typer.Option(help="Text.")] = None,
    cc: Annotated[str | None, typer.Option(help="Copy to.")] = None,
    bcc: Annotated[str | None, typer.Option(help="Blind copy to.")] = None,
) -> None:
    """Send a document by e-mail, with its PDF."""
    session = session_of(context)
    with session.client() as ix:
        attached = found(ix, document)
        _ask(session, ix, attached, "send {document} to {to}", to=to)
        _methods(ix, attached, "email")(attached, to, subject=subject, body=body, cc=cc, bcc=bcc)
        session.tell("{document}: sent to {to}", document=name_of(attached), to=to)


def related(context: typer.Context, document: Named) -> None:
    """List the receipts, notes and guides that belong to a document."""
    session = session_of(context)
    with session.client() as ix:
        session.output.rows(map(row, ix.documents.related(found(ix, document))), COLUMNS)


__all__ = ["COLUMNS", "KINDS", "Named", "add_to", "listed", "row", "show_document"]
