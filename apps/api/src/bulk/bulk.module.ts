/** API module for changes of many runs or experiments. */
import type { NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { BulkResolver, ChangedExperimentResolver, ChangedRunResolver } from "./bulk.resolver.ts";
import { BulkService } from "./bulk.service.ts";
import { RerunService } from "./rerun.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly bulk: BulkService;
    readonly reruns: RerunService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** `experiment:archive` and `run:start` are those of one experiment and one run. */
const actions = {
  "run:tag": researchers,
  "run:archive": researchers,
  "run:move": researchers,
  "run:assign": researchers,
  "experiment:tag": researchers,
};

export const bulkModule: NounModule = {
  resolvers: [BulkResolver, ChangedRunResolver, ChangedExperimentResolver],
  actions,
  services: {
    bulk: ({ database, services }) => new BulkService({ database, experiments: services.experiments }),
    reruns: ({ database, queue, quotas, services }) => new RerunService({ database, queue, quotas, runs: services.runs }),
  },
};
