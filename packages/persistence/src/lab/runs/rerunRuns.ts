/**
 * Copies runs: new runs with the same kind, plan, parameters, network and framing, and with the same or other seeds. Each step is one
 * statement for all runs, in the caller's transaction.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { computedKinds } from "@pareidolia/core/runKinds/registry";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Prisma } from "../../generated/client.ts";
import { ascendingIds } from "../../server/database/ascendingIds.ts";
import type { Connection } from "../../server/database/database.ts";
import { chainLinkIdOf } from "../../server/database/deterministicIds.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** `same` keeps each seed; `next` continues after the largest seed of the run's experiment, so that every new run differs from all others. */
export type RerunSeeds = "same" | "next";

export interface RerunSource {
  readonly id: string;
  readonly experimentId: string;
}

export interface NewCopy {
  readonly id: string;
  readonly number: number;
  readonly sourceId: string;
}

/** Why a run cannot start again: it was imported, its experiment is archived or in the trash, or its network may not be used. */
export type RerunObstacle = "IMPORTED" | "EXPERIMENT_ARCHIVED" | "MODEL_UNUSABLE";

/** Those of the runs that cannot start again. */
export async function findRerunObstacles(connection: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, RerunObstacle>> {
  const rows = await connection.$queryRaw<{ id: string; obstacle: RerunObstacle }[]>(Prisma.sql`
    SELECT r.id, CASE WHEN NOT r.kind = ANY (${[...computedKinds]}) THEN 'IMPORTED' WHEN e.archived_at IS NOT NULL OR e.trashed_at IS NOT NULL THEN 'EXPERIMENT_ARCHIVED' ELSE 'MODEL_UNUSABLE' END AS obstacle
    FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN models m ON m.id = r.model_id
    WHERE r.id = ANY (${[...ids]}) AND (NOT r.kind = ANY (${[...computedKinds]}) OR e.archived_at IS NOT NULL OR e.trashed_at IS NOT NULL OR m.state = 'REFUSED' OR (m.state = 'CHECKING' AND m.origin <> 'zoo'))`);
  return new Map(rows.map(({ id, obstacle }) => [id, obstacle]));
}

interface RerunInput {
  readonly scope: Scope;
  readonly createdById: string;
  readonly sources: readonly RerunSource[];
  readonly seeds: RerunSeeds;
  readonly idempotencyKey: string | null;
}

/** Locks the workspace, so that requests with the same key run one after the other. Returns the first of the reserved numbers. */
async function reserveNumbers(connection: Connection, { workspaceId }: Scope, count: number): Promise<number> {
  const { lastRunNumber } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastRunNumber: { increment: count } },
    select: { lastRunNumber: true },
  });
  return lastRunNumber - count + 1;
}

/**
 * In the order of the sources. `created` is false if an earlier request with the same key has made them.
 * @throws AppError CONFLICT if the key was used with only some of the runs.
 */
export async function copyRuns(
  connection: Connection,
  { scope, createdById, sources, seeds, idempotencyKey }: RerunInput,
): Promise<{ readonly created: boolean; readonly copies: readonly NewCopy[] }> {
  const first = await reserveNumbers(connection, scope, sources.length);
  const sourceIds = sources.map(({ id }) => id);
  const keys = sourceIds.map((id) => (idempotencyKey === null ? null : `rerun ${idempotencyKey} ${id}`));
  if (idempotencyKey !== null) {
    const earlier = await findEarlier(connection, scope, new Map(sourceIds.map((id, i) => [keys[i] ?? "", id])));
    if (earlier.length > 0) {
      await reserveNumbers(connection, scope, -sources.length);
      if (earlier.length === sources.length) return { created: false, copies: earlier };
      throw new AppError("CONFLICT", "This idempotency key was already used for other runs.", { field: "input.idempotencyKey" });
    }
  }
  const ids = ascendingIds(sources.length);
  const copies = sources.map(({ id }, i) => ({ id: ids[i] as string, number: first + i, sourceId: id }));
  const seed =
    seeds === "same"
      ? Prisma.sql`r.seed`
      : Prisma.sql`(((SELECT max(o.seed)::bigint FROM runs o WHERE o.experiment_id = r.experiment_id)
          + row_number() OVER (PARTITION BY r.experiment_id ORDER BY c.number)) % ${seedLimits.maximum + 1}::bigint)::int`;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, idempotency_key, kind, preset, parameters, plan, framing,
      source_sha256, seed, event_seq, updated_at)
    SELECT c.id, r.workspace_id, r.experiment_id, ${createdById}, r.model_id, c.number, c.key, r.kind, r.preset, r.parameters, r.plan, r.framing,
      r.source_sha256, ${seed}, 1, now()
    FROM unnest(${copies.map(({ id }) => id)}::text[], ${copies.map(({ number }) => number)}::int[], ${sourceIds}::text[], ${keys}::text[])
      AS c(id, number, source_id, key)
    JOIN runs r ON r.id = c.source_id`);
  await writeFirstEvents(connection, copies);
  await copyChains(connection, copies);
  const experimentIds = [...new Set(sources.map(({ experimentId }) => experimentId))];
  await connection.experiment.updateMany({ where: { id: { in: experimentIds } }, data: { updatedAt: new Date() } });
  return { created: true, copies };
}

/** The runs with the keys, in their order. */
async function findEarlier(connection: Connection, { workspaceId }: Scope, sourceOfKey: ReadonlyMap<string, string>): Promise<NewCopy[]> {
  const keys = [...sourceOfKey.keys()];
  const rows = await connection.run.findMany({
    where: { workspaceId, idempotencyKey: { in: keys } },
    select: { id: true, number: true, idempotencyKey: true },
  });
  return inOrderOf(keys, rows, (row) => row.idempotencyKey).flatMap((row) =>
    row === null ? [] : [{ id: row.id, number: row.number, sourceId: sourceOfKey.get(row.idempotencyKey ?? "") ?? "" }],
  );
}

async function writeFirstEvents(connection: Connection, copies: readonly NewCopy[]): Promise<void> {
  const payload = { from: null, to: "QUEUED", reason: "Started by a user." };
  await connection.runEvent.createMany({ data: copies.map(({ id }) => ({ runId: id, seq: 1, kind: "STATE", payload })) });
}

/** A retraining run has a chain, whose first link has the run's network. */
async function copyChains(connection: Connection, copies: readonly NewCopy[]): Promise<void> {
  const chains = await connection.chain.findMany({
    where: { runId: { in: copies.map(({ sourceId }) => sourceId) } },
    select: { runId: true, workspaceId: true, name: true, dataset: true, iterations: true, run: { select: { modelId: true } } },
  });
  if (chains.length === 0) return;
  const copyOf = new Map(copies.map(({ id, sourceId }) => [sourceId, id]));
  const made = chains.map(({ run, runId, ...chain }) => ({
    ...chain,
    id: randomUUID(),
    runId: copyOf.get(runId) ?? "",
    modelId: run.modelId,
  }));
  await connection.chain.createMany({ data: made.map(({ modelId: _modelId, ...chain }) => chain) });
  await connection.chainLink.createMany({
    data: made.flatMap(({ id, runId, iterations, modelId }) =>
      Array.from({ length: iterations + 1 }, (_, i) => ({
        id: chainLinkIdOf(id, i + 1),
        chainId: id,
        runId,
        iteration: i + 1,
        modelId: i === 0 ? modelId : null,
      })),
    ),
  });
}
