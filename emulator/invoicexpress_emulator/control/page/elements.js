// Builds elements from plain text. Nothing here turns a string into markup, and the page's Content-Security-Policy
// would refuse it.

const AS_PROPERTIES = ["value", "checked", "disabled", "selected", "open"];

export const byId = (id) => document.getElementById(id);

/** Makes an element. `properties` become attributes, except `on` (listeners) and those in `AS_PROPERTIES`. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (AS_PROPERTIES.includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const LONG = /\S{16}/;
const ENDLESS = /[^\s@./_?&=:-]{25}/;
const PARTS = /(?<=[@./_?&=:-])(?=[^@./_?&=:-])(?<!\.(?=json))(?<!\d[.:](?=\d))|(?<=\p{Ll})(?=\p{Lu})/u;

const WHOLE = /(\d{4}-\d{2}(?:-\d{2})?|(?<![\w-])--[a-z][a-z-]*)/;

/**
 * A text as it stands in an element. An address or a name in camel case may go on in the next line between its parts,
 * a date and an option such as `--tls` may not.
 */
function parted(text) {
  const isLong = LONG.test(text);
  const broken = (part) => part.split(PARTS).flatMap((piece, index) => index ? [el("wbr"), piece] : [piece]);
  return text.split(WHOLE).flatMap((part, index) => index % 2 ? [el("span", { class: "nowrap" }, part)] : isLong ? broken(part) : [part]);
}

/**
 * Text from outside the page, isolated so that right-to-left text does not reorder its surroundings. Only what is
 * longer than any word may be broken anywhere.
 */
export const foreign = (text) => el("bdi", { class: ENDLESS.test(text ?? "") ? "long" : null }, ...parted(text ?? ""));

/** A sentence of the emulator, in which `names` stand between backticks. */
export const prose = (text) => text.split("`").map((part, index) => index % 2 ? el("code", { class: "said" }, ...parted(part)) : foreign(part));

export const dim = (text) => el("span", { class: "dim" }, text);
export const code = (text) => el("code", {}, ...parted(text));
export const chip = (text, tone = "") => el("span", { class: `chip ${tone}` }, text);
export const button = (text, onClick, properties = {}) => el("button", { type: "button", on: { click: onClick }, ...properties }, text);
export const buttons = (...children) => el("div", { class: "buttons" }, ...children);
export const head = (title, ...beside) => el("div", { class: "head" }, el("h2", {}, title), ...beside);
export const lead = (text) => el("p", { class: "lead" }, text);
export const cards = (...children) => el("div", { class: "cards" }, ...children);
export const sheet = (...children) => el("section", { class: "sheet" }, ...children);
export const padded = (...children) => el("section", { class: "sheet padded" }, ...children);
export const nothing = (title, text) => el("div", { class: "empty" }, el("strong", {}, title), text);
export const pairs = (...entries) =>
  el("dl", { class: "pairs" }, ...entries.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

// Forms -----------------------------------------------------------------------------------------------------------

/** A form that calls `onSubmit` and stays on the page. */
export function form(onSubmit, properties, ...children) {
  const send = (event) => {
    event.preventDefault();
    onSubmit();
  };
  return el("form", { class: "fields", ...properties, on: { submit: send } }, ...children);
}

export const submit = (text, properties = { class: "primary" }) => el("div", {}, el("button", properties, text));

let lastId = 0;

/** A control with its label. `labelled` is the part of the control that the label names. */
export function field(label, control, labelled = control) {
  labelled.id ||= `field-${++lastId}`;
  return el("div", { class: "field" }, el("label", { for: labelled.id }, label), control);
}

/** A labelled checkbox: returns the element and the checkbox in it. */
export function check(label, properties = {}) {
  const control = el("input", { type: "checkbox", id: `field-${++lastId}`, ...properties });
  return [el("div", { class: "check" }, control, el("label", { for: control.id }, label)), control];
}

export const options = (values, chosen) =>
  values.map((each) => {
    const [value, text] = Array.isArray(each) ? each : [each, each];
    return el("option", { value, selected: value === chosen }, text);
  });
export const select = (values, chosen, properties = {}) => el("select", properties, ...options(values, chosen));
export const search = (onInput) => el("input", { type: "search", autocomplete: "off", on: { input: onInput } });
