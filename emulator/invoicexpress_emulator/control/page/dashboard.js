// The emulator's dashboard: the frame around its views. Each view is a module whose function builds the view's elements
// once, inside the given element, and returns a function that updates them.

import { ask, Refused } from "./api.js";
import { byId, el, nothing, options, sheet } from "./elements.js";
import { choose, FORMATS, formats } from "./formats.js";
import { clearNotices } from "./notices.js";
import { watchPresses } from "./pressing.js";
import { follow, refresh } from "./refreshing.js";
import { addressOf, loadAccounts, state } from "./state.js";
import { chain } from "./views/chain.js";
import { clock } from "./views/clock.js";
import { data } from "./views/data.js";
import { oneDocument } from "./views/document.js";
import { documents } from "./views/documents.js";
import { faults } from "./views/faults.js";
import { ledger } from "./views/ledger.js";
import { outbox } from "./views/outbox.js";
import { overview } from "./views/overview.js";
import { requests } from "./views/requests.js";
import { series } from "./views/series.js";
import { settings } from "./views/settings.js";
import { verify } from "./views/verify.js";

const VIEWS = [
  { name: "overview", title: "Overview", make: overview, every: 2000 },
  { name: "documents", title: "Documents", make: documents, one: oneDocument, every: 1000 },
  { name: "series", title: "Series", make: series, every: 3000 },
  { name: "chain", title: "Hash chain", make: chain, every: 5000 },
  { name: "requests", title: "Requests", make: requests, every: 1000 },
  { name: "outbox", title: "Outbox", make: outbox, every: 2000 },
  { name: "clock", title: "Clock", make: clock, every: 1000 },
  { name: "faults", title: "Faults", make: faults, every: 1500 },
  { name: "settings", title: "Settings", make: settings, every: 3000 },
  { name: "data", title: "Data", make: data, every: 4000 },
  { name: "verify", title: "Verify", make: verify, every: null },
  { name: "ledger", title: "Ledger", make: ledger, every: null },
];

function readAddress() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [account, view, id = null] = path.split("/").map(decoded);
  state.account = state.accounts.some((each) => each.name === account) ? account : state.account;
  state.view = VIEWS.some((each) => each.name === view) ? view : "overview";
  state.id = id || null;
  state.query = new URLSearchParams(query);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // an address that someone typed
  }
}

function draw() {
  readAddress();
  byId("account").value = state.account;
  const strip = byId("views");
  strip.replaceChildren(...VIEWS.map((view) => el("li", {},
    el("a", { href: addressOf(state.account, view.name), "aria-current": view.name === state.view ? "page" : null }, view.title))));
  const current = strip.querySelector("[aria-current]");
  if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2;
  const view = VIEWS.find((each) => each.name === state.view);
  document.title = `${view.title} · ${state.account} · InvoiceXpress emulator`;
  const main = byId("main");
  main.replaceChildren();
  const isOne = state.id !== null && view.one;
  return follow((isOne ? view.one : view.make)(main), isOne ? 2000 : view.every);
}

function turnPage() {
  clearNotices();
  window.scrollTo(0, 0);
  return draw();
}

async function start() {
  try {
    [state.health, state.document] = await Promise.all([ask("GET", "/health"), ask("GET", "/openapi.json")]);
    await loadAccounts();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    byId("main").replaceChildren(sheet(nothing("The control plane is not responding", error.message)));
    setTimeout(start, 3000);
    return;
  }
  byId("formats").append(...options(FORMATS, formats()));
  byId("formats").addEventListener("change", (event) => { choose(event.target.value); draw(); });
  byId("account").addEventListener("change", (event) => { location.hash = addressOf(event.target.value, state.view); });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byId("main").focus(); });
  window.addEventListener("hashchange", turnPage);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  setInterval(() => { if (!document.hidden) loadAccounts().catch(() => {}); }, 5000);
  await draw();
}

watchPresses();
start();
