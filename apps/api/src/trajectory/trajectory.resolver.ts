/** Resolves trajectories, and those of a run. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import type { TrajectoryMilestoneRecord, TrajectoryRecord } from "@pareidolia/persistence/queries/trajectoryQueries";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { ownStatement } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments, ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ResultOrder } from "../result/result.input.ts";
import { RunType } from "../run/run.type.ts";
import { AscentRunType } from "../run/runsByKind.type.ts";
import { ofKinds } from "../run/runTypeName.ts";
import { JsonScalar } from "../scalars.ts";
import { TrajectoryFilter } from "./trajectory.input.ts";
import { CurvePointType, TrajectoryMilestoneType, TrajectoryType, trajectoryConnection } from "./trajectory.type.ts";

@Resolver(() => TrajectoryType)
export class TrajectoryResolver {
  @Requires("trajectory:read")
  @Query(() => trajectoryConnection.connection, { description: "Trajectories of all ascents, by default the most confident first." })
  trajectories(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => TrajectoryFilter, { nullable: true, description: "Lists only items that match every condition." }) filter:
      | TrajectoryFilter
      | null
      | undefined,
    @Arg("orderBy", () => ResultOrder, { nullable: true, description: "Sort order." }) orderBy: ResultOrder | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<TrajectoryRecord>> {
    return services.trajectories.listResults(actor, args, filter, orderBy);
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() trajectory: TrajectoryRecord): string {
    return encodeGlobalId("Trajectory", trajectory.id);
  }

  @FieldResolver(() => AscentRunType, { description: "The ascent that it is part of." })
  run(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, trajectory.runId);
  }

  @FieldResolver(() => JsonScalar, {
    description: "The parameters that it used: the run's, overridden by those of its configuration in a random search.",
  })
  async parameters(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<Parameters> {
    const run = await loadExisting(loaders.run, trajectory.runId);
    const configurations = await loaders.configurations.load(run);
    const drawn = configurations?.find(({ index }) => index === trajectory.configuration)?.parameters;
    return { ...run.parameters, ...drawn };
  }

  @FieldResolver(() => ImageType, { description: "The picture at the last stored step." })
  image(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, trajectory.imageSha256);
  }

  @FieldResolver(() => [CurvePointType], { description: "Its recorded steps, in order." })
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
    description: "Levels of confidence that it reached, with pictures, from the start on.",
  })
  milestones(@Root() trajectory: TrajectoryRecord, @Ctx() { loaders }: ApiContext): Promise<TrajectoryMilestoneRecord[]> {
    return loaders.trajectoryMilestones.load(trajectory.id);
  }
}

@Resolver(() => TrajectoryMilestoneType)
export class TrajectoryMilestoneResolver {
  @FieldResolver(() => ImageType, { description: "The picture at that step." })
  image(@Root() milestone: TrajectoryMilestoneRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, milestone.imageSha256);
  }
}

@Resolver(() => RunType)
export class RunTrajectoriesResolver {
  @Extensions(ofKinds(["ascent"]))
  @FieldResolver(() => trajectoryConnection.connection, {
    complexity: ownStatement,
    description: "Its trajectories, by configuration, class and start.",
  })
  trajectories(
    @Root() run: RunRecord,
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Arg("classes", () => [Int], { nullable: true, description: "Only those of these classes." })
    classes: number[] | null | undefined,
    @Arg("configurations", () => [Int], { nullable: true, description: "Only those of these configurations of a search." })
    configurations: number[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<TrajectoryRecord>> {
    return services.trajectories.list(actor, run, args, { classes, configurations });
  }

  @Extensions(ofKinds(["ascent"]))
  @FieldResolver(() => [TrajectoryType], {
    description: "The most confident trajectory of each class, over all configurations and starts, the most confident first.",
  })
  bestTrajectories(
    @Root() run: RunRecord,
    @Arg("first", () => Int, { defaultValue: 10, description: "How many: 1 to 20." }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly TrajectoryRecord[]> {
    return loaders.bestTrajectories.load({ run, first });
  }
}
