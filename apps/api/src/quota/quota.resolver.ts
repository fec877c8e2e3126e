/** Resolves quotas. */
import { Ctx, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { QuotasType } from "./quota.type.ts";

@Resolver()
export class QuotaResolver {
  @Requires("quota:read")
  @Query(() => QuotasType, { complexity: statementCost, description: "The quotas of the workspace and its usage of them." })
  quotas(@Ctx() { actor, services }: ApiContext): Promise<QuotasType> {
    return services.quotas.read(actor);
  }
}
