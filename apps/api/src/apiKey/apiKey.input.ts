/** Creates and revokes API keys. */
import { type KeyScope, keyScopes } from "@pareidolia/core/actor";
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { previousValue } from "../tracking/previousValue.ts";

export const KeyScopeEnum = Object.fromEntries(keyScopes.map((scope) => [scope, scope]));

registerEnumType(KeyScopeEnum, {
  name: "KeyScope",
  description: "What an API key permits, within the role of its user.",
  valuesConfig: {
    READ: { description: "Read everything that the user can read." },
    RUN: { description: "Create, change and delete experiments, runs, models, photos and uploads. Includes READ." },
    VOTE: { description: "Say what an image shows." },
    ADMIN: { description: "Manage the workspace and its members. Creating API keys is never permitted." },
  },
});

@InputType("CreateApiKeyInput", { description: "Input of `createApiKey`." })
export class CreateApiKeyInput {
  @Field(() => String, { description: "What the key is for: 1 to 100 characters." })
  name!: string;

  @Field(() => [KeyScopeEnum], { description: "What the key permits: at least one scope." })
  scopes!: KeyScope[];

  @Field(() => Int, { nullable: true, description: "Days until the key expires: 1 to 3650. Default: it never expires." })
  expiresInDays?: number | null;
}

@InputType("RevokeApiKeyInput", { description: "Input of `revokeApiKey`." })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "ID of the key." })
  apiKeyId!: string;
}

@InputType("ApiKeyFilter", { description: "Conditions that each of the API keys must meet; null leaves one out." })
export class ApiKeyFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: "True for keys that are neither revoked nor expired, false for the others. Default: all keys.",
  })
  valid?: boolean | null;
}

@ArgsType()
export class ApiKeyArguments extends ConnectionArguments {
  @Field(() => ApiKeyFilter, { nullable: true, description: "Lists only API keys that match all conditions." })
  filter?: ApiKeyFilter | null;
}

@InputType("AllowMemberKeysInput", { description: "Input of `allowMemberKeys`." })
export class AllowMemberKeysInput {
  @Field(() => Boolean, { description: "Whether members who are not owners may have API keys." })
  allowed!: boolean;

  @Field(() => Boolean, previousValue("The setting"))
  previousAllowed?: boolean | null;
}
