import { formatCount, formatTotal } from "../marks/numbers.ts";

/** The number of items in the trash. */
export interface WholeTrash {
  readonly total: number;
  readonly isCapped: boolean;
}

/** Heading of the list of deleted data. @param listed Number of listed items. @param whole Null if only these are deleted. */
export function deletionHeading(listed: number, whole: WholeTrash | null): string {
  if (whole === null || whole.total <= listed) return "This cannot be undone. It permanently deletes:";
  return `This cannot be undone. It permanently deletes all ${formatTotal(whole.total, whole.isCapped)} items in the trash. The first ${formatCount(listed)} contain:`;
}
