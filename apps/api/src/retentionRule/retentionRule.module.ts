/** API module of retention rules. */
import type { RetentionRuleRecord } from "@pareidolia/persistence/lab/retention/retentionRule";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners } from "../policy/actions.ts";
import { RetentionItemResolver, RetentionRuleResolver } from "./retentionRule.resolver.ts";
import { RetentionRuleService } from "./retentionRule.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly retentionRules: RetentionRuleService;
  }
  interface Loaders {
    readonly retentionRule: Load<RetentionRuleRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly RetentionRule: RetentionRuleRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "retentionRule:read": owners,
  "retentionRule:create": owners,
  "retentionRule:change": owners,
  "retentionRule:delete": owners,
};

export const retentionRuleModule: NounModule = {
  resolvers: [RetentionRuleResolver, RetentionItemResolver],
  actions,
  services: {
    retentionRules: ({ database }) => new RetentionRuleService(database),
  },
  loaders: {
    retentionRule: ({ actor, services }) => new DataLoader((ids) => services.retentionRules.load(actor, ids)),
  },
  nodes: {
    RetentionRule: { byId: ({ retentionRule }) => retentionRule },
  },
};
