/** The folder of data sets and models for tests without network access: PAREIDOLIA_CACHE, or the folder next to the repository. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export function sharedCacheFolder(): string {
  const folder = process.env.PAREIDOLIA_CACHE ?? fileURLToPath(new URL("../../../shared", import.meta.url));
  if (!existsSync(`${folder}/data/mnist`)) throw new Error(`${folder} has no data/mnist: set PAREIDOLIA_CACHE to a cache that has MNIST.`);
  return folder;
}
