/** Resolves quotas. */
import type { RunImages } from "@pareidolia/persistence/lab/images/runImages";
import { Ctx, FieldResolver, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost, surveyCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { QuotasType, RunImagesType } from "./quota.type.ts";

@Resolver(() => QuotasType)
export class QuotaResolver {
  @Requires("quota:read")
  @Query(() => QuotasType, { complexity: statementCost, description: "The quotas of the workspace and its usage of them." })
  quotas(@Ctx() { actor, services }: ApiContext): Promise<QuotasType> {
    return services.quotas.read(actor);
  }

  @FieldResolver(() => RunImagesType, {
    complexity: surveyCost,
    description: "Images that runs computed, which count toward no quota, since workspaces share equal ones.",
  })
  runImages(@Ctx() { actor, services }: ApiContext): Promise<RunImages> {
    return services.quotas.readRunImages(actor);
  }
}
