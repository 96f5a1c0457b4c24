import { ask } from "../api.js";
import { cards, chip, code, dim, el, foreign, head, padded, pairs } from "../elements.js";
import { statusChip } from "../marks.js";
import { copyButton } from "../notices.js";
import { mine, state } from "../state.js";
import { keep, liveTable } from "../tables.js";
import { moment, money, nameOfDocument, number, plural, timeOfDay } from "../words.js";

export function overview(main) {
  const place = cards();
  const rows = liveTable("Last requests", [
    ["Last requests", "", (it) => el("span", {}, el("span", { class: "verb" }, it.method), " ", foreign(it.path))],
    ["Operation", "nowrap", (it) => it.operation ?? dim("none")],
    ["Status", "", (it) => statusChip(it.status)],
    ["At", "nowrap", (it) => el("time", { datetime: it.at }, timeOfDay(it.at))],
  ], (it) => it.number, ["No requests yet", "Requests from clients appear here, with details under Requests."]);
  main.append(head("Overview"), place, rows.sheet);
  return async () => {
    const [clock, documents, faults, outbox, requests] = await Promise.all([
      ask("GET", "/clock", mine()), ask("GET", "/documents", mine({ limit: 6 })),
      ask("GET", "/faults", mine()), ask("GET", "/outbox", mine()), ask("GET", "/requests", mine({ limit: 8 })),
    ]);
    rows.show(requests.requests.toReversed());
    const account = state.accounts.find((each) => each.name === state.account);
    keep(place, [
      { card: emulatorCard, health: state.health, account: state.account },
      { card: accountCard, account, clock, total: documents.total, faults: faults.faults.length, mails: outbox.messages.length },
      { card: documentsCard, documents: documents.documents },
    ], (it) => it.card.name, (it) => it.card(it));
  };
}

function emulatorCard({ health, account }) {
  const copied = (text, what) => el("span", {}, code(text), " ", copyButton(text, "Copy", what));
  return padded(
    el("h3", {}, "Emulator"),
    pairs(
      ["Address", copied(location.origin, "the address")],
      ["Account", copied(account, "the account's name")],
      ["Profile", health.profile], ["Version", health.version], ["Seed", String(health.seed)],
      ["Status", chip(health.status, "good")],
      ["Control plane", el("a", { href: "openapi.json", target: "_blank", rel: "noreferrer" }, "OpenAPI document")],
    ),
  );
}

function accountCard({ account, clock, total, faults, mails }) {
  const kinds = [account?.trial && "trial", account?.partner && "partner"].filter(Boolean).join(", ") || "ordinary";
  return padded(
    el("h3", {}, "Account ", foreign(state.account)),
    pairs(
      ["State", chip(account?.state ?? "unknown", account?.state === "active" ? "good" : "warn")],
      ["Kind", kinds],
      ["Time", el("span", {}, moment(clock.now), " ", clock.frozen ? chip("frozen", "calm") : null)],
      ["Documents", number(total)],
      ["Mails", String(mails)], ["Faults", faults ? chip(plural(faults, "fault"), "warn") : "none"],
    ),
  );
}

function documentsCard({ documents }) {
  const entry = (it) => [foreign(nameOfDocument(it)), [foreign(it.client), " · ", money.format(it.total)]];
  return padded(
    el("h3", {}, "Last documents"),
    documents.length ? pairs(...documents.map(entry)) : el("p", { class: "dim" }, "None yet. Point a client at the address above."),
  );
}
