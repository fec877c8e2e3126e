/** Restores retraining chains with their links. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { chainLinkIdOf } from "../../server/database/deterministicIds.ts";
import { given, joined, type RestoredIds, type RestoredRow } from "./restoredRows.ts";

/** The ID of the chain of a restored run. */
export type ChainIds = ReadonlyMap<number, string>;

export async function restoreChains(
  connection: Connection,
  { runs, workspaceId }: RestoredIds,
  { rows, chains }: { readonly rows: readonly (RestoredRow & { readonly run: number })[]; readonly chains: ChainIds },
): Promise<void> {
  const written = rows.map((row) => ({ ...row, id: chains.get(row.run) }));
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO chains (id, workspace_id, run_id, name, dataset, iterations, created_at)
    SELECT x.id, ${workspaceId}, n.id, x.name, x.dataset, x.iterations, x.created_at
    FROM ${given(written, "run int, id text, name text, dataset text, iterations int, created_at timestamptz")} ${joined("n", { ids: runs, rows: written, column: "run" })}`);
}

interface OfLink extends RestoredRow {
  readonly run: number;
  readonly iteration: number;
}

const linkIdOf = (chains: ChainIds, { run, iteration }: OfLink): string => chainLinkIdOf(chains.get(run) as string, iteration);

export async function restoreLinks(
  connection: Connection,
  { runs, models }: RestoredIds,
  { rows, chains }: { readonly rows: readonly OfLink[]; readonly chains: ChainIds },
): Promise<void> {
  const written = rows.map((row) => ({ ...row, id: linkIdOf(chains, row), chain: chains.get(row.run) }));
  const columns = `run int, id text, chain text, iteration int, state text, model int, test_error float8, median_confidence float8,
    fooling_share float8, fooling_images int, metrics jsonb, started_at timestamptz, ended_at timestamptz`;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO chain_links (id, chain_id, run_id, iteration, state, model_id, test_error, median_confidence, fooling_share, fooling_images,
      metrics, started_at, ended_at)
    SELECT x.id, x.chain, n.id, x.iteration, (CASE x.state WHEN 'RUNNING' THEN 'QUEUED' ELSE x.state END)::"WorkState", m.id, x.test_error,
      x.median_confidence, x.fooling_share, x.fooling_images, x.metrics, x.started_at, x.ended_at
    FROM ${given(written, columns)} ${joined("n", { ids: runs, rows: written, column: "run" })} ${joined("m", { ids: models, rows: written, column: "model" }, "LEFT JOIN")}`);
}

export async function restoreLinkElites(
  connection: Connection,
  { rows, chains }: { readonly rows: readonly OfLink[]; readonly chains: ChainIds },
): Promise<void> {
  const written = rows.map((row) => ({ ...row, link: linkIdOf(chains, row) }));
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO chain_elites (link_id, niche, confidence, stored_confidence, image_sha256)
    SELECT x.link, x.niche, x.search_confidence, x.stored_confidence, x.image
    FROM ${given(written, "link text, niche int, search_confidence float8, stored_confidence float8, image text")}`);
}
