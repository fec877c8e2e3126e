/** A secret with which a program acts as a member of a workspace. */
import type { KeyScope } from "@pareidolia/core/actor";
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { WorkspaceType } from "../viewer/viewer.type.ts";
import { KeyScopeEnum } from "./apiKey.input.ts";

@Requires("apiKey:read")
@ObjectType("ApiKey", {
  implements: NodeInterface,
  description: "A secret with which a program acts as one member of the workspace. The secret itself is shown only once.",
})
export class ApiKeyType extends NodeInterface {
  @Field(() => String, { description: "What the key is for." })
  readonly name!: string;

  @Field(() => String, { description: "First characters of the secret." })
  readonly prefix!: string;

  @Field(() => [KeyScopeEnum], { description: "What the key permits, within the role of its user." })
  readonly scopes!: readonly KeyScope[];

  @Field(() => DateTimeScalar, { description: "When the key was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the key expires; null if never." })
  readonly expiresAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the key was last used, up to a minute late; null if never." })
  readonly lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the key was revoked; null if it is valid." })
  readonly revokedAt!: Date | null;
}

export const apiKeyConnection = connectionTypesOf({ noun: "ApiKey", plural: "API keys", node: ApiKeyType, action: "apiKey:read" });

@Requires("apiKey:create")
@ObjectType("CreateApiKeySuccess", { description: "The key is created." })
export class CreateApiKeySuccess {
  @Field(() => ApiKeyType, { description: "The created key." })
  readonly apiKey!: unknown;

  @Field(() => String, { description: "The secret. Store it now: it cannot be read again." })
  readonly secret!: string;
}

export const CreateApiKeyPayload = payloadOf({
  name: "CreateApiKeyPayload",
  description: "Result of `createApiKey`.",
  success: CreateApiKeySuccess,
  missing: false,
});

@Requires("apiKey:revoke")
@ObjectType("RevokeApiKeySuccess", { description: "The key is revoked, now or earlier." })
export class RevokeApiKeySuccess {
  @Field(() => ApiKeyType, { description: "The revoked key." })
  readonly apiKey!: unknown;
}

export const RevokeApiKeyPayload = payloadOf({
  name: "RevokeApiKeyPayload",
  description: "Result of `revokeApiKey`.",
  success: RevokeApiKeySuccess,
  missing: true,
});

@Requires("apiKey:allowMembers")
@ObjectType("AllowMemberKeysSuccess", { description: "The setting is changed, now or earlier." })
export class AllowMemberKeysSuccess {
  @Field(() => WorkspaceType, { description: "The workspace with its new rule." })
  readonly workspace!: unknown;
}

export const AllowMemberKeysPayload = payloadOf({
  name: "AllowMemberKeysPayload",
  description: "Result of `allowMemberKeys`.",
  success: AllowMemberKeysSuccess,
  missing: false,
});
