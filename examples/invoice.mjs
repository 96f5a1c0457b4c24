// An invoice from Node, over plain HTTPS: draft, total checked, finalized once, PDF saved. No package.
//
//     python examples/with_emulator.py --tls node examples/invoice.mjs order-118 build
//
// Takes the order's key, and the folder of the PDF. Run it again with the same key whenever you like: the key
// leads to the same invoice. It ends with
//
// * 0, done: the invoice is issued, with the total that we expect.
// * 4, refused: nothing legal was done. The text says why.
// * 3, unknown: the invoice may be issued. Run it again with the same key.
//
// Variables: INVOICEXPRESS_ACCOUNT and INVOICEXPRESS_API_KEY. With the emulator of `--tls` also
// NODE_EXTRA_CA_CERTS, its authority, and INVOICEXPRESS_CONNECT_TO, such as 127.0.0.1:8443: the vendor's host
// name then leads to this machine, as a line in /etc/hosts would do it for a program without this variable.

import { mkdir, writeFile } from "node:fs/promises";
import https from "node:https";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const { INVOICEXPRESS_ACCOUNT: account, INVOICEXPRESS_API_KEY: apiKey } = process.env;
const [address, port] = process.env.INVOICEXPRESS_CONNECT_TO?.split(":") ?? [];
const host = `${account}.app.invoicexpress.com`;
const ATTEMPTS = 3;
const SECOND = 1000;

/** The service refused, in its own words, or a check of ours did. */
class Refused extends Error {}
/** No answer, or none of the service's own: the request may have been carried out. */
class NoAnswer extends Error {}
/** The result of a write is unknown, and stays so for now. */
class Unknown extends Error {}

// --- The order ---------------------------------------------------------------------------------------------

// Amounts are texts, since 8.1301 has no exact binary form. The total, in cents, is the one that the customer saw.
const order = {
  key: process.argv[2],
  client: { name: "Ana Sousa", code: "A1" },
  items: [{ name: "Caderno A5", unit_price: "8.1301", quantity: "3", tax: { name: "IVA23" } }],
  totalInCents: 3000,
};

/** Today in Lisbon, dd/mm/yyyy. The service silently takes its own day for a date that it cannot read. */
function today() {
  const day = { timeZone: "Europe/Lisbon", day: "2-digit", month: "2-digit", year: "numeric" };
  return new Intl.DateTimeFormat("pt-PT", day).format(new Date());
}

/** Cents of an amount with two decimals, which JSON.parse has made a float. Sums are made in cents alone. */
const cents = (amount) => Math.round(Number(amount) * 100);

// --- HTTP --------------------------------------------------------------------------------------------------

/** One request. Throws NoAnswer if the connection fails, is cut, or takes more than 30 seconds. */
function exchange(method, url, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const options = { method, headers, signal: AbortSignal.timeout(30 * SECOND) };
  if (address !== undefined && url.hostname === host) {
    // The name stays the vendor's, in the certificate and in the Host header; only its place is another.
    headers.Host = host;
    Object.assign(options, { port, lookup: toAddress });
  }
  return new Promise((resolve, reject) => {
    // The path, without the query: the key is in there, and belongs in no message and no log.
    const failed = (error) => reject(new NoAnswer(`${method} ${url.pathname}: ${error.message}`));
    const request = https.request(url, options, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", failed);
      answer.on("end", () => resolve({ status: answer.statusCode, content: Buffer.concat(chunks) }));
    });
    request.on("error", failed);
    request.end(body && JSON.stringify(body));
  });
}

function toAddress(_, { all }, found) {
  return all ? found(null, [{ address, family: 4 }]) : found(null, address, 4);
}

/**
 * Calls the API. Returns status and JSON of a success; throws Refused for the service's own refusal.
 *
 * A page of a proxy is no answer, whatever its status, and neither is a 5xx or 429: all are NoAnswer.
 */
async function call(method, resource, body) {
  const { status, content } = await exchange(
    method,
    new URL(`https://${host}${resource}?api_key=${encodeURIComponent(apiKey)}`),
    body,
  );
  const told = `${method} ${resource} answered ${status}`;
  if (status === 429 || status >= 500) throw new NoAnswer(told);
  let json;
  try {
    json = JSON.parse(content.toString());
  } catch {
    throw new NoAnswer(`${told}, and no JSON`);
  }
  if (status >= 400) throw new Refused(`${told}: ${JSON.stringify(json.errors ?? json)}`);
  return { status, json };
}

/** A read, repeated while there is no answer: it changes nothing. */
async function read(resource) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call("GET", resource);
    } catch (error) {
      if (!(error instanceof NoAnswer) || attempt === ATTEMPTS) throw error;
      await pause(attempt * 0.2 * SECOND);
    }
  }
}

// --- The invoice -------------------------------------------------------------------------------------------

/** The draft of the order, or its later state: a create with a known key returns the same document. */
async function create() {
  const invoice = { date: today(), client: order.client, items: order.items };
  let doubt;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      // The key stands beside the document, not in it.
      return (await call("POST", "/invoices.json", { invoice, proprietary_uid: order.key })).json.invoice;
    } catch (error) {
      // A refusal after a lost answer says nothing about the request that was lost.
      if (!(error instanceof NoAnswer)) throw doubt ? new Unknown(`${doubt.message}; then ${error.message}`) : error;
      doubt = error;
      if (attempt < ATTEMPTS) await pause(attempt * 0.2 * SECOND);
    }
  }
  throw new Unknown(doubt.message);
}

/** Refuses a document that is not the order's. A key that is used twice leads to a document of another sale. */
function check(document) {
  const [total, expected] = [cents(document.total), order.totalInCents];
  if (total !== expected) throw new Refused(`document ${document.id}: total of ${total} cents, not ${expected}`);
  const { name } = document.client;
  if (name !== order.client.name) throw new Refused(`document ${document.id} is ${name}'s; use another key`);
  if (["canceled", "deleted"].includes(document.status)) throw new Refused(`document ${document.id} is void`);
}

/** Turns the draft into a legal document, which cannot be undone: checked before, and read after each try. */
async function finalize(draft) {
  const resource = `/invoices/${draft.id}`;
  let document = draft;
  let inDoubt = false;
  for (let attempt = 1; document.status === "draft"; attempt += 1) {
    check(document);
    let refusal;
    try {
      await call("PUT", `${resource}/change-state.json`, { invoice: { state: "finalized" } });
    } catch (error) {
      if (error instanceof Refused) refusal = error;
      else if (error instanceof NoAnswer) inDoubt = true;
      else throw error;
    }
    try {
      document = (await read(`${resource}.json`)).json.invoice;
    } catch (error) {
      throw new Unknown(`document ${draft.id} may be finalized: ${error.message}`);
    }
    if (document.status === "draft" && (refusal || attempt === ATTEMPTS)) {
      // A draft for now. But a request whose answer was lost may still be carried out, so only a first one
      // that was refused is the end of it.
      throw refusal && !inDoubt ? refusal : new Unknown(`document ${draft.id} may yet be finalized`);
    }
  }
  check(document);
  return document;
}

/** Waits for the PDF, which the service makes in the background, and saves it. */
async function savePdf(document, folder) {
  const resource = `/api/pdf/${document.id}.json`;
  let answer = await read(resource);
  for (let polls = 1; answer.status === 202 && polls < 30; polls += 1) {
    await pause(Math.min(polls * 0.25, 4) * SECOND);
    answer = await read(resource);
  }
  if (answer.status !== 200) throw new NoAnswer(`the PDF of document ${document.id} is not ready`);
  // The address is a secret: anyone who has it can read the invoice.
  const { status, content } = await exchange("GET", new URL(answer.json.output.pdfUrl));
  if (status !== 200 || content.subarray(0, 5).toString() !== "%PDF-") throw new NoAnswer("there is no PDF");
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `FT ${document.inverted_sequence_number.replace("/", "-")}.pdf`);
  await writeFile(file, content);
  return file;
}

async function main() {
  if (!account || !apiKey) throw new Refused("set INVOICEXPRESS_ACCOUNT and INVOICEXPRESS_API_KEY");
  if (!order.key) throw new Refused("give the order's key, such as order-118");
  const invoice = await finalize(await create());
  console.log(`FT ${invoice.inverted_sequence_number}: ${(cents(invoice.total) / 100).toFixed(2)} EUR`);
  try {
    console.log(await savePdf(invoice, process.argv[3] ?? "."));
  } catch (error) {
    // The invoice is issued, whatever becomes of its PDF.
    console.error(`no PDF for now: ${error.message}`);
  }
}

try {
  await main();
} catch (error) {
  const outcome = [Refused, Unknown].find((kind) => error instanceof kind);
  if (outcome === undefined) throw error;
  console.error(outcome === Unknown ? `unknown: ${error.message}. Run it again.` : `refused: ${error.message}`);
  process.exitCode = outcome === Unknown ? 3 : 4;
}
