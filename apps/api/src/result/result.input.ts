/** Filters and orders trajectories and perturbations of all runs. */
import { Field, Float, ID, InputType, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";
import { PeopleFilter } from "../recognition/recognition.input.ts";

export const ResultOrderField = {
  STORED_CONFIDENCE: "storedConfidence",
  CREATED_AT: "createdAt",
  PEOPLE_SHARE: "share",
  PEOPLE_VOTES: "votes",
} as const;
export type ResultOrderField = (typeof ResultOrderField)[keyof typeof ResultOrderField];

registerEnumType(ResultOrderField, {
  name: "ResultOrderField",
  description: "Properties by which trajectories and perturbations can be ordered.",
  valuesConfig: {
    STORED_CONFIDENCE: { description: "Order by confidence on the stored image." },
    CREATED_AT: { description: "Order by the time when the result was first stored." },
    PEOPLE_SHARE: {
      description:
        "Order by the share of people who recognise the label (see `Recognition.recognised`). Lists only results with this share. Only for researchers.",
    },
    PEOPLE_VOTES: { description: "Order by the number of votes. Lists only results with votes. Only for researchers." },
  },
});

@InputType("ResultOrder", { description: "Ordering of trajectories or perturbations." })
export class ResultOrder {
  @Field(() => ResultOrderField, { description: "Field to order by." })
  field!: ResultOrderField;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("ResultFilter", {
  description: "Conditions shared by all lists of results, all of which must hold. A condition that is null or absent is ignored.",
})
export abstract class ResultFilter {
  @Field(() => ID, { nullable: true, description: "Only results of this run: an ID, or a key such as RUN-142." })
  runId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only results of this experiment's runs: an ID, or a key such as EXP-12." })
  experimentId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only results of runs against this model." })
  modelId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only results of these ascents or attacks, by ID, such as ["pgd"].' })
  method?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Only results with one of these class labels of their model, such as ["tiger shark"]. Labels must match exactly; at most 100.',
  })
  label?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Only results of runs against models with this label space (see `Model.labelSpace`).",
  })
  labelSpace?: string | null;

  @Field(() => Float, { nullable: true, description: "Only results with at least this confidence on the stored image, 0 to 1." })
  minimumConfidence?: number | null;

  @Field(() => Float, { nullable: true, description: "Only results with at most this confidence on the stored image, 0 to 1." })
  maximumConfidence?: number | null;

  @Field(() => PeopleFilter, { nullable: true, description: "Only results of which this holds. Only for researchers." })
  people?: PeopleFilter | null;
}
