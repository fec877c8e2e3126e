/**
 * The folder of data sets, models and photographs for tests: PAREIDOLIA_CACHE, or the folder next to the repository, which have all files.
 * Without either, the product's own cache, to which the product downloads what has a public address.
 */
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const named = process.env["PAREIDOLIA_CACHE"] ?? "";
const neighbour = path.join(root, "../shared");
const hasNeighbour = existsSync(path.join(neighbour, "data", "mnist"));

/** Whether files are downloaded, and may be absent: `absentFiles.ts` then skips the tests that need them. */
export const downloadsFiles = named === "" && !hasNeighbour;

export function sharedCacheFolder(): string {
  if (named !== "") return path.resolve(root, named);
  return hasNeighbour ? neighbour : path.join(root, ".pareidolia", "cache");
}
