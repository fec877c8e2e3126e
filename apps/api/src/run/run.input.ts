/** Inputs that order, filter and identify runs. */
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";

export const RunOrderField = { CREATED_AT: "createdAt", UPDATED_AT: "updatedAt" } as const;
export type RunOrderField = (typeof RunOrderField)[keyof typeof RunOrderField];

registerEnumType(RunOrderField, {
  name: "RunOrderField",
  description: "Properties by which runs can be ordered.",
  valuesConfig: {
    CREATED_AT: { description: "Order runs by creation time." },
    UPDATED_AT: { description: "Order runs by the time of their last change." },
  },
});

@InputType("RunOrder", {
  description: "Sort order of runs. Anyone may sort by a field; members may also sort by a column of the search language.",
})
export class RunOrder {
  @Field(() => RunOrderField, { nullable: true, description: "The field to order runs by. Give this or `column`." })
  field?: RunOrderField | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of a sortable field of the search language, such as `name` or `created`; `searchFields` lists them. Rows without a value are last in both directions. For members only.",
  })
  column?: string | null;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("RunFilter", { description: "Conditions for runs." })
export class RunFilter {
  @Field(() => ID, { nullable: true, description: "Only runs of this experiment (ID, or key such as EXP-12)." })
  experimentId?: string | null;
}

@InputType("FramingInput", { description: "How images that are larger than the network's input are cropped for it." })
export class FramingInput {
  @Field(() => Int, {
    description:
      "Crops per image. 1: the centre. 10, as in the paper: the four corners and the centre, each also mirrored; the outputs are averaged.",
  })
  crops!: number;

  @Field(() => Int, {
    description: "Side length of the square images in pixels, from the longer side of the network's input to 512. The paper uses 256.",
  })
  imageSize!: number;
}

@InputType("RunInput", { description: "Identifies a run." })
export class RunInput {
  @Field(() => ID, { description: "The run's ID, or its key, such as RUN-142." })
  runId!: string;
}
