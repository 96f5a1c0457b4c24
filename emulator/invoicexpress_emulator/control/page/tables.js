// Tables and lists, and how they follow changing items.

import { chip, dim, el, nothing, prose, sheet } from "./elements.js";
import { sentence } from "./words.js";

const MANY = 7; // columns that fit a window of 1280 px in the usual size

/** A table that turns into cards on a narrow screen. A column is [heading, class, item => cell]; the first names the row. */
function table(caption, columns) {
  const body = el("tbody", { role: "rowgroup" });
  const element = el(
    "table", { class: columns.length > MANY ? "rows many" : "rows", role: "table" },
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
  return { element, body, row };
}

/** A table whose items do not change. */
export function fixedTable(caption, columns, items) {
  const { element, body, row } = table(caption, columns);
  body.append(...items.map(row));
  return element;
}

/**
 * A table that follows its items, in a sheet that shows `empty` ([title, text]) while there are none. `otherRow` makes
 * the rows that do not follow the columns; it returns null for the rest.
 */
export function liveTable(caption, columns, keyOf, empty, otherRow = () => null) {
  const { element, body, row } = table(caption, columns);
  const none = nothing(...empty);
  const show = (items) => {
    keep(body, items, keyOf, (it) => otherRow(it) ?? row(it));
    element.hidden = items.length === 0;
    none.hidden = items.length > 0;
  };
  return { sheet: sheet(element, none), show };
}

/** The tone of each class of evidence. */
export const TONES = { documented: "good", observed: "good", assumed: "warn", "not emulated": "bad", legacy: "calm" };

function anyCell(name, value) {
  if (name === "evidence" && TONES[value]) return chip(value, TONES[value]);
  if (value === null || value === undefined) return dim("–");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return prose(typeof value === "object" ? Object.values(value).join(", ") : String(value));
}

/** A table with one column per field, for objects of any shape. */
export function anyTable(caption, items) {
  const names = [...new Set(items.flatMap((it) => Object.keys(it)))];
  return fixedTable(caption, names.map((name) => [sentence(name), name === "says" ? "sentence" : "", (it) => anyCell(name, it[name])]), items);
}

/** Updates a container's children to match the items. Unchanged children stay, so focus and selection survive. */
export function keep(container, items, keyOf, render) {
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
