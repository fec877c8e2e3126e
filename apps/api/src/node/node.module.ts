/** `node` and `nodes`, as the API offers them. */
import type { NounModule } from "../assembly/nounModule.ts";
import { NodeResolver } from "./node.resolver.ts";

export const nodeModule: NounModule = {
  resolvers: [NodeResolver],
};
