/** The order of a search's configurations, and the rules for its values in the page's address. */
import type { ConfigurationStandingFragment } from "../../graphql/generated/graphql.ts";
import type { AddressRule } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";

export type Standing = ConfigurationStandingFragment;

/** A sort order. The key is one of `fixedKeys` or the name of a drawn parameter; in the address, a minus means descending. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

export const fixedKeys = [
  { key: "rank", label: "Rank" },
  { key: "configuration", label: "Configuration" },
  { key: "step", label: "Median step" },
] as const;
const defaultOrder: Order = { key: "rank", descending: false };

export function drawnOf({ parameters }: Pick<Standing, "parameters">): Readonly<Record<string, unknown>> {
  return typeof parameters === "object" && parameters !== null ? (parameters as Record<string, unknown>) : {};
}

/** The order named in the address; by rank if there is none. */
export function readOrder(text: string | null, drawn: readonly string[]): Order {
  const descending = text?.startsWith("-") ?? false;
  const key = descending ? text?.slice(1) : text;
  const known = key !== undefined && (fixedKeys.some((fixed) => fixed.key === key) || drawn.includes(key ?? ""));
  return known && key ? { key, descending } : defaultOrder;
}

export function writeOrder({ key, descending }: Order): string {
  return `${descending ? "-" : ""}${key}`;
}

function valueOf(standing: Standing, key: string): number | null {
  if (key === "rank") return standing.rank;
  if (key === "configuration") return standing.index;
  if (key === "step") return standing.medianFoolingStep ?? null;
  const value = drawnOf(standing)[key];
  return typeof value === "number" ? value : null;
}

/** Index of the best configuration; null while nothing is stored. */
export function bestOf(standings: readonly Standing[]): number | null {
  return standings.find(({ rank, stored }) => rank === 1 && stored > 0)?.index ?? null;
}

/** Configurations without a value come last in both directions; equal values are sorted by rank. */
export function sortStandings(standings: readonly Standing[], { key, descending }: Order): readonly Standing[] {
  const sign = descending ? -1 : 1;
  return standings.toSorted((a, b) => {
    const first = valueOf(a, key);
    const second = valueOf(b, key);
    if (first === null || second === null) return Number(first === null) - Number(second === null) || a.rank - b.rank;
    return sign * (first - second) || a.rank - b.rank;
  });
}

/** Updates a list without moving its items: new items are appended, and missing items removed. */
export function keepOrder(current: readonly number[], next: readonly number[]): readonly number[] {
  const nextSet = new Set(next);
  const currentSet = new Set(current);
  return [...current.filter((index) => nextSet.has(index)), ...next.filter((index) => !currentSet.has(index))];
}

/** @param count Number of configurations of the search. */
export function configurationRule(count: number): AddressRule {
  return {
    name: "configuration",
    accepts: (text) => isIndexOf(text, count),
    wanted: `a whole number from 0 to ${count - 1}`,
    instead: "the best configuration is shown",
  };
}

export function orderRule(drawn: readonly string[]): AddressRule {
  const keys = [...fixedKeys.map(({ key }) => key), ...drawn];
  return {
    name: "order",
    accepts: (text) => keys.includes(text.replace(/^-/, "")),
    wanted: `one of ${keys.join(", ")}, optionally preceded by -`,
    instead: "rank is used",
  };
}
