/** `pareidolia run compare`: what runs or groups of runs have reached, and in which settings they differ. */
import type { Command } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { formatConfidence, formatCount } from "../output/numbers.ts";
import { drawTable } from "../output/table.ts";
import { compareRuns, type RunsCompared } from "../verbDocuments.ts";
import { readWhole, withoutUndefined } from "./runInput.ts";

interface CompareOptions {
  readonly generation?: number;
  readonly all?: boolean;
}

type Comparison = RunsCompared["runComparison"];

/** `RUN-1`, `RUN-1,RUN-2`, or the same after a name and `=`. */
function readEntry(text: string): { readonly name?: string; readonly runIds: readonly string[] } {
  const at = text.indexOf("=");
  const runIds = text.slice(at + 1).split(",");
  if (at < 0 && runIds.length === 1) return { runIds };
  return { name: at < 0 ? text : text.slice(0, at), runIds };
}

const shownValue = (value: unknown): string => (typeof value === "string" ? value : value === null ? "-" : JSON.stringify(value));

function drawOutcomes({ entries, outcomes }: Comparison, width: number | null): string {
  const rows = entries.flatMap(({ name }, i) => (outcomes[i]?.kinds ?? []).map((kind) => ({ name, ...kind })));
  return drawTable(
    rows,
    [
      { title: "Entry", value: ({ name }) => name },
      { title: "Kind", value: ({ kindLabel }) => kindLabel },
      { title: "Runs", value: ({ runCount }) => formatCount(runCount), isNumber: true },
      { title: "Median", value: ({ median }) => formatConfidence(median?.mean), isNumber: true },
      {
        title: "95% interval",
        value: ({ median }) =>
          median?.low == null || median.high === null ? "-" : `${formatConfidence(median.low)} to ${formatConfidence(median.high)}`,
      },
      {
        title: "Reached",
        value: ({ isMeasured, reached, total, unit, reachedMeans }) =>
          isMeasured ? `${formatCount(reached)} of ${formatCount(total)} ${unit} ${reachedMeans}` : "-",
      },
    ],
    width,
  );
}

function drawSettings({ entries, parameters }: Comparison, all: boolean, width: number | null): string {
  const rows = all ? parameters : parameters.filter(({ differs }) => differs);
  if (rows.length === 0) return "They have the same settings.\n";
  return drawTable(
    rows,
    [
      { title: "Setting", value: ({ label }) => label },
      ...entries.map(({ name }, i) => ({
        title: name,
        value: ({ values }: (typeof rows)[number]) => {
          const shown = values[i]?.values.map(shownValue).join(", ") ?? "-";
          return (values[i]?.count ?? 0) > (values[i]?.values.length ?? 0) ? `${shown}, …` : shown;
        },
      })),
    ],
    width,
  );
}

function drawTests({ entries, tests: { pairs } }: Comparison, width: number | null): string {
  if (pairs.length === 0) return "";
  const nameOf = (place: number): string => entries[place]?.name ?? "";
  const columns = [
    { title: "Compared", value: ({ first, second }: (typeof pairs)[number]) => `${nameOf(first)} with ${nameOf(second)}` },
    { title: "Cliff's delta", value: ({ delta }: (typeof pairs)[number]) => delta.toFixed(2), isNumber: true },
    { title: "Adjusted p", value: ({ adjustedP }: (typeof pairs)[number]) => adjustedP.toPrecision(2), isNumber: true },
  ];
  return `\n${drawTable(pairs, columns, width)}`;
}

async function compare(context: Context, options: CompareOptions, ...args: string[]): Promise<void> {
  const { client, terminal, tableWidth } = context;
  const variables = { entries: args.flat().map(readEntry), ...withoutUndefined({ generation: options.generation }) };
  const { runComparison: found } = await client.query<RunsCompared>(compareRuns, variables, { signal: terminal.signal });
  await context.print({
    json: found,
    text: () =>
      `${drawOutcomes(found, tableWidth)}\n${drawSettings(found, options.all === true, tableWidth)}${drawTests(found, tableWidth)}`,
  });
}

export function addRunCompare(parent: Command, { run }: CommandHost): void {
  parent
    .command("compare")
    .description("Compare runs or groups of runs: what they reached, and the settings in which they differ.")
    .argument("<entry...>", "a run such as RUN-142, or a group such as 'high=RUN-142,RUN-143'")
    .option("--generation <number>", "generation to compare; default: the last", readWhole)
    .option("--all", "show all settings, not only those that differ")
    .addHelpText("after", examples("run compare RUN-142 RUN-143", "run compare low=RUN-1,RUN-2,RUN-3 high=RUN-4,RUN-5,RUN-6"))
    .action(run<CompareOptions>(compare));
}
