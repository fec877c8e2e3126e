/** The result of an attack on a photo within one bound. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { PerturbationRunType } from "../run/runsByKind.type.ts";
import { DateTimeScalar } from "../scalars.ts";
import { SearchedClassType } from "../score/searchedClass.type.ts";

@Requires("perturbation:read")
@ObjectType("Perturbation", {
  implements: NodeInterface,
  description: "Result of an attack on a photo within one bound, measured on the stored images.",
})
export class PerturbationType extends NodeInterface {
  @Field(() => Int, { description: "Index of the perturbation in its run, starting at 0." })
  readonly index!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Largest allowed change, in grey levels of the run's norm; null if the attack searched for the smallest change.",
  })
  readonly bound!: number | null;

  @Field(() => Boolean, {
    description: "Whether the network's top class for the stored result is the target or, without a target, differs from the original's.",
  })
  readonly success!: boolean;

  @Field(() => Int, { description: "Number of gradient steps taken." })
  readonly steps!: number;

  @Field(() => Float, { description: "L-infinity norm of the change: the largest change of any value, in grey levels." })
  readonly linf!: number;

  @Field(() => Float, { description: "L2 norm of the change: its Euclidean length, in grey levels." })
  readonly l2!: number;

  @Field(() => Int, { description: "Number of changed values. A pixel has one value per channel." })
  readonly l0!: number;

  @Field(() => Int, { description: "Top class of the original image." })
  readonly originalClass!: number;

  @Field(() => String, { description: "Label of `originalClass`." })
  readonly originalLabel!: string;

  @Field(() => Float, { description: "Confidence in `originalClass` on the original image, 0 to 1." })
  readonly originalConfidence!: number;

  @Field(() => Int, { description: "Top class of the stored result." })
  readonly storedClass!: number;

  @Field(() => String, { description: "Label of `storedClass`." })
  readonly storedLabel!: string;

  @Field(() => Float, { description: "Confidence in `storedClass` on the stored result, 0 to 1." })
  readonly storedConfidence!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Confidence in the target class on the stored result, 0 to 1; null without a target.",
  })
  readonly storedTargetConfidence!: number | null;

  @Field(() => Float, { description: "Confidence in the original's class on the stored result, 0 to 1." })
  readonly storedOriginalConfidence!: number;

  @Field(() => SearchedClassType, {
    description: "The target class or, without a target, the original's class, with its confidence in the attack and as stored.",
  })
  readonly searchedClass!: SearchedClass;

  @Field(() => DateTimeScalar, { description: "When the perturbation was stored." })
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
  @Field(() => PerturbationRunType, { description: "The queued run." })
  readonly run!: unknown;
}

export const StartPerturbationPayload = payloadOf({
  name: "StartPerturbationPayload",
  description: "Result of `startPerturbation`.",
  success: StartPerturbationSuccess,
  missing: true,
});
