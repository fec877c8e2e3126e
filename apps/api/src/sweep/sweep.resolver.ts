/** Resolves sweeps, their results and the sweep of a run. */
import { getRunKind, resourceUnitOf } from "@pareidolia/core/runKinds/registry";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunEventRecord } from "@pareidolia/persistence/lab/runs/readRunEvents";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { SweepRecord } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId, sweepKey } from "../globalId/globalId.ts";
import { computationCost, statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { SweepBaseScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { runEventConnection } from "../runEvent/runEvent.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { labelValue } from "./labelValue.ts";
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
import { SweepRungType } from "./sweepRung.type.ts";
import { rungsOf } from "./sweepRungs.ts";

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
    @Args(() => ConnectionArguments) args: ConnectionArguments,
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
        const valueLabels = await Promise.all(values.map((value) => labelValue(path, value, loaders)));
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

  @FieldResolver(() => SweepBaseScalar, {
    description: "The input of its runs, without the values of the axes, the experiment and the seed.",
  })
  base(@Root() { plan }: SweepRecord): unknown {
    return plan.base;
  }

  @FieldResolver(() => EarlyStoppingType, { description: "The rules that end its runs early." })
  earlyStopping(@Root() { plan }: SweepRecord): EarlyStoppingType {
    const { plateau, median, halving } = plan.earlyStopping;
    return {
      plateauGenerations: plateau?.generations ?? null,
      plateauDelta: plateau?.delta ?? null,
      medianAfter: median?.after ?? null,
      halving: halving === null ? null : { ...halving, unit: resourceUnitOf(plan.kind) ?? "" },
    };
  }

  @FieldResolver(() => [SweepRungType], {
    complexity: statementCost,
    description: "The rungs of successive halving in order; none for a sweep without it.",
  })
  async rungs(@Root() sweep: SweepRecord, @Ctx() { actor, loaders, services }: ApiContext): Promise<SweepRungType[]> {
    if (sweep.plan.earlyStopping.halving === null) return [];
    return rungsOf(sweep, await loaders.sweepRuns.load(sweep), await services.sweeps.readRungs(actor, sweep));
  }

  @FieldResolver(() => SweepProgressType, { description: "How far its runs are." })
  progress(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepProgressType> {
    return loaders.sweepProgress.load(sweep);
  }

  @FieldResolver(() => SweepResultsType, { complexity: computationCost, description: "Its results so far." })
  async results(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepResultsType> {
    return resultsOf(sweep, await loaders.sweepRuns.load(sweep));
  }

  @FieldResolver(() => runEventConnection.connection, {
    complexity: statementCost,
    description: "The changes of state of its runs, newest first.",
  })
  log(
    @Root() sweep: SweepRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunEventRecord>> {
    return services.sweeps.readLog(actor, sweep, args);
  }

  @FieldResolver(() => SweepImportanceType, {
    nullable: true,
    complexity: computationCost,
    description: "Importance of its axes; null while too few runs are completed.",
  })
  async importance(@Root() sweep: SweepRecord, @Ctx() { loaders }: ApiContext): Promise<SweepImportanceType | null> {
    return importanceOfSweep(sweep, await loaders.sweepRuns.load(sweep));
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
