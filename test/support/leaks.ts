/** Finds internals that no response may contain: code locations, SQL statements and local paths. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** The path of this checkout, also with symbolic links resolved. */
const paths = [...new Set([root, `${realpathSync(root)}/`])];
/** A frame of a stack, such as `at new Run (file:///run.js:10:5)`, but no time after the word "at". */
const stackFrame = /\bat (?:async )?(?:[\w$.<>[\] ]+ \()?[^\s()"]+:\d+:\d+/;
const patterns = [stackFrame, /node_modules/i, /\bSELECT /i, /prisma/i, /stacktrace/i, /VipsJpeg/];

/** Returns the leaked texts. */
export function findLeaks(text: string): readonly string[] {
  return [...paths.filter((path) => text.includes(path)), ...patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])];
}
