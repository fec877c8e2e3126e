/** Module of runs: services, loaders, resolvers and actions. */
import type { GenerationRecord, MilestoneRecord } from "@pareidolia/persistence/lab/generations/readGenerations";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers, visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { RunResolver } from "./run.resolver.ts";
import { RunService, type StatisticsOfRun } from "./run.service.ts";
import { runConnection } from "./run.type.ts";
import { RunControlResolver } from "./runControl.resolver.ts";
import { RunControlService } from "./runControl.service.ts";
import { RunEditingResolver } from "./runEditing.resolver.ts";
import { RunEditingService } from "./runEditing.service.ts";
import { RunLauncher } from "./runLauncher.ts";
import { RunSelection } from "./runSelection.ts";
import { runTypeNames } from "./runTypeName.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly runs: RunService;
    readonly runLauncher: RunLauncher;
    readonly runSelection: RunSelection;
    readonly runControl: RunControlService;
    readonly runEditing: RunEditingService;
  }
  interface Loaders {
    readonly run: Load<RunRecord | null>;
    readonly runByNumber: DataLoader<number, RunRecord | null>;
    readonly statistics: DataLoader<StatisticsOfRun, GenerationRecord[], string>;
    readonly milestones: DataLoader<RunRecord, MilestoneRecord[], string>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Run: RunRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"run:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "run:read": visitors,
  "run:start": researchers,
  "run:pause": researchers,
  "run:resume": researchers,
  "run:cancel": researchers,
  "run:rename": researchers,
  "run:update": researchers,
};

export const runModule: NounModule = {
  resolvers: [RunResolver, runConnection.resolver, RunControlResolver, RunEditingResolver],
  actions,
  services: {
    runs: ({ database, services }) => new RunService({ database, experiments: services.experiments, models: services.models }),
    runLauncher: ({ database, queue, services }) =>
      new RunLauncher({ database, queue, experiments: services.experiments, models: services.models, runs: services.runs }),
    runSelection: ({ database, services }) => new RunSelection({ database, experiments: services.experiments, runs: services.runs }),
    runEditing: ({ database, services }) => new RunEditingService({ database, runs: services.runs }),
    runControl: ({ database, queue, services }) => new RunControlService({ database, queue, runs: services.runs }),
  },
  loaders: {
    run: ({ actor, services }) => new DataLoader((ids) => services.runs.load(actor, ids)),
    runByNumber: ({ actor, services }) => new DataLoader((numbers) => services.runs.loadByNumber(actor, numbers)),
    statistics: ({ actor, services }) =>
      new DataLoader((requests) => services.runs.loadStatistics(actor, requests), { cacheKeyFn: ({ run, from }) => `${run.id} ${from}` }),
    milestones: ({ actor, services }) =>
      new DataLoader((rows) => services.runs.loadMilestones(actor, rows), { cacheKeyFn: ({ id }) => id }),
  },
  nodes: {
    Run: {
      byId: ({ run }) => run,
      byNumber: ({ runByNumber }) => runByNumber,
      typeNameOf: ({ kind }) => runTypeNames[kind],
    },
  },
};
