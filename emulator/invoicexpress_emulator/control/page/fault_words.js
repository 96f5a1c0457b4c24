// Faults as text.

import { plural } from "./words.js";

export function effectInWords(effect) {
  const applied = (byDefault) => (effect.applied ?? byDefault) ? ", carried out" : ", not carried out";
  if ("html" in effect) return `an HTML page${effect.status ? ` with ${effect.status}` : ""}${applied(true)}`;
  if ("status" in effect) return `status ${effect.status}${applied(false)}`;
  if ("delay" in effect) return `delayed by ${effect.delay} s`;
  if ("reset" in effect) return `connection reset ${effect.reset} carrying it out`;
  if ("commit" in effect) return `connection reset, carried out ${effect.seconds ?? 2} s later`;
  return `cut after ${plural(effect.truncate, "byte")}`;
}

export const whenInWords = (when) => "nth" in when ? `from request ${when.nth} on` : `by chance, ${when.probability * 100} %, seed ${when.seed ?? 0}`;
