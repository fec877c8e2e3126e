/** API module for notifications. */
import type { NotificationRecord } from "@pareidolia/persistence/workspace/notifications/readNotifications";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { NotificationResolver } from "./notification.resolver.ts";
import { NotificationService } from "./notification.service.ts";
import { notificationConnection } from "./notification.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly notifications: NotificationService;
  }
  interface Loaders {
    readonly notification: Load<NotificationRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Notification: NotificationRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Every member has only their own. */
const actions = { "notification:read": readers, "notification:mark": readers, "notification:choose": readers };

export const notificationModule: NounModule = {
  resolvers: [NotificationResolver, notificationConnection.resolver],
  actions,
  services: {
    notifications: ({ database, notificationChanges, channelProblems }) =>
      new NotificationService({ database, changes: notificationChanges, problems: channelProblems }),
  },
  loaders: {
    notification: ({ actor, services }) => new DataLoader((ids) => services.notifications.load(actor, ids)),
  },
  nodes: {
    Notification: { byId: ({ notification }) => notification },
  },
};
