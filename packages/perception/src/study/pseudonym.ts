/** The name of a voter in results and exports. It reveals only the order in which voters joined. */

/** @param number from 0. @returns "V-07" for number 6. */
export function pseudonymOf(number: number): string {
  return `V-${String(number + 1).padStart(2, "0")}`;
}
