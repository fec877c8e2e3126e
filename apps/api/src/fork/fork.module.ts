/** Module of forks: service, loader, resolver and action. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import DataLoader from "dataloader";
import type { NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { ForkResolver } from "./fork.resolver.ts";
import { ForkService } from "./fork.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly forks: ForkService;
  }
  interface Loaders {
    readonly forks: DataLoader<RunRecord, RunRecord[], string>;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "run:fork": researchers };

export const forkModule: NounModule = {
  resolvers: [ForkResolver],
  actions,
  services: {
    forks: ({ database, services }) => new ForkService({ database, runs: services.runs, launcher: services.runLauncher }),
  },
  loaders: {
    forks: ({ actor, services }) => new DataLoader((rows) => services.forks.loadForks(actor, rows), { cacheKeyFn: ({ id }) => id }),
  },
};
