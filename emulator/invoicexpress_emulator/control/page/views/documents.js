import { button, buttons, chip, code, dim, el, field, foreign, head, search, select } from "../elements.js";
import { validChip } from "../marks.js";
import { refresh } from "../refreshing.js";
import { newestDocuments } from "../state.js";
import { keep, liveTable } from "../tables.js";
import { money, nameOfDocument, number, plural, words } from "../words.js";

const TONES = {
  draft: "", final: "calm", settled: "good", accepted: "good", completed: "good",
  canceled: "bad", deleted: "bad", refused: "bad", second_copy: "warn",
};
const PAGE = 200;

export function documents(main) {
  const filter = search(() => show());
  const kind = select([["", "all types"]], "", { on: { change: () => show() } });
  const status = select([["", "all states"]], "", { on: { change: () => show() } });
  const rows = liveTable("Documents, newest first", [
    ["Number", "nowrap", (it) => it.number ? foreign(it.number) : dim(nameOfDocument(it))],
    ["Type", "kind", (it) => words(it.type)],
    ["State", "", (it) => chip(words(it.status) + (it.archived ? ", archived" : ""), TONES[it.status])],
    ["Date", "nowrap", (it) => it.date],
    ["Client", "party", (it) => foreign(it.client)],
    ["Reference", "", (it) => foreign(it.reference)],
    ["Total", "number", (it) => money.format(it.total)],
    ["ATCUD", "nowrap", (it) => it.atcud ? code(it.atcud) : dim("–")],
    ["Hash", "nowrap", chainMark],
    ["", "tight", (it) => it.pdf ? el("a", { href: it.pdf, target: "_blank", rel: "noreferrer", "aria-label": `PDF of ${nameOfDocument(it)}` }, "PDF") : ""],
  ], (it) => it.id, ["No documents", "Documents that a client creates in this account appear here at once."]);
  const shown = el("p", { class: "dim" });
  const more = button("Show more", () => { wanted += PAGE; refresh(); });
  let wanted = PAGE, found = { total: 0, documents: [] };
  main.append(
    head("Documents", shown),
    el("div", { class: "fields" }, field("Find in number, client, reference, ATCUD", filter), field("Type", kind), field("State", status)),
    rows.sheet, buttons(more),
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
    rows.show(fitting);
    const all = plural(found.total, "document");
    const looked = found.documents.length === found.total ? all : `the newest ${number(found.documents.length)} of ${all}`;
    shown.textContent = fitting.length === found.documents.length ? looked : `${number(fitting.length)} found in ${looked}`;
    more.hidden = found.documents.length >= found.total;
  }
  return async () => { found = await newestDocuments(wanted); show(); };
}

function chainMark(document) {
  if (document.chain_is_valid === null) return dim("–");
  return el("span", { class: "nowrap" }, code(document.hash), " ", validChip(document.chain_is_valid));
}
