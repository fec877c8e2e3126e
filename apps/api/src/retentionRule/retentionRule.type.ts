/** Retention rules, what they would do, and the payloads of their mutations. */
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunStateEnum } from "../run/runState.type.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RetentionActionEnum } from "./retentionRule.input.ts";

@Requires("retentionRule:read")
@ObjectType("RetentionRule", {
  implements: NodeInterface,
  description: "A rule by which the hourly clean-ups trash, trim or delete runs. Locked runs and experiments are left alone.",
})
export class RetentionRuleType extends NodeInterface {
  @Field(() => RetentionActionEnum, { description: "What the rule does." })
  readonly action!: string;

  @Field(() => Int, { description: "Days since the run ended, or since it was moved to the trash." })
  readonly days!: number;

  @Field(() => [RunStateEnum], { description: "Only runs in these states; empty for every state of runs that have ended." })
  readonly states!: readonly string[];

  @Field(() => [String], { description: "Only runs of these kinds; empty for all." })
  readonly kinds!: readonly string[];

  @Field(() => Boolean, { nullable: true, description: "Only archived runs, or only others; null for both." })
  readonly archived!: boolean | null;

  @Field(() => String, { nullable: true, description: "Only runs without this tag; null for no condition." })
  readonly withoutTag!: string | null;

  @Field(() => Boolean, { description: "Whether runs that any member has pinned are left alone." })
  readonly keepPinned!: boolean;

  @Field(() => Boolean, { description: "Whether clean-ups apply the rule." })
  readonly enabled!: boolean;

  @Field(() => DateTimeScalar, { description: "When the rule was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a clean-up last applied the rule; null before the first time." })
  readonly appliedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why the last application failed, as a sentence; null if it succeeded." })
  readonly failure!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the rule last had anything to do; null before the first time." })
  readonly actedAt!: Date | null;

  @Field(() => Int, { description: "Number of runs and experiments that it changed then." })
  readonly actedItems!: number;

  @Field(() => Int, { description: "Number of rows that it deleted then, or moved to the trash." })
  readonly actedRows!: number;

  @Field(() => Float, { description: "Bytes of objects that this freed." })
  readonly actedBytes!: number;
}

@Requires("retentionRule:read")
@ObjectType("RetentionItem", { description: "A run or an experiment that a retention rule would change." })
export class RetentionItemType {
  @Field(() => String, { description: "Name of the experiment, or the name that members gave the run; may be empty." })
  readonly name!: string;

  @Field(() => DateTimeScalar, { description: "When the run ended, or was moved to the trash." })
  readonly since!: Date;
}

@Requires("retentionRule:read")
@ObjectType("RetentionPreview", { description: "What a retention rule would do if a clean-up applied it now." })
export class RetentionPreviewType {
  @Field(() => Int, { description: "Number of all runs and experiments that it would change." })
  readonly itemCount!: number;

  @Field(() => [RetentionItemType], { description: "The first 500 of them, oldest first." })
  readonly items!: readonly RetentionItemType[];

  @Field(() => Int, { description: "Number of rows of these items that would be deleted, or moved to the trash." })
  readonly rows!: number;

  @Field(() => Float, { description: "Bytes of objects that this would free; 0 if runs are only moved to the trash." })
  readonly bytes!: number;

  @Field(() => Boolean, { description: "Whether the number of bytes is an estimate from a sample of the images." })
  readonly isEstimate!: boolean;
}

@Requires("retentionRule:read")
@ObjectType("RetentionRuleSuccess", { description: "The rule is created or changed." })
export class RetentionRuleSuccess {
  @Field(() => RetentionRuleType, { description: "The rule after the change." })
  readonly rule!: unknown;
}

@Requires("retentionRule:delete")
@ObjectType("DeleteRetentionRuleSuccess", { description: "The rule is deleted. What it did stays." })
export class DeleteRetentionRuleSuccess {
  @Field(() => ID, { description: "ID of the deleted rule." })
  readonly deletedId!: string;
}

export const CreateRetentionRulePayload = payloadOf({
  name: "CreateRetentionRulePayload",
  description: "Result of `createRetentionRule`.",
  success: RetentionRuleSuccess,
  missing: false,
});

export const ChangeRetentionRulePayload = payloadOf({
  name: "ChangeRetentionRulePayload",
  description: "Result of `changeRetentionRule`.",
  success: RetentionRuleSuccess,
  missing: true,
});

export const DeleteRetentionRulePayload = payloadOf({
  name: "DeleteRetentionRulePayload",
  description: "Result of `deleteRetentionRule`.",
  success: DeleteRetentionRuleSuccess,
  missing: true,
});
