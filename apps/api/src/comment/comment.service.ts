/**
 * Reads and changes comments on runs and experiments. Authors change their own, owners every comment. A lock does not refuse comments, since
 * they change nothing of what is locked.
 */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { type CommentRecord, countComments, findComments, listComments } from "@pareidolia/persistence/lab/comments/readComments";
import {
  addComment,
  deleteComment,
  editComment,
  lockComment,
  lockDeletedComment,
  restoreComment,
} from "@pareidolia/persistence/lab/comments/writeComments";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import { notifyChanges } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { readIdempotencyKey } from "../text.ts";
import { auditSubject, lockSubject, notifyChange } from "../tracking/lockSubject.ts";
import { readPrevious, requireUnchanged } from "../tracking/requireUnchanged.ts";
import { getSubject } from "../tracking/subject.ts";
import { readMarkdown } from "../tracking/texts.ts";
import type { AddCommentInput, EditCommentInput } from "./comment.input.ts";

const byCreation: CursorShape = { name: "comments.createdAt", values: ["time", "text"] };

export class CommentService {
  readonly #options: { readonly database: Database; readonly experiments: ExperimentService; readonly runs: RunService };

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService; readonly runs: RunService }) {
    this.#options = options;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(CommentRecord | null)[]> {
    return policy.only(actor, "comment:read", await findComments(this.#options.database.connection, ids));
  }

  /** Oldest first. Only for members. @throws AppError FORBIDDEN. */
  async list(
    actor: Actor,
    kind: SubjectKind,
    row: RunRecord | ExperimentRecord,
    args: ConnectionArguments,
  ): Promise<Connection<CommentRecord>> {
    const { database } = this.#options;
    policy.requireOwn(actor, kind === "Run" ? "run:read" : "experiment:read", row);
    const subject = { scope: policy.scope(actor, "comment:read"), kind, id: row.id };
    const page = await listComments(database.connection, subject, readPage(args, byCreation));
    return toConnection(
      page,
      byCreation,
      counterOf(database, (request) => countComments(request, subject)),
    );
  }

  /** Whether the actor may edit and delete the comment. */
  mayEdit(actor: Actor, comment: CommentRecord): boolean {
    return policy.allows(actor, "comment:edit", comment) && isAuthorOrOwner(actor, comment);
  }

  async add(actor: Actor, input: AddCommentInput): Promise<CommentRecord> {
    const { database } = this.#options;
    policy.requireInWorkspace(actor, "comment:add");
    const subject = await getSubject(actor, this.#options, input.subjectId, "input.subjectId");
    policy.require(actor, "comment:add", subject.row);
    const scope = policy.scope(actor, "comment:add");
    const body = readBody(input.body);
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const id = await database.transaction(async ({ connection }) => {
      const locked = await lockSubject(connection, scope, subject);
      const row = { scope, authorId: actor.userId, kind: subject.kind, subjectId: subject.id, body, idempotencyKey };
      const added = await addComment(connection, row);
      if (!added.created) return added.id;
      await notifyChange(connection, scope, subject.kind, [subject.id]);
      const after = { commentId: added.id, characters: body.length };
      await appendAuditEntry(connection, actor, { action: "comment:add", ...auditSubject(locked), before: null, after });
      return added.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN for a comment of another member, unless the actor is an owner. */
  async edit(actor: Actor, input: EditCommentInput): Promise<CommentRecord> {
    const body = readBody(input.body);
    return this.#change(actor, "comment:edit", input.commentId, async (connection, comment, before) => {
      if (before === body) return false;
      const previous = readPrevious(input.previousBody, readBody);
      await requireUnchanged(connection, { workspaceId: comment.workspaceId, subjectId: comment.id }, [
        { field: "body", stored: before, wanted: body, previous },
      ]);
      await editComment(connection, { id: comment.id, body });
      return true;
    });
  }

  /** @throws AppError as `edit`. */
  async delete(actor: Actor, reference: string): Promise<CommentRecord> {
    return this.#change(actor, "comment:delete", reference, async (connection, comment) => {
      await deleteComment(connection, { id: comment.id, userId: actor.userId ?? "" });
      return true;
    });
  }

  /** For who deleted it, the author, and owners. @throws AppError NOT_FOUND after an hour; FORBIDDEN. */
  async restore(actor: Actor, reference: string): Promise<CommentRecord> {
    policy.requireInWorkspace(actor, "comment:restore");
    const id = parseIdOf("Comment", reference, "input.commentId");
    const scope = policy.scope(actor, "comment:restore");
    await this.#options.database.transaction(async ({ connection }) => {
      const comment = await lockDeletedComment(connection, scope, id);
      if (comment === null) throw missing();
      if (comment.deletedById !== actor.userId) requireAuthorOrOwner(actor, comment);
      await restoreComment(connection, id);
      await notifyChanges(connection, scope, subjectOf(comment));
      const after = { commentId: id };
      await appendAuditEntry(connection, actor, { action: "comment:restore", subjectType: "Comment", subjectId: id, before: null, after });
    });
    return this.#get(actor, id);
  }

  async #change(
    actor: Actor,
    action: MemberAction,
    reference: string,
    change: (connection: SqlConnection, comment: CommentRecord, body: string) => Promise<boolean>,
  ): Promise<CommentRecord> {
    const comment = await this.#get(actor, parseIdOf("Comment", reference, "input.commentId"));
    policy.require(actor, action, comment);
    requireAuthorOrOwner(actor, comment);
    const scope = policy.scope(actor, action);
    await this.#options.database.transaction(async ({ connection }) => {
      const locked = await lockComment(connection, comment.id);
      if (locked === null) throw missing();
      if (!(await change(connection, comment, locked.body))) return;
      await notifyChanges(connection, scope, subjectOf(comment));
      const subject = { subjectType: "Comment", subjectId: comment.id };
      await appendAuditEntry(connection, actor, { action, ...subject, before: { body: locked.body }, after: null });
    });
    const [changed] = await this.load(actor, [comment.id]);
    return changed ?? comment;
  }

  async #get(actor: Actor, id: string): Promise<CommentRecord> {
    const [comment] = await this.load(actor, [id]);
    if (comment == null) throw missing();
    return comment;
  }
}

type Authored = Pick<CommentRecord, "workspaceId" | "createdById">;

function isAuthorOrOwner(actor: Actor, comment: Authored): boolean {
  return comment.createdById === actor.userId || policy.allows(actor, "comment:moderate", comment);
}

/** @throws AppError FORBIDDEN. */
function requireAuthorOrOwner(actor: Actor, comment: Authored): void {
  if (!isAuthorOrOwner(actor, comment))
    throw new AppError("FORBIDDEN", "Only the author and the owners of the workspace may change a comment.");
}

function subjectOf({ runId, experimentId }: Pick<CommentRecord, "runId" | "experimentId">) {
  return { runIds: runId === null ? [] : [runId], experimentIds: experimentId === null ? [] : [experimentId] };
}

function readBody(text: string): string {
  const body = readMarkdown(text, { field: "input.body", label: "A comment" });
  if (body === "") throw new AppError("INVALID_INPUT", "A comment cannot be empty.", { field: "input.body" });
  return body;
}

function missing(): AppError {
  return new AppError("NOT_FOUND", "There is no such comment.", { field: "input.commentId" });
}
