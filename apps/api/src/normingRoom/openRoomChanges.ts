/** Followers of the changes in norming rooms, by the room's ID. */
import { normingChannel } from "@pareidolia/persistence/studies/norming/writeRooms";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** @throws AppError UNAVAILABLE. */
export function openRoomChanges(url: string): Promise<Followers<Bell>> {
  return openFollowers({
    url,
    channel: normingChannel,
    createBell: () => new Bell(),
    keyOf: (payload) => payload,
    ring: (bell) => bell.ring(),
  });
}
