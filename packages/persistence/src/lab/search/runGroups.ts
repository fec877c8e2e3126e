/**
 * Groups the runs that match a search by the values of columns, and summarises each group over all of its runs, whatever else is listed.
 * Confidences are summarised in nines, -log10(1 - p), since near 1 their differences are in the distance from 1.
 */
import { type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Direction, type OrderingColumn, type Page, type PageRequest, whereAll } from "../../server/database/keyset.ts";
import { possibleResults, reachedResults } from "../runs/resultsOfKinds.ts";
import { type FieldSql, mixed, numberOf } from "./fieldSql.ts";
import { runSqlOf } from "./runColumns.ts";
import { fromRuns, type RunSearch, searchConditions } from "./searchRuns.ts";
import { leastOf, positionTypes, type Sorted, selectSorted, sortKey } from "./sortedPage.ts";

/** A confidence of 1 counts as this distance from 1: half the gap between 1 and the largest float32 below it. */
const leastMiss = 2 ** -25;
/** Single values of a measure that a group lists. */
export const maxGroupValues = 60;
const maxGroupTags = 6;

export interface MeasureSummary {
  /** Runs with a value. */
  readonly count: number;
  /** In nines for a confidence; null without values. */
  readonly mean: number | null;
  /** With count - 1; null for fewer than two values. */
  readonly deviation: number | null;
  /** The highest first, at most `maxGroupValues`. */
  readonly values: readonly number[];
}

export interface KindOutcome {
  readonly kind: RunKind;
  readonly runCount: number;
  readonly reached: number;
  readonly total: number;
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
  /** What the runs of each kind have reached, in the order of the kinds. */
  readonly outcomes: readonly KindOutcome[];
  /** All results that its runs should produce, over all kinds. */
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

/** A value of a measure as the groups summarise it. */
function summarised(value: Prisma.Sql, { scale }: SearchField): Prisma.Sql {
  // greatest() ignores null.
  return scale === "confidence"
    ? Prisma.sql`CASE WHEN ${value} IS NOT NULL THEN -log(greatest(1 - ${value}, ${leastMiss}::double precision)) END`
    : value;
}

const nameOf = (prefix: string, index: number): Prisma.Sql => Prisma.raw(`${prefix}${index}`);
/** More columns of a SELECT, after others. */
const more = (columns: readonly Prisma.Sql[]): Prisma.Sql =>
  columns.length === 0 ? Prisma.empty : Prisma.sql`, ${Prisma.join([...columns])}`;

/** The keys of a group as typed columns k0, k1, ..., which cost a fraction of a JSON document. */
const keysOf = (table: "f" | "g" | "p" | "v", { groupBy }: Pick<RunGrouping, "groupBy">): Prisma.Sql[] =>
  groupBy.map((_, i) => Prisma.sql`${Prisma.raw(table)}.${nameOf("k", i)}`);

/** The keys as a JSON array. */
const documentOf = (keys: readonly Prisma.Sql[]): Prisma.Sql => Prisma.sql`jsonb_build_array(${Prisma.join([...keys])})`;

/** Whether a run of `f` is in the group `p`. With nulls replaced by the least value, Postgres can hash; IS NOT DISTINCT FROM it cannot. */
function isInGroup(grouping: RunGrouping): Prisma.Sql {
  const [ofRun, ofGroup] = [keysOf("f", grouping), keysOf("p", grouping)];
  const same = grouping.groupBy.map((field, i) => {
    const least = leastOf(runSqlOf(field, grouping.reader).type);
    const [run, group] = [ofRun[i] as Prisma.Sql, ofGroup[i] as Prisma.Sql];
    return Prisma.sql`coalesce(${run}, ${least}) = coalesce(${group}, ${least}) AND (${run} IS NULL) = (${group} IS NULL)`;
  });
  return Prisma.join(same, " AND ");
}

/**
 * The runs as a table `f`, each read once: its values, the keys of its group and its measures m0, m1, ... OFFSET 0 keeps Postgres from reading
 * a value again for each use.
 */
function runsOf(grouping: RunGrouping): Prisma.Sql {
  const { groupBy, measures, reader } = grouping;
  const values = measures.map((field, i) => Prisma.sql`(${numberOf(runSqlOf(field, reader))})::double precision AS ${nameOf("v", i)}`);
  const summaries = measures.map((field, i) => Prisma.sql`${summarised(Prisma.sql`v.${nameOf("v", i)}`, field)} AS ${nameOf("m", i)}`);
  const keys = groupBy.map((field, i) => Prisma.sql`${runSqlOf(field, reader).value} AS ${nameOf("k", i)}`);
  return Prisma.sql`
    SELECT v.id, v.kind, v.state, v.median, v.created_at, v.updated_at, v.ended_at, v.reached, v.possible ${more(keysOf("v", grouping))} ${more(summaries)} FROM (
      SELECT r.id, r.kind, r.state, r.median, r.created_at, r.updated_at, r.ended_at, ${reachedResults} AS reached, ${possibleResults} AS possible
        ${more(keys)} ${more(values)}
      ${fromRuns} WHERE ${Prisma.join(searchConditions(grouping), " AND ")} OFFSET 0
    ) v`;
}

/** The groups of `f` as a table `g`: the values that order them (the least run ID breaks ties), and the figures that need one pass. */
function grouped({ sort }: Pick<GroupOrder, "sort">, grouping: RunGrouping): Prisma.Sql {
  const keys = Prisma.join(keysOf("f", grouping));
  const mean = sort.by === "measure" ? Prisma.sql`, avg(f.${nameOf("m", sort.index)}) AS mean` : Prisma.empty;
  return Prisma.sql`(
    SELECT k.*, (count(*) OVER ())::int AS "totalCount" FROM (
      SELECT ${keys}, min(f.id) AS id, count(*)::int AS "runCount", (count(*) FILTER (WHERE f.ended_at IS NOT NULL))::int AS "endedCount",
        (count(*) FILTER (WHERE f.state = 'RUNNING'))::int AS "runningCount", coalesce(sum(f.reached), 0)::int AS "foolingCount",
        coalesce(sum(f.possible), 0)::int AS "resultCount", max(f.updated_at) AS "updatedAt" ${mean}
      FROM f GROUP BY ${keys}) k) g`;
}

/** What the runs of each kind in `f` have reached, as JSON objects. */
const outcomesOfKinds = Prisma.join(
  runKinds.map(
    ({ id }) => Prisma.sql`jsonb_build_object('kind', ${id}::text, 'runCount', count(*) FILTER (WHERE f.kind = ${id}),
      'reached', coalesce(sum(f.reached) FILTER (WHERE f.kind = ${id}), 0), 'total', coalesce(sum(f.possible) FILTER (WHERE f.kind = ${id}), 0))`,
  ),
);

/**
 * The groups `p` of a page with their runs, as a table `d`: only these groups list values and runs, which would be sorted and stored for each of
 * thousands of groups otherwise.
 */
function detailed(grouping: RunGrouping): Prisma.Sql {
  const columns = grouping.measures.map((_, i) => {
    const value = Prisma.sql`f.${nameOf("m", i)}`;
    return Prisma.sql`count(${value}) AS ${nameOf("n", i)}, avg(${value}) AS ${nameOf("a", i)}, stddev_samp(${value}) AS ${nameOf("d", i)},
      array_agg(${value}) FILTER (WHERE ${value} IS NOT NULL) AS ${nameOf("v", i)}`;
  });
  return Prisma.sql`SELECT p.place, array_agg(f.id) AS runs, array_agg(f.median) AS medians, array_agg(f.created_at) AS times,
    jsonb_path_query_array(jsonb_build_array(${outcomesOfKinds}), '$[*] ? (@.runCount > 0)') AS outcomes ${more(columns)}
    FROM p JOIN f ON ${isInGroup(grouping)} GROUP BY p.place`;
}

/** The most frequent tags of the groups of `d`, as a table `t`. OFFSET 0 makes Postgres read the links of the workspace's tags once. */
function taggedIn({ reader }: RunGrouping): Prisma.Sql {
  return Prisma.sql`
    SELECT x.place, (array_agg(x.name ORDER BY x.runs DESC, x.name))[1:${maxGroupTags}] AS tags FROM (
      SELECT run.place, w.name, count(*) AS runs FROM (SELECT d.place, unnest(d.runs) AS id FROM d OFFSET 0) run JOIN (
        SELECT l.run_id, t.name FROM tags t JOIN run_tags l ON l.tag_id = t.id WHERE t.workspace_id = ${reader.scope.workspaceId} OFFSET 0
      ) w ON w.run_id = run.id GROUP BY 1, 2
    ) x GROUP BY x.place`;
}

const summariesOf = (measures: readonly SearchField[]): Prisma.Sql =>
  measures.length === 0
    ? Prisma.sql`'[]'::jsonb`
    : Prisma.sql`jsonb_build_array(${Prisma.join(
        measures.map(
          (
            _,
            i,
          ) => Prisma.sql`jsonb_build_object('count', d.${nameOf("n", i)}, 'mean', d.${nameOf("a", i)}, 'deviation', d.${nameOf("d", i)},
            'values', to_jsonb(ARRAY(SELECT u.value FROM unnest(d.${nameOf("v", i)}) AS u(value) ORDER BY 1 DESC LIMIT ${maxGroupValues})))`,
        ),
      )})`;

function sortSql({ sort }: GroupOrder, { groupBy, reader }: RunGrouping): FieldSql {
  switch (sort.by) {
    case "measure":
      return { value: Prisma.sql`g.mean`, type: "double precision" };
    case "key": {
      const key = Prisma.sql`g.${nameOf("k", sort.index)}`;
      const { type } = runSqlOf(groupBy[sort.index] as SearchField, reader);
      if (type === "mixed") return mixed(key);
      return type === "integer" || type === "double precision"
        ? { value: Prisma.sql`${key}::double precision`, type: "double precision" }
        : { value: Prisma.sql`${key}::text`, type: "text" };
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

/** A page of groups with the number of all groups; null if the page has none, which the last page may. */
export interface GroupPage extends Page<RunGroupRecord> {
  readonly totalCount: number | null;
}

export async function listRunGroups(
  connection: Connection,
  { order, page, ...grouping }: RunGrouping & { readonly order: GroupOrder; readonly page: PageRequest },
): Promise<GroupPage> {
  const { measures } = grouping;
  const keys = documentOf(keysOf("p", grouping));
  const key = sortKey({ mayBeMissing: mayBeMissing(order), direction: order.direction }, sortSql(order, grouping), Prisma.sql`g.id`);
  let totalCount: number | null = null;
  const listedPage = await selectSorted<
    RunGroupRecord & Sorted & { readonly totalCount: number; readonly groupId: string },
    RunGroupRecord
  >(connection, {
    statement: ({ conditions, order: cut }) => Prisma.sql`
      WITH f AS MATERIALIZED (${runsOf(grouping)}),
        p AS MATERIALIZED (SELECT c.*, (row_number() OVER ())::int AS place FROM (
          SELECT g.*, ${key.value} AS "sortValue" FROM ${grouped(order, grouping)} ${whereAll(conditions)} ${cut}) c),
        d AS MATERIALIZED (${detailed(grouping)}),
        t AS (${taggedIn(grouping)})
      SELECT p."sortValue", p."totalCount", p.id, md5(${keys}::text) AS "groupId", ${keys} AS keys, p."runCount", p."endedCount", p."runningCount", p."resultCount",
        p."updatedAt", (SELECT u.id FROM unnest(d.runs, d.medians, d.times) AS u(id, median, created_at)
          ORDER BY u.median DESC NULLS LAST, u.created_at, u.id LIMIT 1) AS "bestRunId",
        coalesce(t.tags, '{}') AS tags, d.outcomes, ${summariesOf(measures)} AS measures
      FROM p JOIN d ON d.place = p.place LEFT JOIN t ON t.place = p.place ORDER BY p.place`,
    key,
    page,
    toRow: ({ totalCount: counted, groupId, ...row }) => {
      totalCount = counted;
      return { ...row, id: groupId };
    },
  });
  return { ...listedPage, totalCount };
}

export function countRunGroups(request: CountRequest, grouping: RunGrouping): Promise<number> {
  return countRows(
    request,
    Prisma.sql`FROM (SELECT DISTINCT ${Prisma.join(keysOf("f", grouping))} FROM (${runsOf({ ...grouping, measures: [] })}) f) g`,
    [],
  );
}
