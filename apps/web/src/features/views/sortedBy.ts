/** The words before the column by which a list is sorted: a member's pins come first, and are sorted among themselves. */
export function sortedBy(pinned: number): string {
  return pinned === 0 ? "Sorted by" : "Your pins first, then sorted by";
}
