// Questions to the user. The dialogs are in index.html.

import { byId } from "./elements.js";

/**
 * Resolves to whether the user says yes. Listens to the choice itself, because a dialog's "close" event comes a frame
 * later and could answer the next question.
 */
export function confirmed(title, text, yes) {
  const dialog = byId("confirm-dialog");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  dialog.showModal();
  return new Promise((resolve) => {
    const chosen = new AbortController();
    const answer = (choice) => { chosen.abort(); resolve(choice); };
    byId("confirm-form").addEventListener("submit", (event) => answer(event.submitter?.value === "yes"), chosen);
    dialog.addEventListener("cancel", () => answer(false), chosen);
  });
}

/** Resolves to the control token that the user types. */
export function tokenFromUser(wasWrong) {
  const dialog = byId("token-dialog"), input = byId("token");
  byId("token-problem").textContent = wasWrong ? "Wrong token." : "";
  if (!dialog.open) dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    byId("token-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = input.value;
      input.value = "";
      dialog.close();
      resolve(typed);
    }, { once: true });
  });
}
