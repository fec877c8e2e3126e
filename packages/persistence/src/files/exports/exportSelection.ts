/** What an export contains: the rows that others refer to by number, in the order of their numbers. Nothing in the trash is exported. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import { exportedName } from "./exportedName.ts";
import { imagesOf } from "./exportImages.ts";
import type { ExportRecord } from "./readExports.ts";

/** IDs by number, from 0. */
export interface ExportSelection {
  readonly workspaceId: string;
  readonly workspaceName: string;
  /** Whether tags of the workspace that nothing has are exported, too. */
  readonly isWorkspace: boolean;
  readonly experiments: readonly string[];
  readonly sweeps: readonly string[];
  readonly models: readonly string[];
  readonly runs: readonly string[];
}

type Subject = Pick<ExportRecord, "workspaceId" | "subject" | "runId" | "experimentId">;

/** Null for a run or an experiment that is deleted or in the trash. `withScores`: whether networks of scores are exported. */
export async function selectExport(
  connection: Connection,
  { workspaceId, subject, runId, experimentId }: Subject,
  withScores: boolean,
): Promise<ExportSelection | null> {
  const ids = async (query: Prisma.Sql): Promise<readonly string[]> =>
    (await connection.$queryRaw<{ readonly id: string }[]>(Prisma.sql`${query}`)).map(({ id }) => id);
  const [workspace] = await connection.$queryRaw<{ readonly name: string }[]>`
    SELECT name FROM workspaces WHERE id = ${workspaceId} AND deleted_at IS NULL`;
  if (workspace === undefined) return null;
  const isRun = subject === "run";
  const experiments = isRun
    ? []
    : await ids(Prisma.sql`
        SELECT x.id FROM ${liveExperiments} x WHERE x.workspace_id = ${workspaceId}
          AND (${subject} = 'workspace' OR x.id = ${experimentId}) ORDER BY x.number`);
  if (subject === "experiment" && experiments.length === 0) return null;
  const runs = await ids(
    isRun
      ? Prisma.sql`SELECT r.id FROM ${liveRuns} r WHERE r.workspace_id = ${workspaceId} AND r.id = ${runId}`
      : Prisma.sql`
          SELECT r.id FROM ${liveRuns} r WHERE r.workspace_id = ${workspaceId} AND r.experiment_id = ANY (${[...experiments]})
          ORDER BY r.number`,
  );
  if (isRun && runs.length === 0) return null;
  const sweeps = isRun
    ? []
    : await ids(Prisma.sql`
        SELECT s.id FROM sweeps s WHERE s.workspace_id = ${workspaceId} AND s.experiment_id = ANY (${[...experiments]}) ORDER BY s.number`);
  const models = await ids(Prisma.sql`
    SELECT m.id FROM models m WHERE m.id IN (
      SELECT r.model_id FROM ${liveRuns} r WHERE r.id = ANY (${[...runs]})
      UNION SELECT l.model_id FROM chain_links l WHERE l.run_id = ANY (${[...runs]})
      ${withScores ? modelsOfScores(workspaceId, runs) : Prisma.empty}
    ) ORDER BY (${exportedName(Prisma.sql`m.slug`)}) COLLATE "C", m.sha256 COLLATE "C", m.id`);
  return { workspaceId, workspaceName: workspace.name, isWorkspace: subject === "workspace", experiments, sweeps, models, runs };
}

function modelsOfScores(workspaceId: string, runs: readonly string[]): Prisma.Sql {
  return Prisma.sql`UNION SELECT s.model_id FROM (${imagesOf(runs)}) i JOIN scores s ON s.image_sha256 = i.sha256
    JOIN models visible ON visible.id = s.model_id AND (visible.workspace_id IS NULL OR visible.workspace_id = ${workspaceId})`;
}
