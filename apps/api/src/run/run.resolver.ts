/** Resolves runs. */
import { countEvaluations, methodOf, progressOf } from "@pareidolia/core/runKinds/registry";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { RunEventRecord } from "@pareidolia/persistence/lab/runs/readRunEvents";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { WorkerRecord } from "@pareidolia/persistence/lab/workers/readWorkers";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Float, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId, runKey } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { runEventConnection } from "../runEvent/runEvent.type.ts";
import { selectsOnly } from "../selectsOnly.ts";
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
  @Query(() => runConnection.connection, { description: "Runs in your workspace, newest first by default." })
  runs(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => RunFilter, { nullable: true, description: "Only runs that match all conditions." }) filter:
      | RunFilter
      | null
      | undefined,
    @Arg("orderBy", () => RunOrder, {
      nullable: true,
      description: "Order of the runs. Default: newest first.",
    })
    orderBy: RunOrder | null | undefined,
    @Arg("search", () => String, {
      nullable: true,
      description:
        "Only runs that match this search, such as `encoding = cppn AND median > 0.99`; `searchFields` lists the fields. For members only. Runs that are archived are left out unless the search has a condition on `archived`. A problem is INVALID_INPUT with `position` and `hint`.",
    })
    search: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunRecord>> {
    return services.runs.listBy(actor, args, { filter, orderBy, search });
  }

  @Requires("run:read")
  @Query(() => [RunKindType], { description: "All kinds of runs." })
  runKinds(@Ctx() { actor, services }: ApiContext): readonly RunKindType[] {
    return services.runs.listKinds(actor);
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() run: RunRecord): string {
    return encodeGlobalId("Run", run.id);
  }

  @FieldResolver(() => String, { description: "Key of the run, such as RUN-142. Arguments that take the ID of a run accept it too." })
  key(@Root() run: RunRecord): string {
    return runKey(run.number);
  }

  @FieldResolver(() => String, {
    description: "Display name: the one that a member gave the run, otherwise one made of method, model and preset.",
  })
  name(@Root() run: RunRecord): string {
    return nameOf(run);
  }

  @FieldResolver(() => String, { description: "Display name of the run's kind." })
  kindLabel(@Root() run: RunRecord): string {
    return labelsOf(run).kind;
  }

  @FieldResolver(() => String, { description: "ID of the run's encoding, ascent, attack or retraining recipe." })
  method(@Root() run: RunRecord): string {
    return methodOf(run);
  }

  @FieldResolver(() => String, { description: "Display name of the run's method." })
  methodLabel(@Root() run: RunRecord): string {
    return labelsOf(run).method;
  }

  @FieldResolver(() => String, { description: "Display name of the run's preset." })
  presetLabel(@Root() run: RunRecord): string {
    return labelsOf(run).preset;
  }

  @FieldResolver(() => Int, { description: "Maximum number of evaluations of the whole run, including generation 0 of an evolution." })
  totalEvaluations(@Root() run: RunRecord): number {
    return countEvaluations(run);
  }

  @FieldResolver(() => Float, { description: "Completed share of the run's work, 0 to 1." })
  progress(@Root() run: RunRecord): number {
    return progressOf(run);
  }

  @FieldResolver(() => FramingType, {
    nullable: true,
    description: "How the run's images are cropped for the network; null if they have the size of the network's input.",
  })
  framing(@Root() run: RunRecord): FramingType | null {
    return run.framing.kind === "whole" ? null : { crops: run.framing.count, imageSize: run.framing.imageSize };
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Estimated seconds left, from `speed`; null if unknown or if the run is not running.",
  })
  secondsLeft(@Root() run: RunRecord): number | null {
    if (run.state !== "RUNNING" || run.speed === null || run.speed <= 0) return null;
    return (countEvaluations(run) - run.settledEvaluations) / run.speed;
  }

  @FieldResolver(() => WorkerType, {
    nullable: true,
    description: "The worker that is computing the run, or computed it last; null before a worker starts it, or if that worker is unknown.",
  })
  worker(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<WorkerRecord | null> | null {
    return run.workerId === null ? null : loaders.worker.load(run.workerId);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The user who started the run; null for everyone but members." })
  async createdBy(@Root() run: RunRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<UserRecord | null> {
    return services.viewer.mayReadUsersOf(actor, run) ? loaders.user.load(run.createdById) : null;
  }

  @FieldResolver(() => ExperimentType, { description: "The experiment that the run belongs to." })
  experiment(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ExperimentRecord> {
    return loadExisting(loaders.experiment, run.experimentId);
  }

  @FieldResolver(() => ModelType, { description: "The model that the run tries to fool; DNN_1 of a retraining chain." })
  async model(
    @Root() run: RunRecord,
    @Ctx() { loaders }: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Pick<ModelRecord, "id" | "name">> {
    // The run's statement joins its model, and lists of images ask for no more.
    if (selectsOnly(info, ["id", "name"])) return { id: run.modelId, name: run.modelName };
    return loadExisting(loaders.model, run.modelId);
  }

  @FieldResolver(() => runEventConnection.connection, { complexity: statementCost, description: "The run's event log, oldest first." })
  events(
    @Root() run: RunRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunEventRecord>> {
    return services.runEvents.list(actor, run, args);
  }
}
