/** Followers of who has a run, experiment or sweep open, by its ID. */
import { presenceChannel } from "@pareidolia/persistence/workspace/presence/presence";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** @throws AppError UNAVAILABLE. */
export function openPresenceChanges(url: string): Promise<Followers<Bell>> {
  return openFollowers({
    url,
    channel: presenceChannel,
    createBell: () => new Bell(),
    keyOf: (payload) => payload,
    ring: (bell) => bell.ring(),
  });
}
