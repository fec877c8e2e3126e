/** Reads the images of imported runs, with the figures that their source gives, and the ids and curves of these runs. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { runsWithin } from "../../server/scope/sharing.ts";

export interface ImportedImageRecord {
  /** From 0, in the order of the source. */
  readonly index: number;
  readonly imageSha256: string;
  /** Index of the source's class; null without one. */
  readonly niche: number | null;
  /** The source's name of the class, else that of the network to which the import assigned it; null without either. */
  readonly label: string | null;
  /** Fitness or confidence that the source states. */
  readonly claimed: number | null;
  readonly generation: number | null;
  readonly sourceId: string | null;
  readonly sourceParentId: string | null;
}

interface RunInScope {
  readonly scope: Scope | ExperimentScope;
  readonly runId: string;
}

const from = Prisma.sql`FROM imported_images i JOIN ${liveRuns} r ON r.id = i.run_id JOIN models m ON m.id = r.model_id`;

function ofRun({ scope, runId }: RunInScope): Prisma.Sql[] {
  return [Prisma.sql`i.run_id = ${runId}`, runsWithin(scope)];
}

export function listImportedImages(
  connection: Connection,
  { page, ...run }: RunInScope & { readonly page: PageRequest },
): Promise<Page<ImportedImageRecord>> {
  return selectPage<ImportedImageRecord, ImportedImageRecord>(connection, {
    select: Prisma.sql`
      SELECT i.index, i.image_sha256 AS "imageSha256", i.niche,
        coalesce(i.label, CASE WHEN m.origin <> 'import' THEN m.labels[i.niche + 1] END) AS label, i.claimed, i.generation,
        i.source_id AS "sourceId", i.source_parent_id AS "sourceParentId" ${from}`,
    conditions: ofRun(run),
    ordering: { columns: [{ sql: Prisma.sql`i.index`, type: "integer" }], direction: "ASC" },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.index],
  });
}

export function countImportedImages(request: CountRequest, run: RunInScope): Promise<number> {
  return countRows(request, from, ofRun(run));
}

/** The plans of these runs, with their curves, in the order of `ids`; null for an unknown run. */
export async function findImportedPlans(connection: Connection, ids: readonly string[]): Promise<unknown[]> {
  const rows = await connection.run.findMany({ where: { id: { in: [...ids] } }, select: { id: true, plan: true } });
  const byId = new Map(rows.map(({ id, plan }) => [id, plan]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The runs of an import that are not in the trash, by number. */
export async function findRunIdsOfImport(connection: Connection, importId: string): Promise<string[]> {
  const rows = await connection.run.findMany({
    where: { importId, trashedAt: null },
    select: { id: true },
    orderBy: { number: "asc" },
  });
  return rows.map(({ id }) => id);
}

/** Those of the experiments that contain only runs of the import, and are not in the trash. */
export async function findExperimentsOnlyOfImport(
  connection: Connection,
  { importId, experimentIds }: { readonly importId: string; readonly experimentIds: readonly string[] },
): Promise<string[]> {
  const rows = await connection.experiment.findMany({
    where: { id: { in: [...experimentIds] }, trashedAt: null, runs: { every: { importId } } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
