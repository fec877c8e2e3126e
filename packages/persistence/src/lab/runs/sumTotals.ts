/** Totals of lists over runs, from the numbers of rows that triggers keep for each run. */

import { Prisma } from "../../generated/client.ts";
import type { CountRequest } from "../../server/database/countRows.ts";
import { whereAll } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { runsWithin } from "../../server/scope/sharing.ts";

/** What a list of rows of runs may be restricted to without looking at the rows. */
export interface RunFacets {
  readonly scope: Scope | ExperimentScope;
  readonly runId?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly modelId?: string | undefined;
  /** Encodings, ascents or attacks. */
  readonly methods?: readonly string[] | undefined;
  readonly labelSpace?: string | undefined;
}

/** Numbers of rows: of a row `t` of run_totals. */
export const totals = {
  genomes: Prisma.sql`t.genomes`,
  elites: Prisma.sql`t.elites`,
  currentElites: Prisma.sql`t.current_elites`,
  trajectories: Prisma.sql`t.trajectories`,
  perturbations: Prisma.sql`t.perturbations`,
  successes: Prisma.sql`t.successes`,
} as const;

/** The sum over the runs, exact whatever the limit of the request. */
export async function sumTotals({ connection }: CountRequest, total: keyof typeof totals, facets: RunFacets): Promise<number> {
  const { scope, runId, experimentId, modelId, methods, labelSpace } = facets;
  const conditions = [runsWithin(scope)];
  if (runId !== undefined) conditions.push(Prisma.sql`r.id = ${runId}`);
  if (experimentId !== undefined) conditions.push(Prisma.sql`r.experiment_id = ${experimentId}`);
  if (modelId !== undefined) conditions.push(Prisma.sql`r.model_id = ${modelId}`);
  if (methods !== undefined) conditions.push(Prisma.sql`r.method = ANY (${[...methods]})`);
  if (labelSpace !== undefined) conditions.push(Prisma.sql`r.model_id IN (SELECT id FROM models WHERE label_space = ${labelSpace})`);
  const [row] = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT coalesce(sum(${totals[total]}), 0)::int AS count FROM ${liveRuns} r JOIN run_totals t ON t.run_id = r.id ${whereAll(conditions)}`);
  return row?.count ?? 0;
}
