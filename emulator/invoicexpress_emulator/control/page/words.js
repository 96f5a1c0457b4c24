// Formats values as text.

export const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" });
export const number = (value) => value.toLocaleString("en-GB");
export const moment = (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
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
export const nameOfDocument = (document) => document.number ?? `draft ${document.id}`;
