// Keeps the current view up to date.

import { ask, Refused } from "./api.js";
import { byId, el } from "./elements.js";
import { say } from "./notices.js";
import { hold, showHold } from "./pressing.js";
import { loadAccounts, mine, state } from "./state.js";
import { moment } from "./words.js";

let update = async () => {};
let every = null;
let timer = null;
let turn = 0;
let complained = false;

/** Switches to another view. `everyOfView` is the milliseconds between updates; null means none. */
export function follow(updateOfView, everyOfView) {
  update = updateOfView;
  every = everyOfView;
  return refresh();
}

/** Updates the view now and, if it updates itself, schedules the next update. */
export async function refresh() {
  clearTimeout(timer);
  const mineNow = ++turn;
  showHold();
  try {
    await Promise.all([update(), facts()]);
    complained = false;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!complained) say(error.message, "bad");
    complained = true;
    if (error.status === 404) await loadAccounts().catch(() => {});
  } finally {
    showHold(); // of the buttons that are new
    if (mineNow === turn && every !== null) timer = setTimeout(() => document.hidden ? null : refresh(), every);
    if (mineNow === turn) document.body.dataset.shown = [state.account, state.view, state.id].filter((part) => part !== null).join("/");
  }
}

async function facts() {
  const now = await ask("GET", "/clock", mine());
  byId("facts").replaceChildren(
    el("span", {}, "profile ", el("b", {}, state.health.profile)), el("span", {}, "version ", el("b", {}, state.health.version)),
    el("span", {}, "time ", el("b", {}, moment(now.now)), now.frozen ? " frozen" : ""),
  );
}

/**
 * Runs a click's work, reports success or the refusal, and updates the view. Until the view shows the outcome, its page is
 * held: no other press acts there. Nor does the second half of a double click, later.
 */
export async function act(work, done) {
  const release = hold();
  if (release === null) return;
  try {
    const result = await work();
    if (done) say(typeof done === "function" ? done(result) : done);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, "bad");
  } finally {
    await refresh().finally(release);
  }
}
