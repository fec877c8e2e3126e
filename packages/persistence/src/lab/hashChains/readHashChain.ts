/** Reads the hash chain of a run, whatever its kind. */
import type { Connection } from "../../server/database/database.ts";

export interface ChainHash {
  readonly runId: string;
  /** A generation; of other kinds of runs, the number of a trajectory, attack or link, from 0. */
  readonly step: number;
  readonly hash: string;
}

/** The stored hashes of steps `from` and later, in order. A step without a hash, from before there was a chain, is left out. */
export function readHashChain(
  connection: Connection,
  { runId, from }: { readonly runId: string; readonly from: number },
): Promise<ChainHash[]> {
  return connection.$queryRaw<ChainHash[]>`
    SELECT run_id AS "runId", generation AS step, chain_hash AS hash FROM generations
    WHERE run_id = ${runId} AND generation >= ${from} AND chain_hash IS NOT NULL
    UNION ALL SELECT run_id, step, hash FROM run_step_hashes WHERE run_id = ${runId} AND step >= ${from}
    ORDER BY step`;
}

/** The last hash of each run; null for a run without a chain. */
export async function findLastHashes(connection: Connection, runIds: readonly string[]): Promise<(ChainHash | null)[]> {
  const rows = await connection.$queryRaw<ChainHash[]>`
    SELECT run.id AS "runId", last.step, last.hash FROM unnest(${[...runIds]}::text[]) AS run(id) CROSS JOIN LATERAL (
      (SELECT generation AS step, chain_hash AS hash FROM generations WHERE run_id = run.id ORDER BY generation DESC LIMIT 1)
      UNION ALL (SELECT step, hash FROM run_step_hashes WHERE run_id = run.id ORDER BY step DESC LIMIT 1)
      ORDER BY step DESC LIMIT 1
    ) AS last WHERE last.hash IS NOT NULL`;
  return runIds.map((id) => rows.find(({ runId }) => runId === id) ?? null);
}
