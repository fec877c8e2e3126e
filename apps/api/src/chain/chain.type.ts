/** Types of retraining chains: each network is trained with the images that fooled its predecessors. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { MetricValuesScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const WorkStateEnum = {
  QUEUED: "QUEUED",
  RUNNING: "RUNNING",
  SUCCEEDED: "SUCCEEDED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
} as const;

registerEnumType(WorkStateEnum, {
  name: "WorkState",
  description: "State of an analysis or of a chain's link.",
  valuesConfig: {
    QUEUED: { description: "Waiting for a worker or for an earlier link." },
    RUNNING: { description: "Running on a worker." },
    SUCCEEDED: { description: "Completed." },
    FAILED: { description: "Stopped by an error." },
    CANCELLED: { description: "Cancelled by a user. Links never have this state." },
  },
});

@Requires("chain:read")
@ObjectType("ChainDataset", { description: "A data set that a retraining chain can train on." })
export class ChainDatasetType {
  @Field(() => String, { description: "ID of the data set, for `StartChainInput.dataset`." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => String, { description: "Contents of the data set." })
  readonly description!: string;

  @Field(() => Int, { description: "Number of classes in the data set. Networks from DNN_2 on have one more, the fooling class." })
  readonly classes!: number;
}

@Requires("chain:read")
@ObjectType("Chain", {
  implements: NodeInterface,
  description:
    "A retraining chain: evolutions fool DNN_1, DNN_2 is trained with an extra class for the images that fooled DNN_1, and so on.",
})
export class ChainType extends NodeInterface {
  @Field(() => String, { description: "Display name. It is also the name of the chain's run: change it with `renameRun`." })
  readonly name!: string;

  @Field(() => Int, { description: "Number of networks to train after DNN_1. The chain has `iterations` + 1 links." })
  readonly iterations!: number;

  @Field(() => DateTimeScalar, { description: "When the chain was created." })
  readonly createdAt!: Date;
}

@Requires("chain:read")
@ObjectType("ChainLink", { description: "One network of a chain, DNN_i, with its test and the evolutions against it." })
export class ChainLinkType {
  @Field(() => Int, { description: "Number of the network in the chain: i of DNN_i, from 1." })
  readonly iteration!: number;

  @Field(() => WorkStateEnum, { description: "The link's state." })
  readonly state!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Share of the test set that the network labels wrongly, 0 to 1; null until measured or if unknown.",
  })
  readonly testError!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Median confidence of the elites of all evolutions against the network, on stored images, 0 to 1; null until the link has succeeded.",
  })
  readonly medianConfidence!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Share of these elites that the network assigns to the fooling class, 0 to 1; null for DNN_1 and until the link has succeeded.",
  })
  readonly foolingShare!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Number of fooling images for the network, including those held out from training; null for DNN_1 and until it is trained.",
  })
  readonly foolingImages!: number | null;

  @Field(() => MetricValuesScalar, { description: "Further measurements by name, such as the losses of the epochs." })
  readonly metrics!: unknown;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker started the link; null before that." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the link ended; null until then." })
  readonly endedAt!: Date | null;
}

@Requires("chain:read")
@ObjectType("ChainElite", { description: "An elite of the first evolution against the network of a link." })
export class ChainEliteType {
  @Field(() => Int, { description: "Index of the elite's class, from 0." })
  readonly niche!: number;

  @Field(() => Float, { name: "searchConfidence", description: "Confidence in the class during the search, on float pixels, 0 to 1." })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class on the stored image, 0 to 1." })
  readonly storedConfidence!: number;
}

export const chainConnection = connectionTypesOf({ noun: "Chain", plural: "chains", node: ChainType, action: "chain:read" });

@Requires("chain:start")
@ObjectType("StartChainSuccess", {
  description: "The chain was started by this request or by an earlier one with the same idempotency key.",
})
export class StartChainSuccess {
  @Field(() => ChainType, { description: "The new chain, which waits for a worker to train its first link." })
  readonly chain!: unknown;
}

export const StartChainPayload = payloadOf({
  name: "StartChainPayload",
  description: "Result of `startChain`.",
  success: StartChainSuccess,
  missing: true,
});
