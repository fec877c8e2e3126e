/** The most frequent values of a field among the rows of a workspace, for completion. */
import type { SearchField } from "@pareidolia/search/fields/field";
import { isAlsoOfRun } from "@pareidolia/search/fields/imageFields";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import { experimentSqlOf } from "./experimentColumns.ts";
import type { FieldSql, SearchReader } from "./fieldSql.ts";
import { runSqlOf } from "./runColumns.ts";
import { fromRuns } from "./searchRuns.ts";

/** A value of a field, with the number of rows that have it. */
export interface CountedValue {
  readonly value: string | number | boolean;
  readonly count: number;
}

export interface ValueRequest {
  readonly reader: SearchReader;
  readonly field: SearchField;
  /** For ILIKE. */
  readonly pattern: string;
}

const maxValues = 8;

interface WorkspaceRows {
  /** Its name in the statement. */
  readonly alias: Prisma.Sql;
  /** FROM and WHERE. */
  readonly from: Prisma.Sql;
}

async function countValues(
  connection: Connection,
  { pattern }: ValueRequest,
  { value, parts, list, decidedBy }: FieldSql,
  { alias, from }: WorkspaceRows,
): Promise<CountedValue[]> {
  if (value === null && list === undefined) return [];
  const [select, text] =
    list !== undefined
      ? [Prisma.sql`unnest(${list})`, Prisma.sql`value`]
      : parts === undefined
        ? [Prisma.sql`(${value})::text`, Prisma.sql`value`]
        : [Prisma.sql`${value}`, Prisma.sql`(value #>> '{}')`];
  // A value that a column decides is looked up once for each of the column's values.
  const rows =
    decidedBy === undefined
      ? Prisma.sql`SELECT ${select} AS value, 1 AS rows ${from}`
      : Prisma.sql`SELECT ${select} AS value, ${alias}.rows FROM (SELECT ${decidedBy}, count(*) AS rows ${from} GROUP BY 1) AS ${alias}`;
  // OFFSET 0 keeps Postgres from computing a value again for each condition on it.
  return connection.$queryRaw<CountedValue[]>(Prisma.sql`
    SELECT value, sum(rows)::int AS count FROM (${rows} OFFSET 0) AS found
    WHERE ${text} ILIKE ${pattern} AND ${text} <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${maxValues}`);
}

/** Every tag, also without rows. @param linked the tag's rows `r`, joined to `t`. */
function countTags(connection: Connection, { reader: { scope }, pattern }: ValueRequest, linked: Prisma.Sql): Promise<CountedValue[]> {
  return connection.$queryRaw<CountedValue[]>(Prisma.sql`
    SELECT t.name AS value, count(r.id)::int AS count FROM tags t ${linked} AND r.workspace_id = t.workspace_id
    WHERE t.workspace_id = ${scope.workspaceId} AND t.name ILIKE ${pattern} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${maxValues}`);
}

export async function listRunValues(connection: Connection, request: ValueRequest): Promise<CountedValue[]> {
  const { reader, field } = request;
  if (field.type === "tag")
    return countTags(connection, request, Prisma.sql`LEFT JOIN run_tags l ON l.tag_id = t.id LEFT JOIN ${liveRuns} r ON r.id = l.run_id`);
  return countValues(connection, request, runSqlOf(field, reader), {
    alias: Prisma.sql`r`,
    from: Prisma.sql`${fromRuns} WHERE r.workspace_id = ${reader.scope.workspaceId}`,
  });
}

export async function listExperimentValues(connection: Connection, request: ValueRequest): Promise<CountedValue[]> {
  const { reader, field } = request;
  if (field.type === "tag")
    return countTags(
      connection,
      request,
      Prisma.sql`LEFT JOIN experiment_tags l ON l.tag_id = t.id LEFT JOIN ${liveExperiments} r ON r.id = l.experiment_id`,
    );
  return countValues(connection, request, experimentSqlOf(field, reader), {
    alias: Prisma.sql`e`,
    from: Prisma.sql`FROM ${liveExperiments} e WHERE e.workspace_id = ${reader.scope.workspaceId}`,
  });
}

/** Values of images: of their runs, and the labels of the networks of these runs. Other fields have no texts. */
export async function listImageValues(connection: Connection, request: ValueRequest): Promise<CountedValue[]> {
  const { reader, field, pattern } = request;
  if (isAlsoOfRun(field)) return listRunValues(connection, request);
  if (field.name !== "class") return [];
  return connection.$queryRaw<CountedValue[]>(Prisma.sql`
    SELECT label.name AS value, count(*)::int AS count FROM models m CROSS JOIN unnest(m.labels) AS label(name)
    WHERE m.id IN (SELECT r.model_id FROM ${liveRuns} r WHERE r.workspace_id = ${reader.scope.workspaceId}) AND label.name ILIKE ${pattern}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${maxValues}`);
}
