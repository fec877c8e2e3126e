/** How long a deleted workspace can be restored. */

const days = 14;
const secondsPerDay = 86_400;

export const secondsToRestore = days * secondsPerDay;

/** When the rows of a workspace that was deleted at this time are deleted for good. */
export function endOfRestoring(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + secondsToRestore * 1000);
}

/** Workspaces that were deleted at or before this time can no longer be restored. */
export function latestPurged(now: Date = new Date()): Date {
  return new Date(now.getTime() - secondsToRestore * 1000);
}
