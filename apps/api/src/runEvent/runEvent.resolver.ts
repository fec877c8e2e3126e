/** Resolves runs' event logs, and the subscription to one. */
import { AppError } from "@pareidolia/core/appError";
import type { ChainRecord } from "@pareidolia/persistence/lab/chains/readChains";
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { GenerationRecord } from "@pareidolia/persistence/lab/generations/readGenerations";
import type { PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { RunEventRecord } from "@pareidolia/persistence/lab/runs/readRunEvents";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { z } from "zod";
import { ChainType } from "../chain/chain.type.ts";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { PerturbationType } from "../perturbation/perturbation.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { GenerationStatisticsType } from "../run/statistics.type.ts";
import { TrajectoryType } from "../trajectory/trajectory.type.ts";
import { RunEventType, StateChangeType } from "./runEvent.type.ts";

const checkpointPayload = z.object({ from: z.int(), to: z.int(), eliteIds: z.array(z.string()) });

/** Null for events other than checkpoints. */
function readCheckpoint(event: RunEventRecord): z.infer<typeof checkpointPayload> | null {
  if (event.kind !== "CHECKPOINT") return null;
  const payload = checkpointPayload.safeParse(event.payload);
  if (!payload.success) throw new AppError("CORRUPT_DATA", "The payload of a checkpoint event is invalid.", { cause: payload.error });
  return payload.data;
}

const ids = z.array(z.string()).optional();
const progressPayload = z.object({ trajectoryIds: ids, perturbationIds: ids, linkIds: ids });

/** Empty for events other than progress. */
function readProgress(event: RunEventRecord): z.infer<typeof progressPayload> {
  if (event.kind !== "PROGRESS") return {};
  const payload = progressPayload.safeParse(event.payload);
  if (!payload.success) throw new AppError("CORRUPT_DATA", "The payload of a progress event is invalid.", { cause: payload.error });
  return payload.data;
}

@Resolver(() => RunEventType)
export class RunEventResolver {
  @Requires("runEvent:read")
  @Subscription(() => RunEventType, {
    description:
      "Events of a run, in order: first the logged events after `since`, then new ones. Completes after the event that ends the run. " +
      "Thirty days after the end, all checkpoint and progress events except the last one are removed from the log.",
    subscribe: async ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      return services.runEvents.follow(actor, args as { runId: string; since: number });
    },
  })
  runEvents(
    @Root() event: RunEventRecord,
    @Arg("runId", () => ID, { description: "ID of the run, or its key such as RUN-142." }) _runId: string,
    @Arg("since", () => Int, { defaultValue: 0, description: "The last `seq` that the client has received; 0 for all events." })
    _since: number,
    @Ctx() context: ApiContext,
  ): RunEventRecord {
    context.loaders = context.createLoaders();
    return event;
  }

  @FieldResolver(() => ID, { description: "ID of the run." })
  runId(@Root() event: RunEventRecord): string {
    return encodeGlobalId("Run", event.runId);
  }

  @FieldResolver(() => RunType, { description: "The run in its current state, which may be newer than the event." })
  run(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, event.runId);
  }

  @FieldResolver(() => [GenerationStatisticsType], {
    complexity: statementCost,
    description: "Statistics of the generations stored by a CHECKPOINT event; empty for other events.",
  })
  async statistics(@Root() event: RunEventRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<GenerationRecord[]> {
    const checkpoint = readCheckpoint(event);
    if (checkpoint === null) return [];
    const run = await loadExisting(loaders.run, event.runId);
    return services.runs.readStatistics(actor, run, { from: checkpoint.from, to: checkpoint.to });
  }

  @FieldResolver(() => [EliteType], {
    description: "Elites that took a niche since the previous checkpoint and held it at this CHECKPOINT event; empty for other events.",
  })
  async elites(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord[]> {
    const elites = await Promise.all((readCheckpoint(event)?.eliteIds ?? []).map((id) => loaders.elite.load(id)));
    return elites.filter((elite) => elite !== null);
  }

  @FieldResolver(() => [TrajectoryType], {
    description: "New and updated trajectories of a PROGRESS event of an ascent; empty for other events.",
  })
  async trajectories(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<TrajectoryRecord[]> {
    const rows = await Promise.all((readProgress(event).trajectoryIds ?? []).map((id) => loaders.trajectory.load(id)));
    return rows.filter((row) => row !== null);
  }

  @FieldResolver(() => [PerturbationType], { description: "New results of a PROGRESS event of a perturbation; empty for other events." })
  async perturbations(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<PerturbationRecord[]> {
    const rows = await Promise.all((readProgress(event).perturbationIds ?? []).map((id) => loaders.perturbation.load(id)));
    return rows.filter((row) => row !== null);
  }

  @FieldResolver(() => ChainType, {
    nullable: true,
    description: "Chain of a retraining run, in its current state; null unless this is a PROGRESS event that changed its links.",
  })
  async chain(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<ChainRecord | null> {
    return readProgress(event).linkIds === undefined ? null : loaders.chainOfRun.load(event.runId);
  }

  @FieldResolver(() => StateChangeType, { nullable: true, description: "What a STATE event changed; null for other events." })
  change(@Root() event: RunEventRecord): StateChangeType | null {
    return event.kind === "STATE" ? (event.payload as unknown as StateChangeType) : null;
  }
}
