/** API module for genomes. */
import type { GenomeRecord } from "@pareidolia/persistence/lab/genomes/readGenomes";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { GenomeResolver } from "./genome.resolver.ts";
import { GenomeService } from "./genome.service.ts";
import { genomeConnection } from "./genome.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly genomes: GenomeService;
  }
  interface Loaders {
    readonly genome: Load<GenomeRecord | null>;
    readonly genomeBytes: DataLoader<GenomeRecord, Uint8Array, string>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Genome: GenomeRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"genome:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "genome:read": visitors };

export const genomeModule: NounModule = {
  resolvers: [GenomeResolver, genomeConnection.resolver],
  actions,
  services: {
    genomes: ({ database, objectStore, services }) => new GenomeService({ database, objectStore, runs: services.runs }),
  },
  loaders: {
    genome: ({ actor, services }) => new DataLoader((ids) => services.genomes.load(actor, ids)),
    genomeBytes: ({ actor, services }) => new DataLoader((rows) => services.genomes.loadBytes(actor, rows), { cacheKeyFn: ({ id }) => id }),
  },
  nodes: {
    Genome: { byId: ({ genome }) => genome },
  },
};
