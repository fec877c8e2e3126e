/** API module for the costs of operations and the limit of what a sender spends on them. */
import type { NounModule } from "../assembly/nounModule.ts";
import { RateLimitResolver } from "./rateLimit.resolver.ts";

export const rateLimitModule: NounModule = { resolvers: [RateLimitResolver] };
