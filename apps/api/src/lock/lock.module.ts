/** API module of locks. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import DataLoader from "dataloader";
import type { NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { ExperimentLockResolver, LockResolver, RunLockResolver } from "./lock.resolver.ts";
import { type LockRecord, LockService } from "./lock.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly locks: LockService;
  }
  interface Loaders {
    readonly runLock: DataLoader<RunRecord, LockRecord | null, string>;
    readonly experimentLock: DataLoader<ExperimentRecord, LockRecord | null, string>;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "lock:read": readers, "lock:set": researchers };

export const lockModule: NounModule = {
  resolvers: [LockResolver, RunLockResolver, ExperimentLockResolver],
  actions,
  services: {
    locks: ({ database, services }) => new LockService({ database, experiments: services.experiments, runs: services.runs }),
  },
  loaders: {
    runLock: ({ actor, services }) => new DataLoader((runs) => services.locks.loadOfRuns(actor, runs), { cacheKeyFn: ({ id }) => id }),
    experimentLock: ({ actor, services }) =>
      new DataLoader((experiments) => services.locks.loadOfExperiments(actor, experiments), { cacheKeyFn: ({ id }) => id }),
  },
};
