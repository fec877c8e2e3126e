/** Restores the runs of an export, with the first event of each log and where it comes from. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { given, joined, type RestoredIds, type RestoredRow } from "./restoredRows.ts";

const columns = `run int, experiment int, model int, sweep int, sweep_point int, sweep_replicate int, name text, kind text, preset text,
  parameters jsonb, plan jsonb, framing jsonb, source_image text, seed int, manifest jsonb, state text, failure text, generation int,
  evaluations int, archive_hash text, median float8, fooling_count int, stopped_by text, compute_seconds float8, forked_from int,
  fork_generation int, rerun_of int, notes text, archived_at timestamptz, trimmed_at timestamptz, created_at timestamptz,
  started_at timestamptz, ended_at timestamptz, origin jsonb`;

export interface RunsToRestore {
  /** `state` is the state here; `origin` is a `RestoredFrom`. */
  readonly rows: readonly RestoredRow[];
  /** The number n of the first RUN-n. */
  readonly firstNumber: number;
  /** The experiment of the export of one run; null for exports that have experiments. */
  readonly experimentId: string | null;
}

/** Runs come after those that they come from. Sweeps must be there already. */
export async function restoreRuns(
  connection: Connection,
  ids: RestoredIds,
  { rows, firstNumber, experimentId }: RunsToRestore,
): Promise<void> {
  const { workspaceId, createdById, importId, experiments, sweeps, models, runs } = ids;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, import_id, origin, number, name, kind, preset, parameters,
      plan, framing, source_sha256, seed, manifest, state, failure, generation, evaluations, archive_hash, median, fooling_count, stopped_by,
      compute_seconds, forked_from_run_id, forked_from_generation, rerun_of_run_id, sweep_id, sweep_point, sweep_replicate, priority, notes,
      archived_at, trimmed_at, created_at, started_at, ended_at, updated_at, event_seq)
    SELECT n.id, ${workspaceId}, coalesce(e.id, ${experimentId}), ${createdById}, m.id, ${importId}, x.origin, ${firstNumber}::int + n.number,
      x.name, x.kind, x.preset, x.parameters,
      CASE WHEN x.plan #> '{source,importId}' IS NULL THEN x.plan ELSE jsonb_set(x.plan, '{source,importId}', to_jsonb(${importId}::text)) END,
      x.framing, x.source_image, x.seed, x.manifest, x.state::"RunState", x.failure, x.generation, x.evaluations, x.archive_hash, x.median,
      x.fooling_count, x.stopped_by, x.compute_seconds, f.id, x.fork_generation, o.id, s.id, x.sweep_point, x.sweep_replicate,
      coalesce((SELECT sweep.priority FROM sweeps sweep WHERE sweep.id = s.id), 0), x.notes, x.archived_at, x.trimmed_at, x.created_at,
      x.started_at, x.ended_at, now(), 1
    FROM ${given(rows, columns)} ${joined("n", { ids: runs, rows, column: "run" })} ${joined("m", { ids: models, rows, column: "model" })}
      ${joined("e", { ids: experiments, rows, column: "experiment" }, "LEFT JOIN")} ${joined("s", { ids: sweeps, rows, column: "sweep" }, "LEFT JOIN")}
      ${joined("f", { ids: runs, rows, column: "forked_from" }, "LEFT JOIN")} ${joined("o", { ids: runs, rows, column: "rerun_of" }, "LEFT JOIN")}
    ORDER BY n.number`);
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO run_events (run_id, seq, kind, payload)
    SELECT n.id, 1, 'STATE', jsonb_build_object('from', NULL, 'to', x.state,
      'reason', 'Restored from ' || (x.origin->>'key') || ' of the workspace ' || (x.origin->>'workspace') || '.')
    FROM ${given(rows, "run int, state text, origin jsonb")} ${joined("n", { ids: runs, rows, column: "run" })}`);
}

/** Reserves numbers of experiments, sweeps and runs, and returns the first of each. Numbers of an import that fails stay unused. */
export async function reserveNumbers(
  connection: Connection,
  workspaceId: string,
  counts: { readonly experiments: number; readonly sweeps: number; readonly runs: number },
): Promise<{ readonly experiment: number; readonly sweep: number; readonly run: number }> {
  const { lastExperimentNumber, lastSweepNumber, lastRunNumber } = await connection.workspace.update({
    where: { id: workspaceId },
    data: {
      lastExperimentNumber: { increment: counts.experiments },
      lastSweepNumber: { increment: counts.sweeps },
      lastRunNumber: { increment: counts.runs },
    },
    select: { lastExperimentNumber: true, lastSweepNumber: true, lastRunNumber: true },
  });
  return {
    experiment: lastExperimentNumber - counts.experiments + 1,
    sweep: lastSweepNumber - counts.sweeps + 1,
    run: lastRunNumber - counts.runs + 1,
  };
}
