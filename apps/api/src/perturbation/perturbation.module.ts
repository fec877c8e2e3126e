/** API module for perturbations. */
import type { PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { sourceResolverOf } from "../run/runSource.resolver.ts";
import { PerturbationRunType } from "../run/runsByKind.type.ts";
import { PerturbationResolver, RunPerturbationsResolver } from "./perturbation.resolver.ts";
import { PerturbationService } from "./perturbation.service.ts";
import { perturbationConnection } from "./perturbation.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly perturbations: PerturbationService;
  }
  interface Loaders {
    readonly perturbation: Load<PerturbationRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Perturbation: PerturbationRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"perturbation:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "perturbation:read": visitors };

export const perturbationModule: NounModule = {
  resolvers: [PerturbationResolver, RunPerturbationsResolver, sourceResolverOf(PerturbationRunType), perturbationConnection.resolver],
  actions,
  services: {
    perturbations: ({ database, services }) =>
      new PerturbationService({
        database,
        launcher: services.runLauncher,
        models: services.models,
        photos: services.photos,
        results: services.resultSelection,
      }),
  },
  loaders: {
    perturbation: ({ actor, services }) => new DataLoader((ids) => services.perturbations.load(actor, ids)),
  },
  nodes: {
    Perturbation: { byId: ({ perturbation }) => perturbation },
  },
};
