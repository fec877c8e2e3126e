/** Module of the queries `node` and `nodes`. */
import type { NounModule } from "../assembly/nounModule.ts";
import { NodeResolver } from "./node.resolver.ts";

export const nodeModule: NounModule = {
  resolvers: [NodeResolver],
};
