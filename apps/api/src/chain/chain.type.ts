/** Networks retrained, one after the other, on what fooled the one before. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar, JsonScalar } from "../scalars.ts";

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
    SUCCEEDED: { description: "Finished." },
    FAILED: { description: "Ended with an error." },
    CANCELLED: { description: "Cancelled by a person. Only analyses can be cancelled." },
  },
});

@Requires("chain:read")
@ObjectType("ChainDataset", { description: "A data set that a retraining chain can train on." })
export class ChainDatasetType {
  @Field(() => String, { description: "For `StartChainInput.dataset`." })
  readonly id!: string;

  @Field(() => String, { description: "For people." })
  readonly label!: string;

  @Field(() => String, { description: "What it holds." })
  readonly description!: string;

  @Field(() => Int, { description: "Its classes; networks from DNN_2 on have one more." })
  readonly classes!: number;
}

@Requires("chain:read")
@ObjectType("Chain", {
  implements: NodeInterface,
  description:
    "A retraining chain: DNN_1 is fooled, DNN_2 is trained with a class for what fooled it, and so on. Its run carries state and log.",
})
export class ChainType extends NodeInterface {
  @Field(() => String, { description: "For people." })
  readonly name!: string;

  @Field(() => Int, { description: "Retrainings asked for: there are links 1 to this plus 1." })
  readonly iterations!: number;

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  readonly createdAt!: Date;
}

@Requires("chain:read")
@ObjectType("ChainLink", { description: "DNN_i of a chain: trained (but for DNN_1), tested, and fooled by a fresh evolution." })
export class ChainLinkType {
  @Field(() => Int, { description: "i of DNN_i, from 1." })
  readonly iteration!: number;

  @Field(() => WorkStateEnum, { description: "Where it stands." })
  readonly state!: string;

  @Field(() => Float, { nullable: true, description: "Share of the test set that it labels wrongly." })
  readonly testError!: number | null;

  @Field(() => Float, { nullable: true, description: "Median confidence of the fresh evolution's archive against it, on stored images." })
  readonly medianConfidence!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Share of the fresh archive's images that it takes for the fooling class; null for DNN_1, which has none.",
  })
  readonly foolingShare!: number | null;

  @Field(() => Int, { nullable: true, description: "Pictures of the fooling class that it was trained on." })
  readonly foolingImages!: number | null;

  @Field(() => JsonScalar, { description: "Further figures, such as losses by epoch." })
  readonly metrics!: unknown;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker began it." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was done." })
  readonly endedAt!: Date | null;
}

@Requires("chain:read")
@ObjectType("ChainElite", { description: "A niche of the fresh archive against one link's network." })
export class ChainEliteType {
  @Field(() => Int, { description: "The class." })
  readonly niche!: number;

  @Field(() => Float, { description: "Confidence that the search saw, on float pixels." })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence on the stored image." })
  readonly storedConfidence!: number;
}

export const chainConnection = connectionTypesOf({ noun: "Chain", plural: "chains", node: ChainType, action: "chain:read" });

@Requires("chain:start")
@ObjectType("StartChainSuccess", { description: "The chain is queued, now or by an earlier request with the same idempotency key." })
export class StartChainSuccess {
  @Field(() => ChainType, { description: "The new chain." })
  readonly chain!: unknown;
}

export const StartChainPayload = payloadOf({
  name: "StartChainPayload",
  description: "What `startChain` answers.",
  success: StartChainSuccess,
  missing: true,
});
