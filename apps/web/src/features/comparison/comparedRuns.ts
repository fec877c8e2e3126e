/**
 * The runs and groups of a comparison as text in its address: `142,144,1-9+12` is RUN-142, RUN-144, and the group of RUN-1 to RUN-9 and
 * RUN-12. Commas separate entries, and plus signs the runs of a group.
 */

export const mostEntries = 24;
const maxRunsOfEntry = 100;
export const maxRuns = 240;

/** The numbers of an entry's runs, in order. */
export type ComparedNumbers = readonly number[];

const part = /^(?:RUN-)?([1-9]\d{0,8})(?:-(?:RUN-)?([1-9]\d{0,8}))?$/i;

function parsePart(text: string): ComparedNumbers | null {
  const match = part.exec(text.trim());
  if (match === null) return null;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (last < first || last - first >= maxRunsOfEntry) return null;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function parseEntry(text: string): ComparedNumbers | null {
  const parts = text.split(/[+ ]/).filter((piece) => piece !== "");
  const numbers = parts.map(parsePart);
  if (numbers.length === 0 || numbers.some((given) => given === null)) return null;
  const all = numbers.flatMap((given) => given ?? []);
  return all.length <= maxRunsOfEntry && new Set(all).size === all.length ? all : null;
}

/** Null for text that names no runs, a run twice in a group, or too many runs. A space counts as a plus sign, as URLs write it. */
export function parseComparedRuns(text: string): readonly ComparedNumbers[] | null {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map(parseEntry);
  if (entries.length > mostEntries || entries.some((entry) => entry === null)) return null;
  const all = entries.flatMap((entry) => (entry === null ? [] : [entry]));
  return all.reduce((sum, entry) => sum + entry.length, 0) <= maxRuns ? all : null;
}

function formatEntry(numbers: ComparedNumbers): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last + 1 === number) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join("+");
}

export function formatComparedRuns(entries: readonly ComparedNumbers[]): string {
  return entries.map(formatEntry).join(",");
}

/** The address of the comparison of these entries. */
export function comparisonAddress(entries: readonly ComparedNumbers[]): string {
  return `/compare${entries.length === 0 ? "" : `?runs=${encodeURIComponent(formatComparedRuns(entries)).replaceAll("%2C", ",")}`}`;
}

/** A, B, C and so on, as the entries of a comparison are called. */
export function letterOf(entry: number): string {
  return String.fromCharCode("A".charCodeAt(0) + entry);
}
