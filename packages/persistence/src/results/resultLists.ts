/** Conditions and orderings that the lists of trajectories and perturbations across all runs share. */
import type { Direction, Ordering } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { ExperimentScope, Scope } from "../scope/scope.ts";
import { runsWithin } from "../scope/sharing.ts";

export interface ResultListFilter {
  readonly scope: Scope | ExperimentScope;
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

export interface ResultListOrder {
  readonly field: "storedConfidence" | "createdAt";
  readonly direction: Direction;
}

/** A result's columns, in a statement where `r` is its run and `m` its model. */
export interface ResultColumns {
  readonly id: Prisma.Sql;
  /** The class that the page shows for the result. */
  readonly class: Prisma.Sql;
  readonly storedConfidence: Prisma.Sql;
  readonly createdAt: Prisma.Sql;
}

export function resultConditions(filter: ResultListFilter, columns: ResultColumns): Prisma.Sql[] {
  const conditions = [runsWithin(filter.scope)];
  if (filter.runId !== undefined) conditions.push(Prisma.sql`r.id = ${filter.runId}`);
  if (filter.experimentId !== undefined) conditions.push(Prisma.sql`r.experiment_id = ${filter.experimentId}`);
  if (filter.modelId !== undefined) conditions.push(Prisma.sql`r.model_id = ${filter.modelId}`);
  if (filter.methods !== undefined) conditions.push(Prisma.sql`r.method = ANY (${[...filter.methods]})`);
  if (filter.labels !== undefined) conditions.push(Prisma.sql`m.labels[${columns.class} + 1] = ANY (${[...filter.labels]})`);
  if (filter.labelSpace !== undefined) conditions.push(Prisma.sql`m.label_space = ${filter.labelSpace}`);
  if (filter.minimumConfidence !== undefined)
    conditions.push(Prisma.sql`${columns.storedConfidence} >= ${filter.minimumConfidence}::double precision`);
  if (filter.maximumConfidence !== undefined)
    conditions.push(Prisma.sql`${columns.storedConfidence} <= ${filter.maximumConfidence}::double precision`);
  return conditions;
}

export function resultOrdering({ field, direction }: ResultListOrder, columns: ResultColumns): Ordering {
  const first =
    field === "storedConfidence"
      ? ({ sql: columns.storedConfidence, type: "double precision" } as const)
      : ({ sql: columns.createdAt, type: "timestamptz" } as const);
  return { columns: [first, { sql: columns.id, type: "text" }], direction };
}

interface PlacedResult {
  readonly id: string;
  readonly storedConfidence: number;
  readonly createdAt: Date;
}

export function resultPosition({ field }: ResultListOrder, { id, storedConfidence, createdAt }: PlacedResult): [string | number, string] {
  return [field === "storedConfidence" ? storedConfidence : createdAt.toISOString(), id];
}
