/**
 * The data folder is PAREIDOLIA_HOME, by default `.pareidolia` in the repository. Data sets and models are in PAREIDOLIA_CACHE, by default
 * its subfolder `cache`.
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

export function homeFolder(environment: NodeJS.ProcessEnv): string {
  return environment.PAREIDOLIA_HOME ? resolve(environment.PAREIDOLIA_HOME) : join(repository, ".pareidolia");
}

export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return environment.PAREIDOLIA_CACHE ? resolve(environment.PAREIDOLIA_CACHE) : join(homeFolder(environment), "cache");
}
