import { ask } from "../api.js";
import { button, code, dim, el, field, foreign, head, nothing, options, search, select } from "../elements.js";
import { asked } from "../links.js";
import { documentLink, stateChip, validChip } from "../marks.js";
import { refresh } from "../refreshing.js";
import { addressOf, mine, schemaOf, state } from "../state.js";
import { liveTable } from "../tables.js";
import { day, money, nameOfDocument, number, plural, words } from "../words.js";

const PAGE = 50;
const EMPTY = ["No documents", "Documents that a client creates in this account appear here at once."];
const FILTERS = ["text", "type", "status", "serie", "date_from", "date_to"];

export function documents(main) {
  const { type, status } = schemaOf(state.document.components.schemas.Document).properties;
  const changed = { on: { change: () => filter() } };
  const any = (all, values) => [["", all], ...values.map((each) => [each, words(each)])];
  const controls = {
    text: search(() => filter()),
    type: select(any("all types", type.enum), asked("type"), changed),
    status: select(any("all states", status.enum), asked("status"), changed),
    serie: select([["", "all series"], ...(asked("serie") ? [[asked("serie"), asked("serie")]] : [])], asked("serie"), changed),
    date_from: el("input", { type: "date", value: asked("date_from"), ...changed }),
    date_to: el("input", { type: "date", value: asked("date_to"), ...changed }),
  };
  controls.text.value = asked("text");
  let page = Math.max(1, Number(asked("page")) || 1), turn = 0;
  const rows = liveTable("Documents, newest first", [
    ["Document", "", (it) => [documentLink(it), el("span", { class: "under" }, words(it.type))]],
    ["State", "", (it) => stateChip(it)],
    ["Date", "nowrap", (it) => day(it.date)],
    ["Client", "party", (it) => [foreign(it.client), it.reference ? el("span", { class: "under" }, foreign(it.reference)) : null]],
    ["Total", "number", (it) => money.format(it.total)],
    ["ATCUD and hash", "", (it) => it.atcud || it.hash ? [it.atcud ? code(it.atcud) : null, chainMark(it)] : dim("–")],
    ["", "tight", (it) => it.pdf ? el("a", { href: it.pdf, target: "_blank", rel: "noreferrer", "aria-label": `PDF of ${nameOfDocument(it)}` }, "PDF") : ""],
  ], (it) => it.id, EMPTY);
  const none = rows.sheet.querySelector(".empty");
  const shown = el("p", { class: "dim" }), place = el("span", { class: "dim" });
  const newer = button("Newer", () => go(page - 1)), older = button("Older", () => go(page + 1));
  const clear = button("Clear", () => { for (const each of Object.values(controls)) each.value = ""; filter(); });
  const pager = el("div", { class: "buttons pager", role: "navigation", "aria-label": "Pages" }, newer, place, older);
  main.append(
    head("Documents", shown),
    el("div", { class: "fields filters" },
      field("Find in number, client, reference, lines, ATCUD", controls.text), field("From", controls.date_from), field("To", controls.date_to),
      field("Type", controls.type), field("State", controls.status), field("Series", controls.serie), el("div", {}, clear)),
    rows.sheet, pager,
  );
  const wanted = () => Object.fromEntries(FILTERS.map((name) => [name, controls[name].value.trim()]).filter(([, value]) => value));
  function go(to) {
    page = to;
    history.replaceState(null, "", addressOf(state.account, "documents", null, { ...wanted(), page: page > 1 ? page : "" }));
    return refresh();
  }
  const filter = () => go(1);
  loadSeries(controls.serie);
  return async () => {
    const mineNow = ++turn, filters = wanted();
    const found = await ask("GET", "/documents", mine({ ...filters, page, limit: PAGE }));
    if (mineNow !== turn) return; // a newer question is on its way
    const pages = Math.max(1, Math.ceil(found.found / PAGE));
    if (page > pages) return go(pages);
    rows.show(found.documents);
    const isNarrowed = Object.keys(filters).length > 0;
    shown.textContent = isNarrowed ? `${number(found.found)} found in ${plural(found.total, "document")}` : plural(found.total, "document");
    clear.hidden = !isNarrowed;
    none.replaceChildren(...(isNarrowed ? nothing("No document fits", "Look for less, or clear the filters.") : nothing(...EMPTY)).childNodes);
    pager.hidden = pages === 1;
    place.textContent = `page ${number(page)} of ${number(pages)}`;
    newer.disabled = page === 1;
    older.disabled = page === pages;
  };
}

async function loadSeries(control) {
  const { series } = await ask("GET", "/series", mine()).catch(() => ({ series: [] }));
  const chosen = control.value;
  const names = new Set(["", ...series.map((each) => each.serie), chosen]);
  control.replaceChildren(...options([...names].map((name) => [name, name || "all series"]), chosen));
}

function chainMark(document) {
  if (document.chain_is_valid === null) return null;
  return el("span", { class: "under nowrap" }, code(document.hash), " ", validChip(document.chain_is_valid));
}
