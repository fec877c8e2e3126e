/** API module for API keys. */

import type { ApiKeyRecord } from "@pareidolia/persistence/access/accounts/apiKeys";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners, readers } from "../policy/actions.ts";
import { ApiKeyResolver } from "./apiKey.resolver.ts";
import { ApiKeyService } from "./apiKey.service.ts";
import { apiKeyConnection } from "./apiKey.type.ts";
import { MemberKeysResolver } from "./memberKeys.resolver.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly apiKeys: ApiKeyService;
  }
  interface Loaders {
    readonly apiKey: Load<ApiKeyRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly ApiKey: ApiKeyRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Every member manages their own keys; "apiKey:manage" adds those of others. */
const actions = {
  "apiKey:read": readers,
  "apiKey:create": readers,
  "apiKey:revoke": readers,
  "apiKey:manage": owners,
  "apiKey:allowMembers": owners,
};

export const apiKeyModule: NounModule = {
  resolvers: [ApiKeyResolver, MemberKeysResolver, apiKeyConnection.resolver],
  actions,
  services: {
    apiKeys: ({ database }) => new ApiKeyService(database),
  },
  loaders: {
    apiKey: ({ actor, services }) => new DataLoader((ids) => services.apiKeys.load(actor, ids)),
  },
  nodes: {
    ApiKey: { byId: ({ apiKey }) => apiKey },
  },
};
