/**
 * Adds, edits, deletes and restores comments. A deleted comment is hidden at once, can be restored for an hour, and is then removed by a
 * clean-up.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { SubjectKind } from "../tracking/lockSubjects.ts";
import type { CommentRecord } from "./readComments.ts";

export const secondsToRestoreComment = 60 * 60;

export interface NewComment {
  readonly scope: Scope;
  readonly authorId: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  readonly body: string;
  readonly idempotencyKey: string | null;
}

/** `created` is false if an earlier request with the same key added it. @throws AppError CONFLICT if the key was used for another comment. */
export async function addComment(
  connection: Connection,
  { scope: { workspaceId }, authorId, kind, subjectId, body, idempotencyKey }: NewComment,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const row = { id: randomUUID(), workspaceId, authorId, body, idempotencyKey };
  const subject = kind === "Run" ? { runId: subjectId } : { experimentId: subjectId };
  const { count } = await connection.comment.createMany({ data: [{ ...row, ...subject }], skipDuplicates: true });
  if (count > 0 || idempotencyKey === null) return { id: row.id, created: true };
  const earlier = await connection.comment.findUniqueOrThrow({
    where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } },
  });
  const isSame = earlier.authorId === authorId && (earlier.runId ?? earlier.experimentId) === subjectId;
  // What an edited comment said first is in the audit log only.
  if (!isSame || (earlier.editedAt === null && earlier.body !== body))
    throw new AppError("CONFLICT", "This idempotency key was already used for another comment.", { field: "input.idempotencyKey" });
  return { id: earlier.id, created: false };
}

/** Locks the comment until the transaction ends; null if it was deleted. */
export async function lockComment(connection: Connection, id: string): Promise<{ readonly body: string } | null> {
  const [row] = await connection.$queryRaw<{ body: string }[]>`
    SELECT body FROM comments WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`;
  return row ?? null;
}

export async function editComment(connection: Connection, input: { readonly id: string; readonly body: string }): Promise<void> {
  await connection.comment.update({ where: { id: input.id }, data: { body: input.body, editedAt: new Date() } });
}

export async function deleteComment(connection: Connection, input: { readonly id: string; readonly userId: string }): Promise<void> {
  await connection.comment.update({ where: { id: input.id }, data: { deletedAt: new Date(), deletedById: input.userId } });
}

/** Who wrote and who deleted a comment, and on what it is. */
export type DeletedComment = Pick<CommentRecord, "id" | "workspaceId" | "createdById" | "runId" | "experimentId"> & {
  readonly deletedById: string | null;
};

/** A comment that was deleted within the hour, locked until the transaction ends; null for any other. */
export async function lockDeletedComment(connection: Connection, scope: Scope, id: string): Promise<DeletedComment | null> {
  const [row] = await connection.$queryRaw<DeletedComment[]>(Prisma.sql`
    SELECT c.id, c.workspace_id AS "workspaceId", c.author_id AS "createdById", c.run_id AS "runId", c.experiment_id AS "experimentId",
      c.deleted_by_id AS "deletedById"
    FROM comments c
    WHERE c.id = ${id} AND c.workspace_id = ${scope.workspaceId}
      AND c.deleted_at > now() - ${secondsToRestoreComment} * interval '1 second' FOR UPDATE`);
  return row ?? null;
}

export async function restoreComment(connection: Connection, id: string): Promise<void> {
  await connection.comment.update({ where: { id }, data: { deletedAt: null, deletedById: null } });
}
