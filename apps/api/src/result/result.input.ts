/** Filters and sorts trajectories and perturbations over all runs. */
import { Field, Float, ID, InputType, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";

export const ResultOrderField = { STORED_CONFIDENCE: "storedConfidence", CREATED_AT: "createdAt" } as const;
export type ResultOrderField = (typeof ResultOrderField)[keyof typeof ResultOrderField];

registerEnumType(ResultOrderField, {
  name: "ResultOrderField",
  description: "How trajectories and perturbations are ordered.",
  valuesConfig: {
    STORED_CONFIDENCE: { description: "By confidence on the stored image." },
    CREATED_AT: { description: "By the time they were first stored." },
  },
});

@InputType("ResultOrder", { description: "An order of trajectories or perturbations." })
export class ResultOrder {
  @Field(() => ResultOrderField, { description: "The value to order by." })
  field!: ResultOrderField;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("ResultFilter", { description: "Conditions shared by all lists of results." })
export abstract class ResultFilter {
  @Field(() => ID, { nullable: true, description: "Only results of this run (ID, or key such as RUN-142)." })
  runId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only results of this experiment's runs (ID, or key such as EXP-12)." })
  experimentId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only results of runs against this model." })
  modelId?: string | null;

  @Field(() => [String], { nullable: true, description: 'IDs of ascents or attacks, such as ["pgd"].' })
  method?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Exact class labels, such as ["tiger shark"]. Each is looked up in the labels of the model that was fooled.',
  })
  label?: string[] | null;

  @Field(() => String, { nullable: true, description: "Label space of the model that was fooled, as in Model.labelSpace." })
  labelSpace?: string | null;

  @Field(() => Float, { nullable: true, description: "Only results with at least this confidence on the stored image." })
  minimumConfidence?: number | null;

  @Field(() => Float, { nullable: true, description: "Only results with at most this confidence on the stored image." })
  maximumConfidence?: number | null;
}
