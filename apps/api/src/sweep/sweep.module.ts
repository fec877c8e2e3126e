/** API module for sweeps. */
import type { SweepProgress, SweepRecord, SweepRunRow } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { RunSweepResolver, SweepResolver } from "./sweep.resolver.ts";
import { SweepService } from "./sweep.service.ts";
import { sweepConnection } from "./sweep.type.ts";
import { SweepControlResolver } from "./sweepControl.resolver.ts";
import { SweepImagesResolver } from "./sweepImages.resolver.ts";
import { SweepLauncher } from "./sweepLauncher.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly sweeps: SweepService;
    readonly sweepLauncher: SweepLauncher;
  }
  interface Loaders {
    readonly sweep: Load<SweepRecord | null>;
    readonly sweepByNumber: DataLoader<number, SweepRecord | null>;
    readonly sweepProgress: DataLoader<SweepRecord, SweepProgress, string>;
    readonly sweepRuns: DataLoader<SweepRecord, SweepRunRow[], string>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Sweep: SweepRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "sweep:read": readers,
  "sweep:start": researchers,
  "sweep:pause": researchers,
  "sweep:resume": researchers,
  "sweep:cancel": researchers,
  "sweep:change": researchers,
};

export const sweepModule: NounModule = {
  resolvers: [SweepResolver, SweepImagesResolver, RunSweepResolver, SweepControlResolver, sweepConnection.resolver],
  actions,
  services: {
    sweeps: ({ database, queue, sweepChanges, services }) =>
      new SweepService({ database, queue, sweepChanges, experiments: services.experiments }),
    sweepLauncher: ({ database, queue, services }) =>
      new SweepLauncher({ database, queue, experiments: services.experiments, models: services.models, photos: services.photos }),
  },
  loaders: {
    sweep: ({ actor, services }) => new DataLoader((ids) => services.sweeps.load(actor, ids)),
    sweepByNumber: ({ actor, services }) => new DataLoader((numbers) => services.sweeps.loadByNumber(actor, numbers)),
    sweepProgress: ({ actor, services }) => new DataLoader((rows) => services.sweeps.measure(actor, rows), { cacheKeyFn: ({ id }) => id }),
    sweepRuns: ({ actor, services }) => new DataLoader((rows) => services.sweeps.loadRuns(actor, rows), { cacheKeyFn: ({ id }) => id }),
  },
  nodes: { Sweep: { byId: ({ sweep }) => sweep, byNumber: ({ sweepByNumber }) => sweepByNumber } },
};
