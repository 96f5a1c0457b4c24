// A text field with a list that filters while typing (ARIA 1.2, combobox with a listbox).

import { button, el } from "./elements.js";

let lastId = 0;

/** The edits that turn one text into the other: characters put in, left out, changed, or swapped with the next. */
function distance(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity;
      rows[i].push(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1), swapped));
    }
  }
  return rows[one.length][other.length];
}

/** The name most like a text; null if none is like it. */
function nearest(text, names) {
  const wanted = text.toLowerCase();
  let best = null, least = Math.max(2, Math.ceil(wanted.length / 3)) + 1;
  for (const name of names) {
    const edits = distance(wanted, name.toLowerCase());
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

/**
 * A field for one of `choices`, [value, explanation] each. Returns the element, the field in it, and `isKnown()`. `onChoice` is
 * called for each choice that is one of them, and for an empty field.
 */
export function combobox(choices, properties, onChoice = () => {}) {
  const names = choices.map(([name]) => name);
  const id = `choices-${++lastId}`;
  let shown = [], active = -1;
  const input = el("input", {
    role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    ...properties,
    on: { input: () => { typed(); open(); settle(); }, focus: () => input.select(), click: () => open(), keydown: (event) => key(event), blur: () => close() },
  });
  const list = el("ul", { id, role: "listbox", class: "choices", hidden: true, "aria-label": "Choices", on: { mousedown: (event) => event.preventDefault() } });
  const hint = el("p", { class: "hint", role: "status" });
  const isKnown = () => names.includes(input.value.trim());
  function fitting() {
    const parts = isKnown() ? [] : input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return choices.filter(([name]) => parts.every((part) => name.toLowerCase().includes(part)));
  }
  /** Names have no star: the one that stands for all goes when something else is typed. */
  function typed() {
    if (input.value.length > 1 && input.value.includes("*")) input.value = input.value.replaceAll("*", "");
  }
  function open() {
    shown = fitting();
    active = -1;
    list.replaceChildren(...shown.map(([name, text], place) => el("li", {
      id: `${id}-${place}`, role: "option", "aria-selected": "false", on: { click: () => choose(name) },
    }, el("span", { class: "strong" }, name), text ? el("span", { class: "dim" }, text) : null)));
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(name) {
    input.value = name;
    close();
    settle();
  }
  function move(to) {
    if (list.hidden) open();
    if (!shown.length) return;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (to + shown.length) % shown.length;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }
  function key(event) {
    if (event.key === "ArrowDown") move(active + 1);
    else if (event.key === "ArrowUp") move(active < 0 ? shown.length - 1 : active - 1);
    else if (event.key === "Enter" && !list.hidden && active >= 0) choose(shown[active][0]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  }
  function settle() {
    const text = input.value.trim(), known = isKnown();
    hint.replaceChildren();
    if (known || text === "") onChoice(text);
    else if (fitting().length === 0) {
      const like = nearest(text, names);
      hint.append(...(like ? ["Did you mean ", button(like, () => { choose(like); input.focus(); close(); }, { class: "small" }), "?"] : ["No such name."]));
    }
  }
  return { element: el("div", { class: "combobox" }, input, list, hint), input, isKnown };
}
