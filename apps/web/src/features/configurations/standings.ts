/** The order of a search's configurations on its page, and what of them the address may ask for. */
import type { ConfigurationStandingFragment } from "../../graphql/generated/graphql.ts";
import type { AddressRule } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";

export type Standing = ConfigurationStandingFragment;

/** A key to sort by: one of `fixedKeys`, or the name of a drawn parameter. A minus before it turns the order around. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

export const fixedKeys = [
  { key: "rank", label: "Rank" },
  { key: "configuration", label: "Configuration" },
  { key: "step", label: "Median step" },
] as const;
const usual: Order = { key: "rank", descending: false };

export function drawnOf({ parameters }: Pick<Standing, "parameters">): Readonly<Record<string, unknown>> {
  return typeof parameters === "object" && parameters !== null ? (parameters as Record<string, unknown>) : {};
}

/** The usual order where the text names none. */
export function readOrder(text: string | null, drawn: readonly string[]): Order {
  const descending = text?.startsWith("-") ?? false;
  const key = descending ? text?.slice(1) : text;
  const known = key !== undefined && (fixedKeys.some((fixed) => fixed.key === key) || drawn.includes(key ?? ""));
  return known && key ? { key, descending } : usual;
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

/** The best of all; null while nothing is stored. */
export function bestOf(standings: readonly Standing[]): number | null {
  return standings.find(({ rank, stored }) => rank === 1 && stored > 0)?.index ?? null;
}

/** Those without a value come last in either direction; equal ones by rank. */
export function sortStandings(standings: readonly Standing[], { key, descending }: Order): readonly Standing[] {
  const sign = descending ? -1 : 1;
  return standings.toSorted((a, b) => {
    const first = valueOf(a, key);
    const second = valueOf(b, key);
    if (first === null || second === null) return Number(first === null) - Number(second === null) || a.rank - b.rank;
    return sign * (first - second) || a.rank - b.rank;
  });
}

/** A list that is being pointed at: what stands in it keeps its place, what is new comes last, what is gone leaves. */
export function keepPlaces(standing: readonly number[], wanted: readonly number[]): readonly number[] {
  const still = new Set(wanted);
  const known = new Set(standing);
  return [...standing.filter((index) => still.has(index)), ...wanted.filter((index) => !known.has(index))];
}

/** `count` is how many configurations the search has. */
export function configurationRule(count: number): AddressRule {
  return {
    name: "configuration",
    accepts: (text) => isIndexOf(text, count),
    wanted: `a whole number from 0 to ${count - 1}`,
    instead: "the best one is shown",
  };
}

export function orderRule(drawn: readonly string[]): AddressRule {
  const keys = [...fixedKeys.map(({ key }) => key), ...drawn];
  return {
    name: "order",
    accepts: (text) => keys.includes(text.replace(/^-/, "")),
    wanted: `one of ${keys.join(", ")}, or - and one of them`,
    instead: "rank is used",
  };
}
