/** What members write about runs and experiments: notes, an assignee, tags, pins and comments. */
import type { Connection } from "@pareidolia/persistence/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";

interface Subjects {
  readonly experimentId: string;
  readonly runId: string;
  readonly archivedRunId: string;
}

/** Returns the ids of the rows. */
export async function writeTracking(connection: Connection, { experimentId, runId, archivedRunId }: Subjects, seed: number) {
  const workspaceId = localWorkspaceId;
  const about = { notes: `Notes ${seed}.`, assigneeId: localUserId };
  await connection.run.update({ where: { id: runId }, data: { ...about, name: `Named ${seed}` } });
  await connection.run.update({ where: { id: archivedRunId }, data: { archivedAt: new Date() } });
  await connection.experiment.update({ where: { id: experimentId }, data: about });
  const { lastExperimentNumber } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastExperimentNumber: { increment: 2 } },
  });
  const [otherExperiment, archivedExperiment] = [`other_experiment_${seed}`, `archived_experiment_${seed}`];
  const other = { workspaceId, createdById: localUserId, name: "Other" };
  await connection.experiment.create({ data: { ...other, id: otherExperiment, number: lastExperimentNumber } });
  const archived = { id: archivedExperiment, number: lastExperimentNumber - 1, archivedAt: new Date() };
  await connection.experiment.create({ data: { ...other, ...archived } });
  const tag = `tag_${seed}`;
  await connection.tag.create({ data: { id: tag, workspaceId, name: `tag ${seed}` } });
  await connection.runTag.create({ data: { runId, tagId: tag } });
  await connection.experimentTag.create({ data: { experimentId, tagId: tag } });
  await connection.pin.create({ data: { id: `pin_${seed}`, workspaceId, userId: localUserId, runId } });
  const [comment, deletedComment] = [`comment_${seed}`, `deleted_comment_${seed}`];
  // Its author and every owner may change it.
  const author = await connection.user.findUnique({ where: { id: "researcher" } });
  const row = { workspaceId, authorId: author?.id ?? localUserId, body: `Comment ${seed}.` };
  await connection.comment.create({ data: { ...row, id: comment, runId } });
  await connection.comment.create({ data: { ...row, id: `${comment}_experiment`, experimentId } });
  const deletion = { deletedAt: new Date(), deletedById: localUserId };
  await connection.comment.create({ data: { ...row, ...deletion, id: deletedComment, runId } });
  return { tag, comment, deletedComment, otherExperiment, archivedExperiment };
}
