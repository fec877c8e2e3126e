import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { cacheFolder } from "@pareidolia/lab/cacheFolder";
import { describeMachine, describeVersions } from "@pareidolia/lab/machine";
import { readOptions, readWhole, UsageError } from "@pareidolia/lab/readOptions";
import { formatTable, printReport, type ReportRow } from "@pareidolia/lab/report";
import type { Benchmark } from "./benchmark.ts";
import { cppnImages } from "./cppnImages.ts";
import { helloSpeed } from "./helloSpeed.ts";
import { imageSpeed } from "./imageSpeed.ts";
import { mnistJob } from "./mnistJob.ts";
import { forwardSpeed, gradientSpeed } from "./networkSpeed.ts";
import { prices } from "./prices.ts";
import { largeSize, smallSize } from "./scale/shape.ts";
import { scale } from "./scale.ts";
import { senders } from "./senders.ts";

const benchmarks: readonly Benchmark[] = [
  mnistJob,
  forwardSpeed,
  gradientSpeed,
  cppnImages,
  helloSpeed,
  scale,
  imageSpeed,
  senders,
  prices,
];

const help = `npm run bench -- ROW... [--repetitions N] [--peers] [--json]

${formatTable(
  ["row", ""],
  benchmarks.map(({ id, description }) => [id, description]),
).join("\n")}

  --repetitions N   how often the two sides are measured in turn (default 5; P2 and P3 at least 20)
  --peers           measures other programs beside ours (NumPy, PyTorch, pyribs), which it installs, some GB, outside the repository
  --runs N          runs in P8's large database (default ${largeSize.runs}, a multiple of ${smallSize.runs})
  --json            one object on standard output, nothing else`;

/** Measures the rows of the quality table named on the command line, and reports whether their bars hold. */
export async function measure(): Promise<{ readonly holds: boolean }> {
  const { values, positionals } = readOptions(
    {
      repetitions: { type: "string" },
      peers: { type: "boolean", default: false },
      runs: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
    help,
  );
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  if (positionals.length === 0) throw new UsageError(`Name a row.\n\n${help}`);
  const chosen = positionals.map((id) => {
    const benchmark = benchmarks.find((candidate) => candidate.id === id);
    if (benchmark === undefined) throw new UsageError(`There is no row "${id}".\n\n${help}`);
    return benchmark;
  });
  const repetitions = readWhole("repetitions", values.repetitions, { fallback: 5, minimum: 1, maximum: 1000 });
  const runs = readWhole("runs", values.runs, { fallback: largeSize.runs, minimum: smallSize.runs, maximum: 10 * largeSize.runs });
  if (runs % smallSize.runs !== 0) throw new UsageError(`--runs must be a multiple of ${smallSize.runs}.`);
  let classifier: DifferentiableClassifier | null = null;
  const openClassifier = async () => {
    classifier ??= await openZooClassifier({ id: "lenet", cacheFolder: cacheFolder(process.env) });
    return classifier;
  };
  try {
    const rows: ReportRow[] = [];
    for (const benchmark of chosen)
      rows.push(
        ...(await benchmark.run({
          openClassifier,
          repetitions,
          peers: values.peers,
          runs,
          onProgress: (line) => process.stderr.write(`${line}\n`),
        })),
      );
    const holds = rows.every((row) => row.holds);
    printReport({ rows, holds, machine: describeMachine(), versions: describeVersions(await openClassifier()) }, values.json);
    return { holds };
  } finally {
    await (classifier as DifferentiableClassifier | null)?.dispose();
  }
}
