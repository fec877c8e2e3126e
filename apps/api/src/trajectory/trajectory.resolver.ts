/** Resolves trajectories, over all runs and per run. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { TrajectoryMilestoneRecord, TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { ParameterValuesScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ResultOrder } from "../result/result.input.ts";
import { AscentRunType } from "../run/runsByKind.type.ts";
import { SearchedClassType } from "../score/searchedClass.type.ts";
import { TrajectoryFilter } from "./trajectory.input.ts";
import { CurvePointType, TrajectoryMilestoneType, TrajectoryType, trajectoryConnection } from "./trajectory.type.ts";

@Resolver(() => TrajectoryType)
export class TrajectoryResolver {
  @Requires("trajectory:read")
  @Query(() => trajectoryConnection.connection, {
    description: "Trajectories of all ascents, by default those with the highest confidence first.",
  })
  trajectories(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => TrajectoryFilter, { nullable: true, description: "Lists only trajectories that match all conditions." }) filter:
      | TrajectoryFilter
      | null
      | undefined,
    @Arg("orderBy", () => ResultOrder, { nullable: true, description: "Sort order. Default: `STORED_CONFIDENCE`, descending." }) orderBy:
      | ResultOrder
      | null
      | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<TrajectoryRecord>> {
    return services.trajectories.listResults(actor, args, filter, orderBy);
  }

  @FieldResolver(() => ID, { description: "ID of the trajectory: opaque, and unique across all types." })
  id(@Root() trajectory: TrajectoryRecord): string {
    return encodeGlobalId("Trajectory", trajectory.id);
  }

  @FieldResolver(() => AscentRunType, { description: "Ascent that the trajectory belongs to." })
  run(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, trajectory.runId);
  }

  @FieldResolver(() => ParameterValuesScalar, {
    description: "Parameters of the trajectory: the run's, overridden in a random search by those of its configuration.",
  })
  async parameters(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<Parameters> {
    const run = await loadExisting(loaders.run, trajectory.runId);
    const configurations = await loaders.configurations.load(run);
    const drawn = configurations?.find(({ index }) => index === trajectory.configuration)?.parameters;
    return { ...run.parameters, ...drawn };
  }

  @FieldResolver(() => SearchedClassType, {
    description: "Its class, with its confidence at the last stored step in the search and as stored.",
  })
  searchedClass(@Root() trajectory: TrajectoryRecord): SearchedClass {
    return { class: trajectory.class, label: trajectory.label, search: trajectory.confidence, stored: trajectory.storedConfidence };
  }

  @FieldResolver(() => ImageType, { description: "The image at the last stored step." })
  image(@Root() trajectory: TrajectoryRecord): ImageRecord {
    return trajectory.image;
  }

  @FieldResolver(() => [CurvePointType], { description: "Recorded steps of the trajectory, in order." })
  async curve(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<CurvePointType[]> {
    const curve = await loadExisting(loaders.trajectoryCurve, trajectory.id);
    return curve.steps.map((step, i) => ({
      step,
      confidence: curve.confidences[i] as number,
      storedConfidence: curve.storedConfidences[i] as number,
      norm: curve.norms[i] as number,
    }));
  }

  @FieldResolver(() => [TrajectoryMilestoneType], {
    description: "Confidence levels that the trajectory has reached, with images, lowest level first. The first is the start image.",
  })
  milestones(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<TrajectoryMilestoneRecord[]> {
    return loaders.trajectoryMilestones.load(trajectory.id);
  }
}

@Resolver(() => TrajectoryMilestoneType)
export class TrajectoryMilestoneResolver {
  @FieldResolver(() => ImageType, { description: "The image at that step, as stored." })
  image(@Root() milestone: TrajectoryMilestoneRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, milestone.imageSha256);
  }
}

@Resolver(() => AscentRunType)
export class RunTrajectoriesResolver {
  @FieldResolver(() => trajectoryConnection.connection, {
    complexity: statementCost,
    description: "Trajectories of the run, ordered by configuration, class and start.",
  })
  trajectories(
    @Root() run: RunRecord<"ascent">,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("classes", () => [Int], { nullable: true, description: "Only trajectories of these classes. Default: all." })
    classes: number[] | null | undefined,
    @Arg("configurations", () => [Int], {
      nullable: true,
      description: "Only trajectories of these configurations of the random search, by index. Default: all.",
    })
    configurations: number[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<TrajectoryRecord>> {
    return services.trajectories.list(actor, run, args, { classes, configurations });
  }

  @FieldResolver(() => [TrajectoryType], {
    description: "For each class, the trajectory with the highest confidence over all configurations and starts. Highest confidence first.",
  })
  bestTrajectories(
    @Root() run: RunRecord<"ascent">,
    @Arg("first", () => Int, { defaultValue: 10, description: "Maximum number of trajectories: 1 to 20." }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly TrajectoryRecord[]> {
    return loaders.bestTrajectories.load({ run, first });
  }
}
