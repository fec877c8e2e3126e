/** Resolves the available ascents and attacks. */
import type { SearchedParameter } from "@pareidolia/core/randomSearch";
import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { MethodDefinitionType, SearchedParameterType } from "./method.type.ts";
import type { Method } from "./methods.ts";

@Resolver()
export class MethodResolver {
  @Requires("encoding:read")
  @Query(() => [MethodDefinitionType], { description: "All methods of gradient ascent." })
  ascents(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "ascent");
  }

  @Requires("encoding:read")
  @Query(() => [MethodDefinitionType], { description: "All attacks on photographs." })
  attacks(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "perturbation");
  }
}

@Resolver(() => MethodDefinitionType)
export class MethodDefinitionResolver {
  @FieldResolver(() => [SearchedParameterType], {
    description: "Parameters that a random search can draw, for `StartAscentInput.search`; empty if the method supports no random search.",
  })
  searchSpace(@Root() method: Method): readonly SearchedParameter[] {
    return method.searchSpace ?? [];
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether the method is an attack with bounds, for `StartPerturbationInput.bounds`. Other attacks minimise the perturbation.",
  })
  isBounded(@Root() method: Method): boolean {
    return method.isBounded ?? false;
  }
}
