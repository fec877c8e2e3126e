/** What the lists of trajectories and perturbations across all runs share. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type OrderingColumn, type Page, type PageRequest, whereAll } from "../../server/database/keyset.ts";
import { isOfLiveRun } from "../../server/scope/live.ts";
import { countLabelled, type LabelledOrder, type LabelledTable, listLabelled } from "../recognition/listLabelled.ts";
import type { PeopleList } from "../recognition/peopleConditions.ts";
import { sumTotals, type totals } from "../runs/sumTotals.ts";

export interface ResultListFilter extends PeopleList {
  readonly runId?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly modelId?: string | undefined;
  readonly methods?: readonly string[] | undefined;
  /** Exact labels, each looked up in the labels of the result's own model. */
  readonly labels?: readonly string[] | undefined;
  readonly labelSpace?: string | undefined;
  readonly minimumConfidence?: number | undefined;
  readonly maximumConfidence?: number | undefined;
}

type OwnOrder = "storedConfidence" | "createdAt";
export type ResultListOrder = LabelledOrder<OwnOrder>;

/** A table of results: `r` is the run of a row and `m` its model. */
export interface ResultTable<Raw, Row> extends LabelledTable<OwnOrder, Raw, Row> {
  readonly name: Prisma.Sql;
}

export interface ResultRow {
  readonly id: string;
  readonly storedConfidence: number;
  readonly createdAt: Date;
}

/** A list across all runs of a workspace. */
export interface ResultList {
  readonly filter: ResultListFilter;
  readonly order: ResultListOrder;
}

/** What a table adds to a list of its own. */
export interface OwnConditions {
  readonly conditions?: readonly Prisma.Sql[] | undefined;
  /** The total of the rows that satisfy them; null if no total counts them. */
  readonly total: keyof typeof totals | null;
}

/** The own orders of a table with the columns `stored_confidence` and `created_at`. @param name in its FROM. */
export function resultOrders(name: "t" | "p"): Readonly<Record<OwnOrder, OrderingColumn>> {
  return {
    storedConfidence: { sql: Prisma.raw(`${name}.stored_confidence`), type: "double precision" },
    createdAt: { sql: Prisma.raw(`${name}.created_at`), type: "timestamptz" },
  };
}

type Columns = Pick<ResultTable<never, never>, "images" | "orders">;

/** Rows of results have the columns of their run. */
function conditionsOf(filter: ResultListFilter, { images: { alias, label }, orders }: Columns): Prisma.Sql[] {
  const { scope, runId, experimentId, modelId, methods, labels, labelSpace, minimumConfidence, maximumConfidence } = filter;
  const storedConfidence = orders.storedConfidence.sql;
  // A run's results are found by it alone: || keeps Postgres from reading the workspace's order instead.
  const workspace =
    runId === undefined && experimentId === undefined ? Prisma.sql`${alias}.workspace_id` : Prisma.sql`${alias}.workspace_id || ''`;
  const conditions = [
    "workspaceId" in scope ? Prisma.sql`${workspace} = ${scope.workspaceId}` : Prisma.sql`${alias}.experiment_id = ${scope.experimentId}`,
  ];
  if (runId !== undefined) conditions.push(Prisma.sql`${alias}.run_id = ${runId}`);
  if (experimentId !== undefined) conditions.push(Prisma.sql`${alias}.experiment_id = ${experimentId}`);
  if (modelId !== undefined) conditions.push(Prisma.sql`${alias}.model_id = ${modelId}`);
  if (methods !== undefined) conditions.push(Prisma.sql`${alias}.method = ANY (${[...methods]})`);
  if (labels !== undefined)
    conditions.push(Prisma.sql`(${alias}.model_id, ${label}) IN (SELECT m.id, class.number::int - 1
      FROM models m CROSS JOIN unnest(m.labels) WITH ORDINALITY AS class(label, number) WHERE class.label = ANY (${[...labels]}))`);
  if (labelSpace !== undefined) conditions.push(Prisma.sql`${alias}.model_id IN (SELECT id FROM models WHERE label_space = ${labelSpace})`);
  if (minimumConfidence !== undefined) conditions.push(Prisma.sql`${storedConfidence} >= ${minimumConfidence}::double precision`);
  if (maximumConfidence !== undefined) conditions.push(Prisma.sql`${storedConfidence} <= ${maximumConfidence}::double precision`);
  return conditions;
}

/** Whether the filter compares results, and not only their runs. */
function comparesResults({ labels, minimumConfidence, maximumConfidence }: ResultListFilter): boolean {
  return labels !== undefined || minimumConfidence !== undefined || maximumConfidence !== undefined;
}

function labelledList({ filter, order }: ResultList, table: Columns, { conditions = [] }: OwnConditions) {
  return { people: filter, conditions: [...conditionsOf(filter, table), ...conditions], order };
}

export function listResults<Raw, Row extends ResultRow>(
  connection: Connection,
  table: ResultTable<Raw, Row>,
  list: ResultList & { readonly page: PageRequest },
  own: OwnConditions,
): Promise<Page<Row>> {
  const labelled = labelledList(list, table, own);
  const { images } = table;
  const live = isOfLiveRun(Prisma.sql`${images.alias}.run_id`);
  return listLabelled(connection, table, {
    ...labelled,
    page: list.page,
    startAt: async () => (part) =>
      Prisma.sql`SELECT * FROM ${table.name} ${images.alias} ${whereAll([...labelled.conditions, live, ...part.conditions])} ${part.order}`,
  });
}

export function countResults(
  request: CountRequest,
  table: Pick<ResultTable<never, never>, "name" | "images" | "orders">,
  list: ResultList,
  own: OwnConditions,
): Promise<number> {
  const labelled = labelledList(list, table, own);
  const { images } = table;
  const live = isOfLiveRun(Prisma.sql`${images.alias}.run_id`);
  return countLabelled(request, table, {
    ...labelled,
    count: (asked) =>
      own.total === null || comparesResults(list.filter)
        ? countRows(asked, Prisma.sql`FROM ${table.name} ${images.alias}`, [...labelled.conditions, live])
        : sumTotals(asked, own.total, list.filter),
  });
}
