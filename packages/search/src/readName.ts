/** Reads a word or quoted text, and whether it is in quotes. */
import type { Written } from "./searchTree.ts";

export function readName(written: string): Pick<Written, "text" | "isQuoted"> {
  const isQuoted = written.length > 1 && written.startsWith('"') && written.endsWith('"');
  return { text: isQuoted ? written.slice(1, -1).replace(/\\(.)/gs, "$1") : written, isQuoted };
}
