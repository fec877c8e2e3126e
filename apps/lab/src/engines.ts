/** `npm run engines`: lists the engines of this machine, with their speed and their difference from the reference. */
import { chooseEngine } from "@pareidolia/classifiers/engines/chooseEngine";
import type { Engine } from "@pareidolia/classifiers/engines/engine";
import { engines } from "@pareidolia/classifiers/engines/registry";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { cacheFolder } from "./cacheFolder.ts";
import {
  computeOneByOne,
  type EngineFigures,
  type EngineResults,
  largestDifference,
  measureEngine,
  relativeDistance,
} from "./engines/measureEngine.ts";
import { describeMachine, describeVersions } from "./machine.ts";
import { readOptions, UsageError } from "./readOptions.ts";
import { formatTable, judge, noBar, printReport, type ReportRow } from "./report.ts";
import { runCommand } from "./runCommand.ts";

const help = `npm run engines -- [--json]

Lists the engines that load on this machine: version, device, speed on LeNet (200 images forward, 64 input gradients) and the
largest difference from onnxruntime on the processor. The command fails if an installed engine does not load; an engine that is
not installed is no failure.

  --json   prints one JSON object and nothing else to standard output`;

const reference = "onnxruntime-cpu";
const largestProbabilityDifference = 1e-4;
const largestGradientDistance = 1e-3;

interface Outcome {
  readonly cells: readonly string[];
  readonly rows: readonly ReportRow[];
}

await runCommand(async () => {
  const { values, positionals } = readOptions({ json: { type: "boolean", default: false }, help: { type: "boolean", short: "h" } }, help);
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  if (positionals.length > 0) throw new UsageError(`Unexpected argument "${positionals[0]}".\n\n${help}`);

  const expected = await open(reference);
  const outcomes: Outcome[] = [];
  try {
    const figures = await measureEngine(expected);
    for (const engine of engines) {
      process.stderr.write(`${engine.id} ...\n`);
      outcomes.push(
        engine.id === reference
          ? describe(engine, expected.engine, figures, await computeOneByOne(expected))
          : await examine(engine, figures.results),
      );
    }
    const rows = outcomes.flatMap((outcome) => outcome.rows);
    const holds = rows.every((row) => row.holds);
    if (!values.json) {
      const head = ["engine", "version and device", "images/s", "gradients/s", "largest difference", "relative distance of gradients"];
      process.stdout.write(
        `\n${formatTable(
          head,
          outcomes.map(({ cells }) => cells),
        ).join("\n")}\n`,
      );
      const { engine, reason } = await chooseEngine(process.env);
      process.stdout.write(`\nRuns on this machine use ${engine.id}: ${reason}. PAREIDOLIA_ENGINE selects another engine.\n`);
    }
    printReport({ rows, holds, machine: describeMachine(), versions: describeVersions(expected) }, values.json);
    return { holds };
  } finally {
    await expected.dispose();
  }
});

function open(engine: string) {
  return openZooClassifier({ id: "lenet", cacheFolder: cacheFolder(process.env), engine });
}

async function examine(engine: Engine, expected: EngineResults): Promise<Outcome> {
  const found = await engine.findAvailability(process.env);
  if (found.state === "absent") return notInstalled(engine, found.how);
  if (found.state === "broken") return doesNotLoad(engine, found.reason);
  try {
    const classifier = await open(engine.id);
    try {
      return describe(engine, classifier.engine, await measureEngine(classifier), expected);
    } finally {
      await classifier.dispose();
    }
  } catch (error) {
    return doesNotLoad(engine, error instanceof Error ? error.message : String(error));
  }
}

function describe({ id, title }: Engine, words: string, figures: EngineFigures, expected: EngineResults): Outcome {
  const difference = largestDifference(figures.results.probabilities, expected.probabilities);
  const distance = relativeDistance(figures.results.gradients, expected.gradients);
  const speed = `${Math.round(figures.imagesPerSecond)} images/s forward in batches of 200, ${figures.gradientsPerSecond.toFixed(1)} gradient steps/s in batches of 64`;
  const detail = `${words}; ${speed}`;
  // The reference is compared with its own results on single images.
  const other = id === reference ? "its results on single images" : "the reference";
  return {
    cells: [
      id,
      words,
      String(Math.round(figures.imagesPerSecond)),
      figures.gradientsPerSecond.toFixed(1),
      difference.toExponential(1),
      distance.toExponential(1),
    ],
    rows: [
      judge({
        id: `${id}.probabilities`,
        what: `${title}: largest difference of a probability from ${other}`,
        figure: difference,
        bar: { below: largestProbabilityDifference },
        detail,
      }),
      judge({
        id: `${id}.gradient`,
        what: `${title}: relative distance of input gradients from ${other}`,
        figure: distance,
        bar: { below: largestGradientDistance },
        detail: "",
      }),
    ],
  };
}

/** An optional engine has no bar. */
function notInstalled({ id, title }: Engine, how: string): Outcome {
  const row: ReportRow = { id, what: `${title}: not installed`, figure: null, bar: noBar, holds: true, detail: how };
  return { cells: [id, `not installed: ${how}`], rows: [row] };
}

function doesNotLoad({ id, title }: Engine, reason: string): Outcome {
  const row: ReportRow = { id, what: `${title}: installed, but does not load`, figure: null, bar: "loads", holds: false, detail: reason };
  return { cells: [id, `does not load: ${reason}`], rows: [row] };
}
