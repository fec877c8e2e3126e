/** Reads a member's notifications in one workspace. */
import type { NotificationKind } from "@pareidolia/core/notifications/notificationKinds";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface NotificationRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** The recipient. */
  readonly createdById: string;
  readonly kind: NotificationKind;
  /** Such as RUN-142, or a webhook's name; null once it is deleted. */
  readonly subjectKey: string | null;
  /** Empty for a run without a name of its own. */
  readonly subjectName: string;
  readonly detail: string;
  /** Who made the change; null for a program and for a deleted account. */
  readonly byId: string | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface NotificationFilter {
  readonly scope: Scope;
  readonly userId: string;
  /** Null for all. */
  readonly unread: boolean | null;
}

export const notificationColumns = Prisma.sql`n.id, n.workspace_id AS "workspaceId", n.user_id AS "createdById", n.kind,
    CASE WHEN r.id IS NOT NULL THEN 'RUN-' || r.number WHEN e.id IS NOT NULL THEN 'EXP-' || e.number
      WHEN s.id IS NOT NULL THEN 'SWP-' || s.number WHEN t.id IS NOT NULL THEN 'STU-' || t.number END AS "subjectKey",
    coalesce(r.name, e.name, s.name, t.title, '') AS "subjectName", n.detail, n.by_id AS "byId", n.created_at AS "createdAt",
    n.read_at AS "readAt"`;

export const notificationJoins = Prisma.sql`FROM notifications n
    LEFT JOIN runs r ON r.id = n.run_id LEFT JOIN experiments e ON e.id = n.experiment_id
    LEFT JOIN sweeps s ON s.id = n.sweep_id LEFT JOIN studies t ON t.id = n.study_id`;

const select = Prisma.sql`SELECT ${notificationColumns} ${notificationJoins}`;

function conditionsOf({ scope, userId, unread }: NotificationFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`n.workspace_id = ${scope.workspaceId}`, Prisma.sql`n.user_id = ${userId}`, Prisma.sql`n.shown`];
  if (unread !== null) conditions.push(unread ? Prisma.sql`n.read_at IS NULL` : Prisma.sql`n.read_at IS NOT NULL`);
  return conditions;
}

/** Latest first. */
export function listNotifications(
  connection: Connection,
  filter: NotificationFilter,
  page: PageRequest,
): Promise<Page<NotificationRecord>> {
  return selectPage<NotificationRecord, NotificationRecord>(connection, {
    select,
    conditions: conditionsOf(filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`n.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`n.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
  });
}

export function countNotifications(request: CountRequest, filter: NotificationFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM notifications n`, conditionsOf(filter));
}

/** Those that the product shows. */
export async function findNotifications(connection: Connection, ids: readonly string[]): Promise<(NotificationRecord | null)[]> {
  const rows = await connection.$queryRaw<NotificationRecord[]>(Prisma.sql`${select} WHERE n.id = ANY (${[...ids]}) AND n.shown`);
  return inOrderOf(ids, rows, ({ id }) => id);
}
