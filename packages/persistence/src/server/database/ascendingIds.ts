/**
 * Random IDs in ascending order, for rows that are created at the same time: lists that are sorted by time, then by ID, have them in the
 * order of their numbers.
 */
import { randomUUID } from "node:crypto";

export function ascendingIds(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID() as string).sort();
}
