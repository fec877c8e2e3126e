/** Stores and scores the images of an ascent's trajectories, and returns their rows: last image, milestones, curve. */
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import type { ByteImage } from "@pareidolia/core/image";
import type { ScoredImage } from "@pareidolia/persistence/lab/images/writeImages";
import type { StoredTrajectory, TrajectoryImage } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import type { TrajectoryAddress } from "@pareidolia/persistence/server/database/deterministicIds";
import { type ScoreOptions, scoreImages } from "../runs/scoreImages.ts";
import type { TrajectoryEnds } from "./trajectoryEnds.ts";

interface Snapshot {
  readonly step: number;
  readonly confidence: number;
  readonly image: ByteImage;
}

export interface StoreOptions extends ScoreOptions {
  /** The stored state of each trajectory. */
  readonly ends: TrajectoryEnds;
  /** Images already stored and scored; an ascent keeps the same image objects for its milestones. */
  readonly scored: WeakMap<ByteImage, ScoredImage>;
}

/** The start image is stored as the first milestone, at this level. */
const startLevel = 0;

/** Rows of the trajectories that have been evaluated and have changed since they were stored, in the batch's order. */
export async function storeTrajectories(
  trajectories: readonly TrajectoryAddress[],
  ascent: GradientAscent,
  { ends, scored, ...options }: StoreOptions,
): Promise<StoredTrajectory[]> {
  const changed = ascent.results.flatMap((result, i) => {
    const trajectory = trajectories[i];
    const { start, last, milestones } = result;
    if (trajectory === undefined || last === null || start === null) return [];
    if (ends.isStored(trajectory, { step: last.step, ended: result.end !== null })) return [];
    return [{ trajectory, result, last, reached: [{ level: startLevel, ...start }, ...milestones] }];
  });
  const images = changed.flatMap(({ last, reached }) => [last, ...reached]).map(({ image }) => image);
  const unscored = [...new Set(images)].filter((image) => !scored.has(image));
  const newlyScored = await scoreImages(unscored, options);
  for (const [i, image] of unscored.entries()) scored.set(image, newlyScored[i] as ScoredImage);
  const imageOf = ({ step, confidence, image }: Snapshot, target: number): TrajectoryImage => {
    const stored = scored.get(image) as ScoredImage;
    return { ...stored, step, confidence, storedConfidence: stored.probabilities[target] as number };
  };
  return changed.map(({ trajectory, result, last, reached }) => ({
    ...trajectory,
    ended: result.end !== null,
    last: imageOf(last, trajectory.class),
    milestones: reached.map((snapshot) => ({ level: snapshot.level, ...imageOf(snapshot, trajectory.class) })),
    curve: result.trace,
  }));
}
