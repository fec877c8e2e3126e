/** Resolves sweeps, their results and the sweep of a run. */
import { getRunKind } from "@pareidolia/core/runKinds/registry";
import { textOfValue } from "@pareidolia/core/sweep/sweepAxis";
import type { EliteRecord } from "@pareidolia/persistence/elites/readElites";
import type { ExperimentRecord } from "@pareidolia/persistence/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import type { SweepProgress, SweepRecord } from "@pareidolia/persistence/sweeps/readSweeps";
import type { UserRecord } from "@pareidolia/persistence/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId, parseIdOf, sweepKey } from "../globalId/globalId.ts";
import { computationCost, statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import type { Connection } from "../pagination/connection.ts";
import { ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { JsonScalar } from "../scalars.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { StartSweepInput, SweepFilter } from "./sweep.input.ts";
import {
  EarlyStoppingType,
  SweepAxisType,
  SweepPreviewType,
  SweepProgressType,
  SweepSamplerEnum,
  SweepType,
  sweepConnection,
} from "./sweep.type.ts";
import { labelOfAxis } from "./sweepFields.ts";
import { importanceOfSweep, resultsOf, valuesOfAxis } from "./sweepResults.ts";
import { SweepImportanceType, SweepResultsType } from "./sweepResults.type.ts";

@Resolver(() => SweepType)
export class SweepResolver {
  @Requires("sweep:read")
  @Query(() => SweepType, { nullable: true, description: "A sweep of your workspace; null if there is none with this key or ID." })
  async sweep(
    @Arg("id", () => ID, { description: "ID of the sweep, or its key such as SWP-7." }) id: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<SweepRecord | null> {
    return services.sweeps.find(actor, id, "id");
  }

  @Requires("sweep:read")
  @Query(() => sweepConnection.connection, { description: "Sweeps of your workspace, newest first." })
  sweeps(
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Arg("filter", () => SweepFilter, { nullable: true, description: "Only sweeps that match every filter." }) filter:
      | SweepFilter
      | null
      | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<SweepRecord>> {
    return services.sweeps.list(actor, args, filter);
  }

  @Requires("sweep:start")
  @Query(() => SweepPreviewType, {
    complexity: computationCost,
    description: "What `startSweep` with this input would create, checked in the same way, but without its experiment.",
  })
  planSweep(
    @Arg("input", () => StartSweepInput, { description: "The sweep to preview." }) input: StartSweepInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<SweepPreviewType> {
    return services.sweepLauncher.preview(actor, input);
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() sweep: SweepRecord): string {
    return encodeGlobalId("Sweep", sweep.id);
  }

  @FieldResolver(() => String, { description: "Key of the sweep, such as SWP-7. Arguments that take the ID of a sweep accept it too." })
  key(@Root() sweep: SweepRecord): string {
    return sweepKey(sweep.number);
  }

  @FieldResolver(() => ExperimentType, { description: "The experiment of its runs." })
  experiment(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<ExperimentRecord> {
    return loadExisting(loaders.experiment, sweep.experimentId);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The member who started it." })
  createdBy(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(sweep.createdById);
  }

  @FieldResolver(() => String, { description: "ID of the kind of its runs; `runKinds` lists all kinds." })
  kind(@Root() { plan }: SweepRecord): string {
    return plan.kind;
  }

  @FieldResolver(() => String, { description: "Display name of the kind of its runs." })
  kindLabel(@Root() { plan }: SweepRecord): string {
    return getRunKind(plan.kind).label;
  }

  @FieldResolver(() => [SweepAxisType], { description: "The properties in which its runs differ." })
  async axes(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepAxisType[]> {
    return Promise.all(
      sweep.plan.axes.map(async ({ path, range }, i) => {
        const values = valuesOfAxis(sweep, i);
        const isModel = path === "modelId";
        const nameOf = async (id: string): Promise<string> => (await loaders.model.load(parseIdOf("Model", id, "id")))?.name ?? id;
        const valueLabels = await Promise.all(values.map(async (value) => (isModel ? nameOf(String(value)) : textOfValue(value))));
        return { path, label: labelOfAxis(sweep.plan, path), values, valueLabels, scale: range?.scale ?? null };
      }),
    );
  }

  @FieldResolver(() => SweepSamplerEnum, { description: "How its points were chosen." })
  sampler(@Root() { plan }: SweepRecord): string {
    return plan.sampler.kind;
  }

  @FieldResolver(() => [Int], { description: "The seeds of each point." })
  seeds(@Root() { plan }: SweepRecord): readonly number[] {
    return plan.seeds;
  }

  @FieldResolver(() => JsonScalar, { description: "The input of its runs, without the values of the axes, the experiment and the seed." })
  base(@Root() { plan }: SweepRecord): unknown {
    return plan.base;
  }

  @FieldResolver(() => EarlyStoppingType, { description: "The rules that end its evolutions early." })
  earlyStopping(@Root() { plan }: SweepRecord): EarlyStoppingType {
    const { plateau, median } = plan.earlyStopping;
    return {
      plateauGenerations: plateau?.generations ?? null,
      plateauDelta: plateau?.delta ?? null,
      medianAfter: median?.after ?? null,
    };
  }

  @FieldResolver(() => SweepProgressType, { description: "How far its runs are." })
  progress(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepProgress> {
    return loaders.sweepProgress.load(sweep);
  }

  @FieldResolver(() => SweepResultsType, { complexity: computationCost, description: "Its results so far." })
  async results(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepResultsType> {
    return resultsOf(sweep, await loaders.sweepRuns.load(sweep));
  }

  @FieldResolver(() => SweepImportanceType, {
    nullable: true,
    complexity: computationCost,
    description: "Importance of its axes; null while too few runs are completed.",
  })
  async importance(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepImportanceType | null> {
    return importanceOfSweep(sweep, await loaders.sweepRuns.load(sweep));
  }

  @FieldResolver(() => [EliteType], {
    complexity: statementCost,
    description: "The surest elite of each class over its evolutions, in order of class; at most 100.",
  })
  bestElites(
    @Root() sweep: SweepRecord,
    @Arg("point", () => Int, { nullable: true, description: "Only of this point (its index). Default: of all points." }) point:
      | number
      | null
      | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<EliteRecord[]> {
    return services.sweeps.readBest(actor, sweep, point ?? undefined);
  }
}

@Resolver(() => RunType)
export class RunSweepResolver {
  @Requires("sweep:read")
  @FieldResolver(() => SweepType, { nullable: true, description: "The sweep that the run is part of; null otherwise. For members." })
  async sweep(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<SweepRecord | null> {
    return run.sweepId === null ? null : loaders.sweep.load(run.sweepId);
  }
}
