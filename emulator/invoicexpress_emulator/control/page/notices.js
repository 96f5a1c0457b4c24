// Short messages in the corner of the page.

import { button, byId, el, foreign } from "./elements.js";

const MOST = 2; // together they take a third of the window at most

/** Shows a message until it is dismissed, too old, or the page is turned. */
export function say(text, tone = "") {
  const notice = el("div", { class: `notice ${tone}` }, el("div", { class: "said", tabindex: text.length > 300 ? "0" : null }, foreign(text)));
  notice.append(button("✕", () => notice.remove(), { "aria-label": "Dismiss" }));
  const place = byId("notices");
  place.append(notice);
  while (place.children.length > MOST) place.firstElementChild.remove();
  setTimeout(() => notice.remove(), tone === "bad" ? 12000 : 4000);
}

export const clearNotices = () => byId("notices").replaceChildren();

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
