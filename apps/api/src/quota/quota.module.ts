/** API module for quotas. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { QuotaResolver } from "./quota.resolver.ts";
import { QuotaService } from "./quota.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly quotas: QuotaService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "quota:read": readers };

export const quotaModule: NounModule = {
  resolvers: [QuotaResolver],
  actions,
  services: {
    quotas: ({ database, quotas }) => new QuotaService(database, quotas),
  },
};
