/** What members write about runs and experiments: notes, an assignee, tags, pins, comments and views. */
import { randomUUID } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { writeBulkQuery } from "./bulkQueries.ts";

interface Subjects {
  readonly experimentId: string;
  readonly runId: string;
  readonly archivedRunId: string;
}

/** IDs of what each of the matrix's people has. */
export const idsOfPerson = (seed: number, userId: string) => ({
  Notification: encodeGlobalId("Notification", `notification_${seed}_${userId}`),
  BulkQuery: encodeGlobalId("BulkQuery", `bulk_${seed}_${userId}`),
  Webhook: encodeGlobalId("Webhook", `webhook_${seed}_${userId}`),
  WebhookDelivery: encodeGlobalId("WebhookDelivery", `delivery_${seed}_${userId}`),
});

/** A notification, a webhook, a delivery and bulk queries for each of the matrix's people who is a member already. */
async function writeOfPeople(connection: Connection, runId: string, seed: number) {
  const workspaceId = localWorkspaceId;
  const activeBulkQueries: Record<string, string> = {};
  const bulkQueryKeys: Record<string, string> = {};
  const partUploads: Record<string, string> = {};
  const members = await connection.membership.findMany({ where: { workspaceId, suspendedAt: null, userId: { not: "second_owner" } } });
  for (const { userId } of members) {
    bulkQueryKeys[userId] = `BULK-${await writeBulkQueries(connection, userId, seed)}`;
    activeBulkQueries[userId] = encodeGlobalId("BulkQuery", `active_bulk_${seed}_${userId}`);
    const upload = { id: randomUUID(), workspaceId, createdById: userId, kind: "MODEL" as const, fileName: "net.onnx", byteLength: 1 };
    await connection.upload.create({ data: { ...upload, formExpiresAt: new Date(Date.now() + 86_400_000) } });
    partUploads[userId] = upload.id;
    const suffix = `${seed}_${userId}`;
    const notification = { kind: "ASSIGNED", runId, byId: localUserId, detail: `Detail ${suffix}.`, readAt: new Date() };
    const event = `matrix ${suffix}`;
    await connection.notification.create({ data: { id: `notification_${suffix}`, event, workspaceId, userId, ...notification } });
    const url = `https://hooks.lab.example/${suffix}`;
    const times = { failingSince: new Date(), previousUntil: new Date(Date.now() + 86_400_000) };
    const webhook = {
      id: `webhook_${suffix}`,
      workspaceId,
      ownerId: userId,
      name: `Hook ${suffix}`,
      url,
      kinds: ["RUN_FAILED"],
      secret: "sealed",
    };
    await connection.webhook.create({ data: { ...webhook, ...times } });
    const attempt = {
      attempts: 1,
      status: 500,
      durationMs: seed,
      excerpt: `Excerpt ${suffix}`,
      failure: `Failure ${suffix}`,
      body: `Body ${suffix}`,
    };
    const delivery = { id: `delivery_${suffix}`, webhookId: webhook.id, event, kind: "RUN_FAILED", nextAttemptAt: null };
    await connection.webhookDelivery.create({ data: { ...delivery, ...attempt, deliveredAt: new Date() } });
  }
  return { activeBulkQueries, bulkQueryKeys, partUploads };
}

/** One with a file, whose number it returns, and one that a process has. */
async function writeBulkQueries(connection: Connection, userId: string, seed: number): Promise<number> {
  const { lastBulkQueryNumber } = await connection.workspace.update({
    where: { id: localWorkspaceId },
    data: { lastBulkQueryNumber: { increment: 2 } },
  });
  // The order of the members must not decide whether the two workspaces share a number.
  const number = seed * 100 + lastBulkQueryNumber;
  const of = { workspaceId: localWorkspaceId, userId };
  await writeBulkQuery(connection, { ...of, id: `bulk_${seed}_${userId}`, number }, "SUCCEEDED");
  await writeBulkQuery(connection, { ...of, id: `active_bulk_${seed}_${userId}`, number: number - 1 }, "RUNNING");
  return number;
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
  const run = await connection.run.findUniqueOrThrow({ where: { id: runId } });
  const experiment = await connection.experiment.findUniqueOrThrow({ where: { id: experimentId } });
  // Each mentions the other's subject.
  const body = `Comment ${seed} on RUN-${run.number} in EXP-${experiment.number}.`;
  const row = { workspaceId, authorId: author?.id ?? localUserId, body };
  await connection.comment.create({ data: { ...row, id: comment, runId } });
  await connection.comment.create({ data: { ...row, id: `${comment}_experiment`, experimentId } });
  const deletion = { deletedAt: new Date(), deletedById: localUserId };
  await connection.comment.create({ data: { ...row, ...deletion, id: deletedComment, runId } });
  const [view, deletedView] = [`view_${seed}`, `deleted_view_${seed}`];
  const saved = {
    workspaceId,
    createdById: author?.id ?? localUserId,
    list: "RUNS" as const,
    shared: true,
    // Only the other workspace has this tag.
    search: `tag = "tag ${3 - seed}"`,
    sort: "-median",
  };
  const shown = { columns: ["median"], groupBy: ["preset"] };
  await connection.view.create({ data: { ...saved, ...shown, id: view, number: 1, name: `View ${seed}` } });
  await connection.view.create({ data: { ...saved, ...shown, id: deletedView, number: 2, name: "Deleted", deletedAt: new Date() } });
  await connection.workspace.update({ where: { id: workspaceId }, data: { lastViewNumber: 2 } });
  await connection.defaultView.create({ data: { workspaceId, userId: localUserId, list: "RUNS", viewId: view } });
  const workspaceWebhook = `webhook_${seed}`;
  const hook = { name: "Of the workspace", url: "https://hooks.lab.example/", kinds: ["RUN_FAILED"], secret: "sealed" };
  await connection.webhook.create({ data: { id: workspaceWebhook, workspaceId, ownerId: null, ...hook } });
  const ofPeople = await writeOfPeople(connection, runId, seed);
  return { ...ofPeople, workspaceWebhook, tag, view, deletedView, comment, deletedComment, otherExperiment, archivedExperiment };
}
