/** Where data sets and models are kept: PAREIDOLIA_CACHE, else `cache` in PAREIDOLIA_HOME, else in `.pareidolia` of the repository. */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.PAREIDOLIA_CACHE) return resolve(environment.PAREIDOLIA_CACHE);
  return join(environment.PAREIDOLIA_HOME ? resolve(environment.PAREIDOLIA_HOME) : join(repository, ".pareidolia"), "cache");
}
