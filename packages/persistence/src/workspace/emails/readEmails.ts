/** The e-mails of a workspace, for its owners. E-mails about accounts contain secrets of their users: no function here returns them. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** WAITING to be sent, now or again later; SENT; FAILED for good; UNSENT without a mail server. */
export type EmailState = "WAITING" | "SENT" | "FAILED" | "UNSENT";

export interface EmailRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** E-mails belong to the workspace as a whole. */
  readonly createdById: null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure: string | null;
  readonly state: EmailState;
}

const select = Prisma.sql`
  SELECT e.id, e.workspace_id AS "workspaceId", NULL AS "createdById", e.to, e.subject, e.text, e.created_at AS "createdAt",
    e.sent_at AS "sentAt", e.attempts, e.failure,
    CASE WHEN e.sent_at IS NOT NULL THEN 'SENT' WHEN e.next_attempt_at IS NOT NULL THEN 'WAITING'
      WHEN e.failure IS NOT NULL THEN 'FAILED' ELSE 'UNSENT' END AS state
  FROM emails e`;

/** Latest first. */
export function listEmails(connection: Connection, scope: Scope, page: PageRequest): Promise<Page<EmailRecord>> {
  return selectPage<EmailRecord, EmailRecord>(connection, {
    select,
    conditions: [Prisma.sql`e.workspace_id = ${scope.workspaceId}`],
    ordering: {
      columns: [
        { sql: Prisma.sql`e.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`e.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countEmails(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM emails e`, [Prisma.sql`e.workspace_id = ${scope.workspaceId}`]);
}

/** In the order of `ids`; null for an unknown one, and for one about an account, which the policy would take for the product's. */
export async function findEmails(connection: Connection, ids: readonly string[]): Promise<(EmailRecord | null)[]> {
  const rows = await connection.$queryRaw<EmailRecord[]>`${select} WHERE e.id = ANY (${[...ids]}) AND e.workspace_id IS NOT NULL`;
  return inOrderOf(ids, rows, ({ id }) => id);
}
