/** The niches of a large archive in the order asked for, and those whose label or number a search means. */
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";

export interface Niche {
  readonly niche: number;
  readonly label: string;
  readonly elite: TileEliteFragment | null;
}

export type NicheOrder = "confidence" | "class";

/** By class, an empty niche keeps its place; by confidence, the strongest come first and the empty ones last. */
export function orderNiches(labels: readonly string[], elites: readonly TileEliteFragment[], order: NicheOrder): readonly Niche[] {
  const byNiche = new Map(elites.map((elite) => [elite.niche, elite]));
  const niches = labels.map((label, niche) => ({ niche, label, elite: byNiche.get(niche) ?? null }));
  if (order === "class") return niches;
  const strength = (niche: Niche) => niche.elite?.storedFitness ?? -1;
  return niches.sort((a, b) => strength(b) - strength(a) || a.niche - b.niche);
}

/** A number means the class of that number; other words are looked for in the labels. Nothing asked means every niche. */
export function meets(niche: Niche, search: string): boolean {
  const words = search.trim().toLowerCase();
  if (/^\d+$/.test(words)) return niche.niche === Number(words);
  return niche.label.toLowerCase().includes(words);
}
