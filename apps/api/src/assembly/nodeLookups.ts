/** How `node` finds the row behind a global id, by GraphQL type. */
import { modules } from "./modules.ts";
import type { NodeLookup } from "./nounModule.ts";

export const nodeLookups: ReadonlyMap<string, NodeLookup<object>> = new Map(
  modules.flatMap((module) => Object.entries(module.nodes ?? {})),
);
