import { ask } from "../api.js";
import { button, byId, dim, el, foreign, head, nothing, pairs, sheet } from "../elements.js";
import { mine } from "../state.js";
import { keep } from "../tables.js";
import { moment, plural, words } from "../words.js";

const subjectOf = (message) => foreign(message.subject ?? "(no subject)");

export function outbox(main) {
  let chosen = null, asJson = false, messages = [], drawn = "";
  const list = el("div", { class: "mails" });
  const letter = el("article", { class: "letter", "aria-live": "polite" });
  const box = sheet(el("div", { class: "mailbox" }, list, letter));
  const empty = sheet(nothing("No mail", "The emulator sends nothing. It keeps here the e-mail that the service would send."));
  const shown = el("p", { class: "dim" });
  main.append(head("Outbox", shown), box, empty);
  function choose(message) {
    chosen = message.id;
    show();
    list.querySelector("[aria-current]")?.focus();
  }
  function show() {
    const newestFirst = messages.toReversed();
    const current = newestFirst.find((it) => it.id === chosen) ?? newestFirst[0];
    keep(list, newestFirst.map((it) => ({ ...it, current: it === current })), (it) => it.id, (it) =>
      el("button", { type: "button", "aria-current": it.current ? "true" : null, on: { click: () => choose(it) } },
        el("span", { class: "strong" }, subjectOf(it)), el("span", {}, foreign(it.to)),
        dim(`${moment(it.sent_at)} · ${words(it.document_type)}`)));
    box.hidden = !messages.length;
    empty.hidden = messages.length > 0;
    shown.textContent = plural(messages.length, "mail");
    const wanted = JSON.stringify([current, asJson]);
    if (!current || wanted === drawn) return;
    drawn = wanted;
    const hadFocus = letter.contains(document.activeElement);
    letter.replaceChildren(
      el("div", { class: "head" }, el("h2", {}, subjectOf(current)),
        button(asJson ? "Show as mail" : "Show as JSON", () => { asJson = !asJson; show(); }, { class: "small", id: "mail-form" })),
      ...(asJson ? [messageAsJson(current)] : messageAsMail(current)),
    );
    if (hadFocus) byId("mail-form")?.focus();
  }
  return async () => { messages = (await ask("GET", "/outbox", mine())).messages; show(); };
}

const messageAsJson = (message) => el("pre", { tabindex: "0", "aria-label": "The message as JSON" }, JSON.stringify(message, null, 2));

const messageAsMail = (message) => [
  el("div", {}, pairs(
    ["To", foreign(message.to)],
    ...(message.cc ? [["Cc", foreign(message.cc)]] : []),
    ...(message.bcc ? [["Bcc", foreign(message.bcc)]] : []),
    ["Sent", `${moment(message.sent_at)}, by the account’s clock`],
    ["Document", `${words(message.document_type)} ${message.document_id}`],
    ["Logo", message.logo ? "shown" : "not shown"],
  )),
  el("div", { class: "text" }, foreign(message.body ?? "(no text)")),
];
