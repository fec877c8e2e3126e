/** Restores experiments, sweeps, tags and comments of an export. */

import { Prisma } from "../../generated/client.ts";
import { editTags, type TagEdit } from "../../lab/tags/writeTags.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { given, joined, type RestoredIds, type RestoredRow } from "./restoredRows.ts";

/** @param firstNumber the number n of the first EXP-n. */
export async function restoreExperiments(
  connection: Connection,
  ids: RestoredIds,
  { rows, firstNumber }: { readonly rows: readonly RestoredRow[]; readonly firstNumber: number },
): Promise<void> {
  const { workspaceId, createdById, experiments } = ids;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO experiments (id, workspace_id, created_by_id, number, name, description, notes, archived_at, created_at, updated_at)
    SELECT n.id, ${workspaceId}, ${createdById}, ${firstNumber}::int + n.number, x.name, x.description, x.notes, x.archived_at, x.created_at, now()
    FROM ${given(rows, "experiment int, name text, description text, notes text, archived_at timestamptz, created_at timestamptz")}
    ${joined("n", { ids: experiments, rows, column: "experiment" })}`);
}

/** `state` and `reason` are those here (sweepHere). @param firstNumber of SWP-n. */
export async function restoreSweeps(
  connection: Connection,
  { workspaceId, createdById, experiments, sweeps }: RestoredIds,
  { rows, firstNumber }: { readonly rows: readonly RestoredRow[]; readonly firstNumber: number },
): Promise<void> {
  const columns = `sweep int, experiment int, name text, plan jsonb, point_count int, run_count int, state text, reason text, priority int,
    concurrency int, max_evaluations float8, max_seconds float8, created_at timestamptz, ended_at timestamptz`;
  const isOver = Prisma.sql`x.state IN ('SUCCEEDED', 'CANCELLED')`;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO sweeps (id, workspace_id, experiment_id, created_by_id, number, name, plan, point_count, run_count, state, reason, priority,
      concurrency, max_evaluations, max_seconds, created_at, ended_at, updated_at)
    SELECT n.id, ${workspaceId}, e.id, ${createdById}, ${firstNumber}::int + n.number, x.name, x.plan, x.point_count, x.run_count,
      x.state::"SweepState", x.reason, x.priority, x.concurrency, x.max_evaluations, x.max_seconds, x.created_at,
      CASE WHEN ${isOver} THEN coalesce(x.ended_at, now()) END, now()
    FROM ${given(rows, columns)} ${joined("n", { ids: sweeps, rows, column: "sweep" })} ${joined("e", { ids: experiments, rows, column: "experiment" })}`);
}

export async function restoreRungDecisions(connection: Connection, { sweeps }: RestoredIds, rows: readonly RestoredRow[]): Promise<void> {
  const columns = "sweep int, rung int, point int, nines float8, runs int, rank int, kept boolean, decided_at timestamptz";
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO rung_decisions (sweep_id, rung, point, nines, runs, rank, kept, decided_at)
    SELECT n.id, x.rung, x.point, x.nines, x.runs, x.rank, x.kept, x.decided_at
    FROM ${given(rows, columns)} ${joined("n", { ids: sweeps, rows, column: "sweep" })}`);
}

/** A run has passed the rungs that it reached and at which its point was kept. Decisions must be there already. */
export async function restoreRungResults(connection: Connection, { runs }: RestoredIds, rows: readonly RestoredRow[]): Promise<void> {
  const columns = "run int, rung int, median float8, reached_at timestamptz";
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO rung_results (run_id, rung, median, reached_at)
    SELECT n.id, x.rung, x.median, x.reached_at FROM ${given(rows, columns)} ${joined("n", { ids: runs, rows, column: "run" })}`);
  await connection.$executeRaw(Prisma.sql`
    UPDATE runs r SET rung = (
      SELECT count(*)::int FROM rung_results result JOIN rung_decisions d ON d.rung = result.rung AND d.kept
      WHERE result.run_id = r.id AND d.sweep_id = r.sweep_id AND d.point = r.sweep_point
    ) WHERE r.id IN (SELECT n.id FROM ${given(rows, columns)} ${joined("n", { ids: runs, rows, column: "run" })})`);
}

/** Comments are the importing member's, with the name of their author in the export. */
export async function restoreComments(
  connection: Connection,
  { workspaceId, createdById, comments, experiments, runs }: RestoredIds,
  rows: readonly RestoredRow[],
): Promise<void> {
  const columns = "comment int, experiment int, run int, body text, created_at timestamptz, edited_at timestamptz, author text";
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO comments (id, workspace_id, author_id, run_id, experiment_id, body, created_at, edited_at, source_author)
    SELECT n.id, ${workspaceId}, ${createdById}, r.id, e.id, x.body, x.created_at, x.edited_at, x.author
    FROM ${given(rows, columns)} ${joined("n", { ids: comments, rows, column: "comment" })}
      ${joined("e", { ids: experiments, rows, column: "experiment" }, "LEFT JOIN")} ${joined("r", { ids: runs, rows, column: "run" }, "LEFT JOIN")}`);
}

/** @param names of tags that nothing may have. */
export async function restoreTags(connection: Connection, { workspaceId }: RestoredIds, names: readonly string[]): Promise<void> {
  const rows = names.map((name) => ({ name }));
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO tags (id, workspace_id, name) SELECT gen_random_uuid()::text, ${workspaceId}, x.name FROM ${given(rows, "name text")}
    ON CONFLICT (workspace_id, name) DO NOTHING`);
}

/** @param tags of each row, in the order of `ids`. */
export async function restoreTagsOf(
  connection: Connection,
  { scope, kind }: { readonly scope: Scope; readonly kind: "Run" | "Experiment" },
  tagged: readonly { readonly id: string; readonly tags: readonly string[] }[],
): Promise<void> {
  const edits: TagEdit[] = tagged.flatMap(({ id, tags }) => (tags.length === 0 ? [] : [{ id, add: tags, remove: [] }]));
  if (edits.length > 0) await editTags(connection, { scope, kind, edits });
}
