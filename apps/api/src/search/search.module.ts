/** API module of the search language. */
import type { Cell } from "@pareidolia/persistence/lab/search/searchRuns";
import DataLoader from "dataloader";
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { RunCellsResolver, SearchResolver } from "./search.resolver.ts";
import { type CellsOfRun, SearchService } from "./search.service.ts";
import { runGroupConnection } from "./search.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly search: SearchService;
  }
  interface Loaders {
    readonly runCells: DataLoader<CellsOfRun, readonly Cell[] | null, string>;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** A search reads people, tags and notes, so visitors do not search what is shared with them. */
const actions = {
  "search:read": readers,
};

export const searchModule: NounModule = {
  resolvers: [SearchResolver, RunCellsResolver, runGroupConnection.resolver],
  actions,
  services: {
    search: ({ database, services }) => new SearchService({ database, experiments: services.experiments }),
  },
  loaders: {
    runCells: ({ actor, services }) =>
      new DataLoader((requests) => services.search.loadCells(actor, requests), {
        cacheKeyFn: ({ runId, columns }) => `${JSON.stringify(columns)} ${runId}`,
      }),
  },
};
