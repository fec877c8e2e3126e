/**
 * Where a list of elites starts. Each start reads an index in the list's order and stops after a page, whatever else the workspace and other
 * workspaces have; only then are runs, genomes and images looked up. Postgres cannot merge several parts of an index in order, so lists of
 * several methods or classes say so: a page of each, of which the first rows are the page.
 */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { whereAll } from "../../server/database/keyset.ts";
import { isOfLiveRun } from "../../server/scope/live.ts";
import type { FindRows } from "../recognition/listLabelled.ts";
import { sumTotals } from "../runs/sumTotals.ts";
import {
  conditionsOf,
  confidenceWithin,
  type EliteListFilter,
  isCurrent,
  methodOf,
  namesClasses,
  selectClasses,
} from "./eliteConditions.ts";

/** The parts of an index: rows `part` with the columns that the conditions compare. */
interface Parts {
  readonly from: Prisma.Sql;
  readonly conditions: readonly Prisma.Sql[];
}

/** Up to this number of classes, a list reads a page of each; with more, it reads its order and drops other classes. */
const maxClasses = 300;

/** Whether the elites hold their niches, which the indices by confidence have before the confidence. */
function holdings({ current }: EliteListFilter): Prisma.Sql {
  return current ? Prisma.sql`(VALUES (true)) AS held(value)` : Prisma.sql`(VALUES (true), (false)) AS held(value)`;
}
const isHeld = Prisma.sql`(e.replaced_at IS NULL) = part.held`;

const inWorkspace = ({ scope }: EliteListFilter): Prisma.Sql[] =>
  "workspaceId" in scope ? [Prisma.sql`e.workspace_id = ${scope.workspaceId}`] : [];

async function hasFewClasses(connection: Connection, filter: EliteListFilter): Promise<boolean> {
  const [found] = await connection.$queryRaw<{ readonly count: number }[]>(
    Prisma.sql`SELECT count(*)::int AS count FROM (${selectClasses(filter)} LIMIT ${maxClasses + 1}) AS first`,
  );
  return (found?.count ?? 0) <= maxClasses;
}

/** Each pair of a network and an encoding of which the workspace has elites, found by one look-up in the index for each pair. */
function selectMethods(filter: EliteListFilter): Prisma.Sql {
  const where = whereAll([...inWorkspace(filter), ...methodOf({ ...filter, encodings: undefined, labelSpace: undefined })]);
  const wanted = methodOf({ ...filter, modelId: undefined });
  return Prisma.sql`WITH RECURSIVE methods AS (
      (SELECT e.model_id, e.method FROM elites e ${where} ORDER BY e.model_id, e.method LIMIT 1)
      UNION ALL SELECT following.* FROM methods m CROSS JOIN LATERAL (
        SELECT e.model_id, e.method FROM elites e ${where} AND (e.model_id, e.method) > (m.model_id, m.method)
        ORDER BY e.model_id, e.method LIMIT 1) AS following)
    SELECT e.model_id, e.method FROM methods e ${whereAll(wanted)}`;
}

/** Parts for the order of confidence; null for a list that reads the whole order of the workspace or experiment, or a run. */
async function partsByConfidence(connection: Connection, filter: EliteListFilter): Promise<Parts | null> {
  const { scope, runId, experimentId, ids, modelId, encodings, labelSpace } = filter;
  if (runId !== undefined || ids !== undefined) return null;
  if (experimentId !== undefined || "experimentId" in scope)
    return {
      from: Prisma.sql`SELECT held.value AS held FROM ${holdings(filter)}`,
      conditions: conditionsOf({ ...filter, current: false }),
    };
  const common = [...inWorkspace(filter), ...confidenceWithin(filter), isOfLiveRun(Prisma.sql`e.run_id`)];
  if (namesClasses(filter) && (await hasFewClasses(connection, filter)))
    return {
      from: Prisma.sql`SELECT class.*, held.value AS held FROM (${selectClasses(filter)}) AS class CROSS JOIN ${holdings(filter)}`,
      conditions: [
        ...common,
        Prisma.sql`e.model_id = part.model_id`,
        Prisma.sql`e.niche = part.niche`,
        ...methodOf({ ...filter, modelId: undefined }),
      ],
    };
  if (!namesClasses(filter) && [modelId, encodings, labelSpace].some((value) => value !== undefined))
    return {
      from: Prisma.sql`SELECT method.*, held.value AS held FROM (${selectMethods(filter)}) AS method CROSS JOIN ${holdings(filter)}`,
      conditions: [...common, Prisma.sql`e.model_id = part.model_id`, Prisma.sql`e.method = part.method`],
    };
  return { from: Prisma.sql`SELECT held.value AS held FROM ${holdings(filter)}`, conditions: conditionsOf({ ...filter, current: false }) };
}

export async function findEliteRows(
  connection: Connection,
  filter: EliteListFilter,
  field: "storedFitness" | "createdAt",
): Promise<FindRows> {
  const parts = field === "storedFitness" ? await partsByConfidence(connection, filter) : null;
  if (parts === null) {
    const conditions = conditionsWithin(filter);
    return (part) => Prisma.sql`SELECT e.* FROM elites e ${whereAll([...conditions, ...part.conditions])} ${part.order}`;
  }
  return (page) => Prisma.sql`SELECT e.* FROM (${parts.from}) AS part CROSS JOIN LATERAL (
    SELECT * FROM elites e ${whereAll([...parts.conditions, isHeld, ...page.conditions])} ${page.order}) AS e`;
}

/** A run's rows are found by it alone: || keeps Postgres from reading the workspace's order instead. */
function conditionsWithin(filter: EliteListFilter): Prisma.Sql[] {
  const { scope, runId, experimentId } = filter;
  const all = conditionsOf(filter);
  if (!("workspaceId" in scope) || runId === undefined || experimentId !== undefined) return all;
  const [, ...others] = all;
  return [Prisma.sql`e.workspace_id || '' = ${scope.workspaceId}`, ...others];
}

/**
 * Counts a list without people's filters. Totals of runs give the count unless the filter compares elites; otherwise elites are counted by
 * index, each class by itself.
 */
export async function countEliteRows(request: CountRequest, filter: EliteListFilter): Promise<number> {
  const { ids, minimumConfidence, maximumConfidence, current } = filter;
  const comparesElites = ids !== undefined || minimumConfidence !== undefined || maximumConfidence !== undefined || namesClasses(filter);
  if (!comparesElites) return sumTotals(request, current ? "currentElites" : "elites", { ...filter, methods: filter.encodings });
  const { connection, most } = request;
  const isWhole = filter.runId === undefined && filter.experimentId === undefined && "workspaceId" in filter.scope;
  if (!isWhole || !namesClasses(filter) || ids !== undefined || !(await hasFewClasses(connection, filter)))
    return countRows(request, Prisma.sql`FROM elites e`, conditionsWithin(filter));
  const conditions = [
    ...inWorkspace(filter),
    isOfLiveRun(Prisma.sql`e.run_id`),
    ...isCurrent(filter),
    ...confidenceWithin(filter),
    Prisma.sql`e.model_id = class.model_id`,
    Prisma.sql`e.niche = class.niche`,
    ...methodOf({ ...filter, modelId: undefined, labelSpace: undefined }),
  ];
  const limit = most === null ? Prisma.empty : Prisma.sql`LIMIT ${most + 1}`;
  const elites = Prisma.sql`SELECT FROM elites e ${whereAll(conditions)} ${limit}`;
  return countRows(request, Prisma.sql`FROM (${selectClasses(filter)}) AS class CROSS JOIN LATERAL (${elites}) AS of_class`, []);
}
