/** API module for elites. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { AncestorRecord } from "@pareidolia/persistence/lab/genomes/ancestry";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { AncestorResolver, EliteResolver } from "./elite.resolver.ts";
import { type AncestryOf, EliteService } from "./elite.service.ts";
import { eliteConnection } from "./elite.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly elites: EliteService;
  }
  interface Loaders {
    readonly ancestry: DataLoader<AncestryOf, AncestorRecord[], string>;
    readonly archive: Load<EliteRecord[]>;
    readonly elite: Load<EliteRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Elite: EliteRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"elite:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "elite:read": visitors };

/** Each line has up to 1,000 ancestors, and one statement should not walk many more than the pages of a list. */
const maxAncestriesAtOnce = 20;

export const eliteModule: NounModule = {
  resolvers: [AncestorResolver, EliteResolver, eliteConnection.resolver],
  actions,
  services: {
    elites: ({ database, services }) =>
      new EliteService({ database, experiments: services.experiments, models: services.models, runs: services.runs }),
  },
  loaders: {
    ancestry: ({ actor, services }) =>
      new DataLoader((requests) => services.elites.loadAncestries(actor, requests), {
        cacheKeyFn: ({ elite, limit }) => `${elite.id} ${limit}`,
        maxBatchSize: maxAncestriesAtOnce,
      }),
    archive: ({ actor, services }) => new DataLoader((ids) => services.elites.loadArchives(actor, ids)),
    elite: ({ actor, services }) => new DataLoader((ids) => services.elites.load(actor, ids)),
  },
  nodes: {
    Elite: { byId: ({ elite }) => elite },
  },
};
