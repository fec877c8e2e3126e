/** `npm run bench -- ROW`: measures a row of the quality table on this machine and says whether its bar holds. */
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { cacheFolder } from "@pareidolia/lab/cacheFolder";
import { describeMachine, describeVersions } from "@pareidolia/lab/machine";
import { readOptions, readWhole, UsageError } from "@pareidolia/lab/readOptions";
import { formatTable, printReport } from "@pareidolia/lab/report";
import { runCommand } from "@pareidolia/lab/runCommand";
import type { Benchmark } from "./benchmark.ts";
import { mnistJob } from "./mnistJob.ts";

const benchmarks: readonly Benchmark[] = [mnistJob];

const help = `npm run bench -- ROW [--repetitions N] [--json]

${formatTable(
  ["row", ""],
  benchmarks.map(({ id, description }) => [id, description]),
).join("\n")}

  --repetitions N   how often the two sides are measured in turn (default 5)
  --json            one object on standard output, nothing else`;

await runCommand(async () => {
  const { values, positionals } = readOptions(
    { repetitions: { type: "string" }, json: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
    help,
  );
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  const [id, ...more] = positionals;
  const benchmark = benchmarks.find((candidate) => candidate.id === id);
  if (benchmark === undefined) throw new UsageError(`${id === undefined ? "Say which row." : `There is no row "${id}".`}\n\n${help}`);
  if (more.length > 0) throw new UsageError(`"${more[0]}" is not expected here: one row at a time.\n\n${help}`);
  const repetitions = readWhole("repetitions", values.repetitions, { fallback: 5, minimum: 1, maximum: 1000 });
  const classifier = await openZooClassifier({ id: "lenet", cacheFolder: cacheFolder(process.env) });
  try {
    const rows = await benchmark.run({ classifier, repetitions, onProgress: (line) => process.stderr.write(`${line}\n`) });
    const holds = rows.every((row) => row.holds);
    printReport({ rows, holds, machine: describeMachine(), versions: describeVersions(classifier) }, values.json);
    return { holds };
  } finally {
    await classifier.dispose();
  }
});
