/**
 * Compares studies in pairs by the images that both have: how much the shares of an image differ, and whether the same images are
 * recognised. Uses only the stored results of the studies, and only the first question of each. Whether a comparison is fair depends on the
 * differences between the plans. Pages show these first, so that people can judge.
 */
import { integer, list, record, type Shape, type ShapeValue } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../agreement/coefficient.ts";
import { comparePairedShares, type PairedComparison, type PairedShares } from "./pairedComparison.ts";
import { differenceShape } from "./results/differenceResult.ts";
import { type SideName, sides } from "./results/evidence.ts";
import { defined, figureOf, figureShape, noVotes, type OrReason, orReason } from "./results/figure.ts";
import type { StudyPlan } from "./studyPlan.ts";
import type { StudyResult } from "./studyResults.ts";

export interface ComparedStudy {
  readonly plan: StudyPlan;
  /** Null before the first computation. */
  readonly plane: StudyResult<"plane"> | null;
  readonly summary: StudyResult<"summary"> | null;
}

/** Number of studies that can be compared at once. */
export const maxComparedStudies = 8;

const pairFields = record({
  /** Indices of studies. */
  first: integer,
  second: integer,
  /** Number of images in both plans, and of those that have votes in both. */
  shared: integer,
  images: integer,
  difference: orReason(differenceShape),
  /** Pearson's, of the shares; n counts images. */
  correlation: orReason(figureShape),
});
export interface StudyPair extends ShapeValue<typeof pairFields> {}
const pairShape: Shape<StudyPair> = pairFields;

const sideShape = record({ pairs: list(pairShape) });

/** @throws AppError CORRUPT_DATA naming the damaged field. */
export const studyComparisonShape = record({ planned: sideShape, everyone: sideShape });
export type StudyComparison = ShapeValue<typeof studyComparisonShape>;

/**
 * Compares each pair of studies, in order. Resampling uses the seed of the first. Yields after each pair, so that a server can handle other
 * requests meanwhile.
 */
export function* compareStudies(studies: readonly ComparedStudy[]): Generator<undefined, StudyComparison> {
  const places = studies.map(({ plan }) => new Map(plan.rules.design.stimuli.map(({ image }, index) => [image, index])));
  const found: Record<SideName, StudyPair[]> = { planned: [], everyone: [] };
  for (const [first, one] of studies.entries())
    for (const [offset, other] of studies.slice(first + 1).entries()) {
      const second = first + 1 + offset;
      const shared = [...(places[first] as Map<string, number>)].flatMap(([image, own]) => {
        const others = places[second]?.get(image);
        return others === undefined ? [] : [[own, others] as const];
      });
      for (const side of sides) found[side].push({ first, second, shared: shared.length, ...compare(one, other, shared, side) });
      yield undefined;
    }
  return { planned: { pairs: found.planned }, everyone: { pairs: found.everyone } };
}

/**
 * Fewer than for stored results, since a request waits for them; they place an end of the interval within about a fifteenth of its width.
 */
const resamples = 500;

type Compared = Pick<StudyPair, "images" | "difference" | "correlation">;

function compare(one: ComparedStudy, other: ComparedStudy, shared: readonly (readonly [number, number])[], side: SideName): Compared {
  const without = (reason: string): Compared => ({
    images: 0,
    difference: undefinedBecause(reason),
    correlation: undefinedBecause(reason),
  });
  if (shared.length === 0) return without("The studies have no image in common.");
  const [own, others] = [sharesOf(one, side), sharesOf(other, side)];
  if (!own.defined) return without(own.reason);
  if (!others.defined) return without(others.reason);
  const voted = shared.filter(([index, place]) => (own.votes[index] ?? 0) > 0 && (others.votes[place] ?? 0) > 0);
  const share = ({ votes, agreeing }: Voted, index: number): number => (agreeing[index] as number) / (votes[index] as number);
  const found = comparePairedShares(
    { shares: voted.map(([index]) => share(own, index)), voters: own.voters },
    { shares: voted.map(([, place]) => share(others, place)), voters: others.voters },
    { seed: one.plan.seed, resamples },
  );
  return { images: found.images, ...figuresOf(found) };
}

function figuresOf({ images, difference, correlation }: PairedComparison): Omit<Compared, "images"> {
  return {
    difference: difference.defined
      ? defined({
          difference: { ...difference.difference, n: images, over: "votersAndImages" },
          p: difference.p,
          effect: difference.effect,
        })
      : difference,
    correlation: correlation.defined ? figureOf(correlation, images, "images", "The correlation is undefined.") : correlation,
  };
}

interface Voted {
  readonly votes: readonly number[];
  readonly agreeing: readonly number[];
  readonly voters: PairedShares["voters"];
}

/** Of the first question. */
function sharesOf({ plane, summary }: ComparedStudy, side: SideName): OrReason<Voted> {
  const shares = plane?.[side].phases[0]?.shares;
  const total = summary?.[side].phases[0]?.total;
  if (shares === undefined || total === undefined) return undefinedBecause(noVotes);
  if (!shares.defined) return shares;
  if (!total.defined) return total;
  const { voters, votes } = total.standardError;
  return defined({
    votes: shares.votes,
    agreeing: shares.agreeing,
    voters: { variance: Math.max(0, voters ** 2 - votes ** 2), freedom: Math.max(1, total.voters - 1) },
  });
}
