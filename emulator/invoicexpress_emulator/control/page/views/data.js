import { ask, save } from "../api.js";
import { confirmed } from "../dialogs.js";
import { button, buttons, cards, check, code, el, field, foreign, form, head, lead, padded, select, submit } from "../elements.js";
import { copyButton } from "../notices.js";
import { act } from "../refreshing.js";
import { loadAccounts, mine, state } from "../state.js";
import { liveTable } from "../tables.js";
import { moment, number } from "../words.js";

const MONTHS = Array.from({ length: 12 }, (_, index) => [String(index + 1), new Date(2000, index).toLocaleString("en-GB", { month: "long" })]);

const card = (title, text, ...parts) => padded(el("h3", {}, title), text && el("p", { class: "dim" }, text), ...parts);

export function data(main) {
  const snapshots = snapshotTable();
  main.append(
    head("Data"), lead("Save, restore, generate, export or delete the account’s data."),
    cards(snapshotCard(), seedCard(), saftCard(), accountCard(), resetCard()),
    el("div", { class: "chains" }, snapshots.sheet),
  );
  return async () => snapshots.show((await ask("GET", "/snapshots", mine())).snapshots);
}

function snapshotCard() {
  const name = el("input", { autocomplete: "off", placeholder: "chosen for you if empty", id: "snapshot-name" });
  const take = () => act(async () => {
    const taken = await ask("POST", "/snapshot", mine(name.value ? { name: name.value } : {}));
    name.value = "";
    return taken;
  }, (it) => `Saved as ${it.name}.`);
  return card("Snapshots", null, form(take, {}, field("Name", name), submit("Take a snapshot")));
}

function snapshotTable() {
  const restore = async ({ name }) => {
    if (await confirmed("Restore the snapshot?", `${state.account} goes back to how it was in ${name}.`, "Restore"))
      await act(() => ask("POST", "/restore", mine({ name })), `Restored ${name}.`);
  };
  const remove = ({ name }) => act(() => ask("DELETE", "/snapshots", mine({ name })));
  return liveTable("Snapshots", [
    ["Snapshot", "", (it) => foreign(it.name)],
    ["Taken", "nowrap", (it) => moment(it.taken_at)],
    ["Documents", "number", (it) => number(it.documents)],
    ["", "tight", (it) => el("span", { class: "buttons end" },
      button("Restore", () => restore(it), { class: "small", "aria-label": `Restore ${it.name}` }),
      button("Delete", () => remove(it), { class: "small", "aria-label": `Delete ${it.name}` }))],
  ], (it) => it.name, ["No snapshots", "A snapshot lets you return the account to an earlier state, ids and numbers included."]);
}

function seedCard() {
  const seed = el("input", { type: "number", step: "1", min: "0", value: "1", required: true });
  const [emptyBox, empty] = check("Empty the account first");
  const fill = async () => {
    if (!empty.checked || await confirmed("Empty the account first?", `This deletes every document and client of ${state.account} and generates a company in their place.`, "Empty and seed"))
      await act(() => ask("POST", "/seed", mine({ seed: Number(seed.value), reset: empty.checked })), "Company generated.");
  };
  return card("Seed", "Generates a realistic company: clients, items and a year of documents of every type. The same number always gives the same company.",
    form(fill, {}, field("Number", seed), emptyBox, submit("Seed")));
}

function saftCard() {
  const year = el("input", { type: "number", step: "1", min: "2000", max: "9999", value: String(new Date().getFullYear()), required: true, id: "saft-year" });
  const month = select([["", "whole year"], ...MONTHS], "", { id: "saft-month" });
  const exportFile = () => act(() => save("/saft", mine({ year: year.value, ...(month.value ? { month: month.value } : {}) })), (it) => `Saved as ${it}.`);
  return card("SAF-T", "This account’s audit file for a month or a whole year.",
    form(exportFile, { id: "saft-form" }, field("Year", year), field("Month", month), submit("Export")));
}

function accountCard() {
  const name = el("input", { required: true, pattern: "[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?", autocomplete: "off", spellcheck: "false", id: "new-account" });
  const [trialBox, trial] = check("Trial");
  const made = el("p", { role: "status" });
  const make = () => act(async () => {
    const answer = await ask("POST", "/accounts", { name: name.value, trial: trial.checked });
    name.value = "";
    made.replaceChildren("API key of ", foreign(answer.name), ": ", code(answer.api_key), " ", copyButton(answer.api_key, "Copy", "the key"));
    await loadAccounts();
  });
  return card("Another account", "Accounts never see each other’s data.",
    form(make, {}, field("Name", name), trialBox, submit("Create the account")), made);
}

function resetCard() {
  const resetOne = async () => {
    if (await confirmed("Reset the account?", `This deletes every document, client and setting of ${state.account}.`, "Reset"))
      await act(() => ask("POST", "/reset", mine()), `${state.account} is now empty.`);
  };
  const resetAll = async () => {
    if (await confirmed("Reset all accounts?", "This deletes every document, client, setting and fault of every account.", "Reset all"))
      await act(() => ask("POST", "/reset", { account: "*" }), "All accounts are now empty.");
  };
  return card("Reset", "Empties the account. It keeps its name, key and kind.",
    buttons(
      button("Reset this account", resetOne, { class: "danger", id: "reset" }),
      button("Reset all accounts", resetAll, { class: "danger" })));
}
