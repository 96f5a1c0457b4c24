"""Clients. Codes are unique within an account. Names are too, as far as was seen (suestecreative 2026).

Should clients share a name, a lookup by name refuses to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http import HTTPStatus
from typing import Unpack, cast

from attr import evolve
from invoicexpress_generated import models
from invoicexpress_generated.api import clients as api
from invoicexpress_generated.types import UNSET, Response, Unset

from .. import quirks
from ..errors import InputError, ServerError, ValidationError
from ..quirks import envelopes
from ..quirks.absent_values import or_unset
from ..quirks.envelopes import the_one, unwrap_documents
from ..quirks.identity import id_of
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.pagination import PER_PAGE, Page, PageReader, page_of


def _identity(client: models.ClientListEntry) -> int | str:
    """What tells a client from others, should it move to another page of the list.

    The documented list has no ids, and names may not be unique: there it is all that the entry shows.
    """
    return repr(client) if isinstance(client.id, Unset) else client.id


def _reader(fiscal_id: str | None = None, per_page: int = PER_PAGE) -> PageReader[models.ClientListEntry]:
    def read(number: int, per_page: int) -> Flow[Page[models.ClientListEntry]]:
        request = api.list_clients.request(fiscal_id=or_unset(fiscal_id), page=number, per_page=per_page)
        answer = yield from exchange(request, api.list_clients.parse)
        return page_of(number, answer.value, answer.pagination)

    return PageReader(read, _identity, per_page, "clients")


def client_of_name(name: str) -> Flow[models.Client | None]:
    """The client that the service finds by a name; the oldest, should several share it (assumed)."""

    def read(response: Response) -> models.Client:
        return the_one(response, api.find_client_by_name.parse(response).value, name=name)

    return (
        yield from quirks.lookups.gone_or_read(
            lambda: exchange(api.find_client_by_name.request(client_name=name), read)
        )
    )


def sharing_name(client: models.Client) -> Flow[Sequence[quirks.namesakes.Named]]:
    """All clients with a client's name, if there are several. Reads a page of the list, or a few."""
    return (yield from quirks.namesakes.namesakes(client, _reader()))


def with_fiscal_id(client: models.Client) -> Flow[models.Client]:
    """A client with its tax number, read by its id if a lookup leaves it out.

    A read by id shows the number (vendor docs 2026-07), so one that is missing there too is none.
    """
    if not isinstance(client.fiscal_id, Unset):
        return client
    return (yield from client_with_fiscal_id(client.id))


def client_with_fiscal_id(client_id: int) -> Flow[models.Client]:
    """A client read by its id, with its tax number, or None for a client without."""
    whole = yield from _client_of_id(client_id)
    return evolve(whole, fiscal_id=whole.fiscal_id or None)


def _client_of_id(client_id: int) -> Flow[models.Client]:
    def read(response: Response) -> models.Client:
        return the_one(response, api.get_client.parse(response).value, id=client_id)

    return (yield from exchange(api.get_client.request(client_id), read))


class Clients(Namespace[C_co]):
    """The account's clients."""

    @listing
    def list(
        self, *, fiscal_id: str | None = None, per_page: int = PER_PAGE
    ) -> PageReader[models.ClientListEntry]:
        """All clients, sorted by name, read page by page as needed.

        `fiscal_id` restricts the list to a tax number; the filter is undocumented (suestecreative 2026),
        so check the results.
        """

        return _reader(fiscal_id, per_page)

    @operation
    def create(self, **fields: Unpack[models.ClientWriteFields]) -> Flow[models.Client]:
        """Creates a client. Raises ValidationError, for example for a name or a code in use.

        An invalid Portuguese tax number, or one that is not written as nine digits, is a SilentChangeError
        (`Checks.fiscal_id`); a client from abroad needs its country.

        Codes are unique: after an unknown result the client with this code counts as the new one if all its
        fields match; otherwise AmbiguousResultError. Whether names always are is not known, so a client
        without a code is looked up by its name, and never sent again; several of that name are an
        AmbiguousResultError.
        """
        return (yield from self._create(fields, quirks.comparison.client_differences))

    def _create(
        self,
        fields: models.ClientWriteFields,
        differences: Callable[[models.ClientWrite, models.Client], Iterator[str]],
    ) -> Flow[models.Client]:
        body = envelopes.client(lambda: models.ClientWrite.of(**fields))
        sent = body.value
        yield from self._check(sent)

        def read(response: Response) -> models.Client:
            return the_one(response, api.create_client.parse(response).value, name=sent.name)

        write = quirks.attempts.Write(
            api.create_client.request(body=body),
            read,
            "the client of this code or name (find_by_code, find_by_name)",
        )

        if not isinstance(sent.code, Unset) and (code := sent.code.strip()):
            return (
                yield from quirks.reconciliation.create_unique(
                    write, lambda: self._find_by_code(code), partial(differences, sent), self._core.options
                )
            )

        def find() -> Flow[models.Client | None]:
            try:
                found = yield from client_of_name(sent.name)
            except ServerError as error:
                # The answer for an unknown name (oxdog 2026-08).
                if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
                    return None
                raise
            if found is not None and (several := (yield from sharing_name(found))):
                raise quirks.lookups.Undecidable(
                    f"{len(several)} clients have this name: {quirks.namesakes.described(several)}"
                )
            return found

        look = quirks.lookups.matching(find, partial(differences, sent))
        return (yield from quirks.reconciliation.send_and_look(write, look, self._core.options))

    @operation
    def get(self, client: models.Client | int) -> Flow[models.Client]:
        """Reads a client, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(client, models.Client)))

    @operation
    def update(
        self, client: models.Client | int, **fields: Unpack[models.ClientWriteFields]
    ) -> Flow[models.Client]:
        """Changes a client, reads it again and compares it. The name is required; fields left out stay.

        An empty text removes the old one, and None is an InputError. Raises SilentChangeError as `create`
        does, ValidationError, NotFoundError, and AmbiguousResultError if the client still differs.
        """
        envelopes.check_changes("client", models.ClientWrite, fields)
        body = envelopes.client(lambda: models.ClientWrite.of(**fields))
        request = api.update_client.request(id_of(client, models.Client), body=body)
        yield from self._check(body.value, id_of(client, models.Client))
        write: quirks.attempts.Write[models.Client | None] = quirks.attempts.Write(
            request, api.update_client.parse, f"client {id_of(client, models.Client)}"
        )
        return (
            yield from quirks.reconciliation.update_and_compare(
                write,
                body.value,
                lambda: self._get(id_of(client, models.Client)),
                partial(quirks.comparison.client_differences, body.value),
                self._core.options,
            )
        )

    def _check(self, sent: models.ClientWrite, client_id: int | None = None) -> Flow[None]:
        """Checks the tax number and the country of a client.

        An update without a country keeps the old one, which is read if the number is not a Portuguese one.
        """
        checks, rules = self._core.options.checks, quirks.silent_changes
        changes = list(rules.of_client(sent, checks))
        if client_id is not None and isinstance(sent.country, Unset) and changes:
            known = yield from self._get(client_id)
            changes = list(rules.of_client(evolve(sent, country=known.country or UNSET), checks))
        rules.react(checks, changes)

    def _get(self, client_id: int) -> Flow[models.Client]:
        return (yield from _client_of_id(client_id))

    @operation
    def find_by_name(self, name: str) -> Flow[models.Client | None]:
        """The client with exactly this name, or None.

        The service finds one client, even if several share the name. So a page of the list is read as well,
        of a long one a few. Raises InputError with the ids and codes of all if there are several:
        `find_by_code` tells them apart.
        """
        found = yield from client_of_name(name)
        if found is not None and (several := (yield from sharing_name(found))):
            raise InputError(
                "name",
                f"{len(several)} clients have the name {found.name!r}: "
                f"{quirks.namesakes.described(several)}; "
                "find yours by its code, with find_by_code, or read it by its id",
            )
        return found

    @operation
    def find_by_code(self, code: str) -> Flow[models.Client | None]:
        """The client with exactly this code, or None."""
        return (yield from self._find_by_code(code))

    def _find_by_code(self, code: str) -> Flow[models.Client | None]:
        def read(response: Response) -> models.Client:
            return the_one(response, api.find_client_by_code.parse(response).value, code=code)

        return (
            yield from quirks.lookups.gone_or_read(
                lambda: exchange(api.find_client_by_code.request(client_code=code), read)
            )
        )

    @operation
    def get_or_create(self, code: str, /, **fields: Unpack[models.ClientWriteFields]) -> Flow[models.Client]:
        """Finds the client with a code, or creates it from the fields. An existing client stays unchanged.

        Takes the fields of ClientWrite; the name is required. If another program creates the client
        meanwhile, that client is returned. Raises SilentChangeError if the existing client has another tax
        number (`Checks.client_ignored`), ValidationError, for example for a name in use by another client.
        """
        # The service drops blanks at the ends.
        given = cast("object", code)
        if isinstance(given, str):
            code = given.strip() or given
        given_code = fields.setdefault("code", code)
        if given_code != code:
            raise InputError("client.code", f"{given_code!r} differs from the code to look up, {code!r}")
        given = envelopes.client(lambda: models.ClientWrite.of(**fields)).value
        yield from self._check(given)
        found = yield from self._find_by_code(code)
        if found is not None:
            return (yield from self._compared(given, found))
        try:
            # The code identifies the client, which another program may have made, with other fields.
            found = yield from self._create(fields, lambda _sent, _found: iter(()))
        except ValidationError:
            found = yield from self._find_by_code(code)
            if found is None:
                raise
        return (yield from self._compared(given, found))

    def _compared(self, given: models.ClientWrite, found: models.Client) -> Flow[models.Client]:
        """An existing client, once `Checks.client_ignored` allows how it differs."""
        checks = self._core.options.checks
        rules = quirks.silent_changes
        shown = (yield from with_fiscal_id(found)) if given.fiscal_id else found
        fields = () if checks.client_ignored == "fiscal_id" else rules.ignored_client_fields(given, shown)
        if checks.client_ignored != "off":
            rules.react(checks, [*fields, *rules.ignored_fiscal_id(given, shown)])
        return found

    @operation
    def delete(self, client: models.Client | int) -> Flow[None]:
        """Deletes a client without documents, and looks whether it is gone. Undocumented.

        The service has been seen to delete the client and answer with an error (square-bit 2026-04), so after
        an error the client is read again. Raises that error if it still exists, NotFoundError if it did
        not exist before, and AmbiguousResultError if the result stays unknown.
        """
        client_id = id_of(client, models.Client)
        yield from self._get(client_id)
        write = quirks.attempts.Write(
            api.delete_client.request(client_id),
            api.delete_client.parse,
            f"whether client {client_id} is still there",
        )
        yield from quirks.reconciliation.delete_and_look(
            write,
            lambda: quirks.lookups.gone(lambda: self._get(client_id)),
            self._core.options,
            was_there=True,
        )

    @listing
    def invoices(
        self,
        client: models.Client | int,
        *,
        status: Sequence[models.DocumentStatus] | None = None,
        types: Sequence[models.DocumentType] | None = None,
        archived: Sequence[str] | None = None,
        per_page: int = PER_PAGE,
    ) -> PageReader[models.Invoice]:
        """A client's documents of the invoice family, read page by page as needed.

        `archived` takes `non_archived`, `archived`, or both. Raises NotFoundError.
        """
        filters = envelopes.client_invoices(
            lambda: models.ClientInvoicesFilter.of(status=status, by_type=types, archived=archived)
        )
        list_key = quirks.document_types.INVOICE.family_segment

        def read(number: int, per_page: int) -> Flow[Page[models.Invoice]]:
            request = api.list_client_invoices.request(
                id_of(client, models.Client),
                body=filters,
                page=number,
                per_page=per_page,
            )

            def parse(response: Response) -> Page[models.Invoice]:
                answer = api.list_client_invoices.parse(response)
                return page_of(
                    number,
                    unwrap_documents(response, answer, (list_key,), models.Invoice),
                    answer.pagination,
                )

            return (yield from exchange(request, parse))

        return PageReader(read, id_of, per_page, f"invoices of client {id_of(client, models.Client)}")
