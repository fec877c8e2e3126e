/**
 * Asks browsers to compile a script at once instead of function by function. A chunk only lists functions that a later script calls, so
 * without this a browser compiles all that a page needs on its main thread, and its code cache, written as soon as a script has run, stays
 * empty. Browsers that do not know the comment ignore it.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** https://github.com/WICG/explicit-javascript-compile-hints-file-based */
export const compileHint = "//# allFunctionsCalledOnLoad\n";

/** `builtFolder` is Next's folder of built files. */
export async function compileOnLoad(builtFolder: string): Promise<void> {
  const folder = path.join(builtFolder, "static", "chunks");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
  for (const file of files.map((name) => path.join(folder, name))) {
    const script = await readFile(file, "utf8");
    if (!script.startsWith(compileHint)) await writeFile(file, compileHint + script);
  }
}
