import { ask } from "../api.js";
import { buttons, el, field, form, head, lead, select } from "../elements.js";
import { act } from "../refreshing.js";
import { bodyFields, mine, schemaOf } from "../state.js";
import { sentence, words } from "../words.js";

export function settings(main) {
  const controls = Object.entries(bodyFields("/config")).filter(([name]) => name !== "account")
    .map(([name, schema]) => ({ name, ...settingControl(name, schemaOf(schema)) }));
  let before = {}, drawn = "";
  const isChanged = ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]);
  const saveChanges = () => {
    const changed = Object.fromEntries(controls.map((it) => [it.name, it.read()]).filter(isChanged));
    const names = Object.keys(changed).map(settingName);
    act(() => ask("POST", "/config", mine(changed)), names.length ? `Changed: ${names.join(", ")}.` : "No changes.");
  };
  main.append(head("Settings"), lead("Settings of this account: its country and limits, when files are ready, how the tax authority simulation behaves, and how to act where sources disagree."),
    form(saveChanges, { class: "sheet padded", id: "settings-form" },
      el("div", { class: "fields" }, ...controls.map((it) => it.element)),
      buttons(el("button", { class: "primary" }, "Save"))));
  return async () => {
    before = await ask("GET", "/config", mine());
    const found = JSON.stringify(before);
    if (found === drawn) return; // leave unsaved input alone
    drawn = found;
    for (const it of controls) it.show(before[it.name]);
  };
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
  return jsonControl(label);
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

/** Any other value, as JSON. */
function jsonControl(label) {
  const control = el("input", { spellcheck: "false" });
  return {
    element: field(label, control),
    show: (value) => { control.value = JSON.stringify(value); },
    read: () => { try { return JSON.parse(control.value); } catch { return control.value; } },
  };
}
