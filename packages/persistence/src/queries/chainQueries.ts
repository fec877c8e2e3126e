/** Reads retraining chains, and writes a new one with its links. */
import { randomUUID } from "node:crypto";
import type { Connection, Transaction } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { chainLinkIdOf } from "../runs/deterministicIds.ts";
import type { Scope } from "../scope/scope.ts";
import type { WorkState } from "./analysisQueries.ts";
import { type CountRequest, countRows, groupInOrderOf, inOrderOf, type Page, type PageRequest, selectPage } from "./keyset.ts";

export interface ChainRecord {
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

const select = Prisma.sql`
  SELECT c.id, c.workspace_id AS "workspaceId", r.created_by_id AS "createdById", c.run_id AS "runId", c.name, c.dataset, c.iterations, c.created_at AS "createdAt"
  FROM chains c JOIN runs r ON r.id = c.run_id`;

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
  return countRows(request, Prisma.sql`FROM chains c`, [Prisma.sql`c.workspace_id = ${scope.workspaceId}`]);
}

export async function findChains(connection: Connection, ids: readonly string[]): Promise<(ChainRecord | null)[]> {
  const rows = await connection.$queryRaw<ChainRecord[]>(Prisma.sql`${select} WHERE c.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}

/** The chain that each run carries out, or null. */
export async function findChainsOfRuns(connection: Connection, runIds: readonly string[]): Promise<(ChainRecord | null)[]> {
  const rows = await connection.$queryRaw<ChainRecord[]>(Prisma.sql`${select} WHERE c.run_id = ANY (${[...runIds]})`);
  return inOrderOf(runIds, rows, (row) => row.runId);
}

/** Of each chain, DNN_1 first. */
export async function findChainLinks(connection: Connection, chainIds: readonly string[]): Promise<ChainLinkRecord[][]> {
  const rows = await connection.$queryRaw<ChainLinkRecord[]>`
    SELECT l.id, l.chain_id AS "chainId", l.iteration, l.state, l.model_id AS "modelId", l.test_error AS "testError",
      l.median_confidence AS "medianConfidence", l.fooling_share AS "foolingShare", l.fooling_images AS "foolingImages", l.metrics,
      l.started_at AS "startedAt", l.ended_at AS "endedAt"
    FROM chain_links l WHERE l.chain_id = ANY (${[...chainIds]}) ORDER BY l.chain_id, l.iteration`;
  return groupInOrderOf(chainIds, rows, (row) => row.chainId);
}

/** Of each link, in niche order. */
export async function findChainElites(connection: Connection, linkIds: readonly string[]): Promise<ChainEliteRecord[][]> {
  const rows = await connection.$queryRaw<ChainEliteRecord[]>`
    SELECT e.link_id AS "linkId", e.niche, e.confidence, e.stored_confidence AS "storedConfidence", e.image_sha256 AS "imageSha256"
    FROM chain_elites e WHERE e.link_id = ANY (${[...linkIds]}) ORDER BY e.link_id, e.niche`;
  return groupInOrderOf(linkIds, rows, (row) => row.linkId);
}

/** For a run that `createRun` has just made; the first link has the run's own model. */
export async function createChain(
  { connection }: Transaction,
  input: Omit<ChainRecord, "id" | "createdById" | "createdAt"> & { readonly modelId: string },
): Promise<string> {
  const { modelId, ...chain } = input;
  const id = randomUUID();
  await connection.chain.create({ data: { id, ...chain } });
  await connection.chainLink.createMany({
    data: Array.from({ length: chain.iterations + 1 }, (_, i) => ({
      id: chainLinkIdOf(id, i + 1),
      chainId: id,
      runId: chain.runId,
      iteration: i + 1,
      modelId: i === 0 ? modelId : null,
    })),
  });
  return id;
}
