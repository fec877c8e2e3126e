/** From where an ascent stands to rows: images stored and scored, milestones with the start image as the first, curves. */
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import type { ByteImage } from "@pareidolia/core/image";
import type { TrajectoryAddress } from "@pareidolia/persistence/database/deterministicIds";
import type { ScoredImage } from "@pareidolia/persistence/images/writeImages";
import type { StoredTrajectory, TrajectoryImage } from "@pareidolia/persistence/trajectories/writeTrajectories";
import { type ScoreOptions, scoreImages } from "../runs/scoreImages.ts";
import type { TrajectoryEnds } from "./trajectoryEnds.ts";

interface Shot {
  readonly step: number;
  readonly confidence: number;
  readonly image: ByteImage;
}

export interface StoreOptions extends ScoreOptions {
  /** As they are stored. */
  readonly ends: TrajectoryEnds;
  /** Images that were stored and scored before, since an ascent keeps those of its milestones. */
  readonly scored: WeakMap<ByteImage, ScoredImage>;
}

/** The start image is stored among the milestones, below all of them. */
const startLevel = 0;

/** Of the trajectories that have been evaluated at all and have moved on from where they are stored, in the batch's order. */
export async function storeTrajectories(
  trajectories: readonly TrajectoryAddress[],
  ascent: GradientAscent,
  { ends, scored, ...options }: StoreOptions,
): Promise<StoredTrajectory[]> {
  const moved = ascent.results.flatMap((result, i) => {
    const trajectory = trajectories[i];
    const { start, last, milestones } = result;
    if (trajectory === undefined || last === null || start === null) return [];
    if (ends.stands(trajectory, { step: last.step, ended: result.end !== null })) return [];
    return [{ trajectory, result, last, reached: [{ level: startLevel, ...start }, ...milestones] }];
  });
  const images = moved.flatMap(({ last, reached }) => [last, ...reached]).map(({ image }) => image);
  const fresh = [...new Set(images)].filter((image) => !scored.has(image));
  const newlyScored = await scoreImages(fresh, options);
  for (const [i, image] of fresh.entries()) scored.set(image, newlyScored[i] as ScoredImage);
  const imageOf = ({ step, confidence, image }: Shot, target: number): TrajectoryImage => {
    const stored = scored.get(image) as ScoredImage;
    return { ...stored, step, confidence, storedConfidence: stored.probabilities[target] as number };
  };
  return moved.map(({ trajectory, result, last, reached }) => ({
    ...trajectory,
    ended: result.end !== null,
    last: imageOf(last, trajectory.class),
    milestones: reached.map((shot) => ({ level: shot.level, ...imageOf(shot, trajectory.class) })),
    curve: result.trace,
  }));
}
