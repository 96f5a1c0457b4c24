// Chips that several views share.

import { chip, el, foreign } from "./elements.js";
import { addressOf, state } from "./state.js";
import { nameOfDocument, words } from "./words.js";

/** The HTTP status of an answer; 0 means that the connection was reset. */
export function statusChip(status) {
  const tone = status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  return chip(status === 0 ? "reset" : String(status), tone);
}

export const validChip = (isValid) => chip(isValid ? "✓ valid" : "✕ broken", isValid ? "good" : "bad");

const TONES = {
  draft: "", final: "calm", settled: "good", accepted: "good", completed: "good",
  canceled: "bad", deleted: "bad", refused: "bad", second_copy: "warn",
};

/** The state of a document. */
export const stateChip = (document) => chip(words(document.status) + (document.archived ? ", archived" : ""), TONES[document.status]);

const SHORT = 20; // characters of a name that stays on one line

/** A link to the page of a document. */
export function documentLink(document) {
  const name = nameOfDocument(document);
  return el("a", { href: addressOf(state.account, "documents", document.id), class: name.length <= SHORT ? "nowrap" : null }, foreign(name));
}
