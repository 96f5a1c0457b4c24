import { ask } from "../api.js";
import { combobox } from "../combobox.js";
import { button, buttons, check, dim, el, field, foreign, head, search } from "../elements.js";
import { asked, viewLink } from "../links.js";
import { statusChip } from "../marks.js";
import { copyButton } from "../notices.js";
import { refresh } from "../refreshing.js";
import { schemaOf, state } from "../state.js";
import { fixedTable, liveTable } from "../tables.js";
import { plural, timeOfDay } from "../words.js";

const FEW = 200;
const ALL = 1000; // the emulator keeps no more
const NEWER_ONLY = 20; // updates that ask for newer requests alone, before one that asks for all

export function requests(main) {
  const opened = new Set();
  const [pausedBox, paused] = check("Paused", { on: { change: () => refresh() } });
  const [everybodyBox, everybody] = check("All accounts", { on: { change: () => refresh() } });
  const [failedBox, failed] = check("Only refused or failed", { on: { change: () => show() } });
  const filter = search(() => show());
  const operation = combobox(operationNames().map((name) => [name, ""]), { type: "search", id: "request-operation", placeholder: "any", value: asked("operation") }, () => refresh());
  const ofDocument = el("input", { type: "search", inputmode: "numeric", pattern: "[0-9]*", autocomplete: "off", id: "request-document", placeholder: "any", value: asked("document"), on: { input: () => refresh() } });
  const shown = el("p", { class: "dim" });
  const columns = [
    ["Request", "wide", (it) => el("button", { type: "button", class: "opens", "aria-expanded": String(it.isOpen), on: { click: () => toggle(it.number) } },
      el("span", { class: "verb" }, it.method), " ", foreign(it.path + (it.query ? `?${it.query}` : "")))],
    ["Operation", "nowrap", (it) => it.operation ?? dim("none")],
    ["Account", "", (it) => it.account ? foreign(it.account) : dim("none")],
    ["Status", "", (it) => statusChip(it.status)],
    ["Took", "number", (it) => `${it.milliseconds.toFixed(1)} ms`],
    ["At", "nowrap", (it) => el("time", { datetime: it.at }, timeOfDay(it.at))],
  ];
  const rows = liveTable("Requests, newest first", columns, (it) => it.isDetail ? `${it.number}-detail` : it.number,
    ["No requests", "Requests to this account appear here at once, without the API key."],
    (it) => it.isDetail ? detail(it, columns.length) : null);
  const more = button("Show more", () => { wanted = ALL; refresh(); });
  let found = [], wanted = FEW, before = "", updates = 0, turn = 0;
  function toggle(number) {
    opened.has(number) ? opened.delete(number) : opened.add(number);
    show();
  }
  function show() {
    const text = filter.value.trim().toLowerCase();
    const fitting = found.filter((it) => (!failed.checked || it.status === 0 || it.status >= 400) &&
      (!text || `${it.method} ${it.path} ${it.query} ${it.operation ?? ""}`.toLowerCase().includes(text)));
    const focused = document.activeElement?.closest?.("tr")?.dataset.key;
    const wasButton = document.activeElement?.classList.contains("opens");
    rows.show(fitting.toReversed().flatMap((it) => opened.has(it.number) ? [inBrief(it, true), { ...it, isDetail: true }] : [inBrief(it, false)]));
    if (wasButton && focused) rows.sheet.querySelector(`tr[data-key="${CSS.escape(focused)}"] .opens`)?.focus();
    more.hidden = found.length < wanted || wanted === ALL;
    shown.textContent = more.hidden ? plural(fitting.length, "request") : `the newest ${plural(fitting.length, "request")}`;
  }
  main.append(
    head("Requests", shown, pausedBox, everybodyBox, failedBox),
    el("div", { class: "fields start" }, field("Find in method, path, operation", filter),
      field("Operation", operation.element, operation.input), field("Id of a document", ofDocument)),
    rows.sheet, buttons(more),
  );
  return async () => {
    if (paused.checked) return;
    const question = { account: everybody.checked ? "*" : state.account, limit: wanted };
    if (operation.input.value && operation.isKnown()) question.operation = operation.input.value;
    if (/^\d+$/.test(ofDocument.value.trim())) question.document = ofDocument.value.trim();
    const key = JSON.stringify(question), mineNow = ++turn;
    const since = key === before && updates % NEWER_ONLY ? found.at(-1)?.number ?? 0 : 0;
    const { requests: newer } = await ask("GET", "/requests", since ? { ...question, since } : question);
    if (mineNow !== turn) return; // a newer question is on its way
    updates = key === before ? updates + 1 : 1;
    before = key;
    found = since ? [...found, ...newer].slice(-wanted) : newer;
    show();
  };
}

const operationNames = () => schemaOf(state.document.paths["/requests"].get.parameters.find((it) => it.name === "operation").schema).enum.filter((it) => it !== "*");

/** What a closed row needs: a body would make each update slower. */
const inBrief = ({ number, method, path, query, operation, account, status, milliseconds, at }, isOpen) =>
  ({ number, method, path, query, operation, account, status, milliseconds, at, isOpen });

const part = (title, note, copy, ...content) =>
  el("div", { class: "labelled" }, el("div", { class: "head" }, el("h3", {}, title), dim(note), copy), ...content);

const text = (label, content) => el("pre", { tabindex: "0", role: "group", "aria-label": label, dir: "ltr" }, content);

function bodyPart(name, { body, body_size: size, body_truncated: isCut, body_binary: isBinary }) {
  const note = [plural(size, "byte"), isCut && "cut", isBinary && "binary"].filter(Boolean).join(", ");
  return part(name, note, body ? copyButton(body, "Copy", name.toLowerCase()) : null,
    body ? text(name, indented(body)) : el("p", { class: "dim" }, size ? "Not shown." : "No body."));
}

/** The row below an opened request: request and answer side by side, and how to send it again. */
function detail(it, width) {
  const headers = Object.entries(it.answer?.headers ?? {});
  return el("tr", { class: "detail", role: "row" }, el("td", { colspan: width, role: "cell" }, el("div", { class: "detail-body" },
    ...it.remarks.map((remark) => el("p", { class: "remark" }, foreign(remark))),
    it.document_ids.length ? el("p", {}, it.document_ids.length > 1 ? "Documents: " : "Document: ",
      ...it.document_ids.flatMap((id, place) => [place ? ", " : "", viewLink("documents", String(id), id)])) : null,
    el("div", { class: "halves" },
      el("div", { class: "detail-body" },
        bodyPart("Request body", it),
        it.unknown_fields.length ? el("p", { class: "remark" }, "Unknown fields: ", foreign(it.unknown_fields.join(", "))) : null),
      el("div", { class: "detail-body" },
        it.answer ? bodyPart("Answer body", it.answer) : part("Answer", "", null, el("p", { class: "dim" }, "None: the connection was reset.")))),
    headers.length ? el("details", { class: "headers" }, el("summary", {}, "Headers of the answer ", statusChip(it.status)),
      fixedTable("Headers of the answer", [["Name", "nowrap", ([name]) => name], ["Value", "", ([, value]) => foreign(value)]], headers)) : null,
    el("div", { class: "halves" },
      part("curl", "reads the API key from a variable", it.curl ? copyButton(it.curl, "Copy curl") : null,
        it.curl ? text("Command for curl", it.curl) : el("p", { class: "dim" }, "The log holds only part of the body, so no command can send it again.")),
      part("Python", "for the client of this project", it.python ? copyButton(it.python, "Copy Python") : null,
        it.python ? text("Python", it.python) : el("p", { class: "dim" }, "The client has no call that sends this request."))))));
}

function indented(content) {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}
