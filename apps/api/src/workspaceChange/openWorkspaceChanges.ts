/** Followers of what members and runs change in a workspace, by the workspace's ID. */
import { changesChannel } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** @throws AppError UNAVAILABLE. */
export function openWorkspaceChanges(url: string): Promise<Followers<Bell>> {
  return openFollowers({
    url,
    channel: changesChannel,
    createBell: () => new Bell(),
    keyOf: (workspaceId) => workspaceId,
    ring: (bell) => bell.ring(),
  });
}
