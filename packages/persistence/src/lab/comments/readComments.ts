/** Reads comments on runs and experiments. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { SubjectKind } from "../tracking/lockSubjects.ts";

export interface CommentRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** The author. */
  readonly createdById: string;
  readonly runId: string | null;
  readonly experimentId: string | null;
  /** Markdown. */
  readonly body: string;
  /** Name of the author in the export from which it was restored; null for a comment that was written here. */
  readonly sourceAuthor: string | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

export interface CommentedSubject {
  readonly scope: Scope;
  readonly kind: SubjectKind;
  readonly id: string;
}

const select = Prisma.sql`
  SELECT c.id, c.workspace_id AS "workspaceId", c.author_id AS "createdById", c.run_id AS "runId", c.experiment_id AS "experimentId", c.body,
    c.source_author AS "sourceAuthor", c.created_at AS "createdAt", c.edited_at AS "editedAt"
  FROM comments c`;

function conditionsOf({ scope, kind, id }: CommentedSubject): Prisma.Sql[] {
  const subject = kind === "Run" ? Prisma.sql`c.run_id = ${id}` : Prisma.sql`c.experiment_id = ${id}`;
  return [subject, Prisma.sql`c.workspace_id = ${scope.workspaceId}`, Prisma.sql`c.deleted_at IS NULL`];
}

/** Oldest first. */
export function listComments(connection: Connection, subject: CommentedSubject, page: PageRequest): Promise<Page<CommentRecord>> {
  return selectPage<CommentRecord, CommentRecord>(connection, {
    select,
    conditions: conditionsOf(subject),
    ordering: {
      columns: [
        { sql: Prisma.sql`c.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`c.id`, type: "text" },
      ],
      direction: "ASC",
    },
    page,
    toRow: (row) => row,
    positionOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
  });
}

export function countComments(request: CountRequest, subject: CommentedSubject): Promise<number> {
  return countRows(request, Prisma.sql`FROM comments c`, conditionsOf(subject));
}

/** Without deleted ones. */
export async function findComments(connection: Connection, ids: readonly string[]): Promise<(CommentRecord | null)[]> {
  const rows = await connection.$queryRaw<CommentRecord[]>(Prisma.sql`${select} WHERE c.id = ANY (${[...ids]}) AND c.deleted_at IS NULL`);
  return inOrderOf(ids, rows, ({ id }) => id);
}
