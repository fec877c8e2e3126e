/** What clients may ask of elites. */
import { Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";

export const EliteOrderField = { STORED_FITNESS: "storedFitness", CREATED_AT: "createdAt" } as const;
export type EliteOrderField = (typeof EliteOrderField)[keyof typeof EliteOrderField];

registerEnumType(EliteOrderField, {
  name: "EliteOrderField",
  description: "By what elites are ordered.",
  valuesConfig: {
    STORED_FITNESS: { description: "Confidence on the stored image." },
    CREATED_AT: { description: "When their genomes were stored." },
  },
});

@InputType("EliteOrder", { description: "An order of elites." })
export class EliteOrder {
  @Field(() => EliteOrderField, { description: "By what." })
  field!: EliteOrderField;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("EliteFilter", { description: "Filters elites; all conditions must hold." })
export class EliteFilter {
  @Field(() => ID, { nullable: true, description: "Only those of this run (id, or key such as RUN-142)." })
  runId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only those of this experiment's runs (id, or key such as EXP-12)." })
  experimentId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only results of runs against this model." })
  modelId?: string | null;

  @Field(() => [String], { nullable: true, description: "Only those of one of these encodings." })
  encoding?: string[] | null;

  @Field(() => [Int], {
    nullable: true,
    description: "Class indices. An index means different classes in different label spaces, so also give a run, a model or a label space.",
  })
  niche?: number[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Exact class labels, at most 100, such as ["tiger shark"]. Each is looked up in the labels of the model that was fooled.',
  })
  label?: string[] | null;

  @Field(() => String, { nullable: true, description: "Text that the class label contains, ignoring case." })
  labelContains?: string | null;

  @Field(() => String, { nullable: true, description: "Label space of the model that was fooled, as in Model.labelSpace." })
  labelSpace?: string | null;

  @Field(() => Float, { nullable: true, description: "Only results with at least this confidence on the stored image." })
  minimumConfidence?: number | null;

  @Field(() => Float, { nullable: true, description: "Only results with at most this confidence on the stored image." })
  maximumConfidence?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Only elites that hold their niche now; default true." })
  current?: boolean | null;
}
