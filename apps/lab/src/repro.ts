/** `npm run repro -- EXPERIMENT`: repeats an experiment of the paper without a database and checks its bars. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, homeFolder, repository } from "./cacheFolder.ts";
import { durationCells, findDurations } from "./durations.ts";
import type { Experiment, ExperimentOptions, ExperimentResult } from "./experiments/experiment.ts";
import { perception } from "./experiments/perception.ts";
import { experiments } from "./experiments/registry.ts";
import { seedsOf } from "./experiments/seeds.ts";
import { studies } from "./experiments/studies.ts";
import { describeAll, describeMachine } from "./machine.ts";
import { createModelShelf } from "./modelShelf.ts";
import { readOptions, readWhole, UsageError } from "./readOptions.ts";
import { formatTable, printReport } from "./report.ts";
import { reproAll } from "./reproAll.ts";
import { runCommand } from "./runCommand.ts";
import { unlessMissing } from "./unlessMissing.ts";
import { readUserModel } from "./userModel.ts";
import { chooseNetworks } from "./userNetworks.ts";

const help = `npm run repro -- EXPERIMENT [--preset P] [--only EXPERIMENT] [--seeds N] [--generations G] [--budget quick|full] [--model FILE.json] [--real] [--json]

${formatTable(
  ["experiment", ""],
  [...experiments.map(({ id, description }) => [id, description]), ["all", "all experiments, with a report on the paper's claims"]],
).join("\n")}

  --preset P        ${[...new Set(experiments.flatMap(({ presets }) => presets.map(({ id }) => id)))].join(", ")}
  --only EXPERIMENT all: runs just this one; can be repeated. The report lists the others as not run, and the same command with the
                    same --out folder and other experiments adds to it
  --seeds N         seeds 1 to N (default: as many as the bars need)
  --generations G   the last generation (default: as many as the bars need)
  --budget B        quick or full (default full)
  --model FILE      one of your networks, described as JSON with id, file, labels, firstLabel, preprocessing; can be repeated.
                    Experiments run on it and on the bundled networks, or report why they cannot use it
  --real            perception: also votes of real people, from the cache, and the speed beside other programs, which it installs (0.8 GB)
  --release FILE    a release of one of your studies, which measures the claims on people; can be repeated. all also reads the releases
                    in the folder releases of the data folder
  --out FOLDER      where \`all\` writes report.html and report.json (default: a new folder, which the web page Reports shows). It also keeps
                    each finished experiment there until the report is complete: after an interruption, the same command with this
                    folder continues. A kept result of other options, networks or code is computed again
  --json            prints one JSON object and nothing else to standard output`;

await runCommand(async () => {
  const { values, positionals } = readOptions(
    {
      preset: { type: "string" },
      only: { type: "string", multiple: true, default: [] },
      seeds: { type: "string" },
      generations: { type: "string" },
      budget: { type: "string", default: "full" },
      out: { type: "string" },
      model: { type: "string", multiple: true, default: [] },
      real: { type: "boolean", default: false },
      release: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
    help,
  );
  if (values.help) {
    console.log(`${help}\n\n${await durationsHelp()}`);
    return { holds: true };
  }
  const experiment = findExperiment(positionals);
  const { preset } = values;
  if (experiment === null && preset !== undefined)
    throw new UsageError("--preset needs a single experiment: all runs each experiment with its default presets.");
  if (experiment !== null && preset !== undefined && !experiment.presets.some(({ id }) => id === preset))
    throw new UsageError(`${experiment.id} has no preset "${preset}". It has: ${experiment.presets.map(({ id }) => id).join(", ")}.`);
  if (values.real && experiment !== perception) throw new UsageError("--real applies to perception only.");
  if (values.release.length > 0 && experiment !== null && experiment !== studies)
    throw new UsageError("--release applies to studies and all only.");
  if (values.only.length > 0 && experiment !== null) throw new UsageError("--only applies to all only.");
  const unknown = values.only.find((id) => !experiments.some((known) => known.id === id));
  if (unknown !== undefined) throw new UsageError(`There is no experiment "${unknown}".\n\n${help}`);
  const seeds =
    values.seeds === undefined ? undefined : seedsOf({}, readWhole("seeds", values.seeds, { fallback: 1, minimum: 1, maximum: 10_000 }));
  const generations =
    values.generations === undefined
      ? undefined
      : readWhole("generations", values.generations, { fallback: 200, minimum: 0, maximum: 1_000_000 });

  const { budget } = values;
  if (budget !== "quick" && budget !== "full") throw new UsageError(`--budget must be quick or full, not "${budget}".`);
  const onProgress = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const folder = cacheFolder(process.env);
  const models = createModelShelf({ cacheFolder: folder, userModels: await Promise.all(values.model.map(readUserModel)), onProgress });
  try {
    const options: ExperimentOptions = {
      models,
      cacheFolder: folder,
      budget,
      presets: preset === undefined ? undefined : [preset],
      seeds,
      generations,
      real: values.real,
      releases: [...values.release, ...(values.release.length === 0 ? await findReleases() : [])],
      onProgress,
    };
    const { head, lines, rows } =
      experiment === null
        ? {
            head: [],
            lines: [],
            rows: await reproAll({
              ...options,
              models,
              experiments,
              chosen: values.only.length === 0 ? undefined : values.only,
              folder: values.out ?? newReportFolder(budget),
              reportFolders: earlierFolders(),
              durations: await findDurations(earlierFolders(), budget),
            }),
          }
        : await runOnUserModels(experiment, options);
    const holds = rows.length > 0 && rows.every((row) => row.holds);
    if (!values.json && lines.length > 0) process.stdout.write(`\n${formatTable(head, lines).join("\n")}\n`);
    printReport({ rows, holds, machine: describeMachine(), versions: describeAll(await models.opened()) }, values.json);
    return { holds };
  } finally {
    await models.dispose();
  }
});

/** @throws UsageError if the experiment cannot use one of the user's networks. */
async function runOnUserModels(experiment: Experiment, options: ExperimentOptions): Promise<ExperimentResult> {
  const { models, refusals } = await chooseNetworks(experiment, options.models);
  if (refusals.length > 0) throw new UsageError(refusals.join("\n"));
  return experiment.run({ ...options, models });
}

function reportFolder(): string {
  return join(homeFolder(process.env), "reports");
}

/** Also the folder of the tracked report, docs/report. */
function earlierFolders(): readonly string[] {
  return [reportFolder(), join(repository, "docs")];
}

async function durationsHelp(): Promise<string> {
  const budgets = ["quick", "full"] as const;
  const known = await Promise.all(budgets.map((budget) => findDurations(earlierFolders(), budget)));
  const cells = durationCells(
    experiments.map(({ id }) => id),
    known,
  );
  return `Processor time of all, in the most complete report at hand:\n\n${formatTable(["experiment", ...budgets], cells).join("\n")}`;
}

function newReportFolder(budget: string): string {
  const time = new Date().toISOString().slice(0, 16).replaceAll(":", "");
  return join(reportFolder(), `${time}-${budget}`);
}

/** Releases of this installation's studies, which their owners have downloaded into the data folder. */
async function findReleases(): Promise<readonly string[]> {
  const folder = join(homeFolder(process.env), "releases");
  const names = (await unlessMissing(readdir(folder))) ?? [];
  return names
    .filter((name) => name.endsWith(".zip"))
    .sort()
    .map((name) => join(folder, name));
}

/** Null for `all`. */
function findExperiment(positionals: readonly string[]): Experiment | null {
  const [id, ...more] = positionals;
  const experiment = experiments.find((candidate) => candidate.id === id);
  if (id === undefined) throw new UsageError(`Choose an experiment.\n\n${help}`);
  if (id === "all" && more.length === 0) return null;
  if (experiment === undefined) throw new UsageError(`There is no experiment "${id}".\n\n${help}`);
  if (more.length > 0) throw new UsageError(`Unexpected argument "${more[0]}": one experiment at a time.\n\n${help}`);
  return experiment;
}
