/** Filters, orders, creates and archives experiments. */
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";
import { RunStateEnum } from "../run/runState.type.ts";

export const ExperimentOrderField = { CREATED_AT: "createdAt", UPDATED_AT: "updatedAt", NAME: "name" } as const;
export type ExperimentOrderField = (typeof ExperimentOrderField)[keyof typeof ExperimentOrderField];

registerEnumType(ExperimentOrderField, {
  name: "ExperimentOrderField",
  description: "Properties by which experiments can be ordered.",
  valuesConfig: {
    CREATED_AT: { description: "Order by creation time." },
    UPDATED_AT: { description: "Order by the time of the last change." },
    NAME: { description: "Order by name." },
  },
});

@InputType("ExperimentOrder", {
  description: "Ordering of experiments: by a field for everyone, or by any column of the search language for members.",
})
export class ExperimentOrder {
  @Field(() => ExperimentOrderField, { nullable: true, description: "The field to order experiments by. Give this or `column`." })
  field?: ExperimentOrderField | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of a sortable field of the search language, such as `name` or `created`; `searchFields` lists them. Rows without a value are last in both directions. For members only.",
  })
  column?: string | null;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("ExperimentFilter", {
  description: "Conditions for experiments, all of which must hold. A condition that is null or absent is ignored.",
})
export class ExperimentFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: "True for archived experiments only, false for the others only. Default: both.",
    deprecationReason: "Use the argument `search`, such as `archived = true`.",
  })
  archived?: boolean | null;

  @Field(() => [RunStateEnum], {
    nullable: true,
    description: "Only experiments in these states (see `Experiment.state`).",
    deprecationReason: "Use the argument `search`, such as `state IN (running, queued)`.",
  })
  state?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Only experiments that have all of these tags." })
  tag?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for the experiments that you have pinned, false for the others. Default: both.",
  })
  pinned?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "Text in the name, description or key (such as EXP-12), ignoring case; at most 200 characters.",
    deprecationReason: "Use the argument `search`.",
  })
  search?: string | null;
}

@InputType("CreateExperimentInput", { description: "Input of `createExperiment`." })
export class CreateExperimentInput {
  @Field(() => String, { description: "Name of the experiment: 1 to 120 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Description of the experiment: at most 2,000 characters. Default: empty." })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the experiment of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("ArchiveExperimentInput", { description: "Input of `archiveExperiment`." })
export class ArchiveExperimentInput {
  @Field(() => ID, { description: "ID of the experiment, or its key such as EXP-12." })
  experimentId!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "True to archive the experiment, false to restore it. Default: true.",
  })
  archived?: boolean | null;
}
