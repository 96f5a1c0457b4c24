// Short messages in the corner of the page.

import { button, byId, el, foreign } from "./elements.js";

export function say(text, tone = "") {
  const notice = el("div", { class: `notice ${tone}` }, el("span", {}, foreign(text)));
  notice.append(button("✕", () => notice.remove(), { "aria-label": "Dismiss" }));
  byId("notices").append(notice);
  setTimeout(() => notice.remove(), tone === "bad" ? 12000 : 4000);
}

/** A button that copies a text. Screen readers also hear `what`, if the label alone is ambiguous. */
export function copyButton(text, label = "Copy", what = null) {
  return button(label, () => copy(text), { class: "small", "aria-label": what && `${label} ${what}` });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("The browser blocked copying. Select the text and copy it yourself.", "bad");
  }
}
