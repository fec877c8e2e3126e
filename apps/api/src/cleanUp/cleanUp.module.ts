/** API module for clean-ups. */
import type { NounModule } from "../assembly/nounModule.ts";
import { CleanUpResolver } from "./cleanUp.resolver.ts";
import { CleanUpService } from "./cleanUp.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly cleanUps: CleanUpService;
  }
}

export const cleanUpModule: NounModule = {
  resolvers: [CleanUpResolver],
  services: {
    cleanUps: ({ database }) => new CleanUpService(database),
  },
};
