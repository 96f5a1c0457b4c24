import { ask } from "../api.js";
import { dim, el, field, head, lead, search } from "../elements.js";
import { anyTable, keep } from "../tables.js";
import { sentence } from "../words.js";

export function ledger(main) {
  const filter = search(() => show());
  const place = el("div", { class: "chains" });
  main.append(head("Ledger"), lead("Everything the emulator does, and the evidence for it: documented, observed, or assumed where there is no evidence."), field("Find", filter), place);
  let found = null;
  function show() {
    const text = filter.value.trim().toLowerCase();
    const parts = Object.entries(found).map(([name, items]) => ({
      title: sentence(name), all: items.length, items: items.filter((it) => !text || JSON.stringify(it).toLowerCase().includes(text)),
    }));
    keep(place, parts, (it) => it.title, ({ title, all, items }) =>
      el("details", { class: "sheet chain", open: true },
        el("summary", {}, el("h3", {}, title), dim(items.length === all ? String(all) : `${items.length} of ${all}`)),
        items.length ? anyTable(title, items) : el("p", { class: "empty" }, "None.")));
  }
  return async () => {
    if (found !== null) return; // the ledger never changes while the emulator runs
    found = await ask("GET", "/ledger");
    show();
  };
}
