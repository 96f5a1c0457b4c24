// Chips that several views show.

import { chip } from "./elements.js";

/** The status that a request was answered with. */
export function statusChip(status) {
  const tone = status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  return chip(status === 0 ? "reset" : String(status), tone);
}

export const validChip = (isValid) => chip(isValid ? "✓ valid" : "✕ broken", isValid ? "good" : "bad");
