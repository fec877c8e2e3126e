/** The name of a voter in results and exports: it says in which order voters came, and nothing about who they are. */

/** @param number from 0. @returns "V-07" for number 6. */
export function pseudonymOf(number: number): string {
  return `V-${String(number + 1).padStart(2, "0")}`;
}
