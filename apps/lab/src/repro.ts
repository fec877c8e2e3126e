/** `npm run repro -- EXPERIMENT`: repeats an experiment of the paper without a database and says whether its bars hold. */
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { cacheFolder } from "./cacheFolder.ts";
import type { Experiment } from "./experiments/experiment.ts";
import { experiments } from "./experiments/registry.ts";
import { describeMachine, describeVersions } from "./machine.ts";
import { readOptions, readWhole, UsageError } from "./readOptions.ts";
import { formatTable, printReport } from "./report.ts";
import { runCommand } from "./runCommand.ts";

const help = `npm run repro -- EXPERIMENT [--preset P] [--seeds N] [--generations G] [--json]

${formatTable(
  ["experiment", ""],
  experiments.map(({ id, description }) => [id, description]),
).join("\n")}

  --preset P        ${[...new Set(experiments.flatMap(({ presets }) => presets.map(({ id }) => id)))].join(", ")}
  --seeds N         how many seeds, from 1 on (default 3)
  --generations G   the last generation (default: as many as the bars need)
  --json            one object on standard output, nothing else`;

await runCommand(async () => {
  const { values, positionals } = readOptions(
    {
      preset: { type: "string" },
      seeds: { type: "string" },
      generations: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
    help,
  );
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  const experiment = findExperiment(positionals);
  const { preset } = values;
  if (preset !== undefined && !experiment.presets.some(({ id }) => id === preset))
    throw new UsageError(`${experiment.id} has no preset "${preset}". It has: ${experiment.presets.map(({ id }) => id).join(", ")}.`);
  const seedCount = readWhole("seeds", values.seeds, { fallback: 3, minimum: 1, maximum: 10_000 });
  const generations =
    values.generations === undefined
      ? undefined
      : readWhole("generations", values.generations, { fallback: 200, minimum: 0, maximum: 1_000_000 });

  const classifier = await openZooClassifier({ id: "lenet", cacheFolder: cacheFolder(process.env) });
  try {
    const { head, lines, rows } = await experiment.run({
      classifier,
      presets: preset === undefined ? undefined : [preset],
      seeds: Array.from({ length: seedCount }, (_, index) => index + 1),
      generations,
      onProgress: (line) => process.stderr.write(`${line}\n`),
    });
    const holds = rows.every((row) => row.holds);
    if (!values.json) process.stdout.write(`\n${formatTable(head, lines).join("\n")}\n`);
    printReport({ rows, holds, machine: describeMachine(), versions: describeVersions(classifier) }, values.json);
    return { holds };
  } finally {
    await classifier.dispose();
  }
});

function findExperiment(positionals: readonly string[]): Experiment {
  const [id, ...more] = positionals;
  const experiment = experiments.find((candidate) => candidate.id === id);
  if (id === undefined) throw new UsageError(`Say which experiment.\n\n${help}`);
  if (experiment === undefined) throw new UsageError(`There is no experiment "${id}".\n\n${help}`);
  if (more.length > 0) throw new UsageError(`"${more[0]}" is not expected here: one experiment at a time.\n\n${help}`);
  return experiment;
}
