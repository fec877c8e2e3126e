/** Types of encodings, parameters and presets. */
import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import { ParameterValueScalar, ParameterValuesScalar } from "../openValue/openValues.ts";
import { everySender, Requires } from "../policy/requires.ts";

export const ParameterKind = { NUMBER: "number", INTEGER: "integer", CHOICE: "choice", BOOLEAN: "boolean" } as const;
export type ParameterKind = (typeof ParameterKind)[keyof typeof ParameterKind];

registerEnumType(ParameterKind, {
  name: "ParameterKind",
  description: "Type of a parameter's values.",
  valuesConfig: {
    NUMBER: { description: "A number from `minimum` to `maximum`." },
    INTEGER: { description: "A whole number from `minimum` to `maximum`." },
    CHOICE: { description: "One of `choices`." },
    BOOLEAN: { description: "`true` or `false`." },
  },
});

@Requires(everySender)
@ObjectType("ParameterSpec", {
  description: "A parameter of an encoding, a search, a method or a kind of analysis, with its range and default.",
})
export class ParameterSpecType {
  @Field(() => String, { description: "Name of the parameter, as the key in `parameters` of an input." })
  readonly name!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => String, { description: "Effect of the parameter." })
  readonly description!: string;

  @Field(() => ParameterKind, { description: "Type of the parameter's values." })
  readonly kind!: ParameterKind;

  @Field(() => ParameterValueScalar, { description: "Value used if neither the input nor the preset gives one." })
  readonly default!: unknown;

  @Field(() => Float, { nullable: true, description: "Smallest allowed value; null unless `kind` is NUMBER or INTEGER." })
  readonly minimum?: number;

  @Field(() => Float, { nullable: true, description: "Largest allowed value; null unless `kind` is NUMBER or INTEGER." })
  readonly maximum?: number;

  @Field(() => [String], { nullable: true, description: "Allowed values; null unless `kind` is CHOICE." })
  readonly choices?: readonly string[];
}

@Requires("encoding:read")
@ObjectType("Preset", { description: "A named set of parameter values." })
export class PresetType {
  @Field(() => String, { description: "ID of the preset, for the field `preset` of an input." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => String, { description: "What the preset is for, in one sentence." })
  readonly description!: string;

  @Field(() => String, { description: "Source of the values, such as a section of the paper or a file." })
  readonly source!: string;

  @Field(() => ParameterValuesScalar, { description: "Values by parameter name. Other parameters have their defaults." })
  readonly values!: unknown;
}

@Requires("encoding:read")
@ObjectType("EncodingDefinition", { description: "An encoding: how an evolution represents images as genomes." })
export class EncodingDefinitionType {
  @Field(() => String, { description: "ID of the encoding, for `StartEvolutionInput.encoding`." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => String, { description: "How genomes become images." })
  readonly description!: string;

  @Field(() => [ParameterSpecType], { description: "Parameters of the encoding. `searchParameters` lists those of the search." })
  readonly parameters!: readonly ParameterSpecType[];

  @Field(() => [String], {
    description: "Names of the parameters that decide how a genome becomes an image, which a fork cannot change.",
  })
  readonly drawingParameters!: readonly string[];

  @Field(() => [PresetType], { description: "Presets of the encoding." })
  readonly presets!: readonly PresetType[];
}
