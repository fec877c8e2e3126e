/** Why a locked run or experiment cannot be changed, and what to do about it; null without a lock. */
import type { LockMarkFragment } from "../../graphql/generated/graphql.ts";

export function lockRefusal(key: string, lock: LockMarkFragment | null | undefined): string | null {
  if (lock == null) return null;
  const by = lock.lockedBy == null ? "a former member" : lock.lockedBy.name;
  return lock.withExperiment
    ? `${key} is locked with its experiment by ${by}. Unlock the experiment to change it.`
    : `${key} is locked by ${by}. Unlock it to change it.`;
}

/** A locked run can be forked; a locked experiment takes no fork. */
export function forkRefusal(key: string, lock: LockMarkFragment | null | undefined): string | null {
  return lock?.withExperiment === true ? lockRefusal(key, lock) : null;
}
