/**
 * Many notifications of one kind as one line, such as "Ada assigned 12 runs to you." Only neighbours form a group, so the order of the list
 * stays as it is and a list that is loaded in pages shows no notification twice.
 */
import { describeHappening, type Happening, pathOfSubject } from "./notificationKinds.ts";

export interface Groupable extends Omit<Happening, "by"> {
  /** ID of the member who caused it; null for a program. */
  readonly byId: string | null;
}

/** Fewer stay lines of their own. */
const fewestGrouped = 3;

const listPaths = { RUN: "/runs", EXP: "/experiments", SWP: "/sweeps", STU: "/studies" } as const;
const nouns = { RUN: "runs", EXP: "experiments", SWP: "sweeps", STU: "studies" } as const;

type Prefix = keyof typeof nouns;

function prefixOf(key: string): Prefix {
  return key.slice(0, key.indexOf("-")) as Prefix;
}

/** Null for a notification without a subject: it has no list to link to, so it stays a separate line. */
function groupKeyOf({ kind, subjectKey, byId }: Groupable): string | null {
  return subjectKey === null ? null : JSON.stringify([kind, prefixOf(subjectKey), byId]);
}

function neighboursOf<Row extends Groupable>(rows: readonly Row[]): [Row, ...Row[]][] {
  const neighbours: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const last = neighbours.at(-1);
    const key = groupKeyOf(row);
    if (last !== undefined && key !== null && groupKeyOf(last[0]) === key) last.push(row);
    else neighbours.push([row]);
  }
  return neighbours;
}

/** The rows in their order; those of a group are one entry. */
export function groupHappenings<Row extends Groupable>(rows: readonly Row[]): readonly (readonly [Row, ...Row[]])[] {
  return neighboursOf(rows).flatMap((group) => (group.length < fewestGrouped ? group.map((row): [Row] => [row]) : [group]));
}

/** The last rows, which may form a group with the first ones of the next page. */
export function openEnd<Row extends Groupable>(rows: readonly Row[]): readonly Row[] {
  return neighboursOf(rows).at(-1) ?? [];
}

export interface HappeningGroup {
  /** What all have in common, and the key of the latest one's subject. */
  readonly latest: Happening;
  /** Keys of all subjects. */
  readonly keys: readonly string[];
  /** Whether the group may continue on a page that is not loaded. */
  readonly mayContinue: boolean;
}

/** One sentence, such as "12 runs failed."; about a single subject "RUN-142 failed, 12 times." */
export function describeGroup({ latest, keys, mayContinue }: HappeningGroup): string {
  const subjects = new Set(keys);
  const more = mayContinue ? "+" : "";
  if (subjects.size === 1) return `${describeHappening(latest).slice(0, -1)}, ${keys.length}${more} times.`;
  const { kind, by } = latest;
  const what = `${subjects.size}${more} ${nouns[prefixOf(keys[0] ?? "")]}`;
  const who = by ?? "A member";
  switch (kind) {
    case "RUN_SUCCEEDED":
    case "SWEEP_RUN_SUCCEEDED":
      return `${what} have finished.`;
    case "RUN_CANCELLED":
    case "SWEEP_RUN_CANCELLED":
      return `${what} were cancelled.`;
    case "RUN_FAILED":
      return `${what} failed.`;
    case "RUN_PAUSED":
      return `${what} are paused by an outage.`;
    case "SWEEP_PAUSED":
      return `${what} are paused, since their budgets are spent.`;
    case "SWEEP_ENDED":
      return `${what} have ended.`;
    case "STUDY_ENDED":
      return `${what} are closed.`;
    case "ASSIGNED":
      return `${who} assigned ${what} to you.`;
    case "MENTIONED":
      return `${who} mentioned you on ${what}.`;
    case "COMMENTED":
      return `${who} commented on ${what}.`;
    case "WEBHOOK_DISABLED":
      return `${keys.length}${more} webhooks are turned off.`;
  }
}

/** The limits of the search language (docs/search.md). */
const maxTerms = 50;
const maxSearchLength = 1_000;

/** A search for objects by their numbers, where neighbours are one range; null if it would be too long. */
function searchFor(field: string, numbers: readonly number[]): string | null {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const number of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const single = ranges.flatMap(([from, to]) => (to - from < 2 ? [...new Set([from, to])] : []));
  const long = ranges.filter(([from, to]) => to - from >= 2);
  const terms = [
    ...(single.length === 0 ? [] : [`${field} IN (${single.join(", ")})`]),
    ...long.map(([from, to]) => `${field} >= ${from} AND ${field} <= ${to}`),
  ];
  const search = terms.join(" OR ");
  return single.length + 2 * long.length > maxTerms || search.length > maxSearchLength ? null : search;
}

const searchFields: Partial<Record<Prefix, string>> = { RUN: "run", EXP: "experiment" };

/** Path of the list of the group's subjects, or of the page of its only one. */
export function pathOfGroup(keys: readonly string[]): string {
  const [first = null] = keys;
  if (first === null || new Set(keys).size === 1) return pathOfSubject(first);
  const prefix = prefixOf(first);
  const field = searchFields[prefix];
  const search =
    field === undefined
      ? null
      : searchFor(
          field,
          keys.map((key) => Number(key.slice(prefix.length + 1))),
        );
  return search === null ? listPaths[prefix] : `${listPaths[prefix]}?q=${encodeURIComponent(search)}`;
}
