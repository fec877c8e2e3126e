/** The lookups with which `node` loads the row of a global ID, by GraphQL type. */
import { modules } from "./modules.ts";
import type { NodeLookup } from "./nounModule.ts";

export const nodeLookups: ReadonlyMap<string, NodeLookup<object>> = new Map(
  modules.flatMap((module) => Object.entries(module.nodes ?? {})),
);
