/** Ablates an elite of a run, as a worker does. */
import { requestAnalysis } from "@pareidolia/persistence/lab/analyses/requestAnalysis";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { type AnalyseContext, analyse } from "@pareidolia/workers/tasks/analyse.task";

export async function ablateElite(runId: string, context: AnalyseContext): Promise<void> {
  const { database } = context;
  const { id: eliteId } = await database.connection.elite.findFirstOrThrow({ where: { runId, replacedAt: null } });
  const input = { eliteId, regions: 4, paint: "mean" };
  const owner = { workspaceId: localWorkspaceId, createdById: localUserId };
  const { id } = await database.transaction((transaction) =>
    requestAnalysis(transaction, { ...owner, kind: "ablation", runId, modelId: null, input, again: false }),
  );
  await analyse({ analysisId: id }, context);
}
