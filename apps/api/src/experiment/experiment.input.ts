/** Filters, orders, creates and archives experiments. */
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";

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
  description: "Sort order of experiments. Anyone may sort by a field; members may also sort by a column of the search language.",
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
