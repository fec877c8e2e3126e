/**
 * Writes the progress of trajectories and the milestones that they reached; a stored milestone never changes. Pages that have just
 * received an image can fetch it for one minute after a new image replaces it. The number of statements does not depend on the
 * number of trajectories.
 */
import type { Connection } from "../../server/database/database.ts";
import { type TrajectoryAddress, trajectoryIdOf } from "../../server/database/deterministicIds.ts";
import { type ScoredImage, writeImages } from "../images/writeImages.ts";
import { writeScores } from "../scores/writeScores.ts";

export interface TrajectoryImage extends ScoredImage {
  readonly step: number;
  /** On float pixels, and on the decoded bytes of the stored image. */
  readonly confidence: number;
  readonly storedConfidence: number;
}

export interface StoredTrajectory extends TrajectoryAddress {
  readonly ended: boolean;
  readonly last: TrajectoryImage;
  readonly milestones: readonly (TrajectoryImage & { readonly level: number })[];
  readonly curve: readonly {
    readonly step: number;
    readonly confidence: number;
    readonly storedConfidence: number;
    readonly norm: number;
  }[];
}

const replacedSeconds = 60;

export async function writeTrajectories(
  connection: Connection,
  {
    runId,
    modelId,
    trajectories,
  }: { readonly runId: string; readonly modelId: string; readonly trajectories: readonly StoredTrajectory[] },
): Promise<void> {
  if (trajectories.length === 0) return;
  const images = trajectories.flatMap(({ last, milestones }) => [last, ...milestones]);
  await writeImages(connection, images);
  await writeScores(connection, modelId, images);
  await keepReplaced(connection, runId, trajectories);
  await forgetReplaced(connection, runId);
  await upsertTrajectories(connection, runId, trajectories);
  await insertMilestones(connection, runId, trajectories);
}

const columnsOf = ({ step, confidence, storedConfidence, image }: TrajectoryImage) => ({
  step,
  confidence,
  storedConfidence,
  image: image.sha256,
});

/** Keeps a reference to the current images, which the next statement replaces. */
async function keepReplaced(connection: Connection, runId: string, trajectories: readonly StoredTrajectory[]): Promise<void> {
  const ids = trajectories.map((trajectory) => trajectoryIdOf(runId, trajectory));
  await connection.$executeRaw`
    INSERT INTO replaced_pictures (trajectory_id, image_sha256) SELECT id, image_sha256 FROM trajectories WHERE id = ANY (${ids})
    ON CONFLICT (trajectory_id, image_sha256) DO UPDATE SET replaced_at = now()`;
}

async function forgetReplaced(connection: Connection, runId: string): Promise<void> {
  await connection.$executeRaw`
    DELETE FROM replaced_pictures o USING trajectories t
    WHERE t.id = o.trajectory_id AND t.run_id = ${runId} AND o.replaced_at < now() - make_interval(secs => ${replacedSeconds})`;
}

async function upsertTrajectories(connection: Connection, runId: string, trajectories: readonly StoredTrajectory[]): Promise<void> {
  const rows = trajectories.map(({ last, curve, configuration, class: target, start, ended }) => ({
    id: trajectoryIdOf(runId, { configuration, class: target, start }),
    configuration,
    class: target,
    start,
    ended,
    ...columnsOf(last),
    curveSteps: curve.map(({ step }) => step),
    curveConfidences: curve.map(({ confidence }) => confidence),
    curveStoredConfidences: curve.map(({ storedConfidence }) => storedConfidence),
    curveNorms: curve.map(({ norm }) => norm),
  }));
  await connection.$executeRaw`
    INSERT INTO trajectories (id, run_id, configuration, class, start, step, ended, confidence, stored_confidence, image_sha256,
      curve_steps, curve_confidences, curve_stored_confidences, curve_norms)
    SELECT t.id, ${runId}, t.configuration, t.class, t.start, t.step, t.ended, t.confidence, t."storedConfidence", t.image,
      t."curveSteps", t."curveConfidences", t."curveStoredConfidences", t."curveNorms"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (
      id text, configuration int, class int, start int, step int, ended boolean, confidence float8, "storedConfidence" float8,
      image text, "curveSteps" int[], "curveConfidences" float8[], "curveStoredConfidences" float8[], "curveNorms" float8[]
    )
    ON CONFLICT (id) DO UPDATE SET step = excluded.step, ended = excluded.ended, confidence = excluded.confidence,
      stored_confidence = excluded.stored_confidence, image_sha256 = excluded.image_sha256, curve_steps = excluded.curve_steps,
      curve_confidences = excluded.curve_confidences, curve_stored_confidences = excluded.curve_stored_confidences,
      curve_norms = excluded.curve_norms`;
}

async function insertMilestones(connection: Connection, runId: string, trajectories: readonly StoredTrajectory[]): Promise<void> {
  const rows = trajectories.flatMap((trajectory) => {
    const id = trajectoryIdOf(runId, trajectory);
    return trajectory.milestones.map((milestone) => ({ id, level: milestone.level, ...columnsOf(milestone) }));
  });
  await connection.$executeRaw`
    INSERT INTO trajectory_milestones (trajectory_id, level, step, confidence, stored_confidence, image_sha256)
    SELECT m.id, m.level, m.step, m.confidence, m."storedConfidence", m.image
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m (
      id text, level float8, step int, confidence float8, "storedConfidence" float8, image text
    )
    ON CONFLICT DO NOTHING`;
}

export interface TrajectoryEnd extends TrajectoryAddress {
  readonly step: number;
  readonly ended: boolean;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
}

/** The last stored step of each trajectory of a run, by configuration, class and start. */
export function readTrajectoryEnds(connection: Connection, runId: string): Promise<TrajectoryEnd[]> {
  return connection.trajectory.findMany({
    where: { runId },
    orderBy: [{ configuration: "asc" }, { class: "asc" }, { start: "asc" }],
    select: {
      configuration: true,
      class: true,
      start: true,
      step: true,
      ended: true,
      confidence: true,
      storedConfidence: true,
      imageSha256: true,
    },
  });
}
