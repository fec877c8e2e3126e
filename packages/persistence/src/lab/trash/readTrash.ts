/** Reads the trash of a workspace: trashed experiments, and runs that were trashed without their experiment, latest first. */
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import type { RunState } from "@pareidolia/core/runState";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface TrashItemRecord {
  /** Of the run or experiment. */
  readonly id: string;
  readonly subject: "RUN" | "EXPERIMENT";
  readonly workspaceId: string;
  readonly createdById: string;
  readonly number: number;
  /** Of an experiment, or the name that members gave a run; may be empty. */
  readonly name: string;
  readonly trashedAt: Date;
  /** Null for a retention rule, and once the account is deleted. */
  readonly trashedById: string | null;
  /** Of a run. */
  readonly kind: RunKind | null;
  readonly state: RunState | null;
  readonly modelName: string | null;
  readonly experimentNumber: number | null;
  /** Of an experiment: the runs that were trashed with it. 1 for a run. */
  readonly runCount: number;
  /** Whether its experiment is in the trash too, which then must be restored first. */
  readonly experimentTrashed: boolean;
}

const items = Prisma.sql`(
  SELECT r.id, 'RUN' AS subject, r.workspace_id, r.created_by_id, r.number, r.name, r.trashed_at, r.trashed_by_id, r.kind, r.state::text AS state,
    m.name AS model_name, x.number AS experiment_number, 1 AS run_count, x.trashed_at IS NOT NULL AS experiment_trashed
  FROM runs r JOIN experiments x ON x.id = r.experiment_id JOIN models m ON m.id = r.model_id
  WHERE r.trashed_at IS NOT NULL AND NOT r.trashed_with_experiment AND r.discarded_at IS NULL
  UNION ALL
  SELECT x.id, 'EXPERIMENT', x.workspace_id, x.created_by_id, x.number, x.name, x.trashed_at, x.trashed_by_id, NULL, NULL, NULL, NULL,
    (SELECT count(*)::int FROM runs r WHERE r.experiment_id = x.id AND r.trashed_with_experiment), false
  FROM experiments x WHERE x.trashed_at IS NOT NULL AND x.discarded_at IS NULL
)`;

const select = Prisma.sql`
  SELECT i.id, i.subject, i.workspace_id AS "workspaceId", i.created_by_id AS "createdById", i.number, i.name, i.trashed_at AS "trashedAt",
    i.trashed_by_id AS "trashedById", i.kind, i.state, i.model_name AS "modelName", i.experiment_number AS "experimentNumber",
    i.run_count AS "runCount", i.experiment_trashed AS "experimentTrashed"
  FROM ${items} i`;

const within = ({ workspaceId }: Scope): Prisma.Sql[] => [Prisma.sql`i.workspace_id = ${workspaceId}`];

export function listTrash(connection: Connection, { scope, page }: { scope: Scope; page: PageRequest }): Promise<Page<TrashItemRecord>> {
  return selectPage<TrashItemRecord, TrashItemRecord>(connection, {
    select,
    conditions: within(scope),
    ordering: {
      columns: [
        { sql: Prisma.sql`i.trashed_at`, type: "timestamptz" },
        { sql: Prisma.sql`i.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.trashedAt.toISOString(), row.id],
  });
}

export function countTrash(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM ${items} i`, within(scope));
}

/** The item that the run or experiment is, or the experiment with which the run was trashed; null if it is not in the trash. */
export async function findTrashItem(
  connection: Connection,
  { scope, id }: { readonly scope: Scope; readonly id: string },
): Promise<TrashItemRecord | null> {
  const [item] = await connection.$queryRaw<TrashItemRecord[]>`
    ${select} WHERE i.workspace_id = ${scope.workspaceId}
      AND i.id = coalesce((SELECT r.experiment_id FROM runs r WHERE r.id = ${id} AND r.trashed_with_experiment), ${id})`;
  return item ?? null;
}

interface Champion {
  readonly itemId: string;
  readonly sha256: string;
}

/** The most confident images of each item's runs, at most `limit`: current elites, trajectories, perturbations. */
export async function findChampions(
  connection: Connection,
  { itemIds, limit }: { readonly itemIds: readonly string[]; readonly limit: number },
): Promise<string[][]> {
  const rows = await connection.$queryRaw<Champion[]>`
    SELECT item.id AS "itemId", best.sha256 FROM unnest(${[...itemIds]}::text[]) AS item(id) CROSS JOIN LATERAL (
      SELECT shown.sha256, max(shown.confidence) AS confidence FROM (
        SELECT id FROM runs WHERE (id = item.id OR experiment_id = item.id) AND trashed_at IS NOT NULL ORDER BY number LIMIT 20
      ) run CROSS JOIN LATERAL (
        (SELECT g.image_sha256 AS sha256, e.stored_fitness AS confidence FROM elites e JOIN genomes g ON g.id = e.genome_id
          WHERE e.run_id = run.id AND e.replaced_at IS NULL ORDER BY e.stored_fitness DESC LIMIT ${limit})
        UNION ALL (SELECT t.image_sha256, t.stored_confidence FROM trajectories t WHERE t.run_id = run.id ORDER BY t.stored_confidence DESC LIMIT ${limit})
        UNION ALL (SELECT p.image_sha256, p.stored_confidence FROM perturbations p WHERE p.run_id = run.id ORDER BY p.stored_confidence DESC LIMIT ${limit})
      ) shown GROUP BY shown.sha256 ORDER BY max(shown.confidence) DESC, shown.sha256 LIMIT ${limit}
    ) best ORDER BY item.id, best.confidence DESC, best.sha256`;
  return groupInOrderOf(itemIds, rows, ({ itemId }) => itemId).map((group) => group.map(({ sha256 }) => sha256));
}

/** Whether a trashed run of the workspace shows the image, which members may then see in the trash. */
export async function isInTrash(
  connection: Connection,
  { scope, sha256 }: { readonly scope: Scope; readonly sha256: string },
): Promise<boolean> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT 1 FROM runs r WHERE r.workspace_id = ${scope.workspaceId} AND r.trashed_at IS NOT NULL AND r.discarded_at IS NULL AND r.id IN (
      SELECT run_id FROM genomes WHERE image_sha256 = ${sha256} UNION ALL SELECT run_id FROM trajectories WHERE image_sha256 = ${sha256}
      UNION ALL SELECT run_id FROM perturbations WHERE image_sha256 = ${sha256}
    ) LIMIT 1`;
  return rows.length > 0;
}
