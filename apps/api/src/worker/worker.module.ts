/** API module for workers. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { WorkerRecord } from "@pareidolia/persistence/lab/workers/readWorkers";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { WorkerResolver } from "./worker.resolver.ts";
import { WorkerService } from "./worker.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly workers: WorkerService;
  }
  interface Loaders {
    readonly runOfWorker: Load<RunRecord | null>;
    readonly worker: Load<WorkerRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Worker: WorkerRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "worker:read": readers };

export const workerModule: NounModule = {
  resolvers: [WorkerResolver],
  actions,
  services: {
    workers: ({ database }) => new WorkerService(database),
  },
  loaders: {
    runOfWorker: ({ actor, services }) => new DataLoader((ids) => services.runs.loadOfWorkers(actor, ids)),
    worker: ({ actor, services }) => new DataLoader((ids) => services.workers.load(actor, ids)),
  },
  nodes: {
    Worker: { byId: ({ worker }) => worker },
  },
};
