// The dashboard of the emulator. All text goes into the page as text: nothing here makes markup of a string, and the
// page's Content-Security-Policy would refuse it.

"use strict";

// Elements --------------------------------------------------------------------------------------------------------

const byId = (id) => document.getElementById(id);

/** Makes an element; `properties` are attributes, but for `on` (listeners) and `value`, `checked`, `disabled`. */
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (["value", "checked", "disabled", "selected", "open"].includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text that came from elsewhere: set apart, so that its direction of writing turns nothing around it. */
const foreign = (text) => el("bdi", {}, text ?? "");

const chip = (text, tone = "") => el("span", { class: `chip ${tone}` }, text);
const button = (text, onClick, properties = {}) => el("button", { type: "button", on: { click: onClick }, ...properties }, text);
const head = (title, ...beside) => el("div", { class: "head" }, el("h2", {}, title), ...beside);
const lead = (text) => el("p", { class: "lead" }, text);
const sheet = (...children) => el("section", { class: "sheet" }, ...children);
const padded = (...children) => el("section", { class: "sheet padded" }, ...children);
const nothing = (title, text) => el("div", { class: "empty" }, el("strong", {}, title), text);

let lastId = 0;
function field(label, control, properties = {}) {
  control.id ||= `field-${++lastId}`;
  return el("div", { class: "field", ...properties }, el("label", { for: control.id }, label), control);
}
function check(label, properties) {
  const control = el("input", { type: "checkbox", id: `field-${++lastId}`, ...properties });
  return [el("div", { class: "check" }, control, el("label", { for: control.id }, label)), control];
}
const options = (values, chosen) =>
  values.map((each) => {
    const [value, text] = Array.isArray(each) ? each : [each, each];
    return el("option", { value, selected: value === chosen }, text);
  });
const select = (values, chosen, properties = {}) => el("select", properties, ...options(values, chosen));
const pairs = (...entries) => el("dl", { class: "pairs" }, ...entries.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

/** A table that becomes cards on a narrow screen. Columns are [heading, class, cell of an item]; the first names a row. */
function table(caption, columns) {
  const body = el("tbody", { role: "rowgroup" });
  const element = el(
    "table", { class: "rows", role: "table" },
    el("caption", { class: "hidden" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
      ...columns.map(([heading, kind]) => el("th", { scope: "col", role: "columnheader", class: kind }, heading || el("span", { class: "hidden" }, "Actions"))))),
    body,
  );
  const row = (item) => el("tr", { role: "row" }, ...columns.map(([heading, kind, cell], index) => {
    const content = el("span", {}, cell(item));
    if (index === 0) return el("th", { scope: "row", role: "rowheader", class: `${kind} strong` }, content);
    const more = `${heading ? "" : " bare"}${content.textContent ? "" : " void"}`;
    return el("td", { role: "cell", class: kind + more, "data-label": heading || null }, content);
  }));
  return { element, body, row, width: columns.length };
}

/** Brings a container's children in line with items, and leaves alone what has not changed: focus and selection stay. */
function keep(container, items, keyOf, render) {
  const before = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let place = container.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const state = JSON.stringify(item);
    let child = before.get(key);
    before.delete(key);
    if (child === undefined || child.dataset.state !== state) {
      const fresh = render(item);
      fresh.dataset.key = key;
      fresh.dataset.state = state;
      if (child !== undefined) {
        if (place === child) place = fresh;
        child.replaceWith(fresh);
      }
      child = fresh;
    }
    if (child === place) place = place.nextElementSibling;
    else container.insertBefore(child, place);
  }
  for (const gone of before.values()) gone.remove();
}

// Words -----------------------------------------------------------------------------------------------------------

const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" });
const moment = (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
const ABBREVIATIONS = { vat: "VAT", moss: "MOSS", pdf: "PDF", qr: "QR", saft: "SAF-T", id: "ID" };
const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1_$2").split(/[_ ]/)
  .map((word, index) => ABBREVIATIONS[word.toLowerCase()] ?? (index ? word.toLowerCase() : word)).join(" ");
const sentence = (name) => { const text = words(name); return text.charAt(0).toUpperCase() + text.slice(1); };
const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

// Asking ----------------------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

let token = null; // in memory only
let asking = null; // the token is asked for once, whoever needs it

async function answerTo(method, path, sent = {}) {
  for (;;) {
    const request = { method, headers: {}, cache: "no-store", credentials: "omit" };
    let address = path.slice(1);
    if (token !== null) request.headers["X-Emulator-Token"] = token;
    if (method === "POST") {
      request.headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(sent);
    } else if (Object.keys(sent).length) address += `?${new URLSearchParams(sent)}`;
    let answer;
    try {
      answer = await fetch(address, request);
    } catch {
      throw new Refused(0, "The emulator does not answer.");
    }
    if (answer.status === 401) {
      await (asking ??= tokenFromUser(token !== null).finally(() => { asking = null; }));
      continue;
    }
    if (answer.ok) return answer;
    const value = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, value.error ?? `The answer was ${answer.status}.`);
  }
}

const ask = async (method, path, sent) => (await answerTo(method, path, sent)).json().catch(() => ({}));

/** Saves the file that the answer is, under the name that it says; returns that name. */
async function save(path, sent) {
  const answer = await answerTo("GET", path, sent);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "file";
  let address;
  try {
    address = URL.createObjectURL(await answer.blob());
  } catch {
    throw new Refused(0, "The file broke off, since the books were changed while it was made. Ask again.");
  }
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

function tokenFromUser(wasWrong) {
  const dialog = byId("token-dialog"), form = byId("token-form"), input = byId("token");
  byId("token-problem").textContent = wasWrong ? "That is not the token." : "";
  if (!dialog.open) dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Headers hold bytes; what does not fit into them cannot be the token.
      token = encodeURIComponent(input.value) === input.value ? input.value : input.value.replace(/[^\x20-\xff]/g, "?");
      input.value = "";
      dialog.close();
      resolve();
    }, { once: true });
  });
}

// Saying ----------------------------------------------------------------------------------------------------------

function say(text, tone = "") {
  const notice = el("div", { class: `notice ${tone}` }, el("span", {}, foreign(text)));
  const close = button("✕", () => notice.remove(), { "aria-label": "Dismiss" });
  notice.append(close);
  byId("notices").append(notice);
  setTimeout(() => notice.remove(), tone === "bad" ? 12000 : 4000);
}

/**
 * Whether the user says yes. The answer is read from the choice itself: a dialog's "close" event waits for the next
 * frame, and would answer the question that has been asked meanwhile.
 */
function confirmed(title, text, yes) {
  const dialog = byId("confirm-dialog");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  dialog.showModal();
  return new Promise((resolve) => {
    const chosen = new AbortController();
    const answer = (choice) => { chosen.abort(); resolve(choice); };
    byId("confirm-form").addEventListener("submit", (event) => answer(event.submitter?.value === "yes"), chosen);
    dialog.addEventListener("cancel", () => answer(false), chosen);
  });
}

/** Does something for a click: says what was done, or why it was not, and looks again. */
async function act(work, done) {
  try {
    const result = await work();
    if (done) say(typeof done === "function" ? done(result) : done);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, "bad");
  }
  await refresh();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("The browser does not let this page copy; select the text instead.", "bad");
  }
}

// State -----------------------------------------------------------------------------------------------------------

const state = { account: "demo", view: "overview", accounts: [], health: null, document: null };
const mine = (more = {}) => ({ account: state.account, ...more });
const offers = (method, path) => Boolean(state.document?.paths[path]?.[method.toLowerCase()]);

function schemaOf(schema) {
  return schema?.$ref ? schemaOf(state.document.components.schemas[schema.$ref.split("/").pop()]) : schema;
}
function bodySchema(path) {
  return schemaOf(state.document.paths[path].post.requestBody.content["application/json"].schema);
}

// Views: each makes its elements once and returns a function that brings them up to date -----------------------------

function overview(main) {
  const place = el("div", { class: "cards" });
  const rows = table("Last requests", [
    ["Last requests", "", (it) => el("span", {}, el("span", { class: "verb" }, it.method), " ", foreign(it.path))],
    ["Operation", "nowrap", (it) => it.operation ?? el("span", { class: "dim" }, "none")],
    ["Status", "", (it) => chip(it.status === 0 ? "reset" : String(it.status), statusTone(it.status))],
    ["At", "nowrap", (it) => el("time", { datetime: it.at }, it.at.slice(11, 19))],
  ]);
  const quiet = nothing("No requests yet", "What a client asks appears here, and in full under Requests.");
  main.append(head("Overview"), place, sheet(rows.element, quiet));
  const address = location.origin;
  return async () => {
    const [clock, documents, faults, outbox, requests] = await Promise.all([
      ask("GET", "/clock", mine()), ask("GET", "/documents", mine({ limit: 6 })),
      ask("GET", "/faults", mine()), ask("GET", "/outbox", mine()), ask("GET", "/requests", mine({ limit: 8 })),
    ]);
    keep(rows.body, requests.requests.toReversed(), (it) => it.number, rows.row);
    rows.element.hidden = !requests.requests.length;
    quiet.hidden = requests.requests.length > 0;
    const account = state.accounts.find((each) => each.name === state.account);
    const kinds = [account?.trial && "trial", account?.partner && "partner"].filter(Boolean).join(", ") || "ordinary";
    keep(place, [
      { key: "emulator", health: state.health, name: state.account },
      { key: "account", account, clock, total: documents.total, faults: faults.faults.length, mails: outbox.messages.length },
      { key: "recent", documents: documents.documents },
    ], (each) => each.key, (each) => {
      if (each.key === "emulator") return padded(
        el("h3", {}, "Emulator"),
        pairs(
          ["Address", el("span", {}, el("code", {}, address), " ", button("Copy", () => copy(address), { class: "small", "aria-label": "Copy the address" }))],
          ["Account", el("span", {}, el("code", {}, state.account), " ", button("Copy", () => copy(state.account), { class: "small", "aria-label": "Copy the account's name" }))],
          ["Profile", each.health.profile], ["Version", each.health.version], ["Seed", String(each.health.seed)],
          ["Status", chip(each.health.status, "good")],
          ["Control plane", el("a", { href: "openapi.json", target: "_blank", rel: "noreferrer" }, "its OpenAPI document")],
        ),
      );
      if (each.key === "account") return padded(
        el("h3", {}, "Account ", foreign(state.account)),
        pairs(
          ["State", chip(account?.state ?? "unknown", account?.state === "active" ? "good" : "warn")],
          ["Kind", kinds], ["Time", clockChip(each.clock)], ["Documents", each.total.toLocaleString("en-GB")],
          ["Mails", String(each.mails)], ["Faults", each.faults ? chip(plural(each.faults, "fault"), "warn") : "none"],
        ),
      );
      return padded(
        el("h3", {}, "Last documents"),
        each.documents.length
          ? el("dl", { class: "pairs" }, ...each.documents.flatMap((one) => [
              el("dt", {}, foreign(one.number ?? `draft ${one.id}`)),
              el("dd", {}, foreign(one.client), " · ", money.format(one.total)),
            ]))
          : el("p", { class: "dim" }, "None yet. Point a client at the address above."),
      );
    });
  };
}

const clockChip = (clock) => el("span", {}, moment(clock.now), " ", clock.frozen ? chip("frozen", "calm") : null);

const TONES = {
  draft: "", final: "calm", settled: "good", accepted: "good", completed: "good",
  canceled: "bad", deleted: "bad", refused: "bad", second_copy: "warn",
};

function chainMark(document) {
  if (document.chain_is_valid === null) return el("span", { class: "dim" }, "–");
  return el("span", { class: "nowrap" }, el("code", {}, document.hash), " ",
    chip(document.chain_is_valid ? "✓ valid" : "✕ broken", document.chain_is_valid ? "good" : "bad"));
}

function documents(main) {
  const filter = el("input", { type: "search", autocomplete: "off", on: { input: () => show() } });
  const kind = select([["", "all types"]], "", { on: { change: () => show() } });
  const status = select([["", "all states"]], "", { on: { change: () => show() } });
  const rows = table("Documents, newest first", [
    ["Number", "nowrap", (it) => it.number ? foreign(it.number) : el("span", { class: "dim" }, `draft ${it.id}`)],
    ["Type", "kind", (it) => words(it.type)],
    ["State", "", (it) => chip(words(it.status) + (it.archived ? ", archived" : ""), TONES[it.status])],
    ["Date", "nowrap", (it) => it.date],
    ["Client", "party", (it) => foreign(it.client)],
    ["Reference", "", (it) => foreign(it.reference)],
    ["Total", "number", (it) => money.format(it.total)],
    ["ATCUD", "nowrap", (it) => it.atcud ? el("code", {}, it.atcud) : el("span", { class: "dim" }, "–")],
    ["Hash", "nowrap", chainMark],
    ["", "tight", (it) => it.pdf ? el("a", { href: it.pdf, target: "_blank", rel: "noreferrer", "aria-label": `PDF of ${it.number ?? `draft ${it.id}`}` }, "PDF") : ""],
  ]);
  const empty = nothing("No documents", "What a client makes in this account appears here at once.");
  const shown = el("p", { class: "dim" });
  const more = button("Show more", () => { wanted += 200; refresh(); });
  let wanted = 200, found = { total: 0, documents: [] };
  main.append(
    head("Documents", shown),
    el("div", { class: "fields" }, field("Find in number, client, reference, ATCUD", filter), field("Type", kind), field("State", status)),
    sheet(rows.element, empty), el("div", { class: "buttons" }, more),
  );
  function show() {
    for (const [control, name, all] of [[kind, "type", "all types"], [status, "status", "all states"]]) {
      const values = [...new Set(found.documents.map((each) => each[name]))].sort();
      keep(control, [["", all], ...values.map((each) => [each, words(each)])], ([value]) => value, ([value, text]) => el("option", { value }, text));
    }
    const text = filter.value.trim().toLowerCase();
    const fitting = found.documents.filter((it) =>
      (!kind.value || it.type === kind.value) && (!status.value || it.status === status.value) &&
      (!text || [it.number, it.client, it.reference, it.atcud, String(it.id)].some((each) => each?.toLowerCase().includes(text))));
    keep(rows.body, fitting, (it) => it.id, rows.row);
    rows.element.hidden = fitting.length === 0;
    empty.hidden = fitting.length > 0;
    const isAll = found.documents.length === found.total;
    const looked = isAll ? plural(found.total, "document") : `the newest ${found.documents.length.toLocaleString("en-GB")} of ${plural(found.total, "document")}`;
    shown.textContent = fitting.length === found.documents.length ? looked : `${fitting.length.toLocaleString("en-GB")} found in ${looked}`;
    more.hidden = found.documents.length >= found.total;
  }
  return async () => { found = await newest(wanted); show(); };
}

/** The newest documents, as many as wanted, page by page. */
async function newest(wanted) {
  const all = { total: 0, documents: [] };
  while (all.documents.length < wanted) {
    const before = all.documents.at(-1)?.id;
    const page = await ask("GET", "/documents", mine({ limit: Math.min(1000, wanted - all.documents.length), ...(before ? { before } : {}) }));
    all.total = page.total;
    all.documents.push(...page.documents);
    if (!page.documents.length) break;
  }
  return all;
}

function series(main) {
  const place = el("div", { class: "cards" });
  main.append(head("Series"), lead("A series counts each type of document on its own, and registers each on its own at the (simulated) tax authority."), place);
  return async () => {
    const found = await ask("GET", "/series", mine());
    keep(place, found.series, (it) => it.id, (it) => {
      const rows = table(`Counters of ${it.serie}`, [
        ["Type", "", (row) => sentence(row.type)],
        ["Last number", "number", (row) => row.last_number ? String(row.last_number) : el("span", { class: "dim" }, "none")],
        ["Last date", "nowrap", (row) => row.last_date ?? el("span", { class: "dim" }, "–")],
        ["Validation code", "nowrap", (row) => row.validation_code ? el("code", {}, row.validation_code)
          : row.needs_registration ? chip("not registered", "warn") : el("span", { class: "dim" }, "needs none")],
        ["Id", "number", (row) => el("span", { class: "dim" }, String(row.id))],
      ]);
      rows.body.append(...it.counters.map(rows.row));
      return sheet(el("div", { class: "title" }, el("h3", {}, foreign(it.serie)), it.is_default ? chip("default", "calm") : null), rows.element);
    });
  };
}

function chain(main) {
  const shown = el("p", { class: "dim" });
  const place = el("div", { class: "chains" });
  const empty = nothing("Nothing is signed yet", "Finalising an invoice signs it: the four characters on it come from a signature over it and the one before.");
  main.append(head("Hash chain", shown), lead("Each signature covers date, number, total and the signature before it, per series and type (Despacho 8632/2014). A document that was changed breaks its own link; a changed signature breaks the next one too."), place, sheet(empty));
  return async () => {
    const found = await newest(1000);
    const groups = new Map();
    for (const it of found.documents) {
      if (it.chain_is_valid === null) continue;
      const name = it.number.slice(0, it.number.lastIndexOf("/"));
      groups.set(name, [...(groups.get(name) ?? []), it]);
    }
    const signed = [...groups.values()].flat(), broken = signed.filter((it) => !it.chain_is_valid).length;
    shown.replaceChildren(signed.length ? chip(broken ? `${plural(broken, "link")} broken` : `all ${plural(signed.length, "link")} valid`, broken ? "bad" : "good") : "",
      found.documents.length < found.total ? ` of the newest ${found.documents.length.toLocaleString("en-GB")} documents` : "");
    empty.parentElement.hidden = signed.length > 0;
    keep(place, [...groups].sort().map(([name, links]) => ({ name, links: links.slice(0, 200), count: links.length })), (it) => it.name, (it) => {
      const bad = it.links.filter((each) => !each.chain_is_valid).length;
      return el("details", { class: "sheet chain", open: true },
        el("summary", {}, el("h3", {}, foreign(it.name)), el("span", { class: "dim" }, it.count > it.links.length ? `newest ${it.links.length} of ${plural(it.count, "link")}` : plural(it.count, "link")),
          chip(bad ? `✕ ${plural(bad, "broken link")}` : "✓ valid", bad ? "bad" : "good")),
        el("div", { class: "links" }, ...it.links.map((each) => el("div", { class: each.chain_is_valid ? "link" : "link broken" },
          el("span", { class: "strong" }, each.number.slice(it.name.length + 1)), el("span", { class: "four" }, each.hash),
          el("span", { class: "of" }, each.date), el("span", { class: "of nowrap" }, each.chain_is_valid ? "✓ valid" : "✕ broken")))));
    });
  };
}

const statusTone = (status) => status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";

function shownBody(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function requests(main) {
  const opened = new Set();
  const paused = check("Paused", { on: { change: () => refresh() } });
  const everybody = check("All accounts", { on: { change: () => refresh() } });
  const failed = check("Only refused or failed", { on: { change: () => show() } });
  const filter = el("input", { type: "search", autocomplete: "off", on: { input: () => show() } });
  const shown = el("p", { class: "dim" });
  const empty = nothing("No requests", "What a client asks of this account appears here at once, without its key.");
  const rows = table("Requests, newest first", [
    ["Request", "wide", (it) => el("button", { type: "button", class: "opens", "aria-expanded": String(opened.has(it.number)), on: { click: () => toggle(it.number) } },
      el("span", { class: "verb" }, it.method), " ", foreign(it.path + (it.query ? `?${it.query}` : "")))],
    ["Operation", "nowrap", (it) => it.operation ?? el("span", { class: "dim" }, "none")],
    ["Account", "", (it) => it.account ? foreign(it.account) : el("span", { class: "dim" }, "none")],
    ["Status", "", (it) => chip(it.status === 0 ? "reset" : String(it.status), statusTone(it.status))],
    ["Took", "number", (it) => `${it.milliseconds.toFixed(1)} ms`],
    ["At", "nowrap", (it) => el("time", { datetime: it.at }, it.at.slice(11, 19))],
  ]);
  const more = button("Show more", () => { wanted = 1000; refresh(); });
  let found = [], wanted = 200;
  function toggle(number) {
    opened.has(number) ? opened.delete(number) : opened.add(number);
    show();
  }
  function detail(it) {
    const command = el("pre", { tabindex: "0", "aria-label": "Command for curl" }, it.curl ?? "The body was cut, so it cannot be sent again.");
    const size = [plural(it.body_size, "byte"), it.body_truncated && "cut", it.body_binary && "no text: what is no UTF-8 is replaced"].filter(Boolean).join(", ");
    return el("tr", { class: "detail", role: "row" }, el("td", { colspan: rows.width, role: "cell" }, el("div", { class: "detail-body" },
      el("div", { class: "labelled" }, el("div", { class: "head" }, el("h3", {}, "Replay"), el("span", { class: "dim" }, "the key stays a variable"),
        it.curl ? button("Copy curl", () => copy(it.curl), { class: "small" }) : null), command),
      el("div", { class: "labelled" }, el("div", { class: "head" }, el("h3", {}, "Body"), el("span", { class: "dim" }, size),
        it.body ? button("Copy body", () => copy(it.body), { class: "small" }) : null),
        it.body ? el("pre", { tabindex: "0", "aria-label": "Body", dir: "ltr" }, shownBody(it.body)) : el("p", { class: "dim" }, "There was none.")))));
  }
  function show() {
    const text = filter.value.trim().toLowerCase();
    const fitting = found.filter((it) => (!failed[1].checked || it.status === 0 || it.status >= 400) &&
      (!text || `${it.method} ${it.path} ${it.operation ?? ""}`.toLowerCase().includes(text)));
    const items = fitting.toReversed().flatMap((it) => opened.has(it.number) ? [{ ...it, opened: true }, { ...it, detail: true }] : [it]);
    const focused = document.activeElement?.closest?.("tr")?.dataset.key;
    const wasButton = document.activeElement?.classList.contains("opens");
    keep(rows.body, items, (it) => it.detail ? `${it.number}-detail` : it.number, (it) => it.detail ? detail(it) : rows.row(it));
    if (wasButton && focused) rows.body.querySelector(`tr[data-key="${CSS.escape(focused)}"] .opens`)?.focus();
    rows.element.hidden = fitting.length === 0;
    empty.hidden = fitting.length > 0;
    more.hidden = found.length < wanted || wanted === 1000; // the emulator keeps a thousand
    shown.textContent = more.hidden ? plural(fitting.length, "request") : `the newest ${plural(fitting.length, "request")}`;
  }
  main.append(
    head("Requests", shown, paused[0], everybody[0], failed[0]),
    field("Find in method, path, operation", filter), sheet(rows.element, empty), el("div", { class: "buttons" }, more),
  );
  return async () => {
    if (paused[1].checked) return;
    found = (await ask("GET", "/requests", { account: everybody[1].checked ? "*" : state.account, limit: wanted })).requests;
    show();
  };
}

function outbox(main) {
  let chosen = null, asJson = false, messages = [];
  const list = el("div", { class: "mails" });
  const letter = el("article", { class: "letter", "aria-live": "polite" });
  const box = sheet(el("div", { class: "mailbox" }, list, letter));
  const empty = sheet(nothing("No mail", "Nothing ever leaves: what the service would send by e-mail is kept here."));
  const shown = el("p", { class: "dim" });
  main.append(head("Outbox", shown), box, empty);
  let drawn = "";
  function show() {
    const newestFirst = messages.toReversed();
    const current = newestFirst.find((it) => it.id === chosen) ?? newestFirst[0];
    keep(list, newestFirst.map((it) => ({ ...it, current: it === current })), (it) => it.id, (it) =>
      el("button", { type: "button", "aria-current": it.current ? "true" : null, on: { click: () => { chosen = it.id; show(); list.querySelector("[aria-current]")?.focus(); } } },
        el("span", { class: "strong" }, foreign(it.subject ?? "(no subject)")), el("span", {}, foreign(it.to)),
        el("span", { class: "dim" }, `${moment(it.sent_at)} · ${words(it.document_type)}`)));
    box.hidden = !messages.length;
    empty.hidden = messages.length > 0;
    shown.textContent = plural(messages.length, "mail");
    const wanted = JSON.stringify([current, asJson]);
    if (!current || wanted === drawn) return;
    drawn = wanted;
    const hadFocus = letter.contains(document.activeElement);
    letter.replaceChildren(
      el("div", { class: "head" }, el("h2", {}, foreign(current.subject ?? "(no subject)")),
        button(asJson ? "Show as mail" : "Show as JSON", () => { asJson = !asJson; show(); }, { class: "small", id: "mail-form" })),
      asJson ? el("pre", { tabindex: "0", "aria-label": "The message as JSON" }, JSON.stringify(current, null, 2)) : el("div", {},
        pairs(["To", foreign(current.to)], ...(current.cc ? [["Cc", foreign(current.cc)]] : []), ...(current.bcc ? [["Bcc", foreign(current.bcc)]] : []),
          ["Sent", `${moment(current.sent_at)}, by the account’s clock`], ["Document", `${words(current.document_type)} ${current.document_id}`],
          ["Logo", current.logo ? "shown" : "not shown"])),
      ...(asJson ? [] : [el("div", { class: "text" }, foreign(current.body ?? "(no text)"))]),
    );
    if (hadFocus) byId("mail-form")?.focus();
  }
  return async () => { messages = (await ask("GET", "/outbox", mine())).messages; show(); };
}

function clock(main) {
  const dial = el("div", { class: "dial", id: "clock-now", role: "timer" });
  const frozen = el("span", { id: "clock-state" });
  const freeze = button("Freeze", () => act(() => ask("POST", "/clock", mine({ freeze: freeze.dataset.to === "freeze" }))), { class: "primary", id: "clock-freeze" });
  const when = el("input", { type: "datetime-local", step: "1", required: true, id: "clock-set" });
  const amount = el("input", { type: "number", value: "1", step: "any", required: true });
  const unit = select([["1", "seconds"], ["60", "minutes"], ["3600", "hours"], ["86400", "days"]], "86400", { "aria-label": "Unit" });
  const advance = (seconds) => act(() => ask("POST", "/clock", mine({ advance: seconds })));
  main.append(
    head("Clock"),
    lead("“Today” is Europe/Lisbon, and every account has a clock of its own. Dates of documents, waiting for PDFs and late writes go by it."),
    el("div", { class: "cards" },
      padded(dial, el("div", { class: "buttons" }, frozen, freeze)),
      padded(el("h3", {}, "Advance"),
        el("div", { class: "buttons" }, ...[["+1 minute", 60], ["+1 hour", 3600], ["+1 day", 86400], ["+30 days", 2592000], ["−1 day", -86400]].map(
          ([text, seconds]) => button(text, () => advance(seconds)))),
        el("form", { class: "fields", on: { submit: (event) => { event.preventDefault(); advance(Number(amount.value) * Number(unit.value)); } } },
          field("By", amount), el("div", { class: "pairing" }, unit, el("button", {}, "Advance")))),
      padded(el("h3", {}, "Set"),
        el("form", { class: "fields", on: { submit: (event) => { event.preventDefault(); act(() => ask("POST", "/clock", mine({ set: when.value })), "The clock is set."); } } },
          field("Date and time in Lisbon", when), el("div", {}, el("button", {}, "Set the clock"))),
        el("p", { class: "dim" }, "A clock that was set runs on from there, unless it is frozen."))),
  );
  return async () => {
    const now = await ask("GET", "/clock", mine());
    dial.replaceChildren(now.now.slice(11, 19), el("small", {}, new Date(`${now.now.slice(0, 10)}T12:00:00Z`).toLocaleDateString("en-GB",
      { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })));
    frozen.replaceChildren(now.frozen ? chip("frozen", "calm") : chip("running", "good"));
    freeze.textContent = now.frozen ? "Let it run" : "Freeze";
    freeze.dataset.to = now.frozen ? "thaw" : "freeze";
    if (!when.value) when.value = now.now.slice(0, 19);
  };
}

function effectInWords(effect) {
  const applied = (byDefault) => (effect.applied ?? byDefault) ? ", carried out" : ", not carried out";
  if ("html" in effect) return `an HTML page${effect.status ? ` with ${effect.status}` : ""}${applied(true)}`;
  if ("status" in effect) return `status ${effect.status}${applied(false)}`;
  if ("delay" in effect) return `waits ${effect.delay} s`;
  if ("reset" in effect) return `connection reset ${effect.reset === "before" ? "before" : "after"} it is carried out`;
  if ("commit" in effect) return `connection reset, carried out ${effect.seconds ?? 2} s later`;
  return `cut after ${plural(effect.truncate, "byte")}`;
}
const whenInWords = (when) => "nth" in when ? `from request ${when.nth} on` : `by chance, ${when.probability * 100} %, seed ${when.seed ?? 0}`;

function faults(main) {
  const known = bodySchema("/faults").properties.operation.enum;
  const names = el("datalist", { id: "operations" }, ...options(known));
  const operation = el("input", { list: "operations", value: "*", required: true, autocomplete: "off", spellcheck: "false", id: "fault-operation" });
  const whole = (value, least = 0) => el("input", { type: "number", min: least, step: "1", value, required: true });
  const seconds = (value) => el("input", { type: "number", min: 0, max: 3600, step: "any", value, required: true });
  const status = () => el("input", { type: "number", min: 200, max: 599, step: "1", value: "503", required: true, id: "fault-status" });
  const effects = {
    status: ["Answer with a status", () => { const code = status(), body = el("input", { value: '{"errors":[{"error":"Injected"}]}' }), retry = el("input", { type: "number", min: 0, placeholder: "none" }), done = check("Carry it out all the same", {});
      return [[field("Status", code), field("Body", body), field("Retry-After, seconds", retry), done[0]],
        () => ({ status: Number(code.value), body: body.value, headers: retry.value ? { "Retry-After": retry.value } : {}, applied: done[1].checked })]; }],
    html: ["Answer with an HTML page", () => { const code = status(), done = check("Carry it out all the same", { checked: true });
      return [[field("Status", code), done[0]], () => ({ html: true, status: Number(code.value), applied: done[1].checked })]; }],
    delay: ["Let it wait", () => { const by = seconds("2"); return [[field("Seconds", by)], () => ({ delay: Number(by.value) })]; }],
    reset: ["Reset the connection", () => { const at = select([["after", "after it is carried out"], ["before", "before it is carried out"]]); return [[field("When", at)], () => ({ reset: at.value })]; }],
    commit: ["Reset at once, carry out later", () => { const after = seconds("2"); return [[field("Seconds", after)], () => ({ commit: "late", seconds: Number(after.value) })]; }],
    truncate: ["Cut the answer", () => { const at = whole("20"); return [[field("After so many bytes", at)], () => ({ truncate: Number(at.value) })]; }],
  };
  const kind = select(Object.entries(effects).map(([name, [text]]) => [name, text]), "status", { id: "fault-effect", on: { change: () => choose() } });
  const dependent = el("div", { class: "fields" });
  let effect = () => ({});
  function choose() {
    const [parts, read] = effects[kind.value][1]();
    dependent.replaceChildren(...parts);
    effect = read;
  }
  const rule = select([["nth", "from the n-th request on"], ["chance", "by chance"]], "nth", { on: { change: () => due() } });
  const dueFields = el("div", { class: "pairing" });
  let when = () => ({});
  function due() {
    if (rule.value === "nth") {
      const nth = whole("1", 1);
      dueFields.replaceChildren(field("n", nth));
      when = () => ({ nth: Number(nth.value) });
    } else {
      const percent = el("input", { type: "number", min: 0, max: 100, step: "any", value: "10", required: true }), seed = whole("0");
      dueFields.replaceChildren(field("Percent", percent), field("Seed", seed));
      when = () => ({ probability: Number(percent.value) / 100, seed: Number(seed.value) });
    }
  }
  const times = el("input", { type: "number", min: 1, step: "1", value: "1", placeholder: "no limit" });
  choose();
  due();
  const rows = table("Faults", [
    ["Operation", "", (it) => foreign(it.operation === "*" ? "every operation" : it.operation)],
    ["Effect", "", (it) => effectInWords(it.effect)],
    ["When", "", (it) => `${whenInWords(it.when)}, ${it.times === null ? "without limit" : plural(it.times, "time")}`],
    ["Account", "", (it) => it.account === "*" ? "all" : foreign(it.account)],
    ["Seen", "number", (it) => String(it.seen)],
    ["Fired", "number", (it) => chip(String(it.fired), it.fired ? "warn" : "")],
    ["", "tight", (it) => button("Clear", () => act(() => ask("DELETE", `/faults/${it.id}`)), { class: "small", "aria-label": `Clear the fault ${it.id}` })],
  ]);
  const empty = nothing("No faults", "Requests are answered as they should be.");
  const clear = button("Clear all", () => act(() => ask("DELETE", "/faults", mine()), (it) => `${plural(it.cleared, "fault")} cleared.`), { id: "clear-faults" });
  main.append(
    head("Faults", clear), sheet(rows.element, empty),
    el("form", { class: "sheet padded", id: "fault-form", on: { submit: (event) => {
      event.preventDefault();
      act(() => ask("POST", "/faults", mine({ operation: operation.value, when: when(), times: times.value ? Number(times.value) : null, effect: effect() })), "The fault waits for its request.");
    } } },
      el("h3", {}, "Add a fault"),
      el("div", { class: "fields" }, field("Operation of the service (* for all)", operation), field("Effect", kind), names),
      dependent,
      el("div", { class: "fields" }, field("Due", rule), dueFields, field("Times at most", times)),
      el("div", { class: "buttons" }, el("button", { class: "primary", id: "add-fault" }, "Add the fault"))),
  );
  return async () => {
    const found = (await ask("GET", "/faults", mine())).faults;
    keep(rows.body, found, (it) => it.id, rows.row);
    rows.element.hidden = !found.length;
    empty.hidden = found.length > 0;
    clear.disabled = !found.length;
  };
}

/** The name of a setting in words; `at` is the tax authority in these. */
const settingName = (name) => sentence(name).replace(/^At /, "AT ");

/** Makes a control for a setting out of its schema; returns the control and functions to show and read its value. */
function settingControl(schema) {
  const resolved = schemaOf(schema);
  if (resolved.enum) {
    const control = select(resolved.enum.map((each) => [each, words(String(each))]));
    return [control, (value) => { control.value = value; }, () => control.value];
  }
  if (resolved.properties && [].concat(resolved.type).includes("null")) {
    const parts = Object.entries(resolved.properties).map(([name, each]) => [
      name, el("input", { type: "number", step: "1", min: each.minimum, max: each.maximum, placeholder: words(name), "aria-label": words(name) }),
    ]);
    const control = el("div", { class: "pairing" }, ...parts.map(([, input]) => input));
    control.labelled = parts[0][1];
    control.labelled.placeholder = "none";
    return [control, (value) => {
      for (const [name, input] of parts) input.value = value?.[name] ?? "";
    }, () => parts[0][1].value === "" ? null : Object.fromEntries(parts.filter(([, input]) => input.value !== "").map(([name, input]) => [name, Number(input.value)]))];
  }
  const shapes = (resolved.oneOf ?? [resolved]).map(schemaOf);
  const names = shapes.map((each) => each.const ?? Object.keys(each.properties ?? {})[0]);
  if (shapes.every((each, index) => each.const !== undefined || ["integer", "number"].includes(each.properties?.[names[index]]?.type))) {
    const kind = select(names.map((each) => [each, words(each)]), names[0], { "aria-label": "Kind", on: { change: () => tidy() } });
    const amount = el("input", { type: "number", step: "any", value: "1" });
    const tidy = () => { amount.disabled = shapes[names.indexOf(kind.value)].const !== undefined; };
    const control = names.length === 1 ? amount : el("div", { class: "pairing" }, kind, amount);
    control.labelled = amount;
    return [control, (value) => {
      kind.value = typeof value === "object" ? Object.keys(value)[0] : value;
      if (typeof value === "object") amount.value = Object.values(value)[0];
      tidy();
    }, () => shapes[names.indexOf(kind.value)].const ?? { [kind.value]: Number(amount.value) }];
  }
  if (resolved.type === "boolean") {
    const control = select([["true", "yes"], ["false", "no"]]);
    return [control, (value) => { control.value = String(value); }, () => control.value === "true"];
  }
  const control = el("input", { spellcheck: "false" });
  return [control, (value) => { control.value = JSON.stringify(value); }, () => {
    try { return JSON.parse(control.value); } catch { return control.value; }
  }];
}

function config(main) {
  const properties = Object.entries(bodySchema("/config").properties).filter(([name]) => name !== "account");
  const controls = properties.map(([name, schema]) => {
    const [control, show, read] = settingControl(schema);
    const single = schemaOf(schema).properties?.seconds;
    const label = settingName(name) + (single ? ", seconds" : "");
    if (!control.labelled || control.labelled === control) return { name, show, read, element: field(label, control) };
    control.labelled.id = `field-${++lastId}`;
    return { name, show, read, element: el("div", { class: "field" }, el("label", { for: control.labelled.id }, label), control) };
  });
  let before = {}, drawn = "";
  main.append(head("Settings"), lead("Where the account is and what it may do, when files are ready, what the tax authority’s simulation does, where sources disagree: for this account."),
    el("form", { class: "sheet padded", id: "settings-form", on: { submit: (event) => {
      event.preventDefault();
      const changed = Object.fromEntries(controls.map((it) => [it.name, it.read()]).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
      act(() => ask("POST", "/config", mine(changed)), Object.keys(changed).length ? `Changed: ${Object.keys(changed).map(settingName).join(", ")}.` : "Nothing was changed.");
    } } },
      el("div", { class: "fields" }, ...controls.map((it) => it.element)),
      el("div", { class: "buttons" }, el("button", { class: "primary" }, "Save"))));
  return async () => {
    before = await ask("GET", "/config", mine());
    const found = JSON.stringify(before);
    if (found === drawn) return; // whoever is typing is not disturbed
    drawn = found;
    for (const it of controls) it.show(before[it.name]);
  };
}

function data(main) {
  const cards = el("div", { class: "cards" });
  const kept = el("div", { class: "chains" });
  main.append(head("Data"), lead("What an account holds can be kept, brought back, made up, exported and thrown away."), cards, kept);
  let update = async () => {};
  if (offers("POST", "/snapshot")) {
    const name = el("input", { autocomplete: "off", placeholder: "made up if empty", id: "snapshot-name" });
    const rows = table("Snapshots", [
      ["Name", "", (it) => foreign(nameOf(it))],
      ["Taken", "nowrap", (it) => it.taken_at ? moment(it.taken_at) : ""],
      ["Documents", "number", (it) => it.documents === undefined ? "" : it.documents.toLocaleString("en-GB")],
      ["", "tight", (it) => el("span", { class: "buttons end" },
        button("Restore", async () => {
          if (await confirmed("Restore the snapshot?", `Everything in ${state.account} becomes what it was in ${nameOf(it)}.`, "Restore"))
            await act(() => ask("POST", "/restore", mine({ name: nameOf(it) })), `${nameOf(it)} is restored.`);
        }, { class: "small", "aria-label": `Restore ${nameOf(it)}` }),
        button("Delete", () => act(() => ask("DELETE", "/snapshots", mine({ name: nameOf(it) }))), { class: "small", "aria-label": `Delete ${nameOf(it)}` }))],
    ]);
    const none = nothing("No snapshots", "A snapshot brings an account back to where it was, ids and numbers included.");
    kept.append(sheet(rows.element, none));
    cards.append(padded(el("h3", {}, "Snapshots"),
      el("form", { class: "fields", on: { submit: (event) => { event.preventDefault();
        act(() => ask("POST", "/snapshot", mine(name.value ? { name: name.value } : {})), (it) => `Kept as ${it.name}.`); name.value = ""; } } },
        field("Name", name), el("div", {}, el("button", { class: "primary" }, "Take a snapshot")))));
    update = async () => {
      const found = (await ask("GET", "/snapshots", mine())).snapshots;
      keep(rows.body, found, nameOf, rows.row);
      rows.element.hidden = !found.length;
      none.hidden = found.length > 0;
    };
  }
  if (offers("POST", "/seed")) {
    const number = el("input", { type: "number", step: "1", min: "0", value: "1", required: true }), empty = check("Empty it first", {});
    cards.append(padded(el("h3", {}, "Seed"), el("p", { class: "dim" }, "A believable company: clients, items, a year of documents of every type. The same number makes the same company."),
      el("form", { class: "fields", on: { submit: async (event) => { event.preventDefault();
        if (!empty[1].checked || await confirmed("Empty the account first?", `Every document and client of ${state.account} is lost; a made-up company takes their place.`, "Empty and seed"))
          await act(() => ask("POST", "/seed", mine({ seed: Number(number.value), reset: empty[1].checked })), "The company is there."); } } },
        field("Number", number), empty[0], el("div", {}, el("button", { class: "primary" }, "Seed")))));
  }
  if (offers("GET", "/saft")) {
    const year = el("input", { type: "number", step: "1", min: "2000", max: "9999", value: String(new Date().getFullYear()), required: true, id: "saft-year" });
    const months = Array.from({ length: 12 }, (_, index) => [String(index + 1), new Date(2000, index).toLocaleString("en-GB", { month: "long" })]);
    const month = select([["", "the whole year"], ...months], "", { id: "saft-month" });
    cards.append(padded(el("h3", {}, "SAF-T"), el("p", { class: "dim" }, "The audit file of a month, or of a whole year, of this account as it is now."),
      el("form", { class: "fields", id: "saft-form", on: { submit: (event) => { event.preventDefault();
        act(() => save("/saft", mine({ year: year.value, ...(month.value ? { month: month.value } : {}) })), (it) => `Saved as ${it}.`); } } },
        field("Year", year), field("Month", month), el("div", {}, el("button", { class: "primary" }, "Export")))));
  }
  const name = el("input", { required: true, pattern: "[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?", autocomplete: "off", spellcheck: "false", id: "new-account" });
  const trial = check("Trial", {});
  const made = el("p", { role: "status" });
  cards.append(
    padded(el("h3", {}, "Another account"), el("p", { class: "dim" }, "Nothing of one account is ever visible in another."),
      el("form", { class: "fields", on: { submit: (event) => { event.preventDefault(); act(async () => {
        const answer = await ask("POST", "/accounts", { name: name.value, trial: trial[1].checked });
        name.value = "";
        made.replaceChildren("The key of ", foreign(answer.name), ": ", el("code", {}, answer.api_key), " ", button("Copy", () => copy(answer.api_key), { class: "small", "aria-label": "Copy the key" }));
        await loadAccounts();
      }); } } }, field("Name", name), trial[0], el("div", {}, el("button", { class: "primary" }, "Make the account"))), made),
    padded(el("h3", {}, "Reset"), el("p", { class: "dim" }, "Empties the account: only its name, its key and what kind of account it is stay."),
      el("div", { class: "buttons" },
        button("Reset this account", async () => {
          if (await confirmed("Reset the account?", `Every document, client and setting of ${state.account} is lost.`, "Reset")) await act(() => ask("POST", "/reset", mine()), `${state.account} is empty.`);
        }, { class: "danger", id: "reset" }),
        button("Reset all accounts", async () => {
          if (await confirmed("Reset all accounts?", "Every document, client, setting and fault of every account is lost.", "Reset all")) await act(() => ask("POST", "/reset", { account: "*" }), "All accounts are empty.");
        }, { class: "danger" }))));
  return update;
}

const nameOf = (snapshot) => typeof snapshot === "string" ? snapshot : snapshot.name;

/** A table of objects whose fields are not known here: a column per field. */
function anyTable(caption, items) {
  const names = [...new Set(items.flatMap((it) => Object.keys(it)))];
  const text = (value) => value === null || value === undefined ? el("span", { class: "dim" }, "–")
    : typeof value === "boolean" ? (value ? "yes" : "no") : foreign(typeof value === "object" ? Object.values(value).join(", ") : String(value));
  const toned = { documented: "good", observed: "good", assumed: "warn", "not emulated": "bad", legacy: "calm" };
  const rows = table(caption, names.map((name) => [sentence(name), "", (it) => toned[it[name]] ? chip(it[name], toned[it[name]]) : text(it[name])]));
  rows.body.append(...items.map(rows.row));
  return rows.element;
}

function verify(main) {
  const place = el("div", { class: "chains", id: "findings" });
  const shown = el("span", {});
  main.append(head("Verify", shown, button("Check again", () => refresh(), { class: "primary" })),
    lead("The books of the account held against the rules of the tax authority: numbers, dates, signatures, totals, balances, SAF-T."), place);
  return async () => {
    const { findings, warnings } = await ask("GET", "/verify", mine());
    shown.replaceChildren(chip(findings.length ? plural(findings.length, "finding") : "✓ no findings", findings.length ? "bad" : "good"),
      ...(warnings.length ? [" ", chip(plural(warnings.length, "warning"), "warn")] : []));
    keep(place, [{ name: "findings", found: findings }, { name: "warnings", found: warnings }].filter((it) => it.found.length || it.name === "findings"), (it) => it.name,
      (it) => sheet(it.found.length ? anyTable(sentence(it.name), it.found) : nothing("Nothing breaks a rule", "Every rule that is checked holds.")));
  };
}

function ledger(main) {
  const filter = el("input", { type: "search", autocomplete: "off", on: { input: () => show() } });
  const place = el("div", { class: "chains" });
  main.append(head("Ledger"), lead("What is emulated, and how that is known: documented, observed, or assumed where nothing says."), field("Find", filter), place);
  let found = null;
  function show() {
    const text = filter.value.trim().toLowerCase();
    const fits = (it) => !text || JSON.stringify(it).toLowerCase().includes(text);
    keep(place, Object.entries(found).map(([name, items]) => [sentence(name), items]).map(([title, items]) =>
      ({ title, all: items.length, items: items.map((it) => typeof it === "object" ? it : { name: it }).filter(fits) })), (it) => it.title, (it) =>
      el("details", { class: "sheet chain", open: true },
        el("summary", {}, el("h3", {}, it.title), el("span", { class: "dim" }, it.items.length === it.all ? String(it.all) : `${it.items.length} of ${it.all}`)),
        it.items.length ? anyTable(it.title, it.items) : el("p", { class: "empty" }, "None.")));
  }
  return async () => {
    if (found !== null) return; // it does not change while the emulator runs
    found = await ask("GET", "/ledger");
    show();
  };
}

const VIEWS = [
  { name: "overview", title: "Overview", make: overview, every: 2000 },
  { name: "documents", title: "Documents", make: documents, every: 1000 },
  { name: "series", title: "Series", make: series, every: 3000 },
  { name: "chain", title: "Hash chain", make: chain, every: 5000 },
  { name: "requests", title: "Requests", make: requests, every: 1000 },
  { name: "outbox", title: "Outbox", make: outbox, every: 2000 },
  { name: "clock", title: "Clock", make: clock, every: 1000 },
  { name: "faults", title: "Faults", make: faults, every: 1500 },
  { name: "settings", title: "Settings", make: config, every: 3000 },
  { name: "data", title: "Data", make: data, every: 4000 },
  { name: "verify", title: "Verify", make: verify, every: null, needs: ["GET", "/verify"] },
  { name: "ledger", title: "Ledger", make: ledger, every: null, needs: ["GET", "/ledger"] },
];
const offered = () => VIEWS.filter((view) => !view.needs || offers(...view.needs));

// The frame -------------------------------------------------------------------------------------------------------

let update = async () => {};
let timer = null;
let turn = 0;
let complained = false;

/** Looks again, now; and, for a view that lives, once more after a while. */
async function refresh() {
  clearTimeout(timer);
  const mineNow = ++turn;
  try {
    await Promise.all([update(), facts()]);
    complained = false;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!complained) say(error.message, "bad");
    complained = true;
    if (error.status === 404) await loadAccounts().catch(() => {});
  } finally {
    const every = VIEWS.find((view) => view.name === state.view).every;
    if (mineNow === turn && every !== null) timer = setTimeout(() => document.hidden ? null : refresh(), every);
    if (mineNow === turn) document.body.dataset.shown = `${state.account}/${state.view}`;
  }
}

async function facts() {
  const now = await ask("GET", "/clock", mine());
  byId("facts").replaceChildren(
    el("span", {}, "profile ", el("b", {}, state.health.profile)), el("span", {}, "version ", el("b", {}, state.health.version)),
    el("span", {}, "time ", el("b", {}, moment(now.now)), now.frozen ? " frozen" : ""),
  );
}

async function loadAccounts() {
  state.accounts = (await ask("GET", "/accounts")).accounts;
  const names = state.accounts.map((each) => each.name);
  if (!names.includes(state.account)) state.account = names[0];
  keep(byId("account"), names.map((name) => ({ name })), (it) => it.name, (it) => el("option", { value: it.name }, it.name));
  byId("account").value = state.account;
}

function readAddress() {
  const [account, view] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const found = state.accounts.some((each) => each.name === account) ? account : state.account;
  return [found, offered().some((each) => each.name === view) ? view : "overview"];
}

const addressOf = (account, view) => `#/${encodeURIComponent(account)}/${view}`;

function draw() {
  [state.account, state.view] = readAddress();
  byId("account").value = state.account;
  byId("views").replaceChildren(...offered().map((view) => el("li", {},
    el("a", { href: addressOf(state.account, view.name), "aria-current": view.name === state.view ? "page" : null }, view.title))));
  const current = byId("views").querySelector("[aria-current]");
  const strip = byId("views");
  if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2;
  const view = VIEWS.find((each) => each.name === state.view);
  document.title = `${view.title} · ${state.account} · InvoiceXpress emulator`;
  const main = byId("main");
  main.replaceChildren();
  update = view.make(main);
  return refresh();
}

async function start() {
  try {
    [state.health, state.document] = await Promise.all([ask("GET", "/health"), ask("GET", "/openapi.json")]);
    await loadAccounts();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    byId("main").replaceChildren(sheet(nothing("The control plane does not answer", error.message)));
    setTimeout(start, 3000);
    return;
  }
  byId("account").addEventListener("change", (event) => { location.hash = addressOf(event.target.value, state.view); });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byId("main").focus(); });
  window.addEventListener("hashchange", draw);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  setInterval(() => { if (!document.hidden) loadAccounts().catch(() => {}); }, 5000);
  await draw();
}

start();
