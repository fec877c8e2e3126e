/** Resolves the configurations of a random search. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { computationCost } from "../limits/costs.ts";
import { AscentRunType } from "../run/runsByKind.type.ts";
import { TrajectoryType } from "../trajectory/trajectory.type.ts";
import { type AscentConfiguration, checkFirst } from "./configuration.service.ts";
import { AscentConfigurationType } from "./configuration.type.ts";

@Resolver(() => AscentRunType)
export class RunConfigurationsResolver {
  @Extensions({ longest: ascentLimits.configurations.maximum })
  @FieldResolver(() => [AscentConfigurationType], {
    nullable: true,
    complexity: computationCost,
    description: "Configurations of the random search, ordered by index and ranked among all of them; null if the run has no search.",
  })
  async configurations(
    @Root() run: RunRecord<"ascent">,
    @Arg("indexes", () => [Int], { nullable: true, description: "Only configurations with these indices. Default: all." }) indexes:
      | number[]
      | null
      | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly AscentConfiguration[] | null> {
    const all = await loaders.configurations.load(run);
    if (all === null || indexes == null) return all;
    const wanted = new Set(indexes);
    return all.filter(({ index }) => wanted.has(index));
  }
}

@Resolver(() => AscentConfigurationType)
export class AscentConfigurationResolver {
  @FieldResolver(() => [TrajectoryType], { description: "Trajectories of the configuration, ordered by start, then by class." })
  async trajectories(
    @Root() configuration: AscentConfiguration,
    @Arg("first", () => Int, { defaultValue: 10, description: "Maximum number of trajectories: 1 to 20." }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly TrajectoryRecord[]> {
    return loaders.configurationTrajectories.load({ configuration, first: checkFirst(first) });
  }
}
