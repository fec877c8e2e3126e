/** `pareidolia sweep`: shows sweeps and their results, and pauses, resumes and cancels them. */

import { successOf } from "@pareidolia/client/errors";
import { cancelSweep, findSweep } from "@pareidolia/client/operations";
import { csvLine } from "@pareidolia/core/csv";
import type { Command } from "commander";
import { change } from "../changes.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import { type ConfirmOptions, confirm, yesOption } from "../confirm.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { formatConfidence, formatCount, formatSeconds, formatTime } from "../output/numbers.ts";
import { drawPairs, drawTable } from "../output/table.ts";
import { pageAddress } from "../pageAddress.ts";
import { pauseSweep, resumeSweep, type SweepChanged, type SweepResultsRead, sweepResults } from "../verbDocuments.ts";
import { sent } from "./runKinds.ts";

const missing = (reference: string): CliError => new CliError("notFound", `There is no sweep ${reference}.`);

async function show(context: Context, _options: object, reference = ""): Promise<void> {
  const { sweep } = await context.client.query(findSweep, { id: reference }, sent(context));
  if (sweep == null) throw missing(reference);
  const { key, name, state, reason, axes, pointCount, runCount, progress, createdAt, endedAt } = sweep;
  const { succeeded, running, queued, paused, failed, cancelled } = progress;
  const states = Object.entries({ succeeded, running, queued, paused, failed, cancelled }).filter(([, count]) => count > 0);
  const page = await pageAddress(context, `/sweeps/${key}`);
  await context.print({
    json: sweep,
    text: () =>
      drawPairs([
        ["Sweep", `${key}  ${name}`],
        ["State", reason === "" || reason == null ? state.toLowerCase() : `${state.toLowerCase()}: ${reason}`],
        ["Axes", axes.map(({ label }) => label).join(", ")],
        ["Points", formatCount(pointCount)],
        ["Runs", `${formatCount(runCount)}: ${states.map(([each, count]) => `${formatCount(count)} ${each}`).join(", ")}`],
        ["Evaluations", formatCount(progress.evaluations)],
        ["Computed", formatSeconds(progress.computedSeconds)],
        ["Created", formatTime(createdAt)],
        ["Ended", formatTime(endedAt)],
        ["Page", page],
      ]),
  });
}

type Read = NonNullable<SweepResultsRead["sweep"]>;
type Point = Read["results"]["points"][number];

/** As the plan's page names the value, such as a network by its name. */
function labelOf({ values, valueLabels }: Read["axes"][number], value: unknown): string {
  const place = values.findIndex((each) => JSON.stringify(each) === JSON.stringify(value));
  return valueLabels[place] ?? (typeof value === "string" ? value : JSON.stringify(value));
}

async function results(context: Context, { csv }: { readonly csv?: boolean }, reference = ""): Promise<void> {
  const { sweep } = await context.client.query<SweepResultsRead>(sweepResults, { id: reference }, sent(context));
  if (sweep === null) throw missing(reference);
  const { axes, results: found } = sweep;
  if (csv === true) {
    const head = [...axes.map(({ path }) => path), "runs", "median", "medianLow", "medianHigh", "mean", "meanLow", "meanHigh"];
    const cell = (value: number | null | undefined): string => (value == null ? "" : String(value));
    const rows = found.points.map(({ values, count, median, mean }) => [
      ...values.map((value, i) => labelOf(axes[i] as Read["axes"][number], value)),
      String(count),
      ...[median, mean].flatMap((each) => [cell(each?.estimate), cell(each?.low), cell(each?.high)]),
    ]);
    return context.write([head, ...rows].map(csvLine).join(""));
  }
  const interval = ({ median }: Point): string =>
    median?.low == null || median.high === null ? "-" : `${formatConfidence(median.low)} to ${formatConfidence(median.high)}`;
  await context.print({
    json: sweep,
    text: () =>
      drawTable(
        found.points,
        [
          ...axes.map((axis, i) => ({ title: axis.label, value: ({ values }: Point) => labelOf(axis, values[i]) })),
          { title: "Runs", value: ({ count }) => formatCount(count), isNumber: true },
          { title: "Median", value: ({ median }) => formatConfidence(median?.estimate), isNumber: true },
          { title: "95% interval", value: interval },
        ],
        context.tableWidth,
      ),
  });
}

async function printState(context: Context, sweep: SweepChanged["sweep"]): Promise<void> {
  await context.print({ json: sweep, text: () => `${sweep.key} is ${sweep.state.toLowerCase()}.\n` });
}

const control =
  (document: string) =>
  async (context: Context, _options: object, sweepId = ""): Promise<void> =>
    printState(context, (await change<SweepChanged>(context, document, { sweepId })).sweep);

async function cancel(context: Context, options: ConfirmOptions, sweepId = ""): Promise<void> {
  await confirm(context, options, `Cancel ${sweepId} with its runs?`);
  const { cancelSweep: payload } = await context.client.mutate(cancelSweep, { input: { sweepId } }, sent(context));
  const { id, key, name, state } = successOf(payload).sweep;
  await printState(context, { id, key, name, state });
}

export function addSweep(program: Command, { run }: CommandHost): void {
  const parent = program.command("sweep").description("Show sweeps and their results, and control them; `run sweep` starts one.");
  const sweep = ["<sweep>", "key of the sweep, such as SWP-7"] as const;
  parent
    .command("show")
    .description("Show a sweep and how far its runs are.")
    .argument(...sweep)
    .action(run(show));
  parent
    .command("results")
    .description("Show what the runs of each point have reached.")
    .argument(...sweep)
    .option("--csv", "print CSV")
    .addHelpText("after", examples("sweep results SWP-7", "sweep results SWP-7 --csv > points.csv"))
    .action(run<{ readonly csv?: boolean }>(results));
  parent
    .command("pause")
    .description("Pause a sweep; its running runs pause at their next checkpoints.")
    .argument(...sweep)
    .action(run(control(pauseSweep)));
  parent
    .command("resume")
    .description("Resume a paused sweep.")
    .argument(...sweep)
    .action(run(control(resumeSweep)));
  parent
    .command("cancel")
    .description("Cancel a sweep with its runs; their results stay.")
    .argument(...sweep)
    .option(...yesOption)
    .action(run<ConfirmOptions>(cancel));
}
