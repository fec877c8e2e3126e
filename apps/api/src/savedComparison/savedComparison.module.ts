/** API module of saved comparisons. */
import type { ComparisonSnapshot } from "@pareidolia/core/comparisonSnapshot";
import type { SavedComparisonRecord } from "@pareidolia/persistence/lab/savedComparisons/readSavedComparisons";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { SavedComparisonImageResolver, SavedComparisonResolver } from "./savedComparison.resolver.ts";
import { SavedComparisonService } from "./savedComparison.service.ts";
import { savedComparisonConnection } from "./savedComparison.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly savedComparisons: SavedComparisonService;
  }
  interface Loaders {
    readonly savedComparison: Load<SavedComparisonRecord | null>;
    readonly savedComparisonByNumber: DataLoader<number, SavedComparisonRecord | null>;
    readonly comparisonSnapshot: DataLoader<SavedComparisonRecord, ComparisonSnapshot, string>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly SavedComparison: SavedComparisonRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "savedComparison:read": readers,
  "savedComparison:create": researchers,
  "savedComparison:change": researchers,
  "savedComparison:delete": researchers,
  "savedComparison:restore": researchers,
};

export const savedComparisonModule: NounModule = {
  resolvers: [SavedComparisonResolver, SavedComparisonImageResolver, savedComparisonConnection.resolver],
  actions,
  services: {
    savedComparisons: ({ database, services }) => new SavedComparisonService({ database, comparisons: services.comparisons }),
  },
  loaders: {
    savedComparison: ({ actor, services }) => new DataLoader((ids) => services.savedComparisons.load(actor, ids)),
    savedComparisonByNumber: ({ actor, services }) => new DataLoader((numbers) => services.savedComparisons.loadByNumber(actor, numbers)),
    comparisonSnapshot: ({ actor, services }) =>
      new DataLoader((rows) => services.savedComparisons.loadSnapshots(actor, rows), { cacheKeyFn: ({ id }) => id }),
  },
  nodes: {
    SavedComparison: { byId: ({ savedComparison }) => savedComparison, byNumber: ({ savedComparisonByNumber }) => savedComparisonByNumber },
  },
};
