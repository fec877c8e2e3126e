/** Resolves the ascents and attacks to choose from. */
import { Ctx, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { MethodDefinitionType } from "./method.type.ts";
import type { Method } from "./methods.ts";

@Resolver()
export class MethodResolver {
  @Query(() => [MethodDefinitionType], { description: "The ways to follow a network's gradient." })
  ascents(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "ascent");
  }

  @Query(() => [MethodDefinitionType], { description: "The ways to perturb a photograph." })
  attacks(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "perturbation");
  }
}
