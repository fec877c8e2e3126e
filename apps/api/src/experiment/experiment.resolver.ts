/** Resolves experiments, with summaries over their runs. */
import type { ExperimentRecord, ExperimentSummary } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, experimentKey } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunOrder } from "../run/run.input.ts";
import { runConnection } from "../run/run.type.ts";
import { RunStateEnum } from "../run/runState.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { ArchiveExperimentInput, CreateExperimentInput, ExperimentOrder } from "./experiment.input.ts";
import { ArchiveExperimentPayload, CreateExperimentPayload, ExperimentType, experimentConnection } from "./experiment.type.ts";

function summaryOf(experiment: ExperimentRecord, { loaders }: ApiContext): Promise<ExperimentSummary> {
  return loadExisting(loaders.experimentSummary, experiment.id);
}

@Resolver(() => ExperimentType)
export class ExperimentResolver {
  @Requires("experiment:read")
  @Query(() => experimentConnection.connection, { description: "Experiments, by default the most recently updated first." })
  experiments(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("orderBy", () => ExperimentOrder, {
      nullable: true,
      description: "Sort order. Default: `UPDATED_AT`, descending.",
    })
    orderBy: ExperimentOrder | null | undefined,
    @Arg("search", () => String, {
      nullable: true,
      description:
        "Only experiments that match this search, such as `tag = paper AND runs > 5`; `searchFields` lists the fields. Archived ones are left out unless the search has a condition on `archived`. A problem is INVALID_INPUT with `position` and `hint`.",
    })
    search: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ExperimentRecord>> {
    return services.experiments.listBy(actor, args, { orderBy, search });
  }

  @Requires("experiment:create")
  @Mutation(() => CreateExperimentPayload, { description: "Creates an experiment." })
  createExperiment(
    @Arg("input", () => CreateExperimentInput, { description: "Input of `createExperiment`." }) input: CreateExperimentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ experiment: ExperimentRecord }>> {
    return resolvePayload("CreateExperimentSuccess", async () => ({ experiment: await services.experiments.create(actor, input) }));
  }

  @Requires("experiment:archive")
  @Mutation(() => ArchiveExperimentPayload, { description: "Archives an experiment, or restores it. Its runs are not affected." })
  archiveExperiment(
    @Arg("input", () => ArchiveExperimentInput, { description: "Input of `archiveExperiment`." }) input: ArchiveExperimentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ experiment: ExperimentRecord }>> {
    return resolvePayload("ArchiveExperimentSuccess", async () => ({ experiment: await services.experiments.archive(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "ID of the experiment: opaque, and unique across all types." })
  id(@Root() experiment: ExperimentRecord): string {
    return encodeGlobalId("Experiment", experiment.id);
  }

  @FieldResolver(() => String, { description: "Short key of the experiment, such as EXP-12; accepted wherever its ID is." })
  key(@Root() experiment: ExperimentRecord): string {
    return experimentKey(experiment.number);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "User who created the experiment; null for everyone but members." })
  async createdBy(@Root() experiment: ExperimentRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<UserRecord | null> {
    return services.viewer.mayReadUsersOf(actor, experiment) ? loaders.user.load(experiment.createdById) : null;
  }

  @FieldResolver(() => RunStateEnum, {
    nullable: true,
    description: "State of its most active run, in the order RUNNING, QUEUED, PAUSED, FAILED, others. Null if it has no runs.",
  })
  async state(@Root() experiment: ExperimentRecord, @Ctx() context: ApiContext): Promise<string | null> {
    return (await summaryOf(experiment, context)).state;
  }

  @FieldResolver(() => Int, { description: "Number of runs of the experiment." })
  async runCount(@Root() experiment: ExperimentRecord, @Ctx() context: ApiContext): Promise<number> {
    return (await summaryOf(experiment, context)).runCount;
  }

  @FieldResolver(() => [String], { description: "Names of the models that its runs target." })
  async modelNames(@Root() experiment: ExperimentRecord, @Ctx() context: ApiContext): Promise<readonly string[]> {
    return (await summaryOf(experiment, context)).modelNames;
  }

  @FieldResolver(() => [String], { description: "IDs of the encodings that its runs use." })
  async encodings(@Root() experiment: ExperimentRecord, @Ctx() context: ApiContext): Promise<readonly string[]> {
    return (await summaryOf(experiment, context)).encodings;
  }

  @Extensions({ cheaper: "runCount" })
  @FieldResolver(() => runConnection.connection, {
    complexity: statementCost,
    description: "Runs of the experiment, by default the latest first.",
  })
  runs(
    @Root() experiment: ExperimentRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("orderBy", () => RunOrder, { nullable: true, description: "Sort order. Default: latest first." }) orderBy:
      | RunOrder
      | null
      | undefined,
    @Arg("search", () => String, { nullable: true, description: "Only runs that match this search. For members only. Default: all." })
    search: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunRecord>> {
    const filter = { experimentId: encodeGlobalId("Experiment", experiment.id) };
    return services.runs.listBy(actor, args, { filter, orderBy, search });
  }
}
