import { ask, save } from "../api.js";
import { button, byId, chip, dim, el, foreign, head, lead, nothing, pairs, sheet } from "../elements.js";
import { viewLink } from "../links.js";
import { act } from "../refreshing.js";
import { mine, state } from "../state.js";
import { keep } from "../tables.js";
import { moment, plural, sentence } from "../words.js";

const subjectOf = (message) => foreign(message.subject ?? "(no subject)");
const documentOf = (message) => message.document_number ?? `${sentence(message.document_type)} ${message.document_id}`;

export function outbox(main) {
  let chosen = null, asJson = false, messages = [], drawn = "";
  const list = el("div", { class: "mails", role: "group", "aria-label": "Mails, newest first" });
  const letter = el("article", { class: "letter", "aria-live": "polite", "aria-label": "The chosen mail" });
  const box = sheet(el("div", { class: "mailbox" }, list, letter));
  const empty = sheet(nothing("No mail", "The emulator sends nothing. It keeps here the e-mail that the service would send."));
  const shown = el("p", { class: "dim" });
  main.append(head("Outbox", shown), lead("Mails that the service would have sent. Nothing leaves the emulator."), box, empty);
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
        dim(`${moment(it.sent_at)} · ${documentOf(it)}`)));
    box.hidden = !messages.length;
    empty.hidden = messages.length > 0;
    shown.textContent = plural(messages.length, "mail");
    const wanted = JSON.stringify([current, asJson]);
    if (!current || wanted === drawn) return;
    drawn = wanted;
    const hadFocus = document.activeElement?.id === "mail-form";
    letter.replaceChildren(
      el("div", { class: "head" }, el("h3", {}, subjectOf(current)),
        button(asJson ? "Show as mail" : "Show as JSON", () => { asJson = !asJson; show(); }, { class: "small", id: "mail-form" })),
      ...(asJson ? [messageAsJson(current)] : messageAsMail(current)),
    );
    if (hadFocus) byId("mail-form")?.focus();
  }
  return async () => { messages = (await ask("GET", "/outbox", mine())).messages; show(); };
}

const messageAsJson = (message) => el("pre", { tabindex: "0", role: "group", "aria-label": "The message as JSON" }, JSON.stringify(message, null, 2));

const messageAsMail = (message) => [
  el("div", {}, pairs(
    ["From", el("span", {}, foreign(state.account), dim(" through InvoiceXpress"))],
    ["To", foreign(message.to)],
    ...(message.cc ? [["Cc", foreign(message.cc)]] : []),
    ...(message.bcc ? [["Bcc", foreign(message.bcc)]] : []),
    ["Sent", `${moment(message.sent_at)}, by the account’s clock`],
  )),
  el("div", { class: "paper" },
    message.logo ? el("p", { class: "logo" }, "Logo of ", foreign(state.account)) : null,
    el("div", { class: "text" }, foreign(message.body ?? "(no text of its own)")),
    attachment(message)),
];

/** The document that a mail carries: a link to its page, and its PDF as it is printed now. */
const attachment = (message) => el("div", { class: "attachment" }, chip("PDF", "calm"),
  viewLink("documents", documentOf(message), message.document_id),
  button("Save the PDF", () => act(() => save(`/outbox/${message.id}/pdf`, mine()), (name) => `Saved as ${name}.`),
    { class: "small", id: "mail-pdf", "aria-label": `Save the PDF of ${documentOf(message)}` }));
