// State that all views share: the selected account and what the emulator reports about itself.

import { ask } from "./api.js";
import { byId, el } from "./elements.js";
import { keep } from "./tables.js";

export const state = { account: "demo", view: "overview", id: null, query: new URLSearchParams(), accounts: [], health: null, document: null };

/** The address of a view, or of one thing in it. It can be shared. */
export function addressOf(account, view, id = null, query = {}) {
  const path = [encodeURIComponent(account), view, ...(id === null ? [] : [encodeURIComponent(id)])].join("/");
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#/${path}${asked ? `?${asked}` : ""}`;
}

/** The fields of a request about the selected account. */
export const mine = (more = {}) => ({ account: state.account, ...more });

export function schemaOf(schema) {
  return schema?.$ref ? schemaOf(state.document.components.schemas[schema.$ref.split("/").pop()]) : schema;
}

/** The schemas of a POST's fields, by name. */
export function bodyFields(path) {
  return schemaOf(state.document.paths[path].post.requestBody.content["application/json"].schema).properties;
}

/** The account's newest documents, up to `wanted`, fetched page by page. */
export async function newestDocuments(wanted) {
  const all = { total: 0, documents: [] };
  while (all.documents.length < wanted) {
    const before = all.documents.at(-1)?.id;
    const page = await ask("GET", "/documents", mine({ limit: Math.min(1000, wanted - all.documents.length), ...(before ? { before } : {}) }));
    all.total = page.total;
    all.documents.push(...page.documents);
    if (!page.documents.length) break;
  }
  return all;
}

export async function loadAccounts() {
  state.accounts = (await ask("GET", "/accounts")).accounts;
  const names = state.accounts.map((each) => each.name);
  if (!names.includes(state.account)) state.account = names[0];
  keep(byId("account"), names.map((name) => ({ name })), (it) => it.name, (it) => el("option", { value: it.name }, it.name));
  byId("account").value = state.account;
}
