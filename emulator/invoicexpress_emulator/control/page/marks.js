// Chips that several views share.

import { chip } from "./elements.js";

/** The HTTP status of an answer; 0 means that the connection was reset. */
export function statusChip(status) {
  const tone = status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  return chip(status === 0 ? "reset" : String(status), tone);
}

export const validChip = (isValid) => chip(isValid ? "✓ valid" : "✕ broken", isValid ? "good" : "bad");
