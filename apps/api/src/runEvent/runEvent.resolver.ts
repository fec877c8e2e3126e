/** Resolves runs' event logs, and the subscription to one. */
import { AppError } from "@pareidolia/core/appError";
import type { ChainRecord } from "@pareidolia/persistence/queries/chainQueries";
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import type { PerturbationRecord } from "@pareidolia/persistence/queries/perturbationQueries";
import type { GenerationRecord, RunEventRecord } from "@pareidolia/persistence/queries/runHistory";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import type { TrajectoryRecord } from "@pareidolia/persistence/queries/trajectoryQueries";
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { z } from "zod";
import { ChainType } from "../chain/chain.type.ts";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ownStatement } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { PerturbationType } from "../perturbation/perturbation.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { GenerationStatisticsType } from "../run/statistics.type.ts";
import { JsonScalar } from "../scalars.ts";
import { TrajectoryType } from "../trajectory/trajectory.type.ts";
import { RunEventType } from "./runEvent.type.ts";

const checkpointPayload = z.object({ from: z.int(), to: z.int(), eliteIds: z.array(z.string()) });

/** Null for other events than checkpoints. */
function readCheckpoint(event: RunEventRecord): z.infer<typeof checkpointPayload> | null {
  if (event.kind !== "CHECKPOINT") return null;
  const payload = checkpointPayload.safeParse(event.payload);
  if (!payload.success) throw new AppError("CORRUPT_DATA", "A checkpoint event is not what a worker writes.", { cause: payload.error });
  return payload.data;
}

const ids = z.array(z.string()).optional();
const progressPayload = z.object({ trajectoryIds: ids, perturbationIds: ids, linkIds: ids });

/** Empty for other events than progress. */
function readProgress(event: RunEventRecord): z.infer<typeof progressPayload> {
  if (event.kind !== "PROGRESS") return {};
  const payload = progressPayload.safeParse(event.payload);
  if (!payload.success) throw new AppError("CORRUPT_DATA", "A progress event is not what a worker writes.", { cause: payload.error });
  return payload.data;
}

@Resolver(() => RunEventType)
export class RunEventResolver {
  @Requires("run:read")
  @Subscription(() => RunEventType, {
    description:
      "What happens to a run: first its log after `since`, then new events, in order. Completes with the event that ends the run. Thirty days after the end, checkpoint and progress events are removed from the log, except the last one.",
    subscribe: async ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      return services.runEvents.follow(actor, args as { runId: string; since: number });
    },
  })
  runEvents(
    @Root() event: RunEventRecord,
    @Arg("runId", () => ID, { description: "Its id, or its key such as RUN-142." }) _runId: string,
    @Arg("since", () => Int, { defaultValue: 0, description: "The last number that you have seen; 0 for all." }) _since: number,
    @Ctx() context: ApiContext,
  ): RunEventRecord {
    context.loaders = context.createLoaders();
    return event;
  }

  @FieldResolver(() => ID, { description: "To which run." })
  runId(@Root() event: RunEventRecord): string {
    return encodeGlobalId("Run", event.runId);
  }

  @FieldResolver(() => RunType, { description: "The run as it is now." })
  run(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, event.runId);
  }

  @FieldResolver(() => [GenerationStatisticsType], {
    complexity: ownStatement,
    description: "Figures of the generations that a checkpoint stored; none of other events.",
  })
  async statistics(@Root() event: RunEventRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<GenerationRecord[]> {
    const checkpoint = readCheckpoint(event);
    if (checkpoint === null) return [];
    const run = await loadExisting(loaders.run, event.runId);
    return services.runs.readStatistics(actor, run, { from: checkpoint.from, to: checkpoint.to });
  }

  @FieldResolver(() => [EliteType], { description: "Elites that took a niche, current at that checkpoint." })
  async elites(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord[]> {
    const elites = await Promise.all((readCheckpoint(event)?.eliteIds ?? []).map((id) => loaders.elite.load(id)));
    return elites.filter((elite) => elite !== null);
  }

  @FieldResolver(() => [TrajectoryType], { description: "Trajectories that are new or have moved on, of a PROGRESS event of an ascent." })
  async trajectories(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<TrajectoryRecord[]> {
    const rows = await Promise.all((readProgress(event).trajectoryIds ?? []).map((id) => loaders.trajectory.load(id)));
    return rows.filter((row) => row !== null);
  }

  @FieldResolver(() => [PerturbationType], { description: "Results that are new, of a PROGRESS event of a perturbation." })
  async perturbations(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<PerturbationRecord[]> {
    const rows = await Promise.all((readProgress(event).perturbationIds ?? []).map((id) => loaders.perturbation.load(id)));
    return rows.filter((row) => row !== null);
  }

  @FieldResolver(() => ChainType, { nullable: true, description: "Of a PROGRESS event of a retraining: its chain as it is now." })
  async chain(@Root() event: RunEventRecord, @Ctx() { loaders }: ApiContext): Promise<ChainRecord | null> {
    return readProgress(event).linkIds === undefined ? null : loaders.chainOfRun.load(event.runId);
  }

  @FieldResolver(() => JsonScalar, { nullable: true, description: "From, to and reason of a STATE event." })
  detail(@Root() event: RunEventRecord): unknown {
    return event.kind === "STATE" ? event.payload : null;
  }
}
