import { ask } from "../api.js";
import { button, buttons, check, dim, el, field, foreign, head, search } from "../elements.js";
import { statusChip } from "../marks.js";
import { copyButton } from "../notices.js";
import { refresh } from "../refreshing.js";
import { state } from "../state.js";
import { liveTable } from "../tables.js";
import { plural, timeOfDay } from "../words.js";

const FEW = 200;
const ALL = 1000; // the emulator keeps no more

export function requests(main) {
  const opened = new Set();
  const [pausedBox, paused] = check("Paused", { on: { change: () => refresh() } });
  const [everybodyBox, everybody] = check("All accounts", { on: { change: () => refresh() } });
  const [failedBox, failed] = check("Only refused or failed", { on: { change: () => show() } });
  const filter = search(() => show());
  const shown = el("p", { class: "dim" });
  const columns = [
    ["Request", "wide", (it) => el("button", { type: "button", class: "opens", "aria-expanded": String(opened.has(it.number)), on: { click: () => toggle(it.number) } },
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
  let found = [], wanted = FEW;
  function toggle(number) {
    opened.has(number) ? opened.delete(number) : opened.add(number);
    show();
  }
  function show() {
    const text = filter.value.trim().toLowerCase();
    const fitting = found.filter((it) => (!failed.checked || it.status === 0 || it.status >= 400) &&
      (!text || `${it.method} ${it.path} ${it.operation ?? ""}`.toLowerCase().includes(text)));
    const focused = document.activeElement?.closest?.("tr")?.dataset.key;
    const wasButton = document.activeElement?.classList.contains("opens");
    rows.show(fitting.toReversed().flatMap((it) => opened.has(it.number) ? [{ ...it, isOpen: true }, { ...it, isDetail: true }] : [it]));
    if (wasButton && focused) rows.sheet.querySelector(`tr[data-key="${CSS.escape(focused)}"] .opens`)?.focus();
    more.hidden = found.length < wanted || wanted === ALL;
    shown.textContent = more.hidden ? plural(fitting.length, "request") : `the newest ${plural(fitting.length, "request")}`;
  }
  main.append(
    head("Requests", shown, pausedBox, everybodyBox, failedBox),
    field("Find in method, path, operation", filter), rows.sheet, buttons(more),
  );
  return async () => {
    if (paused.checked) return;
    found = (await ask("GET", "/requests", { account: everybody.checked ? "*" : state.account, limit: wanted })).requests;
    show();
  };
}

/** The row below an opened request: a command to send it again, and its body. */
function detail(it, width) {
  const part = (title, note, copy, content) =>
    el("div", { class: "labelled" }, el("div", { class: "head" }, el("h3", {}, title), dim(note), copy), content);
  const size = [plural(it.body_size, "byte"), it.body_truncated && "cut", it.body_binary && "binary: bytes that are not UTF-8 are replaced"].filter(Boolean).join(", ");
  return el("tr", { class: "detail", role: "row" }, el("td", { colspan: width, role: "cell" }, el("div", { class: "detail-body" },
    part("Replay", "reads the API key from a variable", it.curl ? copyButton(it.curl, "Copy curl") : null,
      el("pre", { tabindex: "0", "aria-label": "Command for curl" }, it.curl ?? "The log holds only part of the body, so no command can send it again.")),
    ...it.remarks.map((remark) => el("p", {}, foreign(remark))),
    part("Body", size, it.body ? copyButton(it.body, "Copy body") : null,
      it.body ? el("pre", { tabindex: "0", "aria-label": "Body", dir: "ltr" }, indented(it.body)) : el("p", { class: "dim" }, "No body.")))));
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
