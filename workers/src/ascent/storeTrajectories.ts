/** From where an ascent stands to rows: pictures stored and scored, milestones with the start image as the first, curves. */
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import type { ByteImage } from "@pareidolia/core/image";
import type { TrajectoryAddress } from "@pareidolia/persistence/runs/deterministicIds";
import type { StoredTrajectory, TrajectoryPicture } from "@pareidolia/persistence/runs/writeTrajectories";
import { type ScoreOptions, scorePictures } from "../runs/scorePictures.ts";

interface Shot {
  readonly step: number;
  readonly confidence: number;
  readonly image: ByteImage;
}

/** The start image is stored among the milestones, below all of them. */
const startLevel = 0;

/** Of the trajectories that have been evaluated at all, in the batch's order. */
export async function storeTrajectories(
  climbs: readonly TrajectoryAddress[],
  ascent: GradientAscent,
  options: ScoreOptions,
): Promise<StoredTrajectory[]> {
  const standing = ascent.results.flatMap((result, i) => {
    const climb = climbs[i];
    if (climb === undefined || result.last === null || result.start === null) return [];
    return [{ climb, result, last: result.last, reached: [{ level: startLevel, ...result.start }, ...result.milestones] }];
  });
  const shots: Shot[] = standing.flatMap(({ last, reached }) => [last, ...reached]);
  const pictures = await scorePictures(
    shots.map(({ image }) => image),
    options,
  );
  let next = 0;
  const take = (target: number): TrajectoryPicture => {
    const shot = shots[next] as Shot;
    const picture = pictures[next++] as (typeof pictures)[number];
    const storedConfidence = picture.probabilities[target] as number;
    return { ...picture, step: shot.step, confidence: shot.confidence, storedConfidence };
  };
  return standing.map(({ climb, result, reached }) => ({
    ...climb,
    ended: result.end !== null,
    last: take(climb.class),
    milestones: reached.map(({ level }) => ({ level, ...take(climb.class) })),
    curve: result.trace,
  }));
}
