/** What members write about runs and experiments: notes, an assignee, tags, pins, comments and views. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { Connection } from "@pareidolia/persistence/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";

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

/** A notification, a webhook, a delivery and bulk queries for each of the matrix's people who is a member already. Returns those under way, by user. */
async function writeOfPeople(connection: Connection, runId: string, seed: number): Promise<Readonly<Record<string, string>>> {
  const workspaceId = localWorkspaceId;
  const activeBulkQueries: Record<string, string> = {};
  const members = await connection.membership.findMany({ where: { workspaceId, suspendedAt: null } });
  for (const { userId, role } of members) {
    const mayCancel = role === "OWNER" || role === "RESEARCHER";
    await writeBulkQueries(connection, { userId, mayCancel }, seed);
    if (mayCancel) activeBulkQueries[userId] = encodeGlobalId("BulkQuery", `active_bulk_${seed}_${userId}`);
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
  return activeBulkQueries;
}

/** One with a file, and one that a process has, for those who may cancel it. */
async function writeBulkQueries(connection: Connection, by: { readonly userId: string; readonly mayCancel: boolean }, seed: number) {
  const { lastBulkQueryNumber: number } = await connection.workspace.update({
    where: { id: localWorkspaceId },
    data: { lastBulkQueryNumber: { increment: 2 } },
  });
  // As a key with RUN started it, other keys with that scope see it, too.
  const key = { keyId: "gone", keyScopes: ["RUN"] };
  const asked = { query: "{ runs { nodes { key } } }", variables: {}, format: "jsonl", columns: [], downloadKey: "00".repeat(32) };
  const common = { workspaceId: localWorkspaceId, createdById: by.userId, name: `Bulk ${seed} ${by.userId}`, ...key, ...asked };
  const now = new Date();
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const times = { startedAt: now, answeredAt: now, endedAt: now, expiresAt: tomorrow };
  const file = { state: "SUCCEEDED" as const, sha256: String(seed).repeat(64), byteLength: 1n, rows: 1n };
  await connection.bulkQuery.create({ data: { id: `bulk_${seed}_${by.userId}`, number, ...common, ...file, ...times } });
  if (!by.mayCancel) return;
  const held = { state: "RUNNING" as const, claimToken: "held", heartbeatAt: tomorrow };
  await connection.bulkQuery.create({ data: { id: `active_bulk_${seed}_${by.userId}`, number: number - 1, ...common, ...held } });
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
  const [view, deletedView] = [`view_${seed}`, `deleted_view_${seed}`];
  const saved = {
    workspaceId,
    createdById: author?.id ?? localUserId,
    list: "RUNS" as const,
    shared: true,
    search: "tag = gone",
    sort: "-median",
  };
  const shown = { columns: ["median"], groupBy: ["preset"] };
  await connection.view.create({ data: { ...saved, ...shown, id: view, number: 1, name: `View ${seed}` } });
  await connection.view.create({ data: { ...saved, ...shown, id: deletedView, number: 2, name: "Deleted", deletedAt: new Date() } });
  await connection.workspace.update({ where: { id: workspaceId }, data: { lastViewNumber: 2 } });
  const activeBulkQueries = await writeOfPeople(connection, runId, seed);
  return { activeBulkQueries, tag, view, deletedView, comment, deletedComment, otherExperiment, archivedExperiment };
}
