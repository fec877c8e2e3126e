/** Resolves the plan of a run that is not started. */
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { computationCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { PlanRunInput } from "./runPlan.input.ts";
import { RunPlanType } from "./runPlan.type.ts";

@Resolver()
export class RunPlanResolver {
  @Requires("run:start")
  @Query(() => RunPlanType, {
    complexity: computationCost,
    description:
      "What starting this run would create, checked in the same way, such as before an experiment is created for it. `planSweep` does the same for sweeps.",
  })
  planRun(
    @Arg("input", () => PlanRunInput, { description: "The run to plan." }) input: PlanRunInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<RunPlanType> {
    return services.runPlans.plan(actor, input);
  }
}
