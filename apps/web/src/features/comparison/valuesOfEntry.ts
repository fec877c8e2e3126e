/** The different values of an entry's runs in one cell. */
import { formatParameter } from "../run/parameterEntries.ts";
import type { ComparedSettings } from "./comparedParts.ts";

type Values = ComparedSettings["parameters"][number]["values"][number];

/** Up to five different values; empty for an entry without any. */
export function valuesOfEntry({ values, count }: Values): string {
  const list = (values as readonly unknown[]).map((value) => (value === null ? "–" : formatParameter(value)));
  return count > list.length ? `${list.join(", ")} and ${count - list.length} more` : list.join(", ");
}
