/** Restores the results of ascents, attacks and imported runs, and the hashes of steps. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { perturbationIdOf, type TrajectoryAddress, trajectoryIdOf } from "../../server/database/deterministicIds.ts";
import { given, joined, type RestoredIds, type RestoredRow } from "./restoredRows.ts";

export async function restoreStepHashes(connection: Connection, { runs }: RestoredIds, rows: readonly RestoredRow[]): Promise<void> {
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO run_step_hashes (run_id, step, hash)
    SELECT n.id, x.step, x.hash FROM ${given(rows, "run int, step int, hash text")} ${joined("n", { ids: runs, rows, column: "run" })}`);
}

/** The first part of a checkpoint makes its row, and later ones are appended, in their order. */
export async function restoreCheckpoint(
  connection: Connection,
  { runs }: RestoredIds,
  { run, part, bytes }: { readonly run: number; readonly part: number; readonly bytes: string },
): Promise<void> {
  const runId = runs[run] as string;
  const content = new Uint8Array(Buffer.from(bytes, "base64"));
  if (part === 0)
    await connection.$executeRaw`INSERT INTO run_checkpoints (run_id, bytes, updated_at) VALUES (${runId}, ${content}, now())`;
  else await connection.$executeRaw`UPDATE run_checkpoints SET bytes = bytes || ${content}::bytea WHERE run_id = ${runId}`;
}

interface OfTrajectory extends TrajectoryAddress {
  readonly run: number;
}

function withTrajectoryId<Row extends OfTrajectory>({ runs }: RestoredIds, row: Row): Row & { readonly id: string } {
  return { ...row, id: trajectoryIdOf(runs[row.run] as string, row) };
}

export async function restoreTrajectories(connection: Connection, ids: RestoredIds, rows: readonly OfTrajectory[]): Promise<void> {
  const columns = `run int, id text, configuration int, class int, start int, step int, ended boolean, search_confidence float8,
    stored_confidence float8, image text, curve_steps int[], curve_search_confidences float8[], curve_stored_confidences float8[],
    curve_norms float8[]`;
  const written = rows.map((row) => withTrajectoryId(ids, row));
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO trajectories (id, run_id, configuration, class, start, step, ended, confidence, stored_confidence, image_sha256, curve_steps,
      curve_confidences, curve_stored_confidences, curve_norms)
    SELECT x.id, n.id, x.configuration, x.class, x.start, x.step, x.ended, x.search_confidence, x.stored_confidence, x.image, x.curve_steps,
      x.curve_search_confidences, x.curve_stored_confidences, x.curve_norms
    FROM ${given(written, columns)} ${joined("n", { ids: ids.runs, rows: written, column: "run" })}`);
}

export async function restoreMilestones(connection: Connection, ids: RestoredIds, rows: readonly OfTrajectory[]): Promise<void> {
  const columns = "id text, level float8, step int, search_confidence float8, stored_confidence float8, image text";
  const written = rows.map((row) => withTrajectoryId(ids, row));
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO trajectory_milestones (trajectory_id, level, step, confidence, stored_confidence, image_sha256)
    SELECT x.id, x.level, x.step, x.search_confidence, x.stored_confidence, x.image FROM ${given(written, columns)}`);
}

export async function restorePerturbations(
  connection: Connection,
  { runs }: RestoredIds,
  rows: readonly { readonly run: number; readonly index: number }[],
): Promise<void> {
  const columns = `run int, id text, index int, bound float8, success boolean, steps int, linf float8, l2 float8, l0 int, original_image text,
    original_class int, original_confidence float8, stored_class int, stored_confidence float8, search_confidence float8,
    stored_searched_confidence float8, image text`;
  const written = rows.map((row) => ({ ...row, id: perturbationIdOf(runs[row.run] as string, row.index) }));
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO perturbations (id, run_id, index, bound, success, steps, linf, l2, l0, original_sha256, original_class, original_confidence,
      stored_class, stored_confidence, stored_target_confidence, confidence, image_sha256)
    SELECT x.id, n.id, x.index, x.bound, x.success, x.steps, x.linf, x.l2, x.l0, x.original_image, x.original_class, x.original_confidence,
      x.stored_class, x.stored_confidence, CASE WHEN r.plan->>'target' IS NOT NULL THEN x.stored_searched_confidence END,
      x.search_confidence, x.image
    FROM ${given(written, columns)} ${joined("n", { ids: runs, rows: written, column: "run" })} JOIN runs r ON r.id = n.id`);
}

export async function restoreImportedImages(connection: Connection, { runs }: RestoredIds, rows: readonly RestoredRow[]): Promise<void> {
  const columns = `run int, index int, image text, niche int, label text, claimed float8, generation int, source_id text,
    source_parent_id text`;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO imported_images (run_id, index, image_sha256, niche, label, claimed, generation, source_id, source_parent_id)
    SELECT n.id, x.index, x.image, x.niche, x.label, x.claimed, x.generation, x.source_id, x.source_parent_id
    FROM ${given(rows, columns)} ${joined("n", { ids: runs, rows, column: "run" })}`);
}
