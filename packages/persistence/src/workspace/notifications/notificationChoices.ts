/** Which channels a member has chosen for each kind of notification. */
import { type ChosenChannels, type NotificationKind, notificationKinds } from "@pareidolia/core/notifications/notificationKinds";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface NotificationChoiceRecord extends ChosenChannels {
  readonly kind: NotificationKind;
}

/** One for each kind, in the order of the kinds: what the member chose, or the default. */
export function readChoices(connection: Connection, { workspaceId }: Scope, userId: string): Promise<NotificationChoiceRecord[]> {
  return connection.$queryRaw<NotificationChoiceRecord[]>`
    SELECT k.kind, coalesce(c.product, d.product) AS product, coalesce(c.email, d.email) AS email, coalesce(c.webhook, d.webhook) AS webhook
    FROM unnest(${[...notificationKinds]}::text[]) WITH ORDINALITY k(kind, place) CROSS JOIN LATERAL notification_defaults(k.kind) d
      LEFT JOIN notification_choices c ON c.workspace_id = ${workspaceId} AND c.user_id = ${userId} AND c.kind = k.kind
    ORDER BY k.place`;
}

export async function writeChoice(
  connection: Connection,
  { workspaceId }: Scope,
  { userId, kind, product, email, webhook }: NotificationChoiceRecord & { readonly userId: string },
): Promise<void> {
  const key = { workspaceId, userId, kind };
  const channels = { product, email, webhook };
  await connection.notificationChoice.upsert({
    where: { workspaceId_userId_kind: key },
    create: { ...key, ...channels },
    update: channels,
  });
}
