/** Module of retraining chains: service, loaders, resolvers and actions. */
import type { ChainEliteRecord, ChainLinkRecord, ChainRecord } from "@pareidolia/persistence/lab/chains/readChains";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers, visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { ChainEliteResolver, ChainLinkResolver, ChainResolver, RunChainResolver } from "./chain.resolver.ts";
import { ChainService } from "./chain.service.ts";
import { chainConnection } from "./chain.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly chains: ChainService;
  }
  interface Loaders {
    readonly chain: Load<ChainRecord | null>;
    readonly chainOfRun: Load<ChainRecord | null>;
    readonly chainLinks: Load<ChainLinkRecord[]>;
    readonly chainElites: Load<ChainEliteRecord[]>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Chain: ChainRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"chain:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "chain:read": visitors, "chain:start": researchers };

export const chainModule: NounModule = {
  resolvers: [ChainEliteResolver, ChainLinkResolver, ChainResolver, RunChainResolver, chainConnection.resolver],
  actions,
  services: {
    chains: ({ database, services }) => new ChainService({ database, launcher: services.runLauncher, models: services.models }),
  },
  loaders: {
    chain: ({ actor, services }) => new DataLoader((ids) => services.chains.load(actor, ids)),
    chainOfRun: ({ actor, services }) => new DataLoader((ids) => services.chains.loadOfRuns(actor, ids)),
    chainLinks: ({ actor, services }) => new DataLoader((ids) => services.chains.loadLinks(actor, ids)),
    chainElites: ({ actor, services }) => new DataLoader((ids) => services.chains.loadElites(actor, ids)),
  },
  nodes: {
    Chain: { byId: ({ chain }) => chain },
  },
};
