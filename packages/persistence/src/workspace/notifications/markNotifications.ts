/** Marks a member's notifications as read or unread, and wakes the member's open pages. */
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

export const notificationsChannel = "pareidolia_notifications";

interface Recipient {
  readonly scope: Scope;
  readonly userId: string;
}

function wake(connection: Connection, { scope, userId }: Recipient): Promise<unknown> {
  return connection.$executeRaw`SELECT pg_notify(${notificationsChannel}, ${`${scope.workspaceId} ${userId}`})`;
}

/** Returns how many were changed. Those of other members are left alone. */
export async function markNotifications(
  connection: Connection,
  recipient: Recipient,
  { ids, read }: { readonly ids: readonly string[]; readonly read: boolean },
): Promise<number> {
  const { scope, userId } = recipient;
  const where = { workspaceId: scope.workspaceId, userId, id: { in: [...ids] }, readAt: read ? null : { not: null } };
  const { count } = await connection.notification.updateMany({ where, data: { readAt: read ? new Date() : null } });
  await wake(connection, recipient);
  return count;
}

/** Marks all that the member has not read, up to one that the member has seen. Returns their ids, with which it can be undone. */
export async function markAllRead(connection: Connection, recipient: Recipient, until: Date): Promise<readonly string[]> {
  const { scope, userId } = recipient;
  const rows = await connection.$queryRaw<{ id: string }[]>`
    UPDATE notifications SET read_at = now()
    WHERE workspace_id = ${scope.workspaceId} AND user_id = ${userId} AND shown AND read_at IS NULL AND created_at <= ${until}
    RETURNING id`;
  await wake(connection, recipient);
  return rows.map(({ id }) => id);
}
