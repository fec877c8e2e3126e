/** Module of models: services, loaders, resolvers and actions. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { ModelUsage } from "@pareidolia/persistence/lab/models/deleteModel";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers, visitors } from "../policy/actions.ts";
import type { Resource } from "../policy/resource.ts";
import { ModelResolver } from "./model.resolver.ts";
import { ModelService } from "./model.service.ts";
import { modelConnection } from "./model.type.ts";
import { ModelDeletionResolver } from "./modelDeletion.resolver.ts";
import { ModelDeletionService } from "./modelDeletion.service.ts";
import { ModelRegistrationService } from "./modelRegistration.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly models: ModelService;
    readonly modelDeletion: ModelDeletionService;
    readonly modelRegistration: ModelRegistrationService;
  }
  interface Loaders {
    readonly model: Load<ModelRecord | null>;
    readonly modelSpeed: Load<number | null>;
    readonly modelUsage: Load<ModelUsage>;
    readonly firstFooled: Load<EliteRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Model: ModelRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"model:read", Resource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "model:read": visitors, "model:register": researchers, "model:check": researchers, "model:delete": researchers };

export const modelModule: NounModule = {
  resolvers: [ModelResolver, modelConnection.resolver, ModelDeletionResolver],
  actions,
  services: {
    models: ({ database }) => new ModelService(database),
    modelDeletion: ({ database, services }) => new ModelDeletionService({ database, models: services.models }),
    modelRegistration: ({ database, queue, quotas, services }) =>
      new ModelRegistrationService({ database, queue, quotas, models: services.models, uploads: services.uploads }),
  },
  loaders: {
    model: ({ actor, services }) => new DataLoader((ids) => services.models.load(actor, ids)),
    modelSpeed: ({ actor, services }) => new DataLoader((ids) => services.models.measureSpeeds(actor, ids)),
    modelUsage: ({ actor, services }) => new DataLoader((ids) => services.modelDeletion.loadUsage(actor, ids)),
    firstFooled: ({ actor, services }) => new DataLoader((ids) => services.models.loadFirstFooled(actor, ids)),
  },
  nodes: {
    Model: { byId: ({ model }) => model },
  },
};
