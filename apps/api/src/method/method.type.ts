/** Types of ascents, attacks and ways to retrain, with their parameters. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ParameterSpecType, PresetType } from "../encoding/encoding.type.ts";
import { Requires } from "../policy/requires.ts";
import { Norm } from "./norm.type.ts";

@Requires("encoding:read")
@ObjectType("SearchedChoice", { description: "A value that a random search can draw." })
export class SearchedChoiceType {
  @Field(() => Float, { description: "A value that the search may draw, in the unit of the parameter." })
  readonly value!: number;

  @Field(() => Int, { description: "Relative frequency of the value: its probability is its weight divided by the sum of all weights." })
  readonly weight!: number;
}

@Requires("encoding:read")
@ObjectType("SearchedParameter", { description: "A parameter that a random search can draw, with its possible values." })
export class SearchedParameterType {
  @Field(() => String, { description: "Name of the parameter, for `AscentSearchInput.parameters`." })
  readonly name!: string;

  @Field(() => [SearchedChoiceType], { description: "Values that the search draws from." })
  readonly choices!: readonly SearchedChoiceType[];
}

@Requires("encoding:read")
@ObjectType("MethodDefinition", { description: "A method of a run: an ascent, an attack or a way to retrain." })
export class MethodDefinitionType {
  @Field(() => String, { description: "ID of the method, for the input that starts a run." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => String, { description: "Description of the method and its source." })
  readonly description!: string;

  @Field(() => [ParameterSpecType], { description: "Parameters of the method." })
  readonly parameters!: readonly ParameterSpecType[];

  @Field(() => [PresetType], { description: "Presets of the method." })
  readonly presets!: readonly PresetType[];

  @Field(() => Norm, {
    nullable: true,
    description: "Norm that an attack bounds or minimises; null if its parameter `norm` selects it, and for methods that are not attacks.",
  })
  readonly norm?: Norm | null;
}
