/**
 * Groups the runs that match a search by the values of columns, and summarises each group over all of its runs, whatever else is listed.
 * Confidences are summarised in nines, -log10(1 - p), since near 1 their differences are in the distance from 1.
 */
import type { SearchField } from "@pareidolia/search/fields/field";
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import type { Direction, OrderingColumn, Page, PageRequest } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import { possibleResults } from "../runs/measureOutcomes.ts";
import { type FieldSql, mixed, numberOf } from "./fieldSql.ts";
import { runSqlOf } from "./runColumns.ts";
import { fromRuns, type RunSearch, searchConditions } from "./searchRuns.ts";
import { positionTypes, type Sorted, selectSorted, sortKey } from "./sortedPage.ts";

/** A confidence of 1 counts as this distance from 1: half the gap between 1 and the largest float32 below it. */
const leastMiss = 2 ** -25;
/** Single values of a measure that a group lists. */
export const mostGroupValues = 60;
const mostGroupTags = 6;

export interface MeasureSummary {
  /** Runs with a value. */
  readonly count: number;
  /** In nines for a confidence; null without values. */
  readonly mean: number | null;
  /** With count - 1; null for fewer than two values. */
  readonly deviation: number | null;
  /** The highest first, at most `mostGroupValues`. */
  readonly values: readonly number[];
}

export type GroupKey = string | number | boolean | null;

export interface RunGroupRecord {
  /** Hash of the keys. */
  readonly id: string;
  /** In the order of the grouping columns; null for no value. */
  readonly keys: readonly GroupKey[];
  readonly runCount: number;
  readonly endedCount: number;
  readonly runningCount: number;
  /** Results with a confidence of at least .9999, and all that its runs should produce. */
  readonly foolingCount: number;
  readonly resultCount: number;
  readonly updatedAt: Date;
  /** The run with the highest median; the oldest of equal ones. */
  readonly bestRunId: string;
  readonly tags: readonly string[];
  /** In the order of the measured columns. */
  readonly measures: readonly MeasureSummary[];
}

/** By a measure's mean, by a key, or by a number of the group. */
export type GroupSort =
  | { readonly by: "measure" | "key"; readonly index: number }
  | { readonly by: "runCount" | "foolingCount" | "updatedAt" };

export interface RunGrouping extends RunSearch {
  readonly groupBy: readonly SearchField[];
  readonly measures: readonly SearchField[];
}

export interface GroupOrder {
  readonly sort: GroupSort;
  readonly direction: Direction;
}

function measureSql(field: SearchField, { reader }: RunGrouping): Prisma.Sql {
  const value = numberOf(runSqlOf(field, reader));
  return field.scale === "confidence"
    ? // greatest() ignores null.
      Prisma.sql`CASE WHEN ${value} IS NOT NULL THEN -log(greatest(1 - ${value}, ${leastMiss}::double precision)) END`
    : Prisma.sql`(${value})::double precision`;
}

/** The groups, as a table `g`. OFFSET 0 keeps Postgres from reading a run's values again for each figure. */
function grouped(grouping: RunGrouping): Prisma.Sql {
  const { groupBy, measures, reader } = grouping;
  const names = measures.map((_, i) => Prisma.raw(`m${i}`));
  const values = measures.map((field, i) => Prisma.sql`, ${measureSql(field, grouping)} AS ${names[i]}`);
  const summaries = names.map(
    (name) => Prisma.sql`jsonb_build_object('count', count(${name}), 'mean', avg(${name}), 'deviation', stddev_samp(${name}),
      'values', coalesce(to_jsonb((array_agg(${name} ORDER BY ${name} DESC) FILTER (WHERE ${name} IS NOT NULL))[1:${mostGroupValues}]), '[]'))`,
  );
  const keys = groupBy.map((field) => Prisma.sql`to_jsonb(${runSqlOf(field, reader).value})`);
  return Prisma.sql`(
    SELECT md5(f.keys::text) AS id, f.keys, count(*)::int AS "runCount",
      (count(*) FILTER (WHERE f.ended_at IS NOT NULL))::int AS "endedCount",
      (count(*) FILTER (WHERE f.state = 'RUNNING'))::int AS "runningCount",
      sum(f.fooling_count)::int AS "foolingCount", coalesce(sum(f.possible), 0)::int AS "resultCount", max(f.updated_at) AS "updatedAt",
      (array_agg(f.id ORDER BY f.median DESC NULLS LAST, f.created_at, f.id))[1] AS "bestRunId", array_agg(f.id) AS runs,
      ${summaries.length === 0 ? Prisma.sql`'[]'::jsonb` : Prisma.sql`jsonb_build_array(${Prisma.join(summaries)})`} AS measures
    FROM (
      SELECT r.id, r.state, r.median, r.created_at, r.updated_at, r.ended_at, r.fooling_count, ${possibleResults} AS possible,
        jsonb_build_array(${Prisma.join(keys)}) AS keys ${values.length === 0 ? Prisma.empty : Prisma.join(values, " ")}
      ${fromRuns} WHERE ${Prisma.join(searchConditions(grouping), " AND ")} OFFSET 0
    ) f GROUP BY f.keys) g`;
}

function sortSql({ sort }: GroupOrder, { groupBy }: RunGrouping): FieldSql {
  switch (sort.by) {
    case "measure":
      return { value: Prisma.sql`(g.measures->${sort.index}::int->>'mean')::double precision`, type: "double precision" };
    case "key": {
      const key = Prisma.sql`(g.keys->>${sort.index}::int)`;
      if (groupBy[sort.index]?.type === "mixed") return mixed(Prisma.sql`(g.keys->${sort.index}::int)`);
      return groupBy[sort.index]?.type === "number"
        ? { value: Prisma.sql`${key}::double precision`, type: "double precision" }
        : { value: key, type: "text" };
    }
    case "updatedAt":
      return { value: Prisma.sql`g."updatedAt"`, type: "timestamptz" };
    default:
      return { value: sort.by === "runCount" ? Prisma.sql`g."runCount"` : Prisma.sql`g."foolingCount"`, type: "integer" };
  }
}

const mayBeMissing = ({ sort }: GroupOrder) => sort.by === "measure" || sort.by === "key";

/** The types of a position in the list. */
export function groupPositionTypes(order: GroupOrder, grouping: RunGrouping): readonly OrderingColumn["type"][] {
  return positionTypes({ mayBeMissing: mayBeMissing(order) }, sortSql(order, grouping));
}

export function listRunGroups(
  connection: Connection,
  { order, page, ...grouping }: RunGrouping & { readonly order: GroupOrder; readonly page: PageRequest },
): Promise<Page<RunGroupRecord>> {
  const key = sortKey({ mayBeMissing: mayBeMissing(order), direction: order.direction }, sortSql(order, grouping), Prisma.sql`g.id`);
  const tags = Prisma.sql`ARRAY(SELECT t.name FROM run_tags l JOIN tags t ON t.id = l.tag_id WHERE l.run_id = ANY (g.runs)
    AND t.workspace_id = ${grouping.reader.scope.workspaceId} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${mostGroupTags})`;
  return selectSorted<RunGroupRecord & Sorted, RunGroupRecord>(connection, {
    select: Prisma.sql`SELECT ${key.value} AS "sortValue", g.id, g.keys, g."runCount", g."endedCount", g."runningCount", g."foolingCount",
      g."resultCount", g."updatedAt", g."bestRunId", ${tags} AS tags, g.measures FROM ${grouped(grouping)}`,
    key,
    conditions: [],
    page,
    toRow: (row) => row,
  });
}

export function countRunGroups(request: CountRequest, grouping: RunGrouping): Promise<number> {
  return countRows(request, Prisma.sql`FROM ${grouped(grouping)}`, []);
}
