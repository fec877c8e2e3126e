/** Resolves notifications, the viewer's choices, and the subscription behind the bell. */
import type { NotificationRecord } from "@pareidolia/persistence/workspace/notifications/readNotifications";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import {
  ChooseNotificationsInput,
  MarkAllNotificationsReadInput,
  MarkNotificationsInput,
  NotificationArguments,
} from "./notification.input.ts";
import type { NotificationChange, NotificationSettings } from "./notification.service.ts";
import {
  ChooseNotificationsPayload,
  MarkAllNotificationsReadPayload,
  MarkNotificationsPayload,
  NotificationChangeType,
  NotificationSettingsType,
  NotificationType,
  notificationConnection,
} from "./notification.type.ts";

@Resolver(() => NotificationType)
export class NotificationResolver {
  @Requires("notification:read")
  @Query(() => notificationConnection.connection, { description: "The viewer's notifications in this workspace, latest first." })
  notifications(
    @Args(() => NotificationArguments) args: NotificationArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<NotificationRecord>> {
    return services.notifications.list(actor, args);
  }

  @Requires("notification:read")
  @Query(() => NotificationSettingsType, { description: "Which notifications the viewer gets, and where." })
  notificationSettings(@Ctx() { actor, services }: ApiContext): Promise<NotificationSettings> {
    return services.notifications.settings(actor);
  }

  @Requires("notification:read")
  @Subscription(() => NotificationChangeType, {
    description: "The number of unread notifications and the latest one: at once, and a quarter of a second after each change.",
    subscribe: ({ context }) => {
      const { actor, services } = context as ApiContext;
      return services.notifications.follow(actor);
    },
  })
  notificationChanges(@Root() change: NotificationChange, @Ctx() context: ApiContext): NotificationChange {
    context.loaders = context.createLoaders();
    return change;
  }

  @Requires("notification:mark")
  @Mutation(() => MarkNotificationsPayload, { description: "Marks the viewer's notifications as read or unread." })
  markNotifications(
    @Arg("input", () => MarkNotificationsInput, { description: "Input of `markNotifications`." }) input: MarkNotificationsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ notifications: NotificationRecord[]; unread: number }>> {
    return resolvePayload("MarkNotificationsSuccess", () =>
      services.notifications.mark(actor, { references: input.notificationIds, read: input.read }),
    );
  }

  @Requires("notification:mark")
  @Mutation(() => MarkAllNotificationsReadPayload, { description: "Marks all of the viewer's notifications up to a time as read." })
  markAllNotificationsRead(
    @Arg("input", () => MarkAllNotificationsReadInput, { description: "Input of `markAllNotificationsRead`." })
    input: MarkAllNotificationsReadInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ ids: readonly string[]; unread: number }>> {
    return resolvePayload("MarkAllNotificationsReadSuccess", async () => {
      const { ids, unread } = await services.notifications.markAllRead(actor, input.until);
      return { ids: ids.map((id) => encodeGlobalId("Notification", id)), unread };
    });
  }

  @Requires("notification:choose")
  @Mutation(() => ChooseNotificationsPayload, { description: "Chooses where the viewer gets the notifications of a kind." })
  chooseNotifications(
    @Arg("input", () => ChooseNotificationsInput, { description: "Input of `chooseNotifications`." }) input: ChooseNotificationsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ settings: NotificationSettings }>> {
    return resolvePayload("ChooseNotificationsSuccess", async () => ({ settings: await services.notifications.choose(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "ID of the notification: opaque, and unique across all types." })
  id(@Root() notification: NotificationRecord): string {
    return encodeGlobalId("Notification", notification.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who made the change; null for a program." })
  async by(@Root() { byId }: NotificationRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return byId === null ? null : loaders.user.load(byId);
  }
}
