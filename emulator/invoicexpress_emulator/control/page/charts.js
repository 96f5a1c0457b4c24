// Bars. Each drawing is a picture for the eye; the numbers stand beside it as text or in a table.

import { el } from "./elements.js";

const SVG = "http://www.w3.org/2000/svg";

function drawn(tag, properties, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A horizontal bar, as long as its part of `most`. */
export const bar = (value, most, tone = "part-1") =>
  drawn("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("rect", { class: tone, x: 0, y: 0, width: most > 0 ? Math.max(0, (100 * value) / most) : 0, height: 10 }));

/** A column of parts on top of one another, as high as its part of `most`. */
function column(parts, most) {
  let top = 100;
  const rects = parts.map((value, place) => {
    const height = most > 0 ? (100 * value) / most : 0;
    top -= height;
    return drawn("rect", { class: `part-${place + 1}`, x: 0, y: top, width: 10, height });
  });
  return drawn("svg", { class: "column", viewBox: "0 0 10 100", preserveAspectRatio: "none", "aria-hidden": "true" }, ...rects);
}

/** Columns side by side: each item is [label, the parts' values]. */
export function columns(items) {
  const sums = items.map(([, parts]) => parts.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...sums);
  return el("div", { class: "columns", "aria-hidden": "true" }, ...items.map(([label, parts], place) =>
    el("div", {}, el("span", { class: "count" }, sums[place] ? String(sums[place]) : ""), column(parts, most), el("span", { class: "dim" }, label))));
}

export const legend = (names) =>
  el("ul", { class: "legend", "aria-hidden": "true" }, ...names.map((name, place) => el("li", {}, el("span", { class: `key part-${place + 1}` }), name)));
