// Short sentences at the edge of the page.

import { button, byId, el, foreign } from "./elements.js";

export function say(text, tone = "") {
  const notice = el("div", { class: `notice ${tone}` }, el("span", {}, foreign(text)));
  notice.append(button("✕", () => notice.remove(), { "aria-label": "Dismiss" }));
  byId("notices").append(notice);
  setTimeout(() => notice.remove(), tone === "bad" ? 12000 : 4000);
}

/** A button that copies a text; `what` it is names the button where its own text does not. */
export function copyButton(text, label = "Copy", what = null) {
  return button(label, () => copy(text), { class: "small", "aria-label": what && `${label} ${what}` });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("The browser does not let this page copy; select the text instead.", "bad");
  }
}
