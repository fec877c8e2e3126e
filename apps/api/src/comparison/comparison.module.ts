/** Module of comparisons of runs: resolvers and service. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { ComparedRowResolver } from "./comparedRow.resolver.ts";
import { ComparisonResolver } from "./comparison.resolver.ts";
import { ComparisonService } from "./comparison.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly comparisons: ComparisonService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "comparison:read": readers };

export const comparisonModule: NounModule = {
  resolvers: [ComparisonResolver, ComparedRowResolver],
  actions,
  services: {
    comparisons: ({ database, services }) => new ComparisonService({ database, runs: services.runs, models: services.models }),
  },
};
