// Questions to the user, in dialogs that index.html has.

import { byId } from "./elements.js";

/**
 * Whether the user says yes. The answer is read from the choice itself: a dialog's "close" event waits for the next
 * frame, and would answer the question that has been asked meanwhile.
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

/** The control token that the user types. */
export function tokenFromUser(wasWrong) {
  const dialog = byId("token-dialog"), input = byId("token");
  byId("token-problem").textContent = wasWrong ? "That is not the token." : "";
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
