/** API module for diversity. */
import type { NounModule } from "../assembly/nounModule.ts";
import { DiversityResolver } from "./diversity.resolver.ts";
import { DiversityService } from "./diversity.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly diversity: DiversityService;
  }
}

export const diversityModule: NounModule = {
  resolvers: [DiversityResolver],
  services: {
    diversity: ({ database, objectStore, services }) => new DiversityService({ database, objectStore, selection: services.runSelection }),
  },
};
