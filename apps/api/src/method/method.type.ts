/** A way to make images that is no encoding: an ascent or an attack, and what can be set about it. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ParameterSpecType, PresetType } from "../encoding/encoding.type.ts";
import { Requires } from "../policy/requires.ts";
import { Norm } from "./norm.type.ts";

@Requires("encoding:read")
@ObjectType("SearchedChoice", { description: "A value that a random search may draw." })
export class SearchedChoiceType {
  @Field(() => Float, { description: "The value." })
  readonly value!: number;

  @Field(() => Int, { description: "How often it is drawn, beside the weights of the other choices." })
  readonly weight!: number;
}

@Requires("encoding:read")
@ObjectType("SearchedParameter", { description: "A parameter that a random search may draw, with what it draws from." })
export class SearchedParameterType {
  @Field(() => String, { description: "For `AscentSearchInput.parameters`." })
  readonly name!: string;

  @Field(() => [SearchedChoiceType], { description: "What it draws from." })
  readonly choices!: readonly SearchedChoiceType[];
}

@Requires("encoding:read")
@ObjectType("MethodDefinition", { description: "An ascent or an attack that can be run." })
export class MethodDefinitionType {
  @Field(() => String, { description: "For the input that starts it." })
  readonly id!: string;

  @Field(() => String, { description: "For people." })
  readonly label!: string;

  @Field(() => String, { description: "What it does and where it comes from." })
  readonly description!: string;

  @Field(() => [ParameterSpecType], { description: "What can be set." })
  readonly parameters!: readonly ParameterSpecType[];

  @Field(() => [PresetType], { description: "Named sets of values." })
  readonly presets!: readonly PresetType[];

  @Field(() => Norm, {
    nullable: true,
    description:
      "Of an attack: the norm of its bounds, or, where it takes none, of the change that it makes small; null where its parameter `norm` chooses.",
  })
  readonly norm?: Norm | null;
}
