/** Followers of the changes of sweeps and of their runs, by the sweep's ID. */
import { sweepChannel } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** @throws AppError UNAVAILABLE. */
export function openSweepChanges(url: string): Promise<Followers<Bell>> {
  return openFollowers({
    url,
    channel: sweepChannel,
    createBell: () => new Bell(),
    keyOf: (payload) => payload,
    ring: (bell) => bell.ring(),
  });
}
