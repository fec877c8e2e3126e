/** API module for bulk queries. */
import type { BulkQueryRecord } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { BulkQueryResolver } from "./bulkQuery.resolver.ts";
import { BulkQueryService } from "./bulkQuery.service.ts";
import { bulkQueryConnection } from "./bulkQuery.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly bulkQueries: BulkQueryService;
  }
  interface Loaders {
    readonly bulkQuery: Load<BulkQueryRecord | null>;
    readonly bulkQueryByNumber: DataLoader<number, BulkQueryRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly BulkQuery: BulkQueryRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "bulkQuery:inspect": researchers,
  "bulkQuery:start": researchers,
  "bulkQuery:cancel": researchers,
  "bulkQuery:delete": researchers,
};

export const bulkQueryModule: NounModule = {
  resolvers: [BulkQueryResolver, bulkQueryConnection.resolver],
  actions,
  services: {
    bulkQueries: ({ database, objectStore, quotas }) => new BulkQueryService({ database, objectStore, quotas }),
  },
  loaders: {
    bulkQuery: ({ actor, services }) => new DataLoader((ids) => services.bulkQueries.load(actor, ids)),
    bulkQueryByNumber: ({ actor, services }) => new DataLoader((numbers) => services.bulkQueries.loadByNumber(actor, numbers)),
  },
  nodes: { BulkQuery: { byId: ({ bulkQuery }) => bulkQuery, byNumber: ({ bulkQueryByNumber }) => bulkQueryByNumber } },
};
