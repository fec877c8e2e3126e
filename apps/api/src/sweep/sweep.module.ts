/** API module for sweeps. */
import type { NounModule } from "../assembly/nounModule.ts";
import { SweepResolver } from "./sweep.resolver.ts";
import { SweepService } from "./sweep.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly sweeps: SweepService;
  }
}

export const sweepModule: NounModule = {
  resolvers: [SweepResolver],
  services: {
    sweeps: ({ database }) => new SweepService(database),
  },
};
