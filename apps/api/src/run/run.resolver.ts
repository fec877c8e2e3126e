/** Resolves runs. */
import { countEvaluations, methodOf, progressOf } from "@pareidolia/core/runKinds/registry";
import type { ExperimentRecord } from "@pareidolia/persistence/queries/experimentQueries";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import type { RunEventRecord } from "@pareidolia/persistence/queries/runHistory";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import type { WorkerRecord } from "@pareidolia/persistence/queries/workerQueries";
import type { UserRecord } from "@pareidolia/persistence/queries/workspaceQueries";
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId, runKey } from "../globalId/globalId.ts";
import { ownStatement } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments, ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { runEventConnection } from "../runEvent/runEvent.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { WorkerType } from "../worker/worker.type.ts";
import { FramingType } from "./framing.type.ts";
import { RunFilter, RunOrder } from "./run.input.ts";
import { RunType, runConnection } from "./run.type.ts";
import { RunKindType } from "./runKind.type.ts";
import { labelsOf, nameOf } from "./runName.ts";

@Resolver(() => RunType)
export class RunResolver {
  @Requires("run:read")
  @Query(() => runConnection.connection, { description: "Runs, by default the latest first." })
  runs(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => RunFilter, { nullable: true, description: "Lists only items that match every condition." }) filter:
      | RunFilter
      | null
      | undefined,
    @Arg("orderBy", () => RunOrder, { nullable: true, description: "Sort order." }) orderBy: RunOrder | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunRecord>> {
    return services.runs.list(actor, args, filter, orderBy);
  }

  @Requires("run:read")
  @Query(() => [RunKindType], { description: "The kinds of runs." })
  runKinds(@Ctx() { actor, services }: ApiContext): readonly RunKindType[] {
    return services.runs.listKinds(actor);
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() run: RunRecord): string {
    return encodeGlobalId("Run", run.id);
  }

  @FieldResolver(() => String, { description: "Short key, such as RUN-142; accepted wherever an id is." })
  key(@Root() run: RunRecord): string {
    return runKey(run.number);
  }

  @FieldResolver(() => String, { description: "Display name: method, model and preset." })
  name(@Root() run: RunRecord): string {
    return nameOf(run);
  }

  @FieldResolver(() => String, { description: "Display name of its kind." })
  kindLabel(@Root() run: RunRecord): string {
    return labelsOf(run).kind;
  }

  @FieldResolver(() => String, { description: "Id of its encoding, ascent, attack or retraining recipe." })
  method(@Root() run: RunRecord): string {
    return methodOf(run);
  }

  @FieldResolver(() => String, { description: "Display name of its method." })
  methodLabel(@Root() run: RunRecord): string {
    return labelsOf(run).method;
  }

  @FieldResolver(() => String, {
    description: "Display name of its method.",
    deprecationReason: "Use methodLabel.",
  })
  encodingLabel(@Root() run: RunRecord): string {
    return labelsOf(run).method;
  }

  @FieldResolver(() => String, { description: "Display name of its preset." })
  presetLabel(@Root() run: RunRecord): string {
    return labelsOf(run).preset;
  }

  @FieldResolver(() => Int, { description: "Total evaluations when complete, generation 0 included." })
  totalEvaluations(@Root() run: RunRecord): number {
    return countEvaluations(run);
  }

  @FieldResolver(() => Float, { description: "Completed share of its work, 0 to 1." })
  progress(@Root() run: RunRecord): number {
    return progressOf(run);
  }

  @FieldResolver(() => FramingType, {
    nullable: true,
    description: "How its images are cropped for the network; null if they have the network's own size.",
  })
  framing(@Root() run: RunRecord): FramingType | null {
    return run.framing.kind === "whole" ? null : { crops: run.framing.count, imageSize: run.framing.imageSize };
  }

  @FieldResolver(() => Float, { nullable: true, description: "Seconds left, estimated from speed; null when unknown or ended." })
  secondsLeft(@Root() run: RunRecord): number | null {
    if (run.state !== "RUNNING" || run.speed === null || run.speed <= 0) return null;
    return (countEvaluations(run) - run.evaluations) / run.speed;
  }

  @FieldResolver(() => WorkerType, { nullable: true, description: "The worker that runs it, or ran it last; null if unknown." })
  worker(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<WorkerRecord | null> | null {
    return run.workerId === null ? null : loaders.worker.load(run.workerId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Id of the worker that runs it, or ran it last.",
    deprecationReason: "Use worker.id.",
  })
  workerId(@Root() run: RunRecord): string | null {
    return run.workerId === null ? null : encodeGlobalId("Worker", run.workerId);
  }

  @FieldResolver(() => UserType, { description: "Who started it." })
  createdBy(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord> {
    return loadExisting(loaders.user, run.createdById);
  }

  @FieldResolver(() => ExperimentType, { description: "The experiment that it belongs to." })
  experiment(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ExperimentRecord> {
    return loadExisting(loaders.experiment, run.experimentId);
  }

  @FieldResolver(() => ModelType, { description: "The model to fool." })
  model(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, run.modelId);
  }

  @FieldResolver(() => runEventConnection.connection, { complexity: ownStatement, description: "Its log, from the beginning." })
  events(
    @Root() run: RunRecord,
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunEventRecord>> {
    return services.runEvents.list(actor, run, args);
  }
}
