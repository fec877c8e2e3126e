/** Filters and orders elites. */
import { Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";
import { PeopleFilter } from "../recognition/recognition.input.ts";

export const EliteOrderField = {
  STORED_CONFIDENCE: "storedFitness",
  CREATED_AT: "createdAt",
  PEOPLE_SHARE: "share",
  PEOPLE_VOTES: "votes",
} as const;
export type EliteOrderField = (typeof EliteOrderField)[keyof typeof EliteOrderField];

registerEnumType(EliteOrderField, {
  name: "EliteOrderField",
  description: "Properties by which elites can be ordered.",
  valuesConfig: {
    STORED_CONFIDENCE: { description: "Order by confidence on the stored image." },
    CREATED_AT: { description: "Order by the time when the genome was stored." },
    PEOPLE_SHARE: {
      description:
        "Order by the share of people who recognise the machine's label (see `Recognition.recognised`). Lists only elites with this share. Only for researchers.",
    },
    PEOPLE_VOTES: { description: "Order by the number of votes. Lists only elites with votes. Only for researchers." },
  },
});

@InputType("EliteOrder", { description: "Ordering of elites." })
export class EliteOrder {
  @Field(() => EliteOrderField, { description: "Field to order by." })
  field!: EliteOrderField;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("EliteFilter", { description: "Conditions for elites, all of which must hold. A condition that is null or absent is ignored." })
export class EliteFilter {
  @Field(() => [ID], { nullable: true, description: "Only these elites, by ID; at most 200." })
  eliteIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: "Only elites of this run: an ID, or a key such as RUN-142." })
  runId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only elites of this experiment's runs: an ID, or a key such as EXP-12." })
  experimentId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only elites of runs against this model." })
  modelId?: string | null;

  @Field(() => [String], { nullable: true, description: "Only elites with one of these encodings, by ID." })
  encoding?: string[] | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      "Only elites of these niches, by class index. The meaning of an index depends on the label space, so also filter by run, model or " +
      "label space.",
  })
  niche?: number[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Only elites with one of these class labels of their model, such as ["tiger shark"]. Labels must match exactly; at most 100.',
  })
  label?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Only elites whose class label contains this text, ignoring case; at most 200 characters.",
  })
  labelContains?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Only elites of runs against models with this label space (see `Model.labelSpace`).",
  })
  labelSpace?: string | null;

  @Field(() => Float, { nullable: true, description: "Only elites with at least this confidence on the stored image, 0 to 1." })
  minimumConfidence?: number | null;

  @Field(() => Float, { nullable: true, description: "Only elites with at most this confidence on the stored image, 0 to 1." })
  maximumConfidence?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for elites that hold their niche now, false for replaced ones. Default: true.",
  })
  current?: boolean | null;

  @Field(() => PeopleFilter, { nullable: true, description: "Only elites of which this holds. Only for researchers." })
  people?: PeopleFilter | null;
}
