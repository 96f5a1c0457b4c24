"""Rows about requests and answers as such."""

from __future__ import annotations

from typing import Final

from .behaviour import (
    ASSUMED,
    DOCUMENTED,
    EMAIL,
    EVERY,
    LISTS,
    OBSERVED,
    PAGE,
    STATE,
    WRITE,
    Behaviour,
    Subject,
)

TRANSPORT: Final = Subject(
    "Requests and answers",
    (
        Behaviour(
            "key_and_host",
            "A wrong key and a key that does not belong to the host's account are answered alike, with 401.",
            OBSERVED, "recorded 2019", EVERY, "books.accounts.hosts",
        ),
        Behaviour(
            "key_in_header",
            "The key is read from the query alone; a header that carries it too changes nothing.",
            ASSUMED, "assumed: one fleet sends it in a header too, no client only there",
            EVERY, "api.admission",
        ),
        Behaviour(
            "hosts",
            "The key identifies an account, and so may a host name of the vendor or under `.localhost`.",
            OBSERVED, "suestecreative 2026; assumed: `.localhost`", EVERY, "books.accounts.hosts",
        ),
        Behaviour(
            "no_site",
            "A host name whose account does not exist, and the vendor's names without `app`, answer 530 with "
            "a page; in 2019 an unknown account was a wrong key, 401.",
            OBSERVED, "suestecreative 2026; recorded 2019 (401)", EVERY, "books.accounts.hosts",
        ),
        Behaviour(
            "host_check",
            "On a loopback address the Host must be a loopback name, the vendor's name of an account, or one "
            "of `--allow-host`: any other is refused with 403, none or several with 400.",
            ASSUMED, "assumed: a foreign web page must not reach it through DNS rebinding",
            EVERY, "api.host_check",
        ),
        Behaviour(
            "half_sent",
            "A request that stays half-sent for ten seconds is not carried out; it is answered 408, and its "
            "connection is closed.",
            ASSUMED, "assumed: the service's own limit is not known", EVERY, "http.connections",
        ),
        Behaviour(
            "link_scheme",
            "Links in answers have the scheme of the request; a proxy on this machine may name it in "
            "X-Forwarded-Proto.",
            ASSUMED, "assumed: the service itself answers HTTPS alone", EVERY, "api.exchange",
        ),
        Behaviour(
            "https", "`--tls` serves HTTPS under the vendor's host names of accounts.",
            DOCUMENTED, "vendor docs 2026-07; assumed: the certificates", EVERY, "http.certificates",
        ),
        Behaviour(
            "plain_http", "Plain HTTP to a port that serves HTTPS answers 400, and says so.",
            ASSUMED, "assumed: the service's port 80 is not known", EVERY, "http.certificates",
        ),
        Behaviour(
            "headers",
            "Answers carry Status, Cache-Control and, except pages, X-Runtime; a 200 to a read has an Etag.",
            OBSERVED, "recorded 2019", EVERY, "api.exchange",
        ),
        Behaviour(
            "session_cookie",
            "Each answer sets a session cookie, under the vendor's names for all of them. A request that "
            "sends it back with a key works, with a remark in the request log.",
            OBSERVED, "recorded 2019; assumed: the cookie's name, and that it changes nothing",
            EVERY, "http.session_cookie",
        ),
        Behaviour(
            "escapes", "Letters beyond ASCII travel as escapes in JSON.",
            OBSERVED, "recorded 2019", EVERY, "http.answer",
        ),
        Behaviour(
            "failures", "Where the live service fails, it answers 500 with a page and no JSON.",
            OBSERVED, "diogopms 2026-06; clients 2026", EVERY, "faults.crashes",
        ),
        Behaviour(
            "pdf_by_type",
            "A PDF has no path below its document's type: `/invoices/{id}/pdf.json` is a 404.",
            OBSERVED, "diogopms 2026-06; assumed: the page, and that no key is needed", ("generatePdf",),
            "api.dead_paths",
        ),
        Behaviour(
            "related_by_type",
            "Related documents have no path below a document's type: `/invoices/{id}/related_documents.json` "
            "and `related-documents.json` are a 404.",
            OBSERVED, "digitaldev 2026-07; assumed: the page, and that no key is needed", ("relatedDocs",),
            "api.dead_paths",
        ),
        Behaviour(
            "sequence_update", "PUT on a row of a series redirects, 302: none can be renamed.",
            OBSERVED, "diogopms 2026-06, history; assumed: the address, and that no key is needed",
            ("getSequence",), "api.dead_paths",
        ),
        Behaviour(
            "unknown_paths", "A path that is not emulated answers 501, with the reason.",
            ASSUMED, "assumed: an unknown path must not look like the service", EVERY, "api.gateway",
        ),
        Behaviour(
            "front_page",
            "GET of `/` redirects a browser (`Accept: text/html`) to the dashboard, 307; any other client is "
            "answered 501.",
            ASSUMED, "assumed: a person looks for the dashboard; no client of the service asks there",
            EVERY, "app",
        ),
        Behaviour(
            "wrong_method", "A known path under another method answers 405 and lists the allowed methods "
            "(of change-state: setting `post_change_state`).",
            ASSUMED, "assumed: no source shows it", EVERY, "api.admission",
        ),
        Behaviour(
            "json_only", "A body with another content type than JSON is refused with 422.",
            DOCUMENTED, "vendor docs 2017, error codes; assumed: the status", WRITE, "api.json_body",
        ),
        Behaviour(
            "malformed_json", "A body that is not valid JSON is refused with 400.",
            ASSUMED, "assumed: no source shows it", EVERY, "api.json_body",
        ),
        Behaviour(
            "body_limit", "A body of more than 2 MiB is refused with 413.",
            ASSUMED, "assumed: the service's own limit is not known", EVERY, "api.json_body",
        ),
        Behaviour(
            "rate_limit", "Each account has 780 requests a minute, in a sliding window; then 429.",
            DOCUMENTED, f"{PAGE}; OCA 2026-08 (100)", EVERY, "http.rate_limit",
        ),
        Behaviour(
            "pages",
            "Lists have ten entries a page unless `per_page` is sent, and a pagination object beside them.",
            OBSERVED, f"{PAGE}; recorded 2019", (*LISTS, "listClients", "listClientInvoices"), "books.pages",
        ),
        Behaviour(
            "largest_page",
            "A page has at most 100 entries; an unreadable page number or size means the default.",
            ASSUMED, "assumed: the largest page that clients use; the vendor's examples send nonsense",
            (*LISTS, "listClients", "listItems", "listClientInvoices"), "books.pages",
        ),
        Behaviour(
            "unknown_json_fields", "Unknown fields are ignored, and named in the request log.",
            OBSERVED, "clients 2026; Webdados 2025 (refused in items: a setting)",
            EVERY, "api.unknown_fields",
        ),
        Behaviour(
            "numbers_in", "Amounts are read from JSON numbers and from texts, in documents.",
            OBSERVED, "recorded 2019", WRITE, "http.wire_values",
        ),
        Behaviour(
            "dates_in", "Dates are read as dd/mm/yyyy, with one digit or two, and as yyyy-mm-dd.",
            OBSERVED, f"{PAGE}, examples; weareswat 2020", WRITE, "http.wire_values",
        ),
        Behaviour(
            "moments_in",
            "Moments are read as dd/mm/yyyy HH:MM:SS; seconds, or the whole time, may be missing.",
            DOCUMENTED, f"{PAGE}; vendor docs 2017 (orders)", WRITE, "http.wire_values",
        ),
        Behaviour(
            "flags_in", 'A flag is set by 1, "1", true and "true".',
            DOCUMENTED, f"{PAGE}, examples", EVERY, "http.wire_values",
        ),
        Behaviour(
            "decimals_out",
            "Decimals that are texts have at least one decimal, prices and quantities of lines two (setting "
            "`line_decimals`); amounts are numbers.",
            OBSERVED, "recorded 2019; suestecreative 2026 (lines)", EVERY, "http.wire_values",
        ),
        Behaviour(
            "absent_keys", "Keys without a value are left out in one place and null in another, as recorded.",
            OBSERVED, "recorded 2019", EVERY, "profiles.field_table", ("observed",),
        ),
        Behaviour(
            "blanks", "Values that are missing are empty texts, as the page's types demand.",
            DOCUMENTED, PAGE, EVERY, "profiles.field_table", ("documented",),
        ),
        Behaviour(
            "roots_in",
            "A body has the root of the path's type, or the one that the page uses for its whole family: "
            "`invoice`, `quote`, `shipping`, `purchase_order`.",
            OBSERVED, f"{PAGE}; recorded 2019; OCA 2026-08; diogopms 2026-06", (*WRITE, *STATE),
            "http.root_object",
        ),
        Behaviour(
            "roots_by_family_name",
            "`estimate` and `guide`, the names of families in lists, are no roots: 422 names the right one.",
            ASSUMED, "assumed: no page and no working client has them; an error is found at once",
            (*WRITE, *STATE), "http.root_object",
        ),
        Behaviour(
            "every_complaint", "One refusal names everything that is wrong, each complaint once.",
            OBSERVED, "recorded 2019", EVERY, "http.fields",
        ),
        Behaviour(
            "lisbon_time", "Today is the date in Lisbon, wherever the caller is.",
            ASSUMED, "assumed: the service is Portuguese; guides say so", EVERY, "http.clock",
        ),
        Behaviour(
            "lists_lag",
            "A list may lag behind writes that are seen by id; here only if the account's settings say so.",
            OBSERVED, "square-bit 2026-04: two seconds", (*LISTS, "listClients", "listItems"),
            "faults.list_lag",
        ),
        Behaviour(
            "books.trial",
            "An account on trial is refused e-mail with 401 and SAF-T with 422, in Portuguese.",
            OBSERVED, "diogopms 2026-06; square-bit 2026-04",
            ("export_saft", *EMAIL),
            "books.trial",
        ),
        Behaviour(
            "trial_at", "An account on trial is refused communication with the tax authority, with 422.",
            ASSUMED, "assumed: that it is refused was seen (diogopms 2026-06), the status was not",
            ("atCommunication",), "books.trial",
        ),
        Behaviour(
            "plan_limit",
            "An account over its plan's limit cannot create documents: 422, with the period in the sentence.",
            OBSERVED, "tim-online 2023-11", ("createInvoice", "createEstimate", "createGuide"),
            "books.documents.plan_limit",
        ),
        Behaviour(
            "plan_limit_counts",
            "Drafts and issued documents count towards a plan's limit, receipts do not.",
            ASSUMED, "assumed: no source shows it", ("createInvoice", "createEstimate", "createGuide"),
            "books.documents.plan_limit",
        ),
        Behaviour(
            "accounts_elsewhere",
            "Documents of accounts outside Portugal have no signature, ATCUD, QR code or SAF-T, and need no "
            "reason for 0 %.",
            ASSUMED, "assumed: the page says it of reasons, series, simplified invoices and Multibanco alone",
            WRITE, "books.accounts.account",
        ),
        Behaviour(
            "dashed_types", "Messages spell types with dashes: `invoice-receipt`.",
            OBSERVED, "suestecreative 2026", STATE, "fiscal.document_types",
        ),
        Behaviour(
            "spanish", "An account in Spanish gets messages in English.",
            ASSUMED, "assumed: no source shows a Spanish message", EVERY, "books.accounts.hosts",
        ),
    ),
)  # read by rows # fmt: skip
