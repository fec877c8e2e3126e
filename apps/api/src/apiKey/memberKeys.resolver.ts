/** Whether members who are not owners may have API keys: a setting of the workspace. */
import type { WorkspaceRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { WorkspaceType } from "../viewer/viewer.type.ts";
import { AllowMemberKeysInput } from "./apiKey.input.ts";
import { AllowMemberKeysPayload } from "./apiKey.type.ts";

@Resolver(() => WorkspaceType)
export class MemberKeysResolver {
  @Requires("apiKey:allowMembers")
  @Mutation(() => AllowMemberKeysPayload, {
    description: "Allows or forbids API keys of members who are not owners. Forbidden keys work again once they are allowed.",
  })
  allowMemberKeys(
    @Arg("input", () => AllowMemberKeysInput, { description: "Input of `allowMemberKeys`." }) input: AllowMemberKeysInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ workspace: WorkspaceRecord }>> {
    return resolvePayload("AllowMemberKeysSuccess", async () => {
      await services.apiKeys.allowMembers(actor, input);
      return { workspace: await services.viewer.getWorkspace(actor) };
    });
  }

  @FieldResolver(() => Boolean, { complexity: statementCost, description: "Whether members who are not owners may have API keys." })
  memberKeys(@Root() workspace: WorkspaceRecord, @Ctx() { actor, services }: ApiContext): Promise<boolean> {
    return services.apiKeys.allowsMembers(actor, workspace.id);
  }

  @FieldResolver(() => Boolean, { complexity: statementCost, description: "Whether you may create API keys in the workspace." })
  mayCreateKeys(@Root() workspace: WorkspaceRecord, @Ctx() { actor, services }: ApiContext): Promise<boolean> {
    return services.apiKeys.mayCreate(actor, workspace.id);
  }
}
