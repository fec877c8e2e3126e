/** How genomes become images, and what can be set about it. */
import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import { Requires, signedIn } from "../policy/requires.ts";
import { JsonScalar } from "../scalars.ts";

export const ParameterKind = { NUMBER: "number", INTEGER: "integer", CHOICE: "choice", BOOLEAN: "boolean" } as const;
export type ParameterKind = (typeof ParameterKind)[keyof typeof ParameterKind];

registerEnumType(ParameterKind, {
  name: "ParameterKind",
  description: "What values a parameter takes.",
  valuesConfig: {
    NUMBER: { description: "Any number from minimum to maximum." },
    INTEGER: { description: "A whole number from minimum to maximum." },
    CHOICE: { description: "One of its choices." },
    BOOLEAN: { description: "true or false." },
  },
});

@Requires(signedIn)
@ObjectType("ParameterSpec", { description: "Parameters of the search around every encoding are listed under Query.searchParameters." })
export class ParameterSpecType {
  @Field(() => String, { description: "For `StartEvolutionInput.parameters`." })
  readonly name!: string;

  @Field(() => String, { description: "For forms." })
  readonly label!: string;

  @Field(() => String, { description: "What it does." })
  readonly description!: string;

  @Field(() => ParameterKind, { description: "What values it takes." })
  readonly kind!: ParameterKind;

  @Field(() => JsonScalar, { description: "Its value where neither a preset nor you give one." })
  readonly default!: unknown;

  @Field(() => Float, { nullable: true, description: "The smallest value; null for other kinds than numbers." })
  readonly minimum?: number;

  @Field(() => Float, { nullable: true, description: "The largest value; null for other kinds than numbers." })
  readonly maximum?: number;

  @Field(() => [String], { nullable: true, description: "The values to choose from; null for other kinds." })
  readonly choices?: readonly string[];
}

@Requires("encoding:read")
@ObjectType("Preset", { description: "A named set of parameter values." })
export class PresetType {
  @Field(() => String, { description: "For `StartEvolutionInput.preset`." })
  readonly id!: string;

  @Field(() => String, { description: "For forms." })
  readonly label!: string;

  @Field(() => String, { description: "What is special about it." })
  readonly description!: string;

  @Field(() => String, { description: "Where its values come from." })
  readonly source!: string;

  @Field(() => JsonScalar, { description: "The values that it sets." })
  readonly values!: unknown;
}

@Requires("encoding:read")
@ObjectType("EncodingDefinition", { description: "A way to draw an image from a genome." })
export class EncodingDefinitionType {
  @Field(() => String, { description: "For `StartEvolutionInput.encoding`." })
  readonly id!: string;

  @Field(() => String, { description: "For forms." })
  readonly label!: string;

  @Field(() => String, { description: "How it draws." })
  readonly description!: string;

  @Field(() => [ParameterSpecType], { description: "What can be set about it." })
  readonly parameters!: readonly ParameterSpecType[];

  @Field(() => [PresetType], { description: "Sets of values to begin with." })
  readonly presets!: readonly PresetType[];
}
