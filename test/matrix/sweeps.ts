/** Sweeps of the local workspace: one with the results of two runs, one that is running, and one that is paused. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";

export interface Sweeps {
  readonly runningSweep: string;
  readonly pausedSweep: string;
}

const missing = encodeGlobalId("Sweep", "missing");
export const missingSweeps: Sweeps = { runningSweep: missing, pausedSweep: missing };

interface Given {
  readonly experimentId: string;
  /** Ended runs, one for each point. */
  readonly runIds: readonly string[];
  /** Runs that have not ended, because a sweep without one would have succeeded. */
  readonly unfinished: { readonly ofRunning: string; readonly ofPaused: string };
}

export async function writeSweeps(
  { database }: AccountsApi,
  { experimentId, runIds, unfinished }: Given,
  seed: number,
): Promise<Sweeps & { readonly sweep: string }> {
  const { connection } = database;
  const plan = {
    kind: "evolution",
    base: { encoding: "direct", preset: "paper" },
    axes: [{ path: "generations", values: runIds.map((_, i) => i + 1), range: null }],
    sampler: { kind: "grid" },
    seeds: [seed],
    earlyStopping: { plateau: { generations: 5, delta: 0.5 }, median: { after: 5 }, halving: { eta: 2, minimum: 1 } },
  };
  const common = { workspaceId: localWorkspaceId, experimentId, createdById: localUserId, name: "Sweep", plan };
  const counts = { pointCount: runIds.length, runCount: runIds.length };
  const limits = { concurrency: seed, maxEvaluations: seed * 1e6, maxSeconds: seed * 1e3 };
  const [ended, paused, running] = [`sweep_${seed}`, `sweep_paused_${seed}`, `sweep_running_${seed}`];
  const state = { state: "SUCCEEDED", endedAt: new Date() } as const;
  await connection.sweep.create({ data: { id: ended, number: 1, ...common, ...counts, ...limits, ...state } });
  await connection.sweep.create({ data: { id: paused, number: 2, ...common, ...counts, ...limits, state: "PAUSED" } });
  await connection.sweep.create({ data: { id: running, number: 3, ...common, ...counts, ...limits } });
  for (const [id, sweepId] of [[unfinished.ofRunning, running] as const, [unfinished.ofPaused, paused] as const])
    await connection.run.update({ where: { id }, data: { sweepId, sweepPoint: 0, sweepReplicate: 0 } });
  await connection.workspace.update({ where: { id: localWorkspaceId }, data: { lastSweepNumber: 3 } });
  for (const [sweepPoint, id] of runIds.entries())
    await connection.run.update({ where: { id }, data: { sweepId: ended, sweepPoint, sweepReplicate: 0, stoppedBy: "PLATEAU" } });
  for (const [point, runId] of runIds.entries()) {
    await connection.rungResult.create({ data: { runId, rung: 0, median: 0.9 } });
    const decision = { rung: 0, point, nines: 1, runs: 1, rank: point + 1, kept: point === 0 };
    await connection.rungDecision.create({ data: { sweepId: ended, ...decision } });
  }
  const id = (row: string): string => encodeGlobalId("Sweep", row);
  return { sweep: id(ended), pausedSweep: id(paused), runningSweep: id(running) };
}
