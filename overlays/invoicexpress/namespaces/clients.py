"""Clients. Codes are unique within an account. Names are too, as far as was seen (suestecreative 2026).

Should clients share a name, a lookup by name refuses to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http import HTTPStatus
from typing import Unpack, cast

from invoicexpress_generated.api.clients import (
    create_client,
    delete_client,
    find_client_by_code,
    find_client_by_name,
    get_client,
    list_client_invoices,
    list_clients,
    update_client,
)
from invoicexpress_generated.models.client import Client
from invoicexpress_generated.models.client_invoices_filter import ClientInvoicesFilter
from invoicexpress_generated.models.client_list_entry import ClientListEntry
from invoicexpress_generated.models.client_write import ClientWrite, ClientWriteFields
from invoicexpress_generated.models.document_status import DocumentStatus
from invoicexpress_generated.models.document_type import DocumentType
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.types import Response, Unset

from ..errors import InputError, ServerError, ValidationError
from ..quirks import envelopes
from ..quirks.attempts import Write
from ..quirks.comparison import client_differences
from ..quirks.document_filters import or_unset
from ..quirks.document_types import INVOICE
from ..quirks.envelopes import the_one, unwrap_documents
from ..quirks.identity import id_of
from ..quirks.lookups import Undecidable, gone, gone_or_read, matching
from ..quirks.namesakes import Named, described, namesakes
from ..quirks.reconciliation import create_unique, delete_and_look, send_and_look, update_and_compare
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.pagination import PER_PAGE, Page, PageReader, page_of


def _identity(client: ClientListEntry) -> int | str:
    """What tells a client from others, should it move to another page of the list.

    The documented list has no ids, and names may not be unique: there it is all that the entry shows.
    """
    return repr(client) if isinstance(client.id, Unset) else client.id


def _reader(fiscal_id: str | None = None, per_page: int = PER_PAGE) -> PageReader[ClientListEntry]:
    def read(number: int, per_page: int) -> Flow[Page[ClientListEntry]]:
        request = list_clients.request(fiscal_id=or_unset(fiscal_id), page=number, per_page=per_page)
        answer = yield from exchange(request, list_clients.parse)
        return page_of(number, answer.value, answer.pagination)

    return PageReader(read, _identity, per_page, "clients")


def client_of_name(name: str) -> Flow[Client | None]:
    """The client that the service finds by a name; the oldest, should several share it (assumed)."""

    def read(response: Response) -> Client:
        return the_one(response, find_client_by_name.parse(response).value, name=name)

    return (yield from gone_or_read(lambda: exchange(find_client_by_name.request(client_name=name), read)))


def sharing_name(client: Client) -> Flow[Sequence[Named]]:
    """All clients with a client's name, if there are several. Reads a page of the list, or a few."""
    return (yield from namesakes(client, _reader()))


class Clients(Namespace[C_co]):
    """The account's clients."""

    @listing
    def list(self, *, fiscal_id: str | None = None, per_page: int = PER_PAGE) -> PageReader[ClientListEntry]:
        """All clients, sorted by name, read page by page as needed.

        `fiscal_id` restricts the list to a tax number; the filter is undocumented (suestecreative 2026),
        so check the results.
        """

        return _reader(fiscal_id, per_page)

    @operation
    def create(self, **fields: Unpack[ClientWriteFields]) -> Flow[Client]:
        """Creates a client. Raises ValidationError, for example for a name or a code in use.

        Codes are unique: after an unknown result the client with this code counts as the new one if all its
        fields match; otherwise AmbiguousResultError. Whether names always are is not known, so a client
        without a code is looked up by its name, and never sent again; several of that name are an
        AmbiguousResultError.
        """
        return (yield from self._create(fields, client_differences))

    def _create(
        self, fields: ClientWriteFields, differences: Callable[[ClientWrite, Client], Iterator[str]]
    ) -> Flow[Client]:
        body = envelopes.client(lambda: ClientWrite.of(**fields))
        sent = body.value

        def read(response: Response) -> Client:
            return the_one(response, create_client.parse(response).value, name=sent.name)

        write = Write(
            create_client.request(body=body),
            read,
            "the client of this code or name (find_by_code, find_by_name)",
        )

        if not isinstance(sent.code, Unset) and (code := sent.code.strip()):
            return (
                yield from create_unique(
                    write, lambda: self._find_by_code(code), partial(differences, sent), self._core.options
                )
            )

        def find() -> Flow[Client | None]:
            try:
                found = yield from client_of_name(sent.name)
            except ServerError as error:
                # The answer for an unknown name (oxdog 2026-08).
                if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
                    return None
                raise
            if found is not None and (several := (yield from sharing_name(found))):
                raise Undecidable(f"{len(several)} clients have this name: {described(several)}")
            return found

        look = matching(find, partial(differences, sent))
        return (yield from send_and_look(write, look, self._core.options))

    @operation
    def get(self, client: Client | int) -> Flow[Client]:
        """Reads a client, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(client, Client)))

    @operation
    def update(self, client: Client | int, **fields: Unpack[ClientWriteFields]) -> Flow[Client]:
        """Changes a client, reads it again and compares it. The name is required; fields left out stay.

        Raises ValidationError, NotFoundError, and AmbiguousResultError if the client still differs.
        """
        body = envelopes.client(lambda: ClientWrite.of(**fields))
        request = update_client.request(id_of(client, Client), body=body)
        write: Write[Client | None] = Write(request, update_client.parse, f"client {id_of(client, Client)}")
        return (
            yield from update_and_compare(
                write,
                body.value,
                lambda: self._get(id_of(client, Client)),
                partial(client_differences, body.value),
                self._core.options,
            )
        )

    def _get(self, client_id: int) -> Flow[Client]:
        def read(response: Response) -> Client:
            return the_one(response, get_client.parse(response).value, id=client_id)

        return (yield from exchange(get_client.request(client_id), read))

    @operation
    def find_by_name(self, name: str) -> Flow[Client | None]:
        """The client with exactly this name, or None.

        The service finds one client, even if several share the name. So a page of the list is read as well,
        of a long one a few. Raises InputError with the ids and codes of all if there are several:
        `find_by_code` tells them apart.
        """
        found = yield from client_of_name(name)
        if found is not None and (several := (yield from sharing_name(found))):
            raise InputError(
                "name",
                f"{len(several)} clients have the name {found.name!r}: {described(several)}; "
                "find yours by its code, with find_by_code, or read it by its id",
            )
        return found

    @operation
    def find_by_code(self, code: str) -> Flow[Client | None]:
        """The client with exactly this code, or None."""
        return (yield from self._find_by_code(code))

    def _find_by_code(self, code: str) -> Flow[Client | None]:
        def read(response: Response) -> Client:
            return the_one(response, find_client_by_code.parse(response).value, code=code)

        return (
            yield from gone_or_read(lambda: exchange(find_client_by_code.request(client_code=code), read))
        )

    @operation
    def get_or_create(self, code: str, /, **fields: Unpack[ClientWriteFields]) -> Flow[Client]:
        """Finds the client with a code, or creates it from the fields. An existing client stays unchanged.

        Takes the fields of ClientWrite; the name is required. If another program creates the client
        meanwhile, that client is returned. Raises ValidationError, for example for a name in use by another
        client.
        """
        # The service drops blanks at the ends.
        given = cast("object", code)
        if isinstance(given, str):
            code = given.strip() or given
        given_code = fields.setdefault("code", code)
        if given_code != code:
            raise InputError("client.code", f"{given_code!r} differs from the code to look up, {code!r}")
        found = yield from self._find_by_code(code)
        if found is not None:
            return found
        try:
            # The code identifies the client, so its other fields may differ.
            return (yield from self._create(fields, lambda _sent, _found: iter(())))
        except ValidationError:
            found = yield from self._find_by_code(code)
            if found is None:
                raise
            return found

    @operation
    def delete(self, client: Client | int) -> Flow[None]:
        """Deletes a client without documents, and looks whether it is gone. Undocumented.

        The service has been seen to delete the client and answer with an error (square-bit 2026-04), so after
        an error the client is read again. Raises that error if it still exists, NotFoundError if it did
        not exist before, and AmbiguousResultError if the result stays unknown.
        """
        client_id = id_of(client, Client)
        yield from self._get(client_id)
        write = Write(
            delete_client.request(client_id),
            delete_client.parse,
            f"whether client {client_id} is still there",
        )
        yield from delete_and_look(
            write, lambda: gone(lambda: self._get(client_id)), self._core.options, was_there=True
        )

    @listing
    def invoices(
        self,
        client: Client | int,
        *,
        status: Sequence[DocumentStatus] | None = None,
        types: Sequence[DocumentType] | None = None,
        archived: Sequence[str] | None = None,
        per_page: int = PER_PAGE,
    ) -> PageReader[Invoice]:
        """A client's documents of the invoice family, read page by page as needed.

        `archived` takes `non_archived`, `archived`, or both. Raises NotFoundError.
        """
        filters = envelopes.client_invoices(
            lambda: ClientInvoicesFilter.of(status=status, by_type=types, archived=archived)
        )

        def read(number: int, per_page: int) -> Flow[Page[Invoice]]:
            request = list_client_invoices.request(
                id_of(client, Client),
                body=filters,
                page=number,
                per_page=per_page,
            )

            def parse(response: Response) -> Page[Invoice]:
                answer = list_client_invoices.parse(response)
                return page_of(
                    number,
                    unwrap_documents(response, answer, (INVOICE.family_segment,), Invoice),
                    answer.pagination,
                )

            return (yield from exchange(request, parse))

        return PageReader(read, id_of, per_page, f"invoices of client {id_of(client, Client)}")
