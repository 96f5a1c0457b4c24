// One press acts once. A page has one action under way at most, and the second half of a double click is no press,
// whatever lies under the pointer by then.

import { byId } from "./elements.js";
import { addressOf, state } from "./state.js";

const HALVES = 500; // milliseconds between the two halves of a double click at most, where the browser does not count clicks
const NEAR = 24; // pixels between them

const underway = new Set(); // addresses of pages: an action goes on when its page is left, and holds it on return
let press = null; // the newest click, until an action takes it
let acted = null; // the click that the newest action took

const here = () => addressOf(state.account, state.view, state.id);
const isHeld = () => underway.has(here());

/** Where and when a click was. One that came from a key or a script is at the middle of its control. */
function pressOf(event) {
  const box = event.target.getBoundingClientRect();
  const [x, y] = event.detail ? [event.clientX, event.clientY] : [box.x + box.width / 2, box.y + box.height / 2];
  return { event, x, y, at: event.timeStamp };
}

const isSecondHalf = (it) => it.event.detail > 1
  || (acted !== null && it.at - acted.at < HALVES && Math.abs(it.x - acted.x) < NEAR && Math.abs(it.y - acted.y) < NEAR);

function refuse(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Follows the presses of the whole page, before any control does. */
export function watchPresses() {
  document.addEventListener("click", (event) => {
    const isHeldControl = isHeld() && event.target.closest("main button");
    const isHastyAnswer = event.detail > 1 && event.target.closest("dialog button");
    if (isHeldControl || isHastyAnswer) refuse(event);
    else press = pressOf(event);
  }, true);
  document.addEventListener("input", () => { acted = null; }, true); // after other input, a press is a new one
  document.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && event.target.closest("main, dialog")) refuse(event);
  }, true);
}

/** Shows whether the page is held. Its buttons keep the focus, which `disabled` would take away. */
export function showHold() {
  const main = byId("main");
  if (isHeld()) main.setAttribute("aria-busy", "true");
  else main.removeAttribute("aria-busy");
  for (const each of main.querySelectorAll("button")) {
    if (isHeld()) each.setAttribute("aria-disabled", "true");
    else each.removeAttribute("aria-disabled");
  }
}

/** Holds the page for an action. Returns what ends the hold, or null if the press must not act. */
export function hold() {
  const taken = press, page = here(), focused = document.activeElement;
  press = null;
  if (isHeld() || (taken !== null && isSecondHalf(taken))) {
    taken?.event.preventDefault();
    return null;
  }
  acted = taken;
  underway.add(page);
  showHold();
  return () => {
    underway.delete(page);
    showHold();
    if (page === here()) keepFocus(focused);
  };
}

/** Gives the focus to what stands for an element that the page replaced or disabled. */
function keepFocus(before) {
  const now = document.activeElement;
  if (before === document.body || !(now === document.body || now.disabled)) return;
  const opener = before.form?.id ? document.querySelector(`[aria-controls="${before.form.id}"]`) : null;
  const heirs = [before.id ? byId(before.id) : null, opener, byId("main")];
  heirs.find((it) => it?.checkVisibility() && !it.disabled)?.focus({ preventScroll: true });
}
