// How amounts and dates are written: as in Portugal, or by ISO. The choice is the one thing that the page remembers.

const NAME = "invoicexpress-emulator-formats";

export const FORMATS = [["pt", "Portuguese"], ["iso", "ISO"]];

function remembered() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // the browser keeps nothing for this page
  }
}

let chosen = remembered() === "iso" ? "iso" : "pt";

export const formats = () => chosen;
export const isIso = () => chosen === "iso";

export function choose(name) {
  chosen = name;
  try {
    localStorage.setItem(NAME, name);
  } catch { /* then it holds until the page is closed */ }
}
