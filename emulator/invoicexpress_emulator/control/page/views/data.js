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
    head("Data"), lead("What an account holds can be kept, brought back, made up, exported and thrown away."),
    cards(snapshotCard(), seedCard(), saftCard(), accountCard(), resetCard()),
    el("div", { class: "chains" }, snapshots.sheet),
  );
  return async () => snapshots.show((await ask("GET", "/snapshots", mine())).snapshots);
}

function snapshotCard() {
  const name = el("input", { autocomplete: "off", placeholder: "made up if empty", id: "snapshot-name" });
  const take = () => {
    act(() => ask("POST", "/snapshot", mine(name.value ? { name: name.value } : {})), (it) => `Kept as ${it.name}.`);
    name.value = "";
  };
  return card("Snapshots", null, form(take, {}, field("Name", name), submit("Take a snapshot")));
}

function snapshotTable() {
  const restore = async ({ name }) => {
    if (await confirmed("Restore the snapshot?", `Everything in ${state.account} becomes what it was in ${name}.`, "Restore"))
      await act(() => ask("POST", "/restore", mine({ name })), `${name} is restored.`);
  };
  const remove = ({ name }) => act(() => ask("DELETE", "/snapshots", mine({ name })));
  return liveTable("Snapshots", [
    ["Name", "", (it) => foreign(it.name)],
    ["Taken", "nowrap", (it) => moment(it.taken_at)],
    ["Documents", "number", (it) => number(it.documents)],
    ["", "tight", (it) => el("span", { class: "buttons end" },
      button("Restore", () => restore(it), { class: "small", "aria-label": `Restore ${it.name}` }),
      button("Delete", () => remove(it), { class: "small", "aria-label": `Delete ${it.name}` }))],
  ], (it) => it.name, ["No snapshots", "A snapshot brings an account back to where it was, ids and numbers included."]);
}

function seedCard() {
  const seed = el("input", { type: "number", step: "1", min: "0", value: "1", required: true });
  const [emptyBox, empty] = check("Empty it first");
  const fill = async () => {
    if (!empty.checked || await confirmed("Empty the account first?", `Every document and client of ${state.account} is lost; a made-up company takes their place.`, "Empty and seed"))
      await act(() => ask("POST", "/seed", mine({ seed: Number(seed.value), reset: empty.checked })), "The company is there.");
  };
  return card("Seed", "A believable company: clients, items, a year of documents of every type. The same number makes the same company.",
    form(fill, {}, field("Number", seed), emptyBox, submit("Seed")));
}

function saftCard() {
  const year = el("input", { type: "number", step: "1", min: "2000", max: "9999", value: String(new Date().getFullYear()), required: true, id: "saft-year" });
  const month = select([["", "the whole year"], ...MONTHS], "", { id: "saft-month" });
  const exportFile = () => act(() => save("/saft", mine({ year: year.value, ...(month.value ? { month: month.value } : {}) })), (it) => `Saved as ${it}.`);
  return card("SAF-T", "The audit file of a month, or of a whole year, of this account as it is now.",
    form(exportFile, { id: "saft-form" }, field("Year", year), field("Month", month), submit("Export")));
}

function accountCard() {
  const name = el("input", { required: true, pattern: "[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?", autocomplete: "off", spellcheck: "false", id: "new-account" });
  const [trialBox, trial] = check("Trial");
  const made = el("p", { role: "status" });
  const make = () => act(async () => {
    const answer = await ask("POST", "/accounts", { name: name.value, trial: trial.checked });
    name.value = "";
    made.replaceChildren("The key of ", foreign(answer.name), ": ", code(answer.api_key), " ", copyButton(answer.api_key, "Copy", "the key"));
    await loadAccounts();
  });
  return card("Another account", "Nothing of one account is ever visible in another.",
    form(make, {}, field("Name", name), trialBox, submit("Make the account")), made);
}

function resetCard() {
  const resetOne = async () => {
    if (await confirmed("Reset the account?", `Every document, client and setting of ${state.account} is lost.`, "Reset"))
      await act(() => ask("POST", "/reset", mine()), `${state.account} is empty.`);
  };
  const resetAll = async () => {
    if (await confirmed("Reset all accounts?", "Every document, client, setting and fault of every account is lost.", "Reset all"))
      await act(() => ask("POST", "/reset", { account: "*" }), "All accounts are empty.");
  };
  return card("Reset", "Empties the account: only its name, its key and what kind of account it is stay.",
    buttons(
      button("Reset this account", resetOne, { class: "danger", id: "reset" }),
      button("Reset all accounts", resetAll, { class: "danger" })));
}
