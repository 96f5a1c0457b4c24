// Browsers break a line after any hyphen: `--url` became `-` and `-url`, and 2026-07 two numbers. Dates, options and
// short code in running text stay on one line.

const LONGEST = 28; // characters that fit into a line of a phone
const WHOLE = /\d{4}-\d{2}(?:-\d{2})?|(?<![\w-])--[a-z][a-z-]*/g;

/** Puts each part of a text that fits the pattern into an element of its own. */
function wrap(text) {
  for (const found of [...text.data.matchAll(WHOLE)].reverse()) {
    const whole = document.createElement("span");
    whole.className = "whole";
    const part = text.splitText(found.index);
    part.splitText(found[0].length);
    part.replaceWith(whole);
    whole.append(part);
  }
}

document$.subscribe(() => {
  for (const code of document.querySelectorAll(".md-typeset :is(p, li) code"))
    code.classList.toggle("whole", code.textContent.length <= LONGEST);
  for (const place of document.querySelectorAll(".md-typeset :is(p, li, td)")) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode())
      if (texts.currentNode.data.includes("-") && !texts.currentNode.parentElement.closest("pre, .whole")) found.push(texts.currentNode);
    found.forEach(wrap);
  }
});
