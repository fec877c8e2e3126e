/** A way to make images that is no encoding: an ascent or an attack, and what can be set about it. */
import { Field, ObjectType } from "type-graphql";
import { ParameterSpecType, PresetType } from "../encoding/encoding.type.ts";

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
}
