/** Resolves the best images of a sweep, by its kind of run. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { SweepRecord } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { statementCost } from "../limits/costs.ts";
import { PerturbationType } from "../perturbation/perturbation.type.ts";
import { TrajectoryType } from "../trajectory/trajectory.type.ts";
import { SweepType } from "./sweep.type.ts";

const pointArgument = { nullable: true, description: "Only of this point (its index). Default: of all points." } as const;
type Point = number | null | undefined;

@Resolver(() => SweepType)
export class SweepImagesResolver {
  @FieldResolver(() => [EliteType], {
    complexity: statementCost,
    description: "The surest elite of each class over its evolutions, in order of class; at most 100.",
  })
  bestElites(
    @Root() sweep: SweepRecord,
    @Arg("point", () => Int, pointArgument) point: Point,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<EliteRecord[]> {
    return services.sweeps.readBestElites(actor, sweep, point ?? undefined);
  }

  @FieldResolver(() => [TrajectoryType], {
    complexity: statementCost,
    description: "The surest trajectory of each class over its ascents, in order of class; at most 100.",
  })
  bestTrajectories(
    @Root() sweep: SweepRecord,
    @Arg("point", () => Int, pointArgument) point: Point,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<TrajectoryRecord[]> {
    return services.sweeps.readBestTrajectories(actor, sweep, point ?? undefined);
  }

  @FieldResolver(() => [PerturbationType], {
    complexity: statementCost,
    description:
      "For each bound of its attacks, the successful result of greatest confidence, in order of bounds; of attacks without a bound, " +
      "the smallest successful change. At most 100.",
  })
  bestPerturbations(
    @Root() sweep: SweepRecord,
    @Arg("point", () => Int, pointArgument) point: Point,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<PerturbationRecord[]> {
    return services.sweeps.readBestPerturbations(actor, sweep, point ?? undefined);
  }
}
