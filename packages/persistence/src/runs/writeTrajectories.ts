/** Writes where trajectories stand, and the milestones that they reached: the first word on a milestone stays. */
import type { Connection } from "../database.ts";
import { type TrajectoryAddress, trajectoryIdOf } from "./deterministicIds.ts";
import { type ScoredPicture, writeImages, writeScores } from "./writePictures.ts";

export interface TrajectoryPicture extends ScoredPicture {
  readonly step: number;
  /** On float pixels, and on the decoded bytes of the stored picture. */
  readonly confidence: number;
  readonly storedConfidence: number;
}

export interface StoredTrajectory extends TrajectoryAddress {
  readonly ended: boolean;
  readonly last: TrajectoryPicture;
  readonly milestones: readonly (TrajectoryPicture & { readonly level: number })[];
  readonly curve: readonly {
    readonly step: number;
    readonly confidence: number;
    readonly storedConfidence: number;
    readonly norm: number;
  }[];
}

export async function writeTrajectories(
  connection: Connection,
  {
    runId,
    modelId,
    trajectories,
  }: { readonly runId: string; readonly modelId: string; readonly trajectories: readonly StoredTrajectory[] },
): Promise<void> {
  const pictures = trajectories.flatMap(({ last, milestones }) => [last, ...milestones]);
  await writeImages(connection, pictures);
  await writeScores(connection, modelId, pictures);
  for (const { last, curve, milestones, ...trajectory } of trajectories) {
    const id = trajectoryIdOf(runId, trajectory);
    const row = {
      ...trajectory,
      step: last.step,
      confidence: last.confidence,
      storedConfidence: last.storedConfidence,
      imageSha256: last.image.sha256,
      curveSteps: curve.map(({ step }) => step),
      curveConfidences: curve.map(({ confidence }) => confidence),
      curveStoredConfidences: curve.map(({ storedConfidence }) => storedConfidence),
      curveNorms: curve.map(({ norm }) => norm),
    };
    await connection.trajectory.upsert({ where: { id }, create: { id, runId, ...row }, update: row });
    await connection.trajectoryMilestone.createMany({
      data: milestones.map(({ level, step, confidence, storedConfidence, image }) => ({
        trajectoryId: id,
        level,
        step,
        confidence,
        storedConfidence,
        imageSha256: image.sha256,
      })),
      skipDuplicates: true,
    });
  }
}

export interface TrajectoryEnd extends TrajectoryAddress {
  readonly step: number;
  readonly ended: boolean;
  readonly storedConfidence: number;
  readonly imageSha256: string;
}

/** How far each stored trajectory of a run has come, by configuration, class and start. */
export function readTrajectoryEnds(connection: Connection, runId: string): Promise<TrajectoryEnd[]> {
  return connection.trajectory.findMany({
    where: { runId },
    orderBy: [{ configuration: "asc" }, { class: "asc" }, { start: "asc" }],
    select: { configuration: true, class: true, start: true, step: true, ended: true, storedConfidence: true, imageSha256: true },
  });
}
