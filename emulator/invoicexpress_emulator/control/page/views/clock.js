import { ask } from "../api.js";
import { button, buttons, cards, chip, el, field, form, head, lead, padded, select, submit } from "../elements.js";
import { act } from "../refreshing.js";
import { mine } from "../state.js";
import { timeOfDay } from "../words.js";

const STEPS = [["+1 minute", 60], ["+1 hour", 3600], ["+1 day", 86400], ["+30 days", 2592000], ["−1 day", -86400]];
const UNITS = [["1", "seconds"], ["60", "minutes"], ["3600", "hours"], ["86400", "days"]];

const change = (fields, done) => act(() => ask("POST", "/clock", mine(fields)), done);

export function clock(main) {
  const dial = el("div", { class: "dial", id: "clock-now", role: "timer" });
  const frozen = el("span", { id: "clock-state" });
  const freeze = button("Freeze", () => change({ freeze: freeze.dataset.to === "freeze" }), { class: "primary", id: "clock-freeze" });
  const when = el("input", { type: "datetime-local", step: "1", required: true, id: "clock-set" });
  const amount = el("input", { type: "number", value: "1", step: "any", required: true });
  const unit = select(UNITS, "86400", { "aria-label": "Unit" });
  main.append(
    head("Clock"),
    lead("Each account has its own clock, in Lisbon time. It decides document dates, when PDFs are ready and when late writes happen."),
    cards(
      padded(dial, buttons(frozen, freeze)),
      padded(el("h3", {}, "Advance"),
        buttons(...STEPS.map(([text, seconds]) => button(text, () => change({ advance: seconds })))),
        form(() => change({ advance: Number(amount.value) * Number(unit.value) }), {},
          field("By", amount), el("div", { class: "pairing" }, unit, el("button", {}, "Advance")))),
      padded(el("h3", {}, "Set"),
        form(() => change({ set: when.value }, "The clock is set."), {},
          field("Date and time in Lisbon", when), submit("Set the clock", {})),
        el("p", { class: "dim" }, "The clock runs on from the time you set, unless it is frozen."))),
  );
  return async () => {
    const now = await ask("GET", "/clock", mine());
    dial.replaceChildren(timeOfDay(now.now), el("small", {}, new Date(`${now.now.slice(0, 10)}T12:00:00Z`).toLocaleDateString("en-GB",
      { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })));
    frozen.replaceChildren(now.frozen ? chip("frozen", "calm") : chip("running", "good"));
    freeze.textContent = now.frozen ? "Let it run" : "Freeze";
    freeze.dataset.to = now.frozen ? "thaw" : "freeze";
    if (!when.value) when.value = now.now.slice(0, 19);
  };
}
