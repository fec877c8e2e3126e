/** Module of runs that are planned and not started. */
import type { NounModule } from "../assembly/nounModule.ts";
import { RunPlanResolver } from "./runPlan.resolver.ts";
import { RunPlanService } from "./runPlan.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly runPlans: RunPlanService;
  }
}

export const runPlanModule: NounModule = {
  resolvers: [RunPlanResolver],
  services: {
    runPlans: ({ services }) => new RunPlanService(services),
  },
};
