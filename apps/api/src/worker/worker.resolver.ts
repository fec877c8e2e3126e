/** Resolves workers. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { WorkerRecord } from "@pareidolia/persistence/lab/workers/readWorkers";
import { Ctx, FieldResolver, Float, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { WorkerType } from "./worker.type.ts";

@Resolver(() => WorkerType)
export class WorkerResolver {
  @Requires("worker:read")
  @Query(() => [WorkerType], {
    description: "Workers that have not shut down, latest first. A lost worker stays listed for a minute, with `alive` false.",
  })
  workers(@Ctx() { actor, services }: ApiContext): Promise<WorkerRecord[]> {
    return services.workers.list(actor);
  }

  @FieldResolver(() => ID, { description: "ID of the worker: opaque, and unique across all types." })
  id(@Root() worker: WorkerRecord): string {
    return encodeGlobalId("Worker", worker.id);
  }

  @FieldResolver(() => RunType, {
    nullable: true,
    description: "The run that the worker is executing; null if it is idle, or you may not read the run.",
  })
  run(@Root() worker: WorkerRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> {
    return loaders.runOfWorker.load(worker.id);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Evaluations per second of that run; null without a run, or if not measured yet.",
  })
  async speed(@Root() worker: WorkerRecord, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    return (await loaders.runOfWorker.load(worker.id))?.speed ?? null;
  }
}
