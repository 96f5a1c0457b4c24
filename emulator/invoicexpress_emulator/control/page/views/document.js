// The page of one document, and what can be done with it. Each action is the request that a client would send.

import { ask } from "../api.js";
import { confirmed } from "../dialogs.js";
import { button, chip, code, dim, el, field, foreign, form, head, nothing, padded, pairs, sheet, submit } from "../elements.js";
import { documentLink, stateChip, statusChip, validChip } from "../marks.js";
import { copyButton } from "../notices.js";
import { act } from "../refreshing.js";
import { callService, rootOf } from "../service.js";
import { addressOf, mine, state } from "../state.js";
import { fixedTable, keep } from "../tables.js";
import { day, decimal, moment, money, nameOfDocument, percent, plural, sentence, timeOfDay, words } from "../words.js";

export function oneDocument(main) {
  const back = el("p", {}, el("a", { href: addressOf(state.account, "documents") }, "‹ All documents"));
  const place = { back, title: el("div", {}), actions: el("div", {}), answer: el("div", { class: "answer", "aria-live": "polite" }), parts: el("div", { class: "parts" }), pdf: el("div", { class: "printed" }) };
  main.append(back, place.title, place.actions, place.answer, el("div", { class: "beside" }, place.parts, place.pdf));
  let copy = null;
  const tell = (answer) => place.answer.replaceChildren(answerSheet(answer, () => place.answer.replaceChildren()));
  const actions = actionsOf(tell, (address) => { copy = address; });
  return async () => {
    const details = await ask("GET", `/documents/${encodeURIComponent(state.id)}`, mine()).catch(missing);
    if (details === null) return main.replaceChildren(place.back, head("No such document"), sheet(nothing(`${state.account} has no document ${state.id}`, "It may be in another account.")));
    const [requests, mails] = await Promise.all([requestsOf(details.document.id), mailsOf(details.document.id)]);
    document.title = `${nameOfDocument(details.document)} · ${state.account} · InvoiceXpress emulator`;
    keep(place.title, [details.document], () => "title", titleOf);
    const { document: { status, number }, api, totals, lines, client, global_discount } = details;
    keep(place.actions, [{ id: details.document.id, status, number, api, open: totals.open, lines, client, global_discount, retention: details.retention }], () => "actions", actions);
    keep(place.parts, [
      { part: facts, details: without(details, "related", "payments", "chain", "qr", "lines") },
      { part: linesOf, lines: details.lines, vat: details.vat, totals: details.totals, discount: details.global_discount },
      { part: paymentsOf, payments: details.payments, related: details.related },
      { part: relatedOf, related: details.related },
      { part: chainOf, document: details.document, chain: details.chain },
      { part: qrOf, qr: details.qr },
      { part: requestsPart, requests, id: details.document.id },
      { part: mailsPart, mails },
    ], (it) => it.part.name, (it) => it.part(it));
    keep(place.pdf, [{ ...without(details, "related", "payments", "chain", "qr", "api"), copy }], () => "pdf", paper);
  };
}

function missing(error) {
  if (error.status === 404 || error.status === 422) return null;
  throw error;
}

function without(details, ...names) {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !names.includes(name)));
}

const titleOf = (it) => el("div", { class: "head name" }, el("h2", {}, foreign(nameOfDocument(it))), chip(words(it.type)), stateChip(it));

// Actions ---------------------------------------------------------------------------------------------------------

const LABELS = {
  finalized: "Finalize", settled: "Settle", unsettled: "Unsettle", canceled: "Cancel", deleted: "Delete", accepted: "Accept",
  refused: "Refuse", completed: "Complete", second_copy: "Make a second copy",
};
const QUESTIONS = {
  finalized: ["Finalize the document?", "It gets its number and its signature, and can no longer be changed."],
  deleted: ["Delete the draft?", "It stays in the list as deleted."],
};

/** Returns what makes the row of actions. `tell` shows an answer, `shownCopy` the address of a PDF. */
function actionsOf(tell, showCopy) {
  async function request(...what) {
    const answer = await callService(...what);
    tell(answer);
    return answer;
  }
  return (it) => {
    const { segment, root, states } = it.api;
    const changeState = (to, message) => request("PUT", `/${segment}/${it.id}/change-state.json`, { [root]: { state: to, ...(message ? { message } : {}) } });
    const move = async (to) => { if (!QUESTIONS[to] || await confirmed(...QUESTIONS[to], LABELS[to])) await act(() => changeState(to)); };
    const simple = states.filter((to) => to !== "canceled").map((to) =>
      button(LABELS[to] ?? sentence(to), () => move(to), { id: `act-${to}`, class: to === "finalized" ? "primary" : to === "deleted" ? "danger" : "" }));
    const reason = el("input", { required: true, autocomplete: "off", id: "cancel-reason" });
    const cancel = opening("act-canceled", "Cancel…", form(() => act(() => changeState("canceled", reason.value)), { id: "cancel-form" },
      field("Reason, which the law asks for", reason), submit("Cancel the document", { class: "danger" })));
    const amount = el("input", { required: true, inputmode: "decimal", autocomplete: "off", value: it.open, id: "pay-amount" });
    const pay = opening("act-pay", "Record a payment…", form(
      () => act(async () => request("POST", `/documents/${it.id}/partial_payments.json`, { partial_payment: { amount: amount.value.replace(",", "."), payment_date: await today() } })), { id: "pay-form" },
      field("Amount in EUR", amount), submit("Record the payment")));
    const credit = button("Credit", () => act(async () => request("POST", `/${it.api.credit_note.segment}.json`, { [it.api.credit_note.root]: await creditNote(it) })), { id: "act-credit" });
    const print = button("Print a copy", () => act(() => secondCopy(it.id, request, showCopy)), { id: "act-copy" });
    const openings = [Number(it.open) > 0 && it.status === "final" && pay, states.includes("canceled") && cancel].filter(Boolean);
    const all = [...simple, it.api.credit_note && credit, it.number && print, ...openings.map(({ opener }) => opener)].filter(Boolean);
    return el("div", { class: "doing" }, el("div", { class: "buttons", role: "group", "aria-label": "Actions" }, ...(all.length ? all : [dim("Nothing more can be done with it.")])),
      ...openings.map(({ content }) => content));
  };
}

/** A button that shows and hides a form below the row of actions. */
function opening(id, label, content) {
  content.hidden = true;
  const opener = button(label, () => {
    content.hidden = !content.hidden;
    opener.setAttribute("aria-expanded", String(!content.hidden));
    if (!content.hidden) content.querySelector("input").select();
  }, { id, "aria-expanded": "false", "aria-controls": content.id });
  return { opener, content };
}

async function today() {
  const { now } = await ask("GET", "/clock", mine());
  return now.slice(0, 10).split("-").reverse().join("/");
}

const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** A draft note over all lines of a document, for the API. */
async function creditNote(it) {
  const date = await today();
  return present({
    date, due_date: date, owner_invoice_id: it.id, client: present({ name: it.client.name, code: it.client.code }),
    items: it.lines.map((line) => present({
      name: line.name, description: line.description, unit_price: line.unit_price, quantity: line.quantity, unit: line.unit,
      discount: Number(line.discount) ? line.discount : null, tax: { name: line.tax_name }, tax_exemption: line.tax_exemption,
    })),
    tax_exemption: it.lines.find((line) => line.tax_exemption)?.tax_exemption,
    global_discount: it.global_discount, retention: it.retention,
  });
}

const POLLS = 20;
const BETWEEN = 300; // milliseconds

/** Asks for a second copy until it is ready, as a client must. */
async function secondCopy(id, request, showCopy) {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const answer = await request("GET", `/api/pdf/${id}.json`, null, { second_copy: "true" });
    if (answer.status !== 202) {
      if (answer.status === 200) showCopy(rootOf(answer).pdfUrl);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN));
  }
}

/** What the service answered, in its own words. */
function answerSheet(answer, close) {
  const made = answer.status === 201 || /partial_payments/.test(answer.path) ? Object.values(answer.value ?? {})[0] : null;
  const pdf = answer.status === 200 ? answer.value?.output?.pdfUrl : null;
  return el("section", { class: `sheet padded reply ${answer.status >= 400 || !answer.status ? "refused" : ""}`, "aria-label": "Answer of the service" },
    el("div", { class: "head" }, el("h3", {}, statusChip(answer.status), " ", el("span", { class: "verb" }, answer.method), " ", foreign(answer.path)),
      made?.id ? el("a", { href: addressOf(state.account, "documents", made.id) }, `Open ${words(made.type ?? "the document")} ${made.id}`) : null,
      pdf ? el("a", { href: pdf, target: "_blank", rel: "noreferrer" }, "Open the copy") : null,
      button("✕", close, { class: "small", "aria-label": "Dismiss the answer" })),
    answer.body === null ? null : el("details", {}, el("summary", {}, "Body of the request"), el("pre", { tabindex: "0", "aria-label": "Body of the request" }, JSON.stringify(answer.body, null, 2))),
    answer.text ? el("pre", { tabindex: "0", "aria-label": "Body of the answer" }, answer.value === null ? answer.text : JSON.stringify(answer.value, null, 2))
      : el("p", { class: "dim" }, answer.status === 202 ? "Not ready yet; asked again." : answer.status ? "The answer has no body." : "The connection broke off: read the document to see what happened."));
}

// Parts -----------------------------------------------------------------------------------------------------------

const titled = (title, note, ...children) => sheet(el("div", { class: "title" }, el("h3", {}, title), typeof note === "string" ? dim(note) : note), ...children);
const lined = (...texts) => texts.filter(Boolean).flatMap((text, index) => index ? [el("br", {}), foreign(text)] : [foreign(text)]);

function facts({ details }) {
  const { document: it, client, multibanco, delivery } = details;
  const rows = [
    ["Client", lined(client.name, client.fiscal_id && `NIF ${client.fiscal_id}`, client.address, [client.postal_code, client.city].filter(Boolean).join(" "), client.country, client.email)],
    ["Date", `${day(it.date)}, due ${day(it.due_date)}`],
    ["Reference", it.reference && foreign(it.reference)],
    ["ATCUD", it.atcud && code(it.atcud)],
    ["Issued", details.issued_at && moment(details.issued_at)],
    ["Cancelled", details.canceled_at && [moment(details.canceled_at), details.cancel_message ? [": ", foreign(details.cancel_message)] : null].flat()],
    ["Observations", details.observations && el("span", { class: "lines-kept" }, foreign(details.observations))],
    ["Multibanco", multibanco && [`entity ${multibanco.entity}, reference `, code(multibanco.reference), `, ${money.format(multibanco.amount)}`]],
    ["From", delivery?.from && foreign(delivery.from)],
    ["To", delivery?.to && foreign(delivery.to)],
    ["Loaded", delivery?.loaded_at && [moment(delivery.loaded_at), delivery.license_plate ? [", ", foreign(delivery.license_plate)] : null].flat()],
    ["AT code", delivery?.at_doc_code && code(delivery.at_doc_code)],
    ["Id", String(it.id)],
  ];
  return padded(pairs(...rows.filter(([, value]) => value).map(([name, value]) => [name, [value].flat()])));
}

const LINE = [
  ["Line", "", (it) => [foreign(it.name), it.description ? el("span", { class: "under" }, foreign(it.description)) : null]],
  ["Price", "number", (it) => decimal(it.unit_price, 2)],
  ["Quantity", "number", (it) => [decimal(it.quantity), it.unit ? [" ", foreign(it.unit)] : null].flat()],
  ["Discount", "number", (it) => Number(it.discount) ? percent(it.discount) : ""],
  ["VAT", "", (it) => [percent(it.tax_rate), el("span", { class: "under" }, foreign(it.tax_name), it.tax_exemption ? ` ${it.tax_exemption}` : null)]],
  ["Amount", "number", (it) => money.format(it.subtotal)],
];
const VAT = [
  ["VAT", "", (it) => [`${percent(it.rate)} ${it.region}`, it.exemption ? [" ", code(it.exemption)] : null].flat()],
  ["Base", "number", (it) => money.format(it.base)],
  ["Tax", "number", (it) => money.format(it.tax)],
];

function linesOf({ lines, vat, totals, discount }) {
  const sums = [
    ["Sum", totals.sum], ["Discount", Number(totals.discount) ? `-${totals.discount}` : null], ["Before VAT", totals.before_taxes], ["VAT", totals.taxes],
    ["Total", totals.total], ["Withheld", Number(totals.withheld) ? totals.withheld : null], ["Open", totals.open],
  ].filter(([, value]) => value !== null);
  return titled("Lines", discount ? `whole document less ${discount.value_type === "percentage" ? percent(discount.value) : money.format(discount.value)}` : null,
    lines.length ? fixedTable("Lines", LINE, lines) : el("p", { class: "none" }, "None: a receipt pays another document."),
    el("div", { class: "sums" }, vat.length ? fixedTable("VAT summary", VAT, vat) : el("span", {}),
      el("dl", { class: "pairs totals" }, ...sums.flatMap(([name, value]) => [el("dt", { class: name === "Total" ? "strong" : "" }, name), el("dd", { class: name === "Total" ? "number strong" : "number" }, money.format(value))]))));
}

const RELATIONS = { origin: "made from", successor: "led to", receipt: "paid by", paid: "pays" };

function paymentsOf({ payments, related }) {
  const byId = new Map(related.map(({ document: it }) => [it.id, it]));
  const other = (it) => byId.get(it.receipt_id) ?? byId.get(it.document_id);
  return titled("Payments", null, payments.length ? fixedTable("Payments", [
    ["Document", "", (it) => other(it) ? documentLink(other(it)) : String(it.receipt_id)],
    ["State", "", (it) => other(it) ? stateChip(other(it)) : ""],
    ["Date", "nowrap", (it) => other(it) ? day(other(it).date) : ""],
    ["Mechanism", "", (it) => it.mechanism],
    ["Amount", "number", (it) => money.format(it.amount)],
  ], payments) : el("p", { class: "none" }, "No receipt pays it, and it pays none."));
}

function relatedOf({ related }) {
  return titled("Related documents", null, related.length ? fixedTable("Related documents", [
    ["Document", "", ({ document: it }) => [documentLink(it), el("span", { class: "under" }, words(it.type))]],
    ["This one", "", ({ relation }) => RELATIONS[relation]],
    ["State", "", ({ document: it }) => stateChip(it)],
    ["Date", "nowrap", ({ document: it }) => day(it.date)],
    ["Total", "number", ({ document: it }) => money.format(it.total)],
  ], related) : el("p", { class: "none" }, "None."));
}

function chainOf({ document: it, chain }) {
  const link = (each, title, none) => el("div", { class: ["link", each === it && "here", each?.chain_is_valid === true && "whole", each?.chain_is_valid === false && "broken"].filter(Boolean).join(" ") }, el("span", { class: "of" }, title),
    each ? el("span", { class: "strong" }, each === it ? nameOfDocument(it) : documentLink(each)) : dim(none),
    each?.hash ? el("span", { class: "four" }, each.hash) : null, each?.chain_is_valid === undefined || each?.chain_is_valid === null ? null : validChip(each.chain_is_valid));
  if (!it.number) return titled("Hash chain", null, el("p", { class: "none" }, "A draft has no number yet, and so no place in the chain."));
  return titled("Hash chain", chain.signature ? null : "unsigned: this type has numbers only",
    el("div", { class: "links three" }, link(chain.previous, "Before", "the first of its series"), link(it, "This one"), link(chain.next, "After", "none yet")),
    chain.signature ? el("details", { class: "more" }, el("summary", {}, "Signature"), el("pre", { tabindex: "0", class: "long", "aria-label": "Signature" }, chain.signature)) : null);
}

function qrOf({ qr }) {
  if (!qr) return titled("QR code", null, el("p", { class: "none" }, "None: only issued documents of accounts in Portugal have one."));
  return titled("QR code", null, el("div", { class: "qr" }, el("img", { src: `data:image/png;base64,${qr.png}`, alt: "QR code of the document", width: "190", height: "190" }),
    el("div", {}, el("pre", { tabindex: "0", class: "long", "aria-label": "Text of the QR code" }, qr.text), copyButton(qr.text, "Copy", "the text of the QR code"))));
}

// The log and the outbox ------------------------------------------------------------------------------------------

const MOST_REQUESTS = 100;

const requestsOf = async (id) => (await ask("GET", "/requests", mine({ document: id, limit: MOST_REQUESTS }))).requests;

const mailsOf = async (id) => (await ask("GET", "/outbox", mine())).messages.filter((each) => each.document_id === id);

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function requestsPart({ requests, id }) {
  const body = (title, text) => text ? [el("h4", {}, title), el("pre", { tabindex: "0", "aria-label": title }, indented(text))] : [];
  return titled("Requests", requests.length ? el("a", { href: addressOf(state.account, "requests", null, { document: id }) }, plural(requests.length, "request")) : null, requests.length ? el("div", { class: "asked" }, ...requests.map((it) =>
    el("details", {}, el("summary", {}, statusChip(it.status), el("span", {}, el("span", { class: "verb" }, it.method), " ", foreign(it.path + (it.query ? `?${it.query}` : ""))), el("time", { class: "dim", datetime: it.at }, timeOfDay(it.at))),
      ...body("Request", it.body), ...body("Answer", it.answer?.body)))) : el("p", { class: "none" }, "The log holds none: it keeps the last thousand requests since the emulator started."));
}

function mailsPart({ mails }) {
  return titled("Mails", mails.length ? plural(mails.length, "mail") : null, mails.length ? fixedTable("Mails", [
    ["Subject", "", (it) => [foreign(it.subject ?? "(no subject)")]],
    ["To", "", (it) => foreign(it.to)],
    ["Sent", "", (it) => moment(it.sent_at)],
    ["", "tight", () => el("a", { href: addressOf(state.account, "outbox") }, "Outbox")],
  ], mails) : el("p", { class: "none" }, "No mail carried it."));
}

/** The PDF, from the address that the customer gets, or the copy. */
function paper({ document: it, copy }) {
  const address = copy ?? it.pdf;
  if (!address) return sheet(nothing("No PDF", "A deleted document has none."));
  return sheet(el("div", { class: "title" }, el("h3", {}, copy ? "Second copy" : "PDF"), el("a", { href: address, target: "_blank", rel: "noreferrer" }, "Open in a tab")),
    el("iframe", { src: `${address}#toolbar=0&navpanes=0&view=FitH`, title: `PDF of ${nameOfDocument(it)}` }));
}
