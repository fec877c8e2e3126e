/**
 * Copies the operations of the built web application into the data folder, and keeps those of the previous version, so that open pages keep
 * working after an update.
 */
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

/** Returns the files that the API reads. @throws AppError UNAVAILABLE if they cannot be read or written. */
export async function keepOperations(home: string, built: string): Promise<readonly string[]> {
  const current = path.join(home, "operations.json");
  const previous = path.join(home, "operations.previous.json");
  try {
    const text = await readFile(built, "utf8");
    if (!existsSync(current) || (await readFile(current, "utf8")) !== text) {
      // Write first, then rename: after a crash, the next start must not read an incomplete file.
      await writeFile(`${current}.new`, text);
      if (existsSync(current)) await rename(current, previous);
      await rename(`${current}.new`, current);
    }
  } catch (cause) {
    throw new AppError("UNAVAILABLE", `The operations of the web application could not be copied from ${built} to ${current}.`, { cause });
  }
  return [current, previous].filter((file) => existsSync(file));
}
