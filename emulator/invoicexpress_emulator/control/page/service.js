// Requests to the emulated service itself, as a client of the selected account sends them.

import { ask, Refused } from "./api.js";
import { mine } from "./state.js";

/** Sends a request with the account's key. Returns what was asked and answered, whether it was refused or not. */
export async function callService(method, path, body = null, query = {}) {
  const { api_key: key } = await ask("GET", "/key", mine());
  const request = { method, headers: { Accept: "application/json" }, cache: "no-store", credentials: "omit" };
  if (body !== null) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  const shown = new URLSearchParams(query).toString();
  const asked = { method, path: shown ? `${path}?${shown}` : path, body };
  let answer;
  try {
    answer = await fetch(new URL(`${path}?${new URLSearchParams({ ...query, api_key: key })}`, location.origin), request);
  } catch {
    return { ...asked, status: 0, text: "", value: null };
  }
  const text = await answer.text().catch(() => "");
  let value = null;
  try {
    value = JSON.parse(text);
  } catch { /* a page, or nothing */ }
  return { ...asked, status: answer.status, text, value };
}

/** The object under the one root key of an answer. */
export function rootOf(answer) {
  const [value] = Object.values(answer.value ?? {});
  if (value === undefined) throw new Refused(answer.status, "The answer has no document.");
  return value;
}
