/** Formats a stored value for a search. Text that looks like a number, `me` or `none` gets quotes. */
import type { SearchField } from "./fields/field.ts";
import { quote, writeValue } from "./formatSearch.ts";
import { readValue } from "./readValue.ts";

export function writeFieldValue(field: SearchField, value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  const kind = readValue(field, "=", { text: value, isQuoted: false, from: 0, to: 0 }, 0).value?.kind;
  const isOther = kind === "none" || kind === "me" || (field.type === "mixed" && kind !== "text");
  return isOther ? quote(value) : writeValue(value);
}
