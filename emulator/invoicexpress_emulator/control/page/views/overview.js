import { ask } from "../api.js";
import { bar, columns, legend } from "../charts.js";
import { button, buttons, cards, chip, code, dim, el, foreign, head, padded, pairs } from "../elements.js";
import { effectInWords, whenInWords } from "../fault_words.js";
import { viewLink } from "../links.js";
import { documentLink, stateChip, statusChip } from "../marks.js";
import { copyButton } from "../notices.js";
import { act } from "../refreshing.js";
import { mine, state } from "../state.js";
import { fixedTable, keep, liveTable } from "../tables.js";
import { money, number, plural, sentence, timeOfDay, words } from "../words.js";

const MOST_TYPES = 5;
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const FULL_MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const dayOf = (month) => new Date(`${month}-01T00:00:00Z`);

export function overview(main) {
  const next = el("div", { class: "stack" }), beside = el("div", { class: "stack" }), charts = el("div", { class: "charts" });
  const rows = liveTable("Last requests", [
    ["Last requests", "", (it) => el("span", {}, el("span", { class: "verb" }, it.method), " ", foreign(it.path))],
    ["Operation", "nowrap", (it) => it.operation ?? dim("none")],
    ["Status", "", (it) => statusChip(it.status)],
    ["At", "nowrap", (it) => el("time", { datetime: it.at }, timeOfDay(it.at))],
  ], (it) => it.number, ["No requests yet", "Requests from clients appear here, with details under Requests."]);
  const last = liveTable("Last documents", [
    ["Last documents", "", (it) => documentLink(it)],
    ["Type", "", (it) => words(it.type)],
    ["Client", "party", (it) => foreign(it.client)],
    ["State", "", (it) => stateChip(it)],
    ["Total", "number", (it) => money.format(it.total)],
  ], (it) => it.id, ["No documents yet", "Point a client at the address above."]);
  main.append(head("Overview"), cards(next, beside), charts, last.sheet, rows.sheet);
  let figures = null, counted = "";
  return async () => {
    const [clock, documents, faults, outbox, requests] = await Promise.all([
      ask("GET", "/clock", mine()), ask("GET", "/documents", mine({ limit: 6 })),
      ask("GET", "/faults", mine()), ask("GET", "/outbox", mine()), ask("GET", "/requests", mine({ limit: 8 })),
    ]);
    // Only a request, or another day, changes the figures, and they read every document of the month.
    const books = JSON.stringify([requests.requests.at(-1)?.number, documents.total, documents.documents, clock.now.slice(0, 10)]);
    if (books !== counted) {
      figures = await ask("GET", "/figures", mine());
      counted = books;
    }
    rows.show(requests.requests.toReversed().map(({ number: key, method, path, operation, status, at }) => ({ number: key, method, path, operation, status, at })));
    const account = state.accounts.find((each) => each.name === state.account);
    keep(next, [{ card: startCard, isEmpty: documents.total === 0, armed: faults.faults.length }], (it) => it.card.name, (it) => it.card(it));
    keep(beside, [
      { card: accountCard, account, total: documents.total, mails: outbox.messages.length, health: state.health },
      { card: faultsCard, faults: faults.faults.map(({ seen, ...rest }) => rest) },
    ], (it) => it.card.name, (it) => it.card(it));
    charts.className = documents.total ? "charts" : "cards";
    keep(charts, [
      { card: issuedCard, months: figures.months, issued: figures.issued },
      { card: vatCard, month: figures.months.at(-1), vat: figures.vat },
      { card: openCard, items: figures.open_items },
    ], (it) => it.card.name, (it) => it.card(it));
    last.show(documents.documents);
  };
}

// What to do next ---------------------------------------------------------------------------------------------------

const step = (title, text, ...actions) => el("li", {}, el("strong", {}, title), el("p", { class: "dim" }, text), buttons(...actions));

function startCard({ isEmpty, armed }) {
  const seed = () => act(() => ask("POST", "/seed", mine({ seed: 1 })), "The demo company is here: a year of documents.");
  const breakIt = () => act(() => ask("POST", "/faults", mine({ operation: "createDocument", when: { nth: 1 }, times: 1, effect: { reset: "after" } })),
    "Armed. The next create is carried out, but its answer never comes.");
  return padded(
    el("h3", {}, "What to do next"),
    el("ol", { class: "steps" },
      step("Point a program here", "As base URL, with the API key that the emulator printed at its start.",
        code(location.origin), copyButton(location.origin, "Copy", "the address")),
      isEmpty
        ? step("Run the demo company", "A year of customers, documents and payments to look at.", button("Fill this account", seed, { id: "run-demo", class: "primary" }))
        : step("Look around", "This account has documents. A new account can have the demo company.", viewLink("documents", "Documents"), viewLink("data", "Data")),
      step("Break something", "The next create of a document is carried out, and its answer is lost: does your program make a second one?",
        button("Lose the next answer", breakIt, { id: "break-something" }), armed ? viewLink("faults", plural(armed, "fault")) : viewLink("faults", "Other faults")),
    ),
  );
}

function accountCard({ account, total, mails, health }) {
  const kinds = [account?.trial && "trial", account?.partner && "partner"].filter(Boolean).join(", ") || "ordinary";
  return padded(
    el("h3", {}, "Account ", foreign(state.account), " ", copyButton(state.account, "Copy", "the account's name")),
    pairs(
      ["State", el("span", {}, chip(account?.state ?? "unknown", account?.state === "active" ? "good" : "warn"), " ", kinds)],
      ["Documents", viewLink("documents", number(total))],
      ["Mails", viewLink("outbox", number(mails))],
      ["Emulator", el("span", {}, `version ${health.version}, seed ${health.seed} `, chip(health.status, "good"))],
      ["Wire", health.profile],
      ["Control plane", el("a", { href: "openapi.json", target: "_blank", rel: "noreferrer" }, "OpenAPI document")],
    ),
  );
}

// Figures -----------------------------------------------------------------------------------------------------------

function issuedCard({ months, issued }) {
  const sums = new Map();
  for (const it of issued) sums.set(it.type, (sums.get(it.type) ?? 0) + it.documents);
  const types = [...sums].sort((one, other) => other[1] - one[1]).map(([type]) => type);
  const named = types.length > MOST_TYPES + 1 ? types.slice(0, MOST_TYPES) : types;
  const countOf = (month, fits) => issued.filter((it) => it.month === month && fits(it.type)).reduce((sum, it) => sum + it.documents, 0);
  const groups = [...named.map((type) => [sentence(type), (it) => it === type]),
    ...(named.length < types.length ? [["Other types", (it) => !named.includes(it)]] : [])];
  const parts = months.map((month) => [month, groups.map(([, fits]) => countOf(month, fits))]);
  const all = [...sums.values()].reduce((sum, count) => sum + count, 0);
  return el("section", { class: "sheet padded wide-card" },
    el("h3", {}, "Issued per month"),
    ...(all ? [el("p", { class: "dim" }, `${plural(all, "document")} in twelve months, cancelled ones left out`), columns(parts.map(([month, values]) => [MONTH.format(dayOf(month)), values])), legend(groups.map(([name]) => name)),
      el("details", {}, el("summary", {}, "As a table"), el("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Issued per month, table" },
        fixedTable("Documents issued per month", [["Month", "nowrap", ([month]) => FULL_MONTH.format(dayOf(month))],
          ...groups.map(([name], place) => [name, "number", ([, values]) => String(values[place])])], parts)))]
      : [el("p", { class: "dim" }, "Nothing yet.")]));
}

function vatCard({ month, vat }) {
  const most = Math.max(...vat.map((it) => Math.abs(Number(it.base))), 0);
  return padded(
    el("h3", {}, "VAT of ", FULL_MONTH.format(dayOf(month))), vat.length ? el("p", { class: "dim" }, "Sales so far, credit notes deducted") : null,
    vat.length ? fixedTable("VAT by rate", [
      ["Rate", "nowrap", (it) => `${it.rate} % ${it.region}`],
      ["Base", "number", (it) => money.format(it.base)],
      ["VAT", "number", (it) => money.format(it.tax)],
      ["Share", "bars", (it) => [bar(Math.abs(Number(it.base)), most), el("span", { class: "hidden" }, `${most ? Math.round((100 * Number(it.base)) / most) : 0} % of the largest`)]],
    ], vat) : el("p", { class: "dim" }, "No sales this month."));
}

function openCard({ items }) {
  const most = Math.max(...items.map((it) => Number(it.open)), 0);
  return padded(
    el("h3", {}, "Open items by age"), most ? el("p", { class: "dim" }, "What clients owe, by days since it was due") : null,
    most ? fixedTable("Open items by age", [
      ["Age", "nowrap", (it) => it.age],
      ["Documents", "number", (it) => String(it.documents)],
      ["Open", "number", (it) => money.format(it.open)],
      ["Share", "bars", (it) => [bar(Number(it.open), most, it.age === "not due" ? "part-1" : "late"), el("span", { class: "hidden" }, `${Math.round((100 * Number(it.open)) / most)} % of the largest`)]],
    ], items) : el("p", { class: "dim" }, "Nothing is owed."));
}

function faultsCard({ faults }) {
  const clear = (it) => button("Clear", () => act(() => ask("DELETE", `/faults/${it.id}`)), { class: "small", "aria-label": `Clear the fault ${it.id}` });
  return padded(
    el("h3", {}, "Armed faults"),
    faults.length ? el("ul", { class: "armed" }, ...faults.map((it) => el("li", {},
      el("span", {}, el("span", { class: "strong" }, it.operation === "*" ? "every operation" : it.operation), `: ${effectInWords(it.effect)}`,
        el("span", { class: "dim" }, ` · ${whenInWords(it.when)} · fired ${plural(it.fired, "time")}`)), clear(it))))
      : el("p", { class: "dim" }, "None. The emulator answers every request normally."));
}
