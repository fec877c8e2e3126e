/** A pattern for LIKE and ILIKE that finds a text anywhere. */

/** Escapes the characters that LIKE reads as wildcards. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
