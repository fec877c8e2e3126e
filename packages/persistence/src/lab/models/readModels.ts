/** Reads models of the zoo and of one workspace. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import type { Reach, Scope } from "../../server/scope/scope.ts";
import { isShared } from "../../server/scope/sharing.ts";
import { speed } from "../runs/runTimes.ts";

export type ModelState = "AVAILABLE" | "NOT_DOWNLOADED" | "CHECKING" | "REFUSED";

export interface ModelRecord {
  readonly id: string;
  /** Null for the zoo, which every workspace may read. */
  readonly workspaceId: string | null;
  readonly createdById: string | null;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly labels: readonly string[];
  readonly testError: number | null;
  /** "zoo", "upload" or "chain". */
  readonly origin: string;
  readonly byteLength: number | null;
  readonly url: string | null;
  readonly labelSpace: string;
  readonly preprocessing: Preprocessing | null;
  readonly state: ModelState;
  readonly refusal: string | null;
  readonly report: unknown;
  readonly createdAt: Date;
}

const select = Prisma.sql`
  SELECT m.id, m.workspace_id AS "workspaceId", m.created_by_id AS "createdById", m.slug, m.name, m.description, m.licence, m.source, m.sha256, m.width, m.height,
    m.channels, m.labels, m.test_error AS "testError", m.origin, m.byte_length AS "byteLength", m.url, m.label_space AS "labelSpace",
    m.preprocessing, m.state, m.refusal, m.report, m.created_at AS "createdAt" FROM models m`;

/** Which of the models are the targets of runs in shared experiments. */
export async function findSharedTargets(
  connection: Connection,
  { reach, modelIds }: { readonly reach: Reach; readonly modelIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM models m WHERE m.id = ANY (${[...modelIds]}) AND EXISTS (
      SELECT FROM ${liveRuns} r JOIN ${liveExperiments} x ON x.id = r.experiment_id JOIN workspaces w ON w.id = x.workspace_id
      WHERE r.model_id = m.id AND ${isShared(reach)})`;
  return new Set(rows.map(({ id }) => id));
}

function visibleTo({ workspaceId }: Scope): Prisma.Sql {
  return Prisma.sql`(m.workspace_id IS NULL OR m.workspace_id = ${workspaceId})`;
}

export interface ModelListFilter {
  readonly scope: Scope;
  readonly labelSpace?: string | undefined;
  readonly states?: readonly ModelState[] | undefined;
}

function conditionsOf({ scope, labelSpace, states }: ModelListFilter): Prisma.Sql[] {
  const conditions = [visibleTo(scope)];
  if (labelSpace !== undefined) conditions.push(Prisma.sql`m.label_space = ${labelSpace}`);
  if (states !== undefined) conditions.push(Prisma.sql`m.state = ANY (${[...states]}::text[]::"ModelState"[])`);
  return conditions;
}

export function listModels(connection: Connection, input: { filter: ModelListFilter; page: PageRequest }): Promise<Page<ModelRecord>> {
  return selectPage<ModelRecord, ModelRecord>(connection, {
    select,
    conditions: conditionsOf(input.filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`m.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`m.id`, type: "text" },
      ],
      direction: "ASC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countModels(request: CountRequest, filter: ModelListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM models m`, conditionsOf(filter));
}

export async function findModels(connection: Connection, ids: readonly string[]): Promise<(ModelRecord | null)[]> {
  const rows = await connection.model.findMany({ where: { id: { in: [...ids] } }, omit: { idempotencyKey: true } });
  return inOrderOf(ids, rows as unknown as ModelRecord[], (row) => row.id);
}

/**
 * The mean speed of each model's latest `runs` measured evolutions and chains in the workspace, or null. Ascents and attacks compute gradients,
 * which take longer.
 */
export async function measureSpeeds(
  connection: Connection,
  input: { scope: Scope; modelIds: readonly string[]; runs: number },
): Promise<(number | null)[]> {
  const rows = await connection.$queryRaw<{ modelId: string; speed: number | null }[]>`
    SELECT model.id AS "modelId", (
      SELECT avg(latest.speed) FROM (
        SELECT ${speed} AS speed FROM ${liveRuns} r WHERE r.model_id = model.id AND r.workspace_id = ${input.scope.workspaceId} AND r.compute_seconds > 0 AND r.kind NOT IN ('ascent', 'perturbation')
        ORDER BY r.updated_at DESC LIMIT ${input.runs}) AS latest) AS speed
    FROM unnest(${[...input.modelIds]}::text[]) AS model(id)`;
  const byModel = new Map(rows.map((row) => [row.modelId, row.speed]));
  return input.modelIds.map((id) => byModel.get(id) ?? null);
}
