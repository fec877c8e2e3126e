/** API module for configurations of a random search. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import DataLoader from "dataloader";
import type { NounModule } from "../assembly/nounModule.ts";
import { AscentConfigurationResolver, RunConfigurationsResolver } from "./configuration.resolver.ts";
import { type AscentConfiguration, ConfigurationService, type TrajectoriesOfConfiguration } from "./configuration.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly configurations: ConfigurationService;
  }
  interface Loaders {
    readonly configurations: DataLoader<RunRecord, readonly AscentConfiguration[] | null, string>;
    readonly configurationTrajectories: DataLoader<TrajectoriesOfConfiguration, readonly TrajectoryRecord[], string>;
  }
}

export const configurationModule: NounModule = {
  resolvers: [AscentConfigurationResolver, RunConfigurationsResolver],
  services: {
    configurations: ({ database }) => new ConfigurationService(database),
  },
  loaders: {
    configurations: ({ actor, services }) =>
      new DataLoader((rows) => services.configurations.load(actor, rows), { cacheKeyFn: ({ id }) => id }),
    configurationTrajectories: ({ actor, services }) =>
      new DataLoader((requests) => services.configurations.loadTrajectories(actor, requests), {
        cacheKeyFn: ({ configuration: { run, index }, first }) => `${run.id} ${index} ${first}`,
      }),
  },
};
