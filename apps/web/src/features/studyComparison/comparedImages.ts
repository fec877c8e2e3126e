/** Every two studies with their names and corrected p, and the images that two of them share. */
import { holm } from "@pareidolia/analysis/holm";
import { shareOf } from "../studyResults/planePoints.ts";
import type { FigureOrReason } from "../studyResults/readResults.ts";
import type { ComparedStudy, Comparison } from "./readComparison.ts";

type Pair = Comparison["pairs"][number];

export interface NamedPair extends Pair {
  readonly name: string;
  readonly figure: FigureOrReason;
  /** Holm's, over all pairs with a difference. */
  readonly corrected: number | null;
}

export function namedPairs({ studies, pairs }: Comparison): NamedPair[] {
  const corrected = holm(pairs.flatMap(({ difference }) => (difference.defined ? [difference.p] : []))).values();
  return pairs.map((pair) => ({
    ...pair,
    name: `${studies[pair.first]?.key} less ${studies[pair.second]?.key}`,
    figure: pair.difference.defined ? { defined: true, ...pair.difference.difference } : pair.difference,
    corrected: pair.difference.defined ? (corrected.next().value as number) : null,
  }));
}

export interface PairedImage {
  readonly sha256: string;
  readonly label: string;
  readonly first: number;
  readonly firstVotes: number;
  readonly second: number;
  readonly secondVotes: number;
}

/** Images with votes in both, in the order of the first study. */
export function pairedImages(first: ComparedStudy, second: ComparedStudy): PairedImage[] {
  const [own, others] = [first.points, second.points];
  if (own === null || others === null) return [];
  const places = new Map(second.plan.plan.rules.design.stimuli.map(({ image }, index) => [image, index]));
  return first.plan.plan.rules.design.stimuli.flatMap(({ image }, index) => {
    const place = places.get(image);
    const votes = own.votes[index] ?? 0;
    const otherVotes = place === undefined ? 0 : (others.votes[place] ?? 0);
    if (place === undefined || votes === 0 || otherVotes === 0) return [];
    return [
      {
        sha256: image,
        label: first.plan.labelOf(index),
        first: shareOf(own, index),
        firstVotes: votes,
        second: shareOf(others, place),
        secondVotes: otherVotes,
      },
    ];
  });
}
