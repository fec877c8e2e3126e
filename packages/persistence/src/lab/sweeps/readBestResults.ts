/** The best results of a sweep, or of one of its points: their IDs, one for each class, or for each bound of attacks. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface RunsOfSweep {
  readonly sweepId: string;
  /** Undefined for all points. */
  readonly point: number | undefined;
}

const maxResults = 100;

function runsOf({ sweepId, point }: RunsOfSweep): Prisma.Sql {
  const ofPoint = point === undefined ? Prisma.empty : Prisma.sql`AND r.sweep_point = ${point}`;
  return Prisma.sql`r.sweep_id = ${sweepId} ${ofPoint}`;
}

async function idsOf(rows: Promise<{ readonly id: string }[]>): Promise<string[]> {
  return (await rows).map(({ id }) => id);
}

/** The surest current elite of each class over all evolutions, in order of class. */
export function readBestElites(connection: Connection, runs: RunsOfSweep): Promise<string[]> {
  return idsOf(connection.$queryRaw`
    SELECT best.id FROM (
      SELECT DISTINCT ON (e.niche) e.id, e.niche FROM ${liveRuns} r JOIN elites e ON e.run_id = r.id AND e.replaced_at IS NULL
      WHERE ${runsOf(runs)} ORDER BY e.niche, e.stored_fitness DESC, e.id
    ) best ORDER BY best.niche LIMIT ${maxResults}`);
}

/** The surest trajectory of each class over all ascents, in order of class. */
export function readBestTrajectories(connection: Connection, runs: RunsOfSweep): Promise<string[]> {
  return idsOf(connection.$queryRaw`
    SELECT best.id FROM (
      SELECT DISTINCT ON (t.class) t.id, t.class FROM ${liveRuns} r JOIN trajectories t ON t.run_id = r.id
      WHERE ${runsOf(runs)} ORDER BY t.class, t.stored_confidence DESC, t.id
    ) best ORDER BY best.class LIMIT ${maxResults}`);
}

/**
 * For each bound of all attacks, the successful result of greatest confidence, in order of bounds; the smallest successful change of
 * attacks without a bound comes first. A bound at which no attack succeeded has none.
 */
export function readBestPerturbations(connection: Connection, runs: RunsOfSweep): Promise<string[]> {
  return idsOf(connection.$queryRaw`
    SELECT best.id FROM (
      SELECT DISTINCT ON (p.bound) p.id, p.bound FROM ${liveRuns} r JOIN perturbations p ON p.run_id = r.id AND p.success
      WHERE ${runsOf(runs)} ORDER BY p.bound, CASE WHEN p.bound IS NULL THEN p.l2 END, p.stored_confidence DESC, p.id
    ) best ORDER BY best.bound NULLS FIRST LIMIT ${maxResults}`);
}
