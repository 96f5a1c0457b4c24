// Formats values as text.

import { isIso } from "./formats.js";

const portuguese = (options) => new Intl.NumberFormat("pt-PT", { useGrouping: "always", ...options });
const EUROS = portuguese({ style: "currency", currency: "EUR" });
const NUMBERS = portuguese({ maximumFractionDigits: 20 });

/** Amounts in EUR, from text or numbers. A text keeps its digits. */
export const money = {
  format: (value) => isIso() ? `${typeof value === "string" ? value : value.toFixed(2)} EUR` : EUROS.format(value),
};
export const number = (value) => isIso() ? String(value) : NUMBERS.format(value);
/** A decimal number from text, with all of its digits that say something, and at least `places` of them after the point. */
export function decimal(text, places = 0) {
  const [whole, part = ""] = text.split(".");
  const shown = part.replace(/0+$/, "").padEnd(places, "0");
  if (isIso()) return shown ? `${whole}.${shown}` : whole;
  return shown ? `${NUMBERS.format(whole)},${shown}` : NUMBERS.format(whole);
}
export const percent = (text) => `${decimal(text)}\u00a0%`;
export const day = (iso) => isIso() ? iso.slice(0, 10) : iso.slice(0, 10).split("-").reverse().join("/");
export const moment = (iso) => `${day(iso)} ${timeOfDay(iso)}`;
export const timeOfDay = (iso) => iso.slice(11, 19);
export const plural = (count, one) => `${number(count)} ${one}${count === 1 ? "" : "s"}`;

const ABBREVIATIONS = { vat: "VAT", moss: "MOSS", pdf: "PDF", qr: "QR", saft: "SAF-T", id: "ID", iban: "IBAN" };

export const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1_$2").split(/[_ ]/)
  .map((word, index) => ABBREVIATIONS[word.toLowerCase()] ?? (index ? word.toLowerCase() : word)).join(" ");

export function sentence(name) {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A document's number, or "draft" and its id if it has none. */
export const nameOfDocument = (document) => document.number ?? `${document.status === "deleted" ? "deleted draft" : "draft"} ${document.id}`;
