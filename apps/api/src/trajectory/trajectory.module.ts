/** API module for trajectories. */
import type {
  TrajectoryCurveRecord,
  TrajectoryMilestoneRecord,
  TrajectoryRecord,
} from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { visitors } from "../policy/actions.ts";
import type { SharedResource } from "../policy/resource.ts";
import { RunTrajectoriesResolver, TrajectoryMilestoneResolver, TrajectoryResolver } from "./trajectory.resolver.ts";
import { type BestOfRun, TrajectoryService } from "./trajectory.service.ts";
import { trajectoryConnection } from "./trajectory.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly trajectories: TrajectoryService;
  }
  interface Loaders {
    readonly trajectory: Load<TrajectoryRecord | null>;
    readonly trajectoryCurve: Load<TrajectoryCurveRecord | null>;
    readonly trajectoryMilestones: Load<TrajectoryMilestoneRecord[]>;
    readonly bestTrajectories: DataLoader<BestOfRun, readonly TrajectoryRecord[], string>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Trajectory: TrajectoryRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"trajectory:read", SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "trajectory:read": visitors };

export const trajectoryModule: NounModule = {
  resolvers: [RunTrajectoriesResolver, TrajectoryMilestoneResolver, TrajectoryResolver, trajectoryConnection.resolver],
  actions,
  services: {
    trajectories: ({ database, services }) => new TrajectoryService({ database, results: services.resultSelection }),
  },
  loaders: {
    trajectory: ({ actor, services }) => new DataLoader((ids) => services.trajectories.load(actor, ids)),
    trajectoryCurve: ({ actor, services }) => new DataLoader((ids) => services.trajectories.loadCurves(actor, ids)),
    trajectoryMilestones: ({ actor, services }) => new DataLoader((ids) => services.trajectories.loadMilestones(actor, ids)),
    bestTrajectories: ({ actor, services }) =>
      new DataLoader((requests) => services.trajectories.loadBest(actor, requests), {
        cacheKeyFn: ({ run, first }) => `${run.id} ${first}`,
      }),
  },
  nodes: {
    Trajectory: { byId: ({ trajectory }) => trajectory },
  },
};
