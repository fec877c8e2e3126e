/** Followers of the votes of studies, by the study's ID. */
import { studyVotesChannel } from "@pareidolia/persistence/lab/scores/markRescored";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** @throws AppError UNAVAILABLE. */
export function openStudyVotes(url: string): Promise<Followers<Bell>> {
  return openFollowers({
    url,
    channel: studyVotesChannel,
    createBell: () => new Bell(),
    keyOf: (payload) => payload,
    ring: (bell) => bell.ring(),
  });
}
