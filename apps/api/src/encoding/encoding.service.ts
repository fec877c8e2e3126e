/** Lists the encodings and the parameters of the search. */
import type { Actor } from "@pareidolia/core/actor";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { encodings } from "@pareidolia/encodings/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";

export class EncodingService {
  list(actor: Actor): readonly EncodingDefinition<unknown>[] {
    policy.require(actor, "encoding:read", productResource);
    return encodings;
  }

  listSearchParameters(actor: Actor): readonly ParameterSpec[] {
    policy.require(actor, "encoding:read", productResource);
    return searchParameters;
  }
}
