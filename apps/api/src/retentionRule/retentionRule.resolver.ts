/** Resolves retention rules. */
import type { RetentionRuleRecord } from "@pareidolia/persistence/lab/retention/retentionRule";
import type { RetentionItem } from "@pareidolia/persistence/lab/retention/selectRetained";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, experimentKey, runKey } from "../globalId/globalId.ts";
import { statementCost, surveyCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { ChangeRetentionRuleInput, CreateRetentionRuleInput, DeleteRetentionRuleInput, RetentionRuleInput } from "./retentionRule.input.ts";
import type { RetentionPreview } from "./retentionRule.service.ts";
import {
  ChangeRetentionRulePayload,
  CreateRetentionRulePayload,
  DeleteRetentionRulePayload,
  RetentionItemType,
  RetentionPreviewType,
  RetentionRuleType,
} from "./retentionRule.type.ts";

@Resolver(() => RetentionRuleType)
export class RetentionRuleResolver {
  @Requires("retentionRule:read")
  @Query(() => [RetentionRuleType], { complexity: statementCost, description: "Retention rules of the workspace, oldest first." })
  retentionRules(@Ctx() { actor, services }: ApiContext): Promise<RetentionRuleRecord[]> {
    return services.retentionRules.list(actor);
  }

  @Requires("retentionRule:read")
  @Query(() => RetentionPreviewType, { complexity: surveyCost, description: "What a rule would do now, without storing it." })
  retentionPreview(
    @Arg("rule", () => RetentionRuleInput, { description: "The rule to try, which need not exist." }) rule: RetentionRuleInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<RetentionPreview> {
    return services.retentionRules.preview(actor, rule);
  }

  @Requires("retentionRule:create")
  @Mutation(() => CreateRetentionRulePayload, { description: "Creates a retention rule. A workspace has at most 20." })
  createRetentionRule(
    @Arg("input", () => CreateRetentionRuleInput, { description: "Input of `createRetentionRule`." }) input: CreateRetentionRuleInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ rule: RetentionRuleRecord }>> {
    return resolvePayload("RetentionRuleSuccess", async () => ({ rule: await services.retentionRules.create(actor, input) }));
  }

  @Requires("retentionRule:change")
  @Mutation(() => ChangeRetentionRulePayload, { description: "Changes a retention rule, or switches it on or off." })
  changeRetentionRule(
    @Arg("input", () => ChangeRetentionRuleInput, { description: "Input of `changeRetentionRule`." }) input: ChangeRetentionRuleInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ rule: RetentionRuleRecord }>> {
    return resolvePayload("RetentionRuleSuccess", async () => ({ rule: await services.retentionRules.change(actor, input) }));
  }

  @Requires("retentionRule:delete")
  @Mutation(() => DeleteRetentionRulePayload, { description: "Deletes a retention rule. What it did stays." })
  deleteRetentionRule(
    @Arg("input", () => DeleteRetentionRuleInput, { description: "Input of `deleteRetentionRule`." }) input: DeleteRetentionRuleInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteRetentionRuleSuccess", async () => {
      const { id } = await services.retentionRules.delete(actor, input.ruleId);
      return { deletedId: encodeGlobalId("RetentionRule", id) };
    });
  }

  @FieldResolver(() => ID, { description: "ID of the rule: opaque, and unique across all types." })
  id(@Root() rule: RetentionRuleRecord): string {
    return encodeGlobalId("RetentionRule", rule.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who created the rule; null for a former user." })
  async createdBy(@Root() rule: RetentionRuleRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return rule.createdById === null ? null : loaders.user.load(rule.createdById);
  }

  @FieldResolver(() => RetentionPreviewType, {
    complexity: surveyCost,
    description: "What the rule would do now, whether it is on or not.",
  })
  preview(@Root() rule: RetentionRuleRecord, @Ctx() { actor, services }: ApiContext): Promise<RetentionPreview> {
    return services.retentionRules.previewOf(actor, rule);
  }
}

@Resolver(() => RetentionItemType)
export class RetentionItemResolver {
  @FieldResolver(() => String, { description: "Key of the run or experiment, such as RUN-142." })
  key(@Root() { subject, number }: RetentionItem): string {
    return subject === "RUN" ? runKey(number) : experimentKey(number);
  }
}
