/** Resolves the ascents and attacks to choose from. */
import type { SearchedParameter } from "@pareidolia/core/randomSearch";
import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { MethodDefinitionType, SearchedParameterType } from "./method.type.ts";
import type { Method } from "./methods.ts";

@Resolver()
export class MethodResolver {
  @Requires("encoding:read")
  @Query(() => [MethodDefinitionType], { description: "The ways to follow a network's gradient." })
  ascents(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "ascent");
  }

  @Requires("encoding:read")
  @Query(() => [MethodDefinitionType], { description: "The ways to perturb a photograph." })
  attacks(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "perturbation");
  }
}

@Resolver(() => MethodDefinitionType)
export class MethodDefinitionResolver {
  @FieldResolver(() => [SearchedParameterType], {
    description: "What a random search may draw, for `StartAscentInput.search`; empty where a method has no search.",
  })
  searchSpace(@Root() method: Method): readonly SearchedParameter[] {
    return method.searchSpace ?? [];
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether it is an attack that takes bounds, for `StartPerturbationInput.bounds`; the others make the change as small as they can.",
  })
  isBounded(@Root() method: Method): boolean {
    return method.isBounded ?? false;
  }
}
