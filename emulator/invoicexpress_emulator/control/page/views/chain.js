import { chip, dim, el, foreign, head, lead, nothing, sheet } from "../elements.js";
import { validChip } from "../marks.js";
import { addressOf, newestDocuments, state } from "../state.js";
import { keep } from "../tables.js";
import { day, number, plural } from "../words.js";

const MOST_DOCUMENTS = 1000;
const MOST_LINKS = 200;

export function chain(main) {
  const shown = el("p", { class: "dim" });
  const place = el("div", { class: "chains" });
  const empty = sheet(nothing("Nothing is signed yet", "Finalising an invoice signs it. Its four printed characters come from that signature, which also covers the previous one."));
  main.append(head("Hash chain", shown), lead("Each signature covers the date, number and total and the previous signature of the same series and type (Despacho 8632/2014). Changing a document breaks its own link; changing a signature also breaks the next link."), place, empty);
  return async () => {
    const found = await newestDocuments(MOST_DOCUMENTS);
    const signed = found.documents.filter((it) => it.chain_is_valid !== null);
    const broken = brokenOf(signed);
    shown.replaceChildren(signed.length ? chip(broken ? `${plural(broken, "link")} broken` : `all ${plural(signed.length, "link")} valid`, broken ? "bad" : "good") : "",
      found.documents.length < found.total ? ` of the newest ${number(found.documents.length)} documents` : "");
    empty.hidden = signed.length > 0;
    keep(place, chainsOf(signed), (it) => it.name, chainElement);
  };
}

const brokenOf = (links) => links.filter((it) => !it.chain_is_valid).length;

/** Groups signed documents into chains, one per series and type: broken ones first, then by name. */
function chainsOf(signed) {
  const chains = new Map();
  for (const it of signed) {
    const name = it.number.slice(0, it.number.lastIndexOf("/"));
    chains.set(name, [...(chains.get(name) ?? []), it]);
  }
  const isWhole = ([, links]) => brokenOf(links) ? 0 : 1;
  return [...chains].sort().sort((one, other) => isWhole(one) - isWhole(other)).map(([name, links]) => ({ name, links: links.slice(0, MOST_LINKS), count: links.length }));
}

function chainElement({ name, links, count }) {
  const all = plural(count, "link"), broken = brokenOf(links);
  const link = (it) => el("div", { class: it.chain_is_valid ? "link whole" : "link broken" },
    el("a", { class: "strong", href: addressOf(state.account, "documents", it.id), "aria-label": it.number }, it.number.slice(name.length + 1)), el("span", { class: "four" }, it.hash),
    el("span", { class: "of" }, day(it.date)), el("span", { class: "of nowrap" }, it.chain_is_valid ? "✓ valid" : "✕ broken"));
  return el("details", { class: "sheet chain", open: true },
    el("summary", {}, el("h3", {}, foreign(name)), dim(count > links.length ? `newest ${links.length} of ${all}` : all),
      broken ? chip(`✕ ${plural(broken, "broken link")}`, "bad") : validChip(true)),
    el("div", { class: "links" }, ...links.map(link)));
}
