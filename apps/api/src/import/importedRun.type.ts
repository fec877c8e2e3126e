/** What only imported runs have: the source's figures, curve and images. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("ImportedCurvePoint", { description: "Statistics over the archive after one generation, as the source states them." })
export class ImportedCurvePointType {
  @Field(() => Int, { description: "Generation as the source numbers them, from 0." })
  readonly generation!: number;

  @Field(() => Float, { description: "Median fitness." })
  readonly median!: number;

  @Field(() => Float, { description: "Mean fitness." })
  readonly mean!: number;

  @Field(() => Float, { description: "Lowest confidence of the generation, 0 to 1." })
  readonly minimum!: number;

  @Field(() => Float, { description: "Highest confidence of the generation, 0 to 1." })
  readonly maximum!: number;
}

@Requires("run:read")
@ObjectType("ImportedHistory", { description: "A metric of an imported run over its steps, as the source states it." })
export class ImportedHistoryType {
  @Field(() => String, { description: "Name of the metric." })
  readonly metric!: string;

  @Field(() => [Float], { description: "Steps, in their order." })
  readonly steps!: readonly number[];

  @Field(() => [Float], { description: "The value at each step." })
  readonly values!: readonly number[];
}

@Requires("run:read")
@ObjectType("ImportedImage", { description: "An image of an imported run. Its figures are the source's and were not measured here." })
export class ImportedImageType {
  @Field(() => Int, { description: "Place in the source, from 0." })
  readonly index!: number;

  @Field(() => Int, { nullable: true, description: "Index of the source's class; null without one." })
  readonly niche!: number | null;

  @Field(() => String, { nullable: true, description: "Name of the class; null if it is unknown." })
  readonly label!: string | null;

  @Field(() => Float, { nullable: true, description: "Fitness or confidence that the source states; null without one." })
  readonly claimed!: number | null;

  @Field(() => Int, { nullable: true, description: "Generation of the source; null without one." })
  readonly generation!: number | null;

  @Field(() => String, { nullable: true, description: "The individual's ID in the source; null without one." })
  readonly sourceId!: string | null;

  @Field(() => String, { nullable: true, description: "The parent's ID in the source; null without one." })
  readonly sourceParentId!: string | null;
}

export const importedImageConnection = connectionTypesOf({
  noun: "ImportedImage",
  plural: "imported images",
  node: ImportedImageType,
  action: "run:read",
});
