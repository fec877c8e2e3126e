/** Resolves the results of sweeps. */
import type { SweepRecord } from "@pareidolia/persistence/sweeps/sweepResults";
import { Ctx, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { SweepType } from "./sweep.type.ts";

@Resolver(() => SweepType)
export class SweepResolver {
  @Requires("store:read")
  @Query(() => [SweepType], {
    complexity: statementCost,
    description: "The last sweep of each kind of unused data, ordered by title; empty before the first sweep.",
  })
  sweeps(@Ctx() { actor, services }: ApiContext): Promise<readonly SweepRecord[]> {
    return services.sweeps.list(actor);
  }
}
