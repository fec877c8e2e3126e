/** A notification in the form in which core groups notifications. */
import type { NotificationEntryFragment } from "../../graphql/generated/graphql.ts";

export type GroupableEntry = NotificationEntryFragment & { readonly subjectKey: string | null; readonly byId: string | null };

export function groupable(entry: NotificationEntryFragment): GroupableEntry {
  return { ...entry, subjectKey: entry.subjectKey ?? null, byId: entry.by?.id ?? null };
}
