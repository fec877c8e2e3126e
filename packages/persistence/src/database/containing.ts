/** A pattern for LIKE and ILIKE. */

/** Characters that LIKE reads as patterns are looked for as themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
