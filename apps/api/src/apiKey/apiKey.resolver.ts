/** Resolves API keys. */
import type { ApiKeyRecord } from "@pareidolia/persistence/access/accounts/apiKeys";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { ApiKeyArguments, CreateApiKeyInput, RevokeApiKeyInput } from "./apiKey.input.ts";
import { ApiKeyType, apiKeyConnection, CreateApiKeyPayload, RevokeApiKeyPayload } from "./apiKey.type.ts";

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @Requires("apiKey:read")
  @Query(() => apiKeyConnection.connection, {
    description: "API keys of the workspace, latest first: for owners those of all members, for others their own.",
  })
  apiKeys(@Args(() => ApiKeyArguments) args: ApiKeyArguments, @Ctx() { actor, services }: ApiContext): Promise<Connection<ApiKeyRecord>> {
    return services.apiKeys.list(actor, args);
  }

  @Requires("apiKey:create")
  @Mutation(() => CreateApiKeyPayload, { description: "Creates an API key for the viewer. Requests with an API key are refused." })
  createApiKey(
    @Arg("input", () => CreateApiKeyInput, { description: "Input of `createApiKey`." }) input: CreateApiKeyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ apiKey: ApiKeyRecord; secret: string }>> {
    return resolvePayload("CreateApiKeySuccess", () => services.apiKeys.create(actor, input));
  }

  @Requires("apiKey:revoke")
  @Mutation(() => RevokeApiKeyPayload, { description: "Revokes an API key at once. This cannot be undone." })
  revokeApiKey(
    @Arg("input", () => RevokeApiKeyInput, { description: "Input of `revokeApiKey`." }) input: RevokeApiKeyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ apiKey: ApiKeyRecord }>> {
    return resolvePayload("RevokeApiKeySuccess", async () => ({ apiKey: await services.apiKeys.revoke(actor, input.apiKeyId) }));
  }

  @FieldResolver(() => ID, { description: "ID of the key: opaque, and unique across all types." })
  id(@Root() key: ApiKeyRecord): string {
    return encodeGlobalId("ApiKey", key.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The member as whom the key acts; null for a former member." })
  user(@Root() key: ApiKeyRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(key.createdById);
  }
}
