/** The niches of a large archive: their order, their groups, and the search by label, number or group. */
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { groupNames, groupsOf } from "./wordNetGroups.ts";

export interface Niche {
  readonly niche: number;
  readonly label: string;
  readonly elite: TileEliteFragment | null;
  /** The group of the class, such as "dogs"; null if the groups are unknown. */
  readonly group: string | null;
}

export const nicheOrders = ["confidence", "class", "group"] as const;
export type NicheOrder = (typeof nicheOrders)[number];

export interface NicheGroup {
  readonly name: string;
  readonly size: number;
}

/** The groups of classes, in the order of their first class; empty if they are unknown. */
export function listGroups(labels: readonly string[]): readonly NicheGroup[] {
  const sizes = new Map<string, number>();
  for (const name of groupsOf(labels) ?? []) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  return [...sizes].map(([name, size]) => ({ name, size }));
}

function confidenceOf({ elite }: Niche): number {
  return elite?.storedConfidence ?? -1;
}

/** Sorts niches by class; by confidence, with empty niches last; or by group and then by confidence. */
export function orderNiches(labels: readonly string[], elites: readonly TileEliteFragment[], order: NicheOrder): readonly Niche[] {
  const byNiche = new Map(elites.map((elite) => [elite.niche, elite]));
  const groups = groupsOf(labels);
  const niches: readonly Niche[] = labels.map((label, niche) => ({
    niche,
    label,
    elite: byNiche.get(niche) ?? null,
    group: groups?.[niche] ?? null,
  }));
  if (order === "class") return niches;
  const groupRanks = new Map(order === "group" ? listGroups(labels).map(({ name }, rank) => [name, rank]) : []);
  const groupRank = ({ group }: Niche): number => groupRanks.get(group ?? "") ?? 0;
  return niches.toSorted((a, b) => groupRank(a) - groupRank(b) || confidenceOf(b) - confidenceOf(a) || a.niche - b.niche);
}

/**
 * Whether a niche matches a search. A number matches the class with that number, the name of a group its classes; other text is searched in
 * the labels and groups. Empty text matches every niche.
 */
export function matchesSearch(niche: Niche, search: string): boolean {
  const text = search.trim().toLowerCase();
  if (/^\d+$/.test(text)) return niche.niche === Number(text);
  // "dogs" matches the group, but not a dogsled.
  if (niche.group !== null && groupNames.has(text)) return niche.group === text;
  return niche.label.toLowerCase().includes(text) || (text.length > 2 && (niche.group ?? "").startsWith(text));
}

/** The milestones that are marked between tiles sorted by confidence. */
export const notchConfidences = [0.9999, 0.999, 0.99, 0.9] as const;

export interface Notch {
  readonly confidence: number;
  /** Index of the first tile below the milestone; the number of tiles if there is none. */
  readonly position: number;
}

/** The ends of the milestones that a tile reaches. The niches must be sorted by confidence. */
export function findNotches(niches: readonly Niche[]): readonly Notch[] {
  return notchConfidences
    .map((confidence) => ({ confidence, position: niches.filter((niche) => confidenceOf(niche) >= confidence).length }))
    .filter(({ position }) => position > 0);
}
