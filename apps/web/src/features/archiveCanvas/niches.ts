/** The niches of a large archive in the order asked for, and those whose label, number or group a search means. */
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { groupNames, groupsOf } from "./wordNetGroups.ts";

export interface Niche {
  readonly niche: number;
  readonly label: string;
  readonly elite: TileEliteFragment | null;
  /** Such as "dogs"; null where the classes have no known groups. */
  readonly group: string | null;
}

export const nicheOrders = ["confidence", "class", "group"] as const;
export type NicheOrder = (typeof nicheOrders)[number];

export interface NicheGroup {
  readonly name: string;
  readonly size: number;
}

/** The groups of these classes in the order of their first ones; none where they are unknown. */
export function listGroups(labels: readonly string[]): readonly NicheGroup[] {
  const sizes = new Map<string, number>();
  for (const name of groupsOf(labels) ?? []) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  return [...sizes].map(([name, size]) => ({ name, size }));
}

function strength({ elite }: Niche): number {
  return elite?.storedFitness ?? -1;
}

/**
 * By class, an empty niche keeps its place; by confidence, the strongest come first and the empty ones last; by group, groups follow
 * one another and each begins with its strongest.
 */
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
  const places = new Map(order === "group" ? listGroups(labels).map(({ name }, place) => [name, place]) : []);
  const placeOfGroup = ({ group }: Niche): number => places.get(group ?? "") ?? 0;
  return niches.toSorted((a, b) => placeOfGroup(a) - placeOfGroup(b) || strength(b) - strength(a) || a.niche - b.niche);
}

/**
 * A number means the class of that number, a group's name its classes; other words are looked for in the labels and groups. Nothing
 * asked means every niche.
 */
export function meets(niche: Niche, search: string): boolean {
  const words = search.trim().toLowerCase();
  if (/^\d+$/.test(words)) return niche.niche === Number(words);
  // "dogs" means the group, and not a dogsled.
  if (niche.group !== null && groupNames.has(words)) return niche.group === words;
  return niche.label.toLowerCase().includes(words) || (words.length > 2 && (niche.group ?? "").startsWith(words));
}

/** Where the confidences of neighbouring tiles fall below one of these. */
export const notchConfidences = [0.9999, 0.999, 0.99, 0.9] as const;

export interface Notch {
  readonly confidence: number;
  /** The place of the first tile below it, or of the end. */
  readonly place: number;
}

/** Of niches in the order of confidence: where each milestone ends, and only those that any tile reaches. */
export function findNotches(niches: readonly Niche[]): readonly Notch[] {
  return notchConfidences
    .map((confidence) => ({ confidence, place: niches.filter((niche) => strength(niche) >= confidence).length }))
    .filter(({ place }) => place > 0);
}
