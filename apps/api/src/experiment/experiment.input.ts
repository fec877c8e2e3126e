/** What clients may ask of experiments. */
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";
import { RunStateEnum } from "../run/runState.type.ts";

export const ExperimentOrderField = { CREATED_AT: "createdAt", UPDATED_AT: "updatedAt", NAME: "name" } as const;
export type ExperimentOrderField = (typeof ExperimentOrderField)[keyof typeof ExperimentOrderField];

registerEnumType(ExperimentOrderField, {
  name: "ExperimentOrderField",
  description: "By what experiments are ordered.",
  valuesConfig: {
    CREATED_AT: { description: "When they were made." },
    UPDATED_AT: { description: "When they were last changed." },
    NAME: { description: "Their names." },
  },
});

@InputType("ExperimentOrder", { description: "An order of experiments." })
export class ExperimentOrder {
  @Field(() => ExperimentOrderField, { description: "By what." })
  field!: ExperimentOrderField;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("ExperimentFilter", { description: "Filters experiments; all conditions must hold." })
export class ExperimentFilter {
  @Field(() => Boolean, { nullable: true, description: "true: only those put away; false: only the others; absent: both." })
  archived?: boolean | null;

  @Field(() => [RunStateEnum], { nullable: true, description: "Only analyses in these states." })
  state?: string[] | null;

  @Field(() => String, { nullable: true, description: "Words in the name or description, or a key such as EXP-12." })
  search?: string | null;
}

@InputType("CreateExperimentInput", { description: "A new experiment." })
export class CreateExperimentInput {
  @Field(() => String, { description: "1 to 120 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it is about: at most 2,000 characters." })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A word of your own, such as a UUID: a second request with it returns the first one's experiment.",
  })
  idempotencyKey?: string | null;
}

@InputType("ArchiveExperimentInput", { description: "An experiment to put away or to take out again." })
export class ArchiveExperimentInput {
  @Field(() => ID, { description: "Its id, or its key such as EXP-12." })
  experimentId!: string;

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: "false takes it out again." })
  archived?: boolean | null;
}
