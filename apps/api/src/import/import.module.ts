/** API module of imports, and of what only imported runs have. */
import type { ImportedRows, ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import type { RestoredFrom, Thumbnail } from "@pareidolia/persistence/files/restoring/readRestored";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { ImportMutations, ImportResolver } from "./import.resolver.ts";
import { type ImportedCurves, ImportService } from "./import.service.ts";
import { importConnection } from "./import.type.ts";
import { ImportedImageResolver, ImportedRunResolver } from "./importedRun.resolver.ts";
import { importedImageConnection } from "./importedRun.type.ts";
import { RestoredRunResolver } from "./restoredRun.resolver.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly imports: ImportService;
  }
  interface Loaders {
    readonly import: Load<ImportRecord | null>;
    readonly importedRows: DataLoader<ImportRecord, ImportedRows, string>;
    readonly importThumbnails: DataLoader<ImportRecord, readonly Thumbnail[], string>;
    readonly restoredFrom: DataLoader<RunRecord, RestoredFrom | null, string>;
    readonly importedCurves: DataLoader<RunRecord, ImportedCurves, string>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Import: ImportRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "import:read": readers, "import:create": researchers, "import:undo": researchers };

export const importModule: NounModule = {
  resolvers: [
    ImportResolver,
    ImportMutations,
    importConnection.resolver,
    ImportedRunResolver,
    RestoredRunResolver,
    ImportedImageResolver,
    importedImageConnection.resolver,
  ],
  actions,
  services: {
    imports: ({ database, queue, quotas, services }) =>
      new ImportService({
        database,
        queue,
        quotas,
        uploads: services.uploads,
        experiments: services.experiments,
        models: services.models,
        trash: services.trash,
      }),
  },
  loaders: {
    import: ({ actor, services }) => new DataLoader((ids) => services.imports.load(actor, ids)),
    importedRows: ({ actor, services }) =>
      new DataLoader((records) => services.imports.loadRows(actor, records), { cacheKeyFn: ({ id }) => id }),
    importThumbnails: ({ actor, services }) =>
      new DataLoader((records) => services.imports.loadThumbnails(actor, records), { cacheKeyFn: ({ id }) => id }),
    restoredFrom: ({ actor, services }) =>
      new DataLoader((runs) => services.imports.loadRestoredFrom(actor, runs), { cacheKeyFn: ({ id }) => id }),
    importedCurves: ({ actor, services }) =>
      new DataLoader((runs) => services.imports.loadCurves(actor, runs), { cacheKeyFn: ({ id }) => id }),
  },
  nodes: { Import: { byId: (loaders) => loaders.import } },
};
