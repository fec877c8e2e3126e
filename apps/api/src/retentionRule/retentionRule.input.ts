/** Inputs of retention rules. */
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { RunStateEnum } from "../run/runState.type.ts";
import { previousValue } from "../tracking/previousValue.ts";

export const RetentionActionEnum = { DELETE_TRASHED: "DELETE_TRASHED", TRASH_RUNS: "TRASH_RUNS", TRIM_RUNS: "TRIM_RUNS" } as const;

registerEnumType(RetentionActionEnum, {
  name: "RetentionAction",
  description: "What a retention rule does.",
  valuesConfig: {
    DELETE_TRASHED: { description: "Deletes what is in the trash for good." },
    TRASH_RUNS: { description: "Moves runs that have ended to the trash." },
    TRIM_RUNS: {
      description:
        "Removes replaced elites and their genomes from evolutions that finished or were cancelled. The archive, its scores and all statistics stay.",
    },
  },
});

@InputType("RetentionRuleInput", { description: "What a retention rule does to which runs, and after how many days." })
export class RetentionRuleInput {
  @Field(() => RetentionActionEnum, { description: "What the rule does." })
  action!: "DELETE_TRASHED" | "TRASH_RUNS" | "TRIM_RUNS";

  @Field(() => Int, { description: "Days since the run ended, or since it was moved to the trash: 1 to 3650." })
  days!: number;

  @Field(() => [RunStateEnum], {
    nullable: true,
    description: "Only runs in these states. Default: every state of runs that have ended. Not for DELETE_TRASHED, nor are the following.",
  })
  states?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Only runs of these kinds (IDs; `runKinds` lists them). Default: all." })
  kinds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Only archived runs, or only others. Default: both." })
  archived?: boolean | null;

  @Field(() => String, { nullable: true, description: "Only runs without this tag." })
  withoutTag?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Leave runs alone that any member has pinned. Default: true." })
  keepPinned?: boolean | null;
}

@InputType("CreateRetentionRuleInput", { description: "Input of `createRetentionRule`." })
export class CreateRetentionRuleInput {
  @Field(() => RetentionRuleInput, { description: "Which runs the rule concerns, what it does and after how many days." })
  rule!: RetentionRuleInput;

  @Field(() => Boolean, { nullable: true, description: "Whether clean-ups apply it from now on. Default: false." })
  enabled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "Text that makes a repeated request return the rule of the first one; at most 200 characters.",
  })
  idempotencyKey?: string | null;
}

@InputType("ChangeRetentionRuleInput", { description: "Input of `changeRetentionRule`." })
export class ChangeRetentionRuleInput {
  @Field(() => ID, { description: "ID of the rule." })
  ruleId!: string;

  @Field(() => RetentionRuleInput, { nullable: true, description: "The rule; null leaves it as it is." })
  rule?: RetentionRuleInput | null;

  @Field(() => RetentionRuleInput, previousValue("The rule"))
  previousRule?: RetentionRuleInput | null;

  @Field(() => Boolean, { nullable: true, description: "Whether clean-ups apply it; null leaves that as it is." })
  enabled?: boolean | null;

  @Field(() => Boolean, previousValue("The value of `enabled`"))
  previousEnabled?: boolean | null;
}

@InputType("DeleteRetentionRuleInput", { description: "Input of `deleteRetentionRule`." })
export class DeleteRetentionRuleInput {
  @Field(() => ID, { description: "ID of the rule." })
  ruleId!: string;
}
