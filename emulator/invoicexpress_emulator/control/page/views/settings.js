import { ask } from "../api.js";
import { chip, code, el, field, form, head, lead, prose, search, select } from "../elements.js";
import { act } from "../refreshing.js";
import { bodyFields, mine, schemaOf } from "../state.js";
import { TONES } from "../tables.js";
import { plural, sentence, words } from "../words.js";

export function settings(main) {
  const controls = Object.entries(bodyFields("/config")).filter(([name]) => name !== "account")
    .map(([name, schema]) => ({ name, ...settingControl(name, schemaOf(schema)), note: el("div", { class: "note" }) }));
  let before = {}, drawn = "", notes = null;
  const isChanged = ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]);
  const saveChanges = () => {
    const changed = Object.fromEntries(controls.map((it) => [it.name, it.read()]).filter(isChanged));
    const names = Object.keys(changed).map(settingName);
    act(() => ask("POST", "/config", mine(changed)), names.length ? `Changed: ${names.join(", ")}.` : "No changes.");
  };
  const find = search(() => {
    const text = find.value.trim().toLowerCase();
    for (const it of controls) it.row.hidden = text !== "" && !`${settingName(it.name)} ${it.note.textContent}`.toLowerCase().includes(text);
  });
  for (const it of controls) it.row = el("div", { class: "setting" }, it.element, it.note);
  main.append(head("Settings"), lead("Settings of this account: its country and limits, when files are ready, how the tax authority simulation behaves, and how to act where sources disagree."),
    field("Find a setting", find),
    form(saveChanges, { class: "sheet padded", id: "settings-form" },
      el("div", { class: "settings" }, ...controls.map((it) => it.row)),
      el("div", { class: "buttons sticky" }, el("button", { class: "primary" }, "Save"))));
  return async () => {
    if (notes === null) {
      notes = await ask("GET", "/ledger");
      for (const it of controls) explain(it, notes);
    }
    before = await ask("GET", "/config", mine());
    const found = JSON.stringify(before);
    if (found === drawn) return; // leave unsaved input alone
    drawn = found;
    for (const it of controls) {
      it.show(before[it.name]);
      it.chosen();
    }
  };
}

/** Writes beside a setting what the chosen option does, what each other one does, and how that is known. */
function explain(it, { behaviours, options }) {
  const row = behaviours.find((each) => each.behaviour === `setting_${it.name}`);
  const ours = options.filter((each) => each.setting === it.name);
  const now = el("p", { class: "now", id: `note-${it.name}` });
  it.chosen = () => {
    const option = optionOf(it.read());
    now.replaceChildren(...prose((ours.find((each) => each.option === option) ?? ours.find((each) => each.option === "text"))?.says ?? ""));
  };
  it.note.replaceChildren(now, el("details", {},
    el("summary", {}, plural(ours.length, "option"), el("span", { class: "hidden" }, ` of ${settingName(it.name)}`)),
    el("dl", { class: "options" }, ...ours.flatMap((each) => [
      el("dt", {}, code(words(each.option))), el("dd", {}, ...prose(each.says), " ", el("span", { class: "source" }, each.source))])),
    row ? el("p", {}, chip(row.evidence, TONES[row.evidence]), " ", ...prose(row.says), " ", el("span", { class: "source" }, row.source)) : null));
  for (const control of it.element.querySelectorAll("select, input")) control.setAttribute("aria-describedby", now.id);
  it.element.addEventListener("input", it.chosen);
  it.element.addEventListener("change", it.chosen);
}

/** The name of the option that a value chooses: of an object the name of its first number. */
function optionOf(value) {
  if (value === null || value === undefined) return "none";
  if (typeof value === "object") return Object.keys(value)[0];
  return String(value);
}

/** A setting's name in words. Here `at` means the tax authority. */
const settingName = (name) => sentence(name).replace(/^At /, "AT ");

/** Builds a setting's control from its schema: the element, and functions that show and read its value. */
function settingControl(name, schema) {
  const label = settingName(name);
  if (schema.enum) return choiceControl(label, schema.enum);
  if (schema.properties && [].concat(schema.type).includes("null")) return numbersControl(label, schema.properties);
  const shapes = (schema.oneOf ?? [schema]).map(schemaOf).map(shapeOf);
  if (shapes.every((shape) => shape.isConstant || shape.isNumber)) return shapeControl(label, shapes);
  if (schema.type === "boolean") return flagControl(label);
  return jsonControl(label, [].concat(schema.type).includes("string"));
}

/** One of several texts or numbers. */
function choiceControl(label, values) {
  const control = select(values.map((each) => [each, words(String(each))]));
  return { element: field(label, control), show: (value) => { control.value = value; }, read: () => values.find((each) => String(each) === control.value) };
}

function flagControl(label) {
  const control = select([["true", "yes"], ["false", "no"]]);
  return { element: field(label, control), show: (value) => { control.value = String(value); }, read: () => control.value === "true" };
}

/** An object of whole numbers; null while the first number is empty. */
function numbersControl(label, properties) {
  const parts = Object.entries(properties).map(([name, each]) => [
    name, el("input", { type: "number", step: "1", min: each.minimum, max: each.maximum, placeholder: words(name), "aria-label": words(name) }),
  ]);
  const first = parts[0][1];
  first.placeholder = "none";
  return {
    element: field(label, el("div", { class: "pairing" }, ...parts.map(([, input]) => input)), first),
    show: (value) => { for (const [name, input] of parts) input.value = value?.[name] ?? ""; },
    read: () => first.value === "" ? null
      : Object.fromEntries(parts.filter(([, input]) => input.value !== "").map(([name, input]) => [name, Number(input.value)])),
  };
}

/** One form of a value: a constant, or an object with one number. */
function shapeOf(schema) {
  const [name, property] = Object.entries(schema.properties ?? {})[0] ?? [];
  return { name: schema.const ?? name, isConstant: schema.const !== undefined, isNumber: ["integer", "number"].includes(property?.type) };
}

function shapeControl(label, shapes) {
  const amount = el("input", { type: "number", step: "any", value: "1" });
  const kind = select(shapes.map((it) => [it.name, words(it.name)]), shapes[0].name, { "aria-label": "Kind", on: { change: () => tidy() } });
  const isConstant = () => shapes.find((it) => it.name === kind.value).isConstant;
  const tidy = () => { amount.disabled = isConstant(); };
  const isSeconds = shapes.length === 1 && shapes[0].name === "seconds";
  return {
    element: field(label + (isSeconds ? ", seconds" : ""), shapes.length === 1 ? amount : el("div", { class: "pairing" }, kind, amount), amount),
    show: (value) => {
      kind.value = typeof value === "object" ? Object.keys(value)[0] : value;
      if (typeof value === "object") amount.value = Object.values(value)[0];
      tidy();
    },
    read: () => isConstant() ? kind.value : { [kind.value]: Number(amount.value) },
  };
}

/** A text or null, which is an empty field; any other value as JSON. */
function jsonControl(label, isText) {
  const control = el("input", { spellcheck: "false", placeholder: "none" });
  return {
    element: field(label, control),
    show: (value) => { control.value = value === null ? "" : typeof value === "string" ? value : JSON.stringify(value); },
    read: () => {
      const text = control.value.trim();
      if (isText) return text === "" ? null : text;
      try { return JSON.parse(text); } catch { return text; }
    },
  };
}
