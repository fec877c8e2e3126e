/** A run that a command has started, or only planned: what is printed of it, and how it is followed. */
import { type PlanRunQuery, type PlanRunQueryVariables, planRun } from "@pareidolia/client/operations";
import type { Context } from "../context.ts";
import { formatCount } from "../output/numbers.ts";
import { drawPairs } from "../output/table.ts";
import { pageAddress } from "../pageAddress.ts";
import { followRun } from "./follow.ts";
import type { Input } from "./runInput.ts";

export interface StartedRun {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly state: string;
  readonly seed: number;
}

export interface StartOptions {
  readonly watch?: boolean;
  readonly dryRun?: boolean;
}

export type RunPlan = PlanRunQuery["planRun"];

/** What the API would start, checked as the start is. */
export async function planOf({ client, terminal }: Context, field: keyof PlanRunQueryVariables["input"], input: Input): Promise<RunPlan> {
  const variables = { input: { [field]: input } } as PlanRunQueryVariables;
  return (await client.query(planRun, variables, { signal: terminal.signal })).planRun;
}

export async function printPlan(context: Context, plan: RunPlan): Promise<void> {
  const parameters = Object.entries(plan.parameters as Record<string, unknown>);
  await context.print({
    json: plan,
    text: () =>
      `${drawPairs([
        ["Kind", plan.kind],
        ["Method", plan.method],
        ["Preset", plan.preset],
        ["Seed", String(plan.seed)],
        ["Evaluations", formatCount(plan.evaluations)],
        ...parameters.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const),
      ])}Nothing was started.\n`,
  });
}

export async function printStarted(context: Context, run: StartedRun, options: StartOptions): Promise<void> {
  if (options.watch === true) {
    context.note(`Started ${run.key}, ${run.name}, with seed ${run.seed}.`);
    return followRun(context, run.key, {});
  }
  const { id, key, name, state, seed } = run;
  const address = await pageAddress(context, `/runs/${key}`);
  await context.print({
    json: { id, key, name, state, seed, url: address },
    text: () =>
      drawPairs([
        ["Run", key],
        ["Name", name],
        ["Seed", String(seed)],
        ["Page", address],
        ["Follow it", `pareidolia watch ${key}`],
      ]),
  });
}
