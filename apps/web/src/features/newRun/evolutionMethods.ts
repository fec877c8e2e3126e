/** The encodings as methods of an evolution, each with its own parameters and those of the search. */
import type { ParameterSpecsQuery } from "../../graphql/generated/graphql.ts";
import type { MethodChoice } from "./useMethodForm.ts";

export function evolutionMethods({ encodings, searchParameters }: ParameterSpecsQuery): readonly MethodChoice[] {
  return encodings.map((encoding) => ({
    ...encoding,
    parameters: [...encoding.parameters, ...searchParameters],
    norm: null,
    isBounded: false,
    searchSpace: [],
  }));
}
