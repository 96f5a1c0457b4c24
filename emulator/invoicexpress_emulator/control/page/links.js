// Links from one view to another.

import { el } from "./elements.js";
import { addressOf, state } from "./state.js";

/** A link to a view of the selected account, or to one thing in it. */
export const viewLink = (view, text, id = null) => el("a", { href: addressOf(state.account, view, id) }, text);

/** What the address asks of a view: `#/demo/requests?document=7`. */
export const asked = (name) => state.query.get(name) ?? "";
