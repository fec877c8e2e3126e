/** API module for relatedness. */
import type { NounModule } from "../assembly/nounModule.ts";
import { RelatednessResolver, RelatedPairResolver, RunRelatednessResolver } from "./relatedness.resolver.ts";
import { RelatednessService } from "./relatedness.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly relatedness: RelatednessService;
  }
}

export const relatednessModule: NounModule = {
  resolvers: [RelatednessResolver, RelatedPairResolver, RunRelatednessResolver],
  services: {
    relatedness: ({ database }) => new RelatednessService(database),
  },
};
