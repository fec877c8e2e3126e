/** Reads retraining chains. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import type { WorkState } from "../analyses/readAnalyses.ts";

export interface ChainRecord extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  readonly name: string;
  readonly dataset: string;
  readonly iterations: number;
  readonly createdAt: Date;
}

export interface ChainLinkRecord {
  readonly id: string;
  readonly chainId: string;
  readonly iteration: number;
  readonly state: WorkState;
  readonly modelId: string | null;
  readonly testError: number | null;
  readonly medianConfidence: number | null;
  readonly foolingShare: number | null;
  readonly foolingImages: number | null;
  readonly metrics: unknown;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface ChainEliteRecord {
  readonly linkId: string;
  readonly niche: number;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
}

const columns = Prisma.sql`c.id, c.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, c.run_id AS "runId", c.dataset, c.iterations, c.created_at AS "createdAt"`;
const from = Prisma.sql`FROM chains c JOIN ${liveRuns} r ON r.id = c.run_id`;
/** A chain has the name of its run, which members change; those from before runs had one keep their own. */
const select = Prisma.sql`SELECT ${columns}, COALESCE(NULLIF(r.name, ''), c.name) AS name ${from}`;

export function listChains(connection: Connection, input: { scope: Scope; page: PageRequest }): Promise<Page<ChainRecord>> {
  return selectPage<ChainRecord, ChainRecord>(connection, {
    select,
    conditions: [Prisma.sql`c.workspace_id = ${input.scope.workspaceId}`],
    ordering: {
      columns: [
        { sql: Prisma.sql`c.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`c.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countChains(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, from, [Prisma.sql`c.workspace_id = ${scope.workspaceId}`]);
}

export async function findChains(connection: Connection, ids: readonly string[]): Promise<(ChainRecord | null)[]> {
  const rows = await connection.$queryRaw<ChainRecord[]>(Prisma.sql`${select} WHERE c.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}

/** Each run's chain, or null. */
export async function findChainsOfRuns(connection: Connection, runIds: readonly string[]): Promise<(ChainRecord | null)[]> {
  const rows = await connection.$queryRaw<ChainRecord[]>(Prisma.sql`${select} WHERE c.run_id = ANY (${[...runIds]})`);
  return inOrderOf(runIds, rows, (row) => row.runId);
}

/** The links of each chain, from DNN_1 on. */
export async function findChainLinks(connection: Connection, chainIds: readonly string[]): Promise<ChainLinkRecord[][]> {
  const rows = await connection.chainLink.findMany({
    where: { chainId: { in: [...chainIds] } },
    orderBy: { iteration: "asc" },
    omit: { runId: true },
  });
  return groupInOrderOf(chainIds, rows, (row) => row.chainId);
}

/** The elites of each link, by niche. */
export async function findChainElites(connection: Connection, linkIds: readonly string[]): Promise<ChainEliteRecord[][]> {
  const rows = await connection.chainElite.findMany({ where: { linkId: { in: [...linkIds] } }, orderBy: { niche: "asc" } });
  return groupInOrderOf(linkIds, rows, (row) => row.linkId);
}

export interface StoredChain {
  readonly chain: ChainRecord;
  readonly links: readonly ChainLinkRecord[];
}

/** For the run's worker: a trashed run keeps its chain until the worker has stopped, and its networks the name that it started with. */
export async function readChain(connection: Connection, runId: string): Promise<StoredChain | null> {
  const [chain] = await connection.$queryRaw<ChainRecord[]>(
    Prisma.sql`SELECT ${columns}, c.name FROM chains c JOIN runs r ON r.id = c.run_id WHERE c.run_id = ${runId}`,
  );
  if (chain === undefined) return null;
  const [links = []] = await findChainLinks(connection, [chain.id]);
  return { chain, links };
}
