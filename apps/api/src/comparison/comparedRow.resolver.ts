/** Resolves the images of a comparison's grid. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { PerturbationType } from "../perturbation/perturbation.type.ts";
import { TrajectoryType } from "../trajectory/trajectory.type.ts";
import type { ComparedRow } from "./comparison.service.ts";
import { ComparedRowType } from "./comparison.type.ts";

@Resolver(() => ComparedRowType)
export class ComparedRowResolver {
  @FieldResolver(() => [EliteType], {
    nullable: "items",
    description: "The elite of greatest confidence among each entry's runs, in the order of the entries; null if an entry has none.",
  })
  async elites(@Root() { eliteIds }: ComparedRow, @Ctx() { loaders }: ApiContext): Promise<(EliteRecord | null)[]> {
    return Promise.all(eliteIds.map(async (id) => (id === null ? null : loaders.elite.load(id))));
  }

  @FieldResolver(() => [TrajectoryType], {
    nullable: "items",
    description: "The surest trajectory among each entry's ascents, in the order of the entries; null if an entry has none.",
  })
  async trajectories(@Root() { trajectoryIds }: ComparedRow, @Ctx() { loaders }: ApiContext): Promise<(TrajectoryRecord | null)[]> {
    return Promise.all(trajectoryIds.map(async (id) => (id === null ? null : loaders.trajectory.load(id))));
  }

  @FieldResolver(() => [PerturbationType], {
    nullable: "items",
    description:
      "The surest successful result among each entry's attacks that the network takes for the class, in the order of the entries; null if an entry has none.",
  })
  async perturbations(@Root() { perturbationIds }: ComparedRow, @Ctx() { loaders }: ApiContext): Promise<(PerturbationRecord | null)[]> {
    return Promise.all(perturbationIds.map(async (id) => (id === null ? null : loaders.perturbation.load(id))));
  }
}
