/** Followers of a member's notifications, by the IDs of workspace and user. */
import { notificationsChannel } from "@pareidolia/persistence/workspace/notifications/markNotifications";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** @throws AppError UNAVAILABLE. */
export function openNotificationChanges(url: string): Promise<Followers<Bell>> {
  return openFollowers({
    url,
    channel: notificationsChannel,
    createBell: () => new Bell(),
    keyOf: (payload) => payload,
    ring: (bell) => bell.ring(),
  });
}
