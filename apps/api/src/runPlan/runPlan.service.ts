/** Checks the start of one run without starting it, by the rules of the service that would start it. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { countEvaluations, methodOf, type Outlined } from "@pareidolia/core/runKinds/registry";
import type { AscentService } from "../ascent/ascent.service.ts";
import type { RerunService } from "../bulk/rerun.service.ts";
import type { ChainService } from "../chain/chain.service.ts";
import type { EvolutionService } from "../evolution/evolution.service.ts";
import type { ForkService } from "../fork/fork.service.ts";
import type { PerturbationService } from "../perturbation/perturbation.service.ts";
import { policy } from "../policy/policy.ts";
import type { PlannedRun } from "../run/runLauncher.ts";
import type { PlanRunInput } from "./runPlan.input.ts";
import type { RunPlanType } from "./runPlan.type.ts";

interface Starter<Input> {
  plan(actor: Actor, input: Input): Promise<PlannedRun>;
}

type Starters = { readonly [Field in keyof PlanRunInput]-?: Starter<NonNullable<PlanRunInput[Field]>> };

interface RunPlanOptions {
  readonly evolutions: EvolutionService;
  readonly ascents: AscentService;
  readonly perturbations: PerturbationService;
  readonly chains: ChainService;
  readonly forks: ForkService;
  readonly reruns: RerunService;
}

export class RunPlanService {
  readonly #starters: Starters;

  constructor({ evolutions, ascents, perturbations, chains, forks, reruns }: RunPlanOptions) {
    this.#starters = {
      evolution: evolutions,
      ascent: ascents,
      perturbation: perturbations,
      retraining: chains,
      fork: forks,
      rerun: reruns,
    };
  }

  /** @throws AppError as the start would. */
  async plan(actor: Actor, input: PlanRunInput): Promise<RunPlanType> {
    policy.requireInWorkspace(actor, "run:start");
    const names = Object.keys(this.#starters) as (keyof PlanRunInput)[];
    const [name, another] = names.filter((each) => input[each] != null);
    if (name === undefined || another !== undefined)
      throw new AppError("INVALID_INPUT", `"input" needs exactly one of ${names.join(", ")}.`, { field: "input" });
    const starter = this.#starters[name] as Starter<unknown>;
    const planned = await starter.plan(actor, input[name]);
    const { kind, preset, parameters, seed } = planned;
    const run = planned as Outlined;
    return { kind, method: methodOf(run), preset, parameters, seed, evaluations: countEvaluations(run) };
  }
}
