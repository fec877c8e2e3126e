/** Resolves the encodings and the parameters of the search. */
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { Ctx, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { EncodingDefinitionType, ParameterSpecType } from "./encoding.type.ts";

@Resolver()
export class EncodingResolver {
  @Requires("encoding:read")
  @Query(() => [EncodingDefinitionType], { description: "All encodings that an evolution can use." })
  encodings(@Ctx() { actor, services }: ApiContext): readonly EncodingDefinition<unknown>[] {
    return services.encodings.list(actor);
  }

  @Requires("encoding:read")
  @Query(() => [ParameterSpecType], { description: "Parameters of the search, which are the same for every encoding." })
  searchParameters(@Ctx() { actor, services }: ApiContext): readonly ParameterSpec[] {
    return services.encodings.listSearchParameters(actor);
  }
}
