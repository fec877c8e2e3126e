/** Filters scores. */
import { Field, Float, ID, InputType } from "type-graphql";

@InputType("ScoreFilter", { description: "Conditions that each of the scores must meet; null leaves one out." })
export class ScoreFilter {
  @Field(() => ID, { nullable: true, description: "Only scores by this model." })
  modelId?: string | null;

  @Field(() => Float, { nullable: true, description: "Only scores with at least this top confidence, 0 to 1." })
  minimumConfidence?: number | null;
}
