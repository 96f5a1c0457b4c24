import { ask } from "../api.js";
import { button, chip, dim, el, foreign, head, lead, nothing, prose, sheet } from "../elements.js";
import { viewLink } from "../links.js";
import { act } from "../refreshing.js";
import { mine } from "../state.js";
import { fixedTable, keep } from "../tables.js";
import { plural, sentence } from "../words.js";

const COLUMNS = [
  ["Rule", "nowrap", (it) => sentence(it.rule)],
  ["Finding", "", (it) => prose(it.sentence.charAt(0).toUpperCase() + it.sentence.slice(1))],
  ["Document", "nowrap", (it) => it.document_id === null ? dim("–") : viewLink("documents", foreign(it.document ?? `draft ${it.document_id}`), it.document_id)],
  ["Clause", "", (it) => foreign(it.clause)],
];

export function verify(main) {
  const place = el("div", { class: "chains", id: "findings" });
  const shown = el("span", {});
  main.append(head("Verify", shown, button("Check again", () => act(async () => {}), { class: "primary" })),
    lead("Checks the account’s books against the tax authority’s rules: numbers, dates, signatures, totals, balances, SAF-T."), place);
  return async () => {
    const { findings, warnings } = await ask("GET", "/verify", mine());
    shown.replaceChildren(chip(findings.length ? plural(findings.length, "finding") : "✓ no findings", findings.length ? "bad" : "good"),
      ...(warnings.length ? [" ", chip(plural(warnings.length, "warning"), "warn")] : []));
    const parts = [{ name: "findings", found: findings }, ...(warnings.length ? [{ name: "warnings", found: warnings }] : [])];
    keep(place, parts, (it) => it.name, ({ name, found }) =>
      sheet(found.length ? fixedTable(sentence(name), COLUMNS, found) : nothing("No rule is broken", "The books pass every check.")));
  };
}
