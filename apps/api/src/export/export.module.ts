/** API module for exports of runs, experiments and workspaces. */
import type { ExportRecord } from "@pareidolia/persistence/files/exports/readExports";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { ExperimentExportsResolver, ExportMutations, ExportResolver, RunExportsResolver } from "./export.resolver.ts";
import { ExportService } from "./export.service.ts";
import { exportConnection } from "./export.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly exports: ExportService;
  }
  interface Loaders {
    readonly export: Load<ExportRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Export: ExportRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "export:inspect": researchers,
  "export:start": researchers,
  "export:cancel": researchers,
  "export:delete": researchers,
  "export:download": researchers,
};

export const exportModule: NounModule = {
  resolvers: [ExportResolver, RunExportsResolver, ExperimentExportsResolver, ExportMutations, exportConnection.resolver],
  actions,
  services: {
    exports: ({ database, queue, objectStore, quotas, services }) =>
      new ExportService({ database, queue, objectStore, quotas, runs: services.runs, experiments: services.experiments }),
  },
  loaders: {
    export: ({ actor, services }) => new DataLoader((ids) => services.exports.load(actor, ids)),
  },
  nodes: { Export: { byId: (loaders) => loaders.export } },
};
