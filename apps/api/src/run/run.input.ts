/** What clients may ask of runs. */
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";
import { RunStateEnum } from "./runState.type.ts";

export const RunOrderField = { CREATED_AT: "createdAt", UPDATED_AT: "updatedAt" } as const;
export type RunOrderField = (typeof RunOrderField)[keyof typeof RunOrderField];

registerEnumType(RunOrderField, {
  name: "RunOrderField",
  description: "By what runs are ordered.",
  valuesConfig: { CREATED_AT: { description: "When they were asked for." }, UPDATED_AT: { description: "When they last changed." } },
});

@InputType("RunOrder", { description: "An order of runs." })
export class RunOrder {
  @Field(() => RunOrderField, { description: "By what." })
  field!: RunOrderField;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}

@InputType("RunFilter", { description: "Filters runs; all conditions must hold." })
export class RunFilter {
  @Field(() => ID, { nullable: true, description: "Only those of this experiment (id, or key such as EXP-12)." })
  experimentId?: string | null;

  @Field(() => [RunStateEnum], { nullable: true, description: "Only analyses in these states." })
  state?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Only those of one of these encodings." })
  encoding?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Only those of one of these kinds; `runKinds` lists them." })
  kind?: string[] | null;

  @Field(() => ID, { nullable: true, description: "Only those against this model." })
  modelId?: string | null;

  @Field(() => String, { nullable: true, description: "Words in the key, kind, encoding or method, preset, model or experiment." })
  search?: string | null;
}

@InputType("FramingInput", { description: "How images that are larger than a network's input meet it." })
export class FramingInput {
  @Field(() => Int, {
    description: "1: the centre. 10: the paper's four corners and the centre, each also mirrored; the mean of ten answers.",
  })
  crops!: number;

  @Field(() => Int, { description: "Side of the square images in pixels: at least the network's input, at most 512. The paper has 256." })
  imageSize!: number;
}

@InputType("RunInput", { description: "Names a run." })
export class RunInput {
  @Field(() => ID, { description: "Its id, or its key such as RUN-142." })
  runId!: string;
}
