import { ask } from "../api.js";
import { combobox } from "../combobox.js";
import { button, buttons, check, chip, el, field, foreign, form, head, lead, options, select } from "../elements.js";
import { effectInWords, whenInWords } from "../fault_words.js";
import { asked } from "../links.js";
import { act } from "../refreshing.js";
import { bodyFields, mine } from "../state.js";
import { liveTable } from "../tables.js";
import { plural } from "../words.js";

const CARRIED_OUT = "Carry out the request anyway";

const numberInput = (value, properties) => el("input", { type: "number", value, required: true, ...properties });
const whole = (value, least = 0) => numberInput(value, { min: least, step: "1" });
const seconds = (value) => numberInput(value, { min: 0, max: 3600, step: "any" });
const status = () => numberInput("503", { min: 200, max: 599, step: "1", id: "fault-status" });

/** Each effect: [its label, a function that returns [its controls, a function that reads them]]. */
const EFFECTS = {
  status: ["Answer with a status", () => {
    const code = status(), body = el("input", { value: '{"errors":[{"error":"Injected"}]}' });
    const retry = el("input", { type: "number", min: 0, placeholder: "none" }), [box, done] = check(CARRIED_OUT);
    return [[field("Status", code), field("Body", body), field("Retry-After, seconds", retry), box],
      () => ({ status: Number(code.value), body: body.value, headers: retry.value ? { "Retry-After": retry.value } : {}, applied: done.checked })];
  }],
  html: ["Answer with an HTML page", () => {
    const code = status(), [box, done] = check(CARRIED_OUT, { checked: true });
    return [[field("Status", code), box], () => ({ html: true, status: Number(code.value), applied: done.checked })];
  }],
  delay: ["Delay the request", () => {
    const by = seconds("2");
    return [[field("Seconds", by)], () => ({ delay: Number(by.value) })];
  }],
  reset: ["Reset the connection", () => {
    const at = select([["after", "after carrying out the request"], ["before", "before carrying it out"]]);
    return [[field("When", at)], () => ({ reset: at.value })];
  }],
  commit: ["Reset at once, carry out the request later", () => {
    const after = seconds("2");
    return [[field("Seconds", after)], () => ({ commit: "late", seconds: Number(after.value) })];
  }],
  truncate: ["Cut the answer", () => {
    const at = whole("20");
    return [[field("After this many bytes", at)], () => ({ truncate: Number(at.value) })];
  }],
};

/** Like `EFFECTS`, for which requests a fault hits. */
const RULES = {
  nth: ["from the n-th request on", () => {
    const nth = whole("1", 1);
    return [[field("Request number", nth)], () => ({ nth: Number(nth.value) })];
  }],
  chance: ["by chance", () => {
    const percent = numberInput("10", { min: 0, max: 100, step: "any" }), seed = whole("0");
    return [[field("Percent", percent), field("Seed", seed)], () => ({ probability: Number(percent.value) / 100, seed: Number(seed.value) })];
  }],
};

/** A select of kinds that puts the chosen kind's controls into `place`. Returns it with a function that reads them. */
function choice(kinds, place, properties = {}) {
  let read;
  const draw = () => {
    const [controls, readControls] = kinds[kind.value][1]();
    place.replaceChildren(...controls);
    read = readControls;
  };
  const kind = el("select", { ...properties, on: { change: draw } }, ...options(Object.entries(kinds).map(([name, [text]]) => [name, text])));
  draw();
  return [kind, () => read()];
}

export function faults(main) {
  const operation = combobox(bodyFields("/faults").operation.enum.map((name) => [name, name === "*" ? "every operation" : ""]),
    { value: asked("operation") || "*", required: true, id: "fault-operation" });
  const effectFields = el("div", { class: "fields" }), ruleFields = el("div", { class: "pairing" });
  const [effect, readEffect] = choice(EFFECTS, effectFields, { id: "fault-effect" });
  const [rule, readRule] = choice(RULES, ruleFields);
  const times = el("input", { type: "number", min: 1, step: "1", value: "1", placeholder: "no limit" });
  const rows = liveTable("Faults", [
    ["Operation", "", (it) => foreign(it.operation === "*" ? "every operation" : it.operation)],
    ["Effect", "", (it) => effectInWords(it.effect)],
    ["When", "", (it) => `${whenInWords(it.when)}, ${it.times === null ? "without limit" : plural(it.times, "time")}`],
    ["Account", "", (it) => it.account === "*" ? "all" : foreign(it.account)],
    ["Seen", "number", (it) => String(it.seen)],
    ["Fired", "number", (it) => chip(String(it.fired), it.fired ? "warn" : "")],
    ["", "tight", (it) => button("Clear", () => act(() => ask("DELETE", `/faults/${it.id}`)), { class: "small", "aria-label": `Clear the fault ${it.id}` })],
  ], (it) => it.id, ["No faults", "The emulator answers every request normally."]);
  const clear = button("Clear all", () => act(() => ask("DELETE", "/faults", mine()), (it) => `${plural(it.cleared, "fault")} cleared.`), { id: "clear-faults" });
  const add = () => act(() => ask("POST", "/faults", mine({
    operation: operation.input.value.trim(), when: readRule(), times: times.value ? Number(times.value) : null, effect: readEffect(),
  })), "Fault added.");
  main.append(
    head("Faults", clear), lead("A fault makes requests of one operation go wrong: see what your program does then."), rows.sheet,
    form(add, { class: "sheet padded", id: "fault-form" },
      el("h3", {}, "Add a fault"),
      el("div", { class: "fields start" }, field("Operation of the service (* for all)", operation.element, operation.input), field("Effect", effect)),
      effectFields,
      el("div", { class: "fields" }, field("Fires", rule), ruleFields, field("Fires at most, times", times)),
      buttons(el("button", { class: "primary", id: "add-fault" }, "Add the fault"))),
  );
  return async () => {
    const found = (await ask("GET", "/faults", mine())).faults;
    rows.show(found);
    clear.disabled = !found.length;
  };
}
