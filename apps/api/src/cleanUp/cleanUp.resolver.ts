/** Resolves the results of clean-ups. */
import type { CleanUpRecord } from "@pareidolia/persistence/server/cleanUps/cleanUpResults";
import { Ctx, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { CleanUpType } from "./cleanUp.type.ts";

@Resolver(() => CleanUpType)
export class CleanUpResolver {
  @Requires("store:read")
  @Query(() => [CleanUpType], {
    complexity: statementCost,
    description: "The last clean-up of each kind of unused data, ordered by title; empty before the first clean-up.",
  })
  cleanUps(@Ctx() { actor, services }: ApiContext): Promise<readonly CleanUpRecord[]> {
    return services.cleanUps.list(actor);
  }
}
