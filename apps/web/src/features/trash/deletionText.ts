const millisecondsPerDay = 86_400_000;

/** When a retention rule deletes an item, such as "in 12 days". @param deletedAfter an ISO time; null without a rule. */
export function deletionText(deletedAfter: string | null, now: Date): string {
  if (deletedAfter === null) return "kept until deleted";
  const days = Math.ceil((new Date(deletedAfter).getTime() - now.getTime()) / millisecondsPerDay);
  if (days <= 0) return "deleted within the hour";
  return days === 1 ? "deleted in a day" : `deleted in ${days} days`;
}
