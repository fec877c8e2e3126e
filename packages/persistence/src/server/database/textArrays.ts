/**
 * Parses arrays of texts. The driver parses them character by character, which for the labels of a thousand classes takes half a
 * millisecond in each statement that reads a model.
 */
import pg from "pg";

/** `text[]` in PostgreSQL's catalogue of types; the driver names only types of single values. */
const textArray = 1009 as Parameters<typeof pg.types.setTypeParser>[0];
const parseAnyArray = pg.types.getTypeParser(textArray, "text") as (text: string) => (string | null)[];

const element = /"((?:[^"\\]+|\\.)*)"|[^,{}"]+/gsu;

/** @param text PostgreSQL's text of an array, such as `{tench,"great white shark",NULL}` (its manual, section 8.15.6). */
export function parseTextArray(text: string): (string | null)[] {
  // An array of several dimensions, or with explicit bounds.
  if (text.startsWith("{{") || text.startsWith("[")) return parseAnyArray(text);
  return Array.from(text.matchAll(element), ([bare, quoted]) => {
    if (quoted === undefined) return bare === "NULL" ? null : bare;
    return quoted.includes("\\") ? quoted.replaceAll(/\\(.)/gsu, "$1") : quoted;
  });
}

/** Sets the parser for all connections of this process. */
export function registerTextArrays(): void {
  pg.types.setTypeParser(textArray, "text", parseTextArray);
}
