"""SAF-T (PT): the monthly file for the tax authority, made in the background and fetched when ready."""

from __future__ import annotations

from dataclasses import replace

import attrs
from invoicexpress_generated import models
from invoicexpress_generated.api import saft as api
from invoicexpress_generated.types import Response
from invoicexpress_wire import WireError, dumps, is_object, loads

from ..quirks.downloads import SAFT, SAFT_LIMIT, ZIP, Download, check_limit, download
from ..quirks.polling import TIMEOUT, OnWait, until_ready
from ..sending.flows import C_co, Flow, Namespace, operation


class Saft(Namespace[C_co]):
    """The SAF-T files of the account."""

    @operation
    def export(
        self,
        year: int,
        month: int,
        *,
        timeout: float = TIMEOUT,
        on_wait: OnWait | None = None,
        limit: int = SAFT_LIMIT,
    ) -> Flow[Download]:
        """Waits for the file of a month and fetches it; `.save(path)` writes it.

        The service exports months only: a year takes twelve files. `saft_file.read` reads them, also as ZIP,
        and `saft_file.verify_chain` verifies the signatures of several months together.

        `timeout` is in seconds; `on_wait` is called before each pause; `limit` is the largest size in bytes.
        Raises ValidationError for a month without documents, and on trial accounts; NotReadyError at the
        deadline (calling again resumes); DownloadError.
        """
        check_limit(limit)
        # The vendor's page names the parameter `year`; clients 2026 found that `years` works.
        request = api.export_saft.request(month=month, year=year, years=year)
        link = yield from until_ready(
            f"the SAF-T file of {year}-{month:02}", request, _link, timeout, on_wait
        )
        name = f"SAF-T {year}-{month:02}.xml"
        file = yield from download(link, SAFT, limit=limit, name=name)
        return replace(file, name=f"{name}.zip") if file.content.startswith(ZIP) else file


def _link(response: Response) -> str | None:
    answer = api.export_saft.parse(_with_one_link(response)) if response.status != 202 else None
    return answer.value if isinstance(answer, models.SaftResponse) else None


def _with_one_link(response: Response) -> Response:
    """The answer with one address, if it has the same address under both names.

    The vendor's page (2026-07) writes `Url`, its older pages and the live service `url`. An answer with both
    was never seen. Two different addresses stay, since it is unclear which one is right.
    """
    try:
        body = loads(response.content)
    except WireError:
        return response
    if is_object(body) and "Url" in body and body.get("url") == body["Url"]:
        once = {name: value for name, value in body.items() if name != "Url"}
        return attrs.evolve(response, content=dumps(once))
    return response
