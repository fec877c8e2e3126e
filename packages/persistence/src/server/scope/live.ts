/**
 * Runs and experiments that are not in the trash, as tables for SQL: FROM ${liveRuns} r. Every statement that reads runs or experiments for
 * users reads these; Postgres merges the condition into the statement. A test lists the files that may name the tables themselves.
 */
import { Prisma } from "../../generated/client.ts";
import type { ExperimentScope, Scope } from "./scope.ts";

/** Runs of a trashed experiment are themselves marked as trashed, so the condition needs no join. */
export const liveRuns = Prisma.sql`(SELECT * FROM runs WHERE trashed_at IS NULL)`;

export const liveExperiments = Prisma.sql`(SELECT * FROM experiments WHERE trashed_at IS NULL)`;

/**
 * Whether a row belongs to a run that is not in the trash, for rows that a list finds by an index of their own table. OFFSET 0 makes
 * Postgres look up each row's run instead of joining all runs.
 */
export function isOfLiveRun(runId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM runs kept WHERE kept.id = ${runId} AND kept.trashed_at IS NULL OFFSET 0)`;
}

/** The same for rows that another condition finds one by one: Postgres reads the trash once. As the only filter, it may read whole tables. */
export function isNotInTrash(runId: Prisma.Sql, place: Pick<Scope, "workspaceId"> | Pick<ExperimentScope, "experimentId">): Prisma.Sql {
  const within =
    "workspaceId" in place
      ? Prisma.sql`trashed.workspace_id = ${place.workspaceId}`
      : Prisma.sql`trashed.experiment_id = ${place.experimentId}`;
  return Prisma.sql`${runId} NOT IN (SELECT trashed.id FROM runs trashed WHERE ${within} AND trashed.trashed_at IS NOT NULL)`;
}
