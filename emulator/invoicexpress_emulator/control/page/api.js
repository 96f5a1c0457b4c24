// Requests to the control plane.

import { tokenFromUser } from "./dialogs.js";
import { el } from "./elements.js";

export class Refused extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

let token = null; // in memory only
let asking = null; // requests that need the token share one question

async function readToken() {
  const typed = await tokenFromUser(token !== null);
  // A header holds bytes, so a token with other characters is wrong anyway.
  token = encodeURIComponent(typed) === typed ? typed : typed.replace(/[^\x20-\xff]/g, "?");
}

async function answerTo(method, path, sent = {}) {
  for (;;) {
    const request = { method, headers: {}, cache: "no-store", credentials: "omit" };
    let address = path.slice(1);
    if (token !== null) request.headers["X-Emulator-Token"] = token;
    if (method === "POST") {
      request.headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(sent);
    } else if (Object.keys(sent).length) address += `?${new URLSearchParams(sent)}`;
    let answer;
    try {
      answer = await fetch(address, request);
    } catch {
      throw new Refused(0, "The emulator is not responding.");
    }
    if (answer.status === 401) {
      await (asking ??= readToken().finally(() => { asking = null; }));
      continue;
    }
    if (answer.ok) return answer;
    const value = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, value.error ?? `The emulator answered ${answer.status}.`);
  }
}

export const ask = async (method, path, sent) => (await answerTo(method, path, sent)).json().catch(() => ({}));

/** Downloads a file under the name that the emulator gives it. Returns that name. */
export async function save(path, sent) {
  const answer = await answerTo("GET", path, sent);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "file";
  let address;
  try {
    address = URL.createObjectURL(await answer.blob());
  } catch {
    throw new Refused(0, "The download broke off because the books changed. Try again.");
  }
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}
