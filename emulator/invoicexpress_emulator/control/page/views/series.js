import { ask } from "../api.js";
import { chip, code, dim, el, foreign, head, lead, sheet } from "../elements.js";
import { mine } from "../state.js";
import { fixedTable, keep } from "../tables.js";
import { day, sentence } from "../words.js";

const COLUMNS = [
  ["Type", "", (it) => [sentence(it.type), el("span", { class: "under" }, `id ${it.id}`)]],
  ["Last number", "number", (it) => it.last_number ? String(it.last_number) : dim("none")],
  ["Last date", "nowrap", (it) => it.last_date ? day(it.last_date) : dim("–")],
  ["Validation code", "nowrap", (it) => it.validation_code ? code(it.validation_code)
    : it.needs_registration ? chip("not registered", "warn") : dim("needs none")],
];

export function series(main) {
  const place = el("div", { class: "cards broad" });
  main.append(head("Series"), lead("A series numbers each document type separately and registers each one with the (simulated) tax authority."), place);
  return async () => {
    const found = await ask("GET", "/series", mine());
    keep(place, found.series, (it) => it.id, (it) => sheet(
      el("div", { class: "title" }, el("h3", {}, foreign(it.serie)), it.is_default ? chip("default", "calm") : null),
      fixedTable(`Counters of ${it.serie}`, COLUMNS, it.counters),
    ));
  };
}
