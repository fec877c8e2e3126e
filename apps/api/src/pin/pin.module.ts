/** API module for pins. */
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { ExperimentPinResolver, PinResolver, RunPinResolver } from "./pin.resolver.ts";
import { PinService } from "./pin.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly pins: PinService;
  }
  interface Loaders {
    readonly pinnedRun: Load<boolean>;
    readonly pinnedExperiment: Load<boolean>;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Every member has their own pins. */
const actions = { "pin:set": readers };

export const pinModule: NounModule = {
  resolvers: [PinResolver, RunPinResolver, ExperimentPinResolver],
  actions,
  services: {
    pins: ({ database, services }) => new PinService({ database, experiments: services.experiments, runs: services.runs }),
  },
  loaders: {
    pinnedRun: ({ actor, services }) => new DataLoader((ids) => services.pins.loadPinned(actor, "Run", ids)),
    pinnedExperiment: ({ actor, services }) => new DataLoader((ids) => services.pins.loadPinned(actor, "Experiment", ids)),
  },
};
