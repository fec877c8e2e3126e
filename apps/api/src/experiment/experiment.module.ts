/** API module for experiments. */
import type { ExperimentRecord, ExperimentSummary } from "@pareidolia/persistence/lab/experiments/readExperiments";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners, readers, researchers, visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { ExperimentResolver } from "./experiment.resolver.ts";
import { ExperimentService } from "./experiment.service.ts";
import { experimentConnection } from "./experiment.type.ts";
import { ExperimentEditingResolver } from "./experimentEditing.resolver.ts";
import { ExperimentEditingService } from "./experimentEditing.service.ts";
import { ExperimentSharingResolver } from "./experimentSharing.resolver.ts";
import { ExperimentSharingService } from "./experimentSharing.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly experiments: ExperimentService;
    readonly experimentSharing: ExperimentSharingService;
    readonly experimentEditing: ExperimentEditingService;
  }
  interface Loaders {
    readonly experiment: Load<ExperimentRecord | null>;
    readonly experimentByNumber: DataLoader<number, ExperimentRecord | null>;
    readonly experimentSummary: Load<ExperimentSummary | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Experiment: ExperimentRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"experiment:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "experiment:read": visitors,
  "experiment:create": researchers,
  "experiment:archive": researchers,
  "experiment:update": researchers,
  "experiment:share": owners,
  "shareLink:read": readers,
};

export const experimentModule: NounModule = {
  resolvers: [ExperimentResolver, ExperimentSharingResolver, ExperimentEditingResolver, experimentConnection.resolver],
  actions,
  services: {
    experiments: ({ database }) => new ExperimentService(database),
    experimentEditing: ({ database, services }) => new ExperimentEditingService({ database, experiments: services.experiments }),
    experimentSharing: ({ database, services }) => new ExperimentSharingService({ database, experiments: services.experiments }),
  },
  loaders: {
    experiment: ({ actor, services }) => new DataLoader((ids) => services.experiments.load(actor, ids)),
    experimentByNumber: ({ actor, services }) => new DataLoader((numbers) => services.experiments.loadByNumber(actor, numbers)),
    experimentSummary: ({ actor, services }) =>
      new DataLoader(async (ids) => {
        const summaries = new Map((await services.experiments.summarise(actor, ids)).map((summary) => [summary.experimentId, summary]));
        return ids.map((id) => summaries.get(id) ?? null);
      }),
  },
  nodes: {
    Experiment: { byId: ({ experiment }) => experiment, byNumber: ({ experimentByNumber }) => experimentByNumber },
  },
};
