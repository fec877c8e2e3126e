/** The lock of a run or an experiment, and the payloads that set it. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RefusedItemType } from "../trash/refusedItem.type.ts";

@Requires("lock:read")
@ObjectType("Lock", {
  description:
    "A lock: until it is removed, the run or experiment cannot be changed, trashed or deleted, and retention rules leave it alone.",
})
export class LockType {
  @Field(() => DateTimeScalar, { description: "When it was locked." })
  readonly lockedAt!: Date;

  @Field(() => Boolean, { description: "Of a run: whether the lock is that of its experiment." })
  readonly withExperiment!: boolean;
}

@Requires("lock:set")
@ObjectType("LockRunsSuccess", { description: "The runs that are not refused are locked, or unlocked." })
export class LockRunsSuccess {
  @Field(() => [ID], { description: "IDs of the runs that changed. Others were in the requested state already." })
  readonly changedIds!: readonly string[];

  @Field(() => [RefusedItemType], { description: "Runs that were not changed, with reasons." })
  readonly refused!: readonly RefusedItemType[];
}

@Requires("lock:set")
@ObjectType("LockExperimentSuccess", { description: "The experiment is locked, or unlocked." })
export class LockExperimentSuccess {
  @Field(() => ExperimentType, { description: "The experiment after the change." })
  readonly experiment!: unknown;
}

const runs = (mutation: string, name: string): object =>
  payloadOf({ name, description: `Result of \`${mutation}\`.`, success: LockRunsSuccess, missing: false });
const experiment = (mutation: string, name: string): object =>
  payloadOf({ name, description: `Result of \`${mutation}\`.`, success: LockExperimentSuccess, missing: true });

export const LockRunsPayload = runs("lockRuns", "LockRunsPayload");
export const UnlockRunsPayload = runs("unlockRuns", "UnlockRunsPayload");
export const LockExperimentPayload = experiment("lockExperiment", "LockExperimentPayload");
export const UnlockExperimentPayload = experiment("unlockExperiment", "UnlockExperimentPayload");
