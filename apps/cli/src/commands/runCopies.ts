/** `pareidolia run fork` and `run rerun`: new runs that continue or repeat others. */
import { type Command, Option } from "commander";
import { change, printItems } from "../changes.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { formatCount } from "../output/numbers.ts";
import { drawTable } from "../output/table.ts";
import { forkRun, type ItemsChanged, rerunRuns } from "../verbDocuments.ts";
import { collect, readSettings, readWhole, withoutUndefined } from "./runInput.ts";
import { planOf, printPlan, printStarted, type RunPlan, type StartedRun, type StartOptions } from "./startedRun.ts";

interface ForkOptions extends StartOptions {
  readonly generation: number;
  readonly generations?: number;
  readonly set?: readonly string[];
  readonly seed?: number;
}

async function fork(context: Context, options: ForkOptions, runId = ""): Promise<void> {
  const { generation, generations, seed, set } = options;
  const input = { runId, generation, ...withoutUndefined({ generations, seed, parameters: set && readSettings(set) }) };
  if (options.dryRun === true) return printPlan(context, await planOf(context, "fork", input));
  const { run } = await change<{ readonly run: StartedRun }>(context, forkRun, input);
  await printStarted(context, run, options);
}

interface RerunOptions {
  readonly dryRun?: boolean;
  readonly seeds: "same" | "next";
}

/** With other seeds, a rerun has the same plan. */
async function planReruns(context: Context, runIds: readonly string[]): Promise<void> {
  const plans: (RunPlan & { readonly rerunOf: string })[] = [];
  for (const runId of runIds) plans.push({ rerunOf: runId, ...(await planOf(context, "rerun", { runId })) });
  await context.print({
    json: plans,
    text: () =>
      `${drawTable(
        plans,
        [
          { title: "Again", value: ({ rerunOf }) => rerunOf },
          { title: "Kind", value: ({ kind }) => kind },
          { title: "Method", value: ({ method }) => method },
          { title: "Evaluations", value: ({ evaluations }) => formatCount(evaluations), isNumber: true },
        ],
        context.tableWidth,
      )}Nothing was started.\n`,
  });
}

async function rerun(context: Context, { seeds, dryRun }: RerunOptions, ...args: string[]): Promise<void> {
  if (dryRun === true) return planReruns(context, args.flat());
  type Started = ItemsChanged & { readonly runs: readonly StartedRun[] };
  const { items, runs } = await change<Started>(context, rerunRuns, { runIds: args.flat(), seeds: seeds.toUpperCase() });
  const left = items.filter(({ skipped }) => skipped !== null);
  if (runs.length > 0)
    await context.print({
      json: runs,
      text: () =>
        drawTable(
          runs,
          [
            { title: "Run", value: ({ key }) => key },
            { title: "Name", value: ({ name }) => name },
            { title: "Seed", value: ({ seed }) => String(seed), isNumber: true },
          ],
          context.tableWidth,
        ),
    });
  if (left.length > 0) await printItems({ ...context, print: async ({ text }) => context.note(text().trimEnd()) }, left, "");
}

export function addRunCopies(parent: Command, { run }: CommandHost): void {
  parent
    .command("fork")
    .description("Start a run that continues another after one generation, with changed settings.")
    .argument("<run>", "evolution or chain to continue, such as RUN-142")
    .requiredOption("--generation <number>", "last generation to have from it; of a chain, the number of finished links", readWhole)
    .option("--generations <count>", "generations of the fork; of a chain, its networks; default: as the run", readWhole)
    .option("--set <name=value>", "changed parameter; may be repeated", collect)
    .option("--seed <number>", "seed of the random numbers; default: as the run", readWhole)
    .option("--dry-run", "check everything, show what it would start, and create nothing")
    .option("--watch", "follow until it ends")
    .addHelpText("after", examples("run fork RUN-142 --generation 100 --set mutationRate=0.3 --generations 500"))
    .action(run<ForkOptions>(fork));
  parent
    .command("rerun")
    .description("Start runs again with the same settings.")
    .argument("<run...>", "keys of runs, such as RUN-142")
    .addOption(new Option("--seeds <which>", "same: the same results; next: further replicates").choices(["same", "next"]).default("same"))
    .option("--dry-run", "check everything, show what it would start, and create nothing")
    .addHelpText("after", examples("run rerun RUN-142", "run rerun RUN-142 RUN-143 --seeds next"))
    .action(run<RerunOptions>(rerun));
}
