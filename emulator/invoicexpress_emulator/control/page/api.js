// The control plane: requests and their answers.

import { tokenFromUser } from "./dialogs.js";
import { el } from "./elements.js";

export class Refused extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

let token = null; // in memory only
let asking = null; // the token is asked for once, whoever needs it

async function readToken() {
  const typed = await tokenFromUser(token !== null);
  // Headers hold bytes; what does not fit into them cannot be the token.
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
      throw new Refused(0, "The emulator does not answer.");
    }
    if (answer.status === 401) {
      await (asking ??= readToken().finally(() => { asking = null; }));
      continue;
    }
    if (answer.ok) return answer;
    const value = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, value.error ?? `The answer was ${answer.status}.`);
  }
}

export const ask = async (method, path, sent) => (await answerTo(method, path, sent)).json().catch(() => ({}));

/** Saves the file that the answer is, under the name that it says; returns that name. */
export async function save(path, sent) {
  const answer = await answerTo("GET", path, sent);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "file";
  let address;
  try {
    address = URL.createObjectURL(await answer.blob());
  } catch {
    throw new Refused(0, "The file broke off, since the books were changed while it was made. Ask again.");
  }
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}
