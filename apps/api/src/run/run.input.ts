/** Inputs that order, filter and identify runs. */
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";
import { RunStateEnum } from "./runState.type.ts";

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

@InputType("RunOrder", { description: "Ordering of runs: by a field for everyone, or by any column of the search language for members." })
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

@InputType("RunFilter", { description: "Filters for runs. A run must match all of them; null leaves a filter out." })
export class RunFilter {
  @Field(() => ID, { nullable: true, description: "Only runs of this experiment (ID, or key such as EXP-12)." })
  experimentId?: string | null;

  @Field(() => [RunStateEnum], {
    nullable: true,
    description: "Only runs in one of these states.",
    deprecationReason: "Use the argument `search`, such as `state IN (running, queued)`.",
  })
  state?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Only evolutions with one of these encodings (IDs; `encodings` lists them).",
    deprecationReason: "Use the argument `search`, such as `encoding = cppn`.",
  })
  encoding?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Only runs of one of these kinds (IDs; `runKinds` lists them).",
    deprecationReason: "Use the argument `search`, such as `kind = evolution`.",
  })
  kind?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only runs against this model.",
    deprecationReason: 'Use the argument `search`, such as `model = "LeNet-5"`.',
  })
  modelId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for archived runs only, false for the others only. Default: both.",
    deprecationReason: "Use the argument `search`, such as `archived = true`.",
  })
  archived?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: "Only runs that have all of these tags.",
    deprecationReason: "Use the argument `search`, such as `tag = paper`.",
  })
  tag?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for the runs that you have pinned, false for the others. Default: both.",
    deprecationReason: "Use the argument `search`, such as `pinned = true`.",
  })
  pinned?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Text to find in the key, name, kind, method, preset, model name or experiment name, ignoring case; at most 200 characters.",
    deprecationReason: "Use the argument `search`.",
  })
  search?: string | null;
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
