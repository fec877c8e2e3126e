/** Creates a sweep with all its runs, in the caller's transaction. The runs wait until `admitRuns` gives them slots. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import { type Planned, serialisePlan } from "@pareidolia/core/runKinds/registry";
import type { PlannedSweepRun } from "@pareidolia/core/sweep/planSweep";
import type { SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import { ascendingIds } from "../../server/database/ascendingIds.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { holdOpenExperiment } from "../experiments/openExperiment.ts";

/** What all runs of a point have in common. */
export interface NewSweepPoint {
  readonly planned: Planned;
  readonly modelId: string;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly framing: Framing;
}

interface NamedSweepRun extends PlannedSweepRun {
  readonly name: string;
}

export interface SweepLimits {
  /** One of core's sweepPriorities. */
  readonly priority: number;
  /** Runs at the same time; null for no limit. */
  readonly concurrency: number | null;
  readonly maxEvaluations: number | null;
  readonly maxSeconds: number | null;
}

export interface NewSweep extends SweepLimits {
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly createdById: string;
  readonly idempotencyKey: string | null;
  readonly name: string;
  readonly plan: SweepPlan;
  readonly points: readonly NewSweepPoint[];
  readonly runs: readonly NamedSweepRun[];
}

export interface CreatedSweep {
  readonly id: string;
  /** Its number within the workspace. */
  readonly number: number;
  readonly created: boolean;
  /** In the order of the input. */
  readonly runIds: readonly string[];
}

/** Columns that must be equal in all requests with the same idempotency key. */
const identity = ["experimentId", "name", "plan"] as const;

async function findEarlier({ connection }: Transaction, input: NewSweep): Promise<CreatedSweep | null> {
  const { workspaceId, idempotencyKey } = input;
  if (idempotencyKey === null) return null;
  const earlier = await connection.sweep.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
  if (earlier === null) return null;
  const given = { ...input, plan: JSON.parse(JSON.stringify(input.plan)) as unknown };
  if (identity.some((name) => !isDeepStrictEqual(earlier[name], given[name])))
    throw new AppError("CONFLICT", "This idempotency key was already used for another sweep.", { field: "input.idempotencyKey" });
  return { id: earlier.id, number: earlier.number, created: false, runIds: [] };
}

/**
 * One statement for all rows, because 2,000 single ones take seconds. Their events are written without notification: no subscription can
 * follow a run that does not exist yet. Returns the IDs in the order of the input.
 */
export async function insertSweepRuns(
  connection: Connection,
  input: NewSweep,
  { sweepId, firstNumber }: { readonly sweepId: string; readonly firstNumber: number },
): Promise<string[]> {
  const { workspaceId, experimentId, createdById, priority } = input;
  const points = input.points.map(({ planned, modelId, preset, parameters, framing }, point) => {
    const { document, sourceSha256 } = serialisePlan(planned);
    return { point, modelId, kind: planned.kind, preset, parameters, plan: document, framing, sourceSha256 };
  });
  const ids = ascendingIds(input.runs.length);
  const runs = input.runs.map((run, i) => ({ ...run, id: ids[i], number: firstNumber + i }));
  const payload = { from: null, to: "QUEUED", reason: "Planned by a sweep." };
  const rows = await connection.$queryRaw<{ id: string }[]>`
    WITH created AS (
      INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, name, kind, preset, parameters, plan, framing,
        source_sha256, seed, priority, sweep_id, sweep_point, sweep_replicate, event_seq, updated_at)
      SELECT r.id, ${workspaceId}, ${experimentId}, ${createdById}, p."modelId", r.number, r.name, p.kind, p.preset,
        p.parameters, p.plan, p.framing, p."sourceSha256", r.seed, ${priority}::int, ${sweepId}, r.point, r.replicate, 1, now()
      FROM jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) AS r (id text, point int, replicate int, seed int, number int, name text)
      JOIN jsonb_to_recordset(${JSON.stringify(points)}::jsonb) AS p (point int, "modelId" text, kind text, preset text, parameters jsonb,
        plan jsonb, framing jsonb, "sourceSha256" text) USING (point)
      RETURNING id, number
    ), event AS (
      INSERT INTO run_events (run_id, seq, kind, payload) SELECT id, 1, 'STATE', ${JSON.stringify(payload)}::jsonb FROM created
    )
    SELECT id FROM created ORDER BY number`;
  return rows.map(({ id }) => id);
}

/**
 * `created` is false if an earlier request with the same key created the same sweep; then nothing is written.
 * @throws AppError CONFLICT when the key was used for another sweep, or the experiment is archived, locked or in the trash.
 */
export async function createSweep(transaction: Transaction, input: NewSweep): Promise<CreatedSweep> {
  const { connection } = transaction;
  const { workspaceId, experimentId, runs, points, plan, ...columns } = input;
  // Locks the workspace, so that requests with the same key run one after the other.
  await connection.workspace.update({ where: { id: workspaceId }, data: { lastSweepNumber: { increment: 0 } } });
  const earlier = await findEarlier(transaction, input);
  if (earlier !== null) return earlier;
  const { lastSweepNumber: number, lastRunNumber } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastSweepNumber: { increment: 1 }, lastRunNumber: { increment: runs.length } },
    select: { lastSweepNumber: true, lastRunNumber: true },
  });
  await holdOpenExperiment(connection, { workspaceId, experimentId });
  const id = randomUUID();
  const document = JSON.parse(JSON.stringify(plan)) as object;
  await connection.sweep.create({
    data: { id, workspaceId, experimentId, number, plan: document, pointCount: points.length, runCount: runs.length, ...columns },
  });
  return {
    id,
    number,
    created: true,
    runIds: await insertSweepRuns(connection, input, { sweepId: id, firstNumber: lastRunNumber - runs.length + 1 }),
  };
}
