/** What an attack made of a photograph within one bound. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { PerturbationRunType } from "../run/runsByKind.type.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("perturbation:read")
@ObjectType("Perturbation", {
  implements: NodeInterface,
  description: "What an attack made of a photograph within one bound, measured on the stored pictures.",
})
export class PerturbationType extends NodeInterface {
  @Field(() => Int, { description: "Its place in the run, from 0." })
  readonly index!: number;

  @Field(() => Float, {
    nullable: true,
    description: "What the change was allowed, in grey levels of the run's norm; null where the smallest was sought.",
  })
  readonly bound!: number | null;

  @Field(() => Boolean, {
    description: "Whether the network takes the stored result for the target, or for another class than the original.",
  })
  readonly success!: boolean;

  @Field(() => Int, { description: "Gradient steps taken." })
  readonly steps!: number;

  @Field(() => Float, { description: "Largest change of any one value, in grey levels." })
  readonly linf!: number;

  @Field(() => Float, { description: "Euclidean length of the whole change, in grey levels." })
  readonly l2!: number;

  @Field(() => Int, { description: "How many values changed: a pixel has one for each of its channels." })
  readonly l0!: number;

  @Field(() => Int, { description: "What the network takes the original for." })
  readonly originalClass!: number;

  @Field(() => String, { description: "That class's name." })
  readonly originalLabel!: string;

  @Field(() => Float, { description: "With which confidence." })
  readonly originalConfidence!: number;

  @Field(() => Int, { description: "What the network takes the stored result for." })
  readonly storedClass!: number;

  @Field(() => String, { description: "That class's name." })
  readonly storedLabel!: string;

  @Field(() => Float, { description: "With which confidence." })
  readonly storedConfidence!: number;

  @Field(() => Float, { nullable: true, description: "Confidence in the target on the stored result; null without a target." })
  readonly storedTargetConfidence!: number | null;

  @Field(() => Float, { description: "Confidence in the original's class on the stored result." })
  readonly storedOriginalConfidence!: number;

  @Field(() => Float, { description: "Confidence that the attack saw, on float pixels: in the target, or in the top class without one." })
  readonly confidence!: number;

  @Field(() => DateTimeScalar, { description: "When it was stored." })
  readonly createdAt!: Date;
}

export const perturbationConnection = connectionTypesOf({
  noun: "Perturbation",
  plural: "perturbations",
  node: PerturbationType,
  action: "perturbation:read",
});

@Requires("run:start")
@ObjectType("StartPerturbationSuccess", {
  description: "The attack is queued, now or by an earlier request with the same idempotency key.",
})
export class StartPerturbationSuccess {
  @Field(() => PerturbationRunType, { description: "The new run." })
  readonly run!: unknown;
}

export const StartPerturbationPayload = payloadOf({
  name: "StartPerturbationPayload",
  description: "What `startPerturbation` answers.",
  success: StartPerturbationSuccess,
  missing: true,
});
