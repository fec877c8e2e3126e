/** `pareidolia export` and `import`: archives of runs, experiments and workspaces, and results of other programs. */

import { stat } from "node:fs/promises";
import { PareidoliaError, successOf } from "@pareidolia/client/errors";
import { downloadExport, makeExport, waitForExport } from "@pareidolia/client/jobs/exportData";
import { importFile } from "@pareidolia/client/jobs/importFile";
import {
  type ExportFieldsFragment,
  type ImportFieldsFragment,
  exports as listExports,
  type StartExportMutationVariables,
  startExport,
} from "@pareidolia/client/operations";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { type Command, InvalidArgumentError } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { showProgress, withProgress } from "../followWork.ts";
import { formatCount, formatNumberOf } from "../output/numbers.ts";
import { drawPairs } from "../output/table.ts";
import { fileNameOf } from "../serverNames.ts";
import { findModelId, withoutUndefined } from "./runInput.ts";

interface ExportOptions {
  readonly parts?: readonly string[];
  readonly formats?: readonly string[];
  readonly out?: string;
  readonly wait: boolean;
}

interface ImportOptions {
  readonly experiment?: string;
  readonly newExperiment?: string;
  readonly model?: string;
  readonly preview?: boolean;
}

const oneOf =
  (names: Readonly<Record<string, string>>) =>
  (text: string): readonly string[] =>
    text.split(",").map((given) => {
      const name = names[given.trim().toLowerCase()];
      if (name === undefined) throw new InvalidArgumentError(`Choose one of ${Object.keys(names).join(", ")}.`);
      return name;
    });

const readParts = oneOf({ images: "IMAGES", genomes: "GENOMES", models: "MODELS", scores: "SCORES" });
const readFormats = oneOf({ csv: "CSV", jsonl: "JSON_LINES", parquet: "PARQUET" });

const subjects = [
  { pattern: /^RUN-/i, subject: "RUN" },
  { pattern: /^EXP-/i, subject: "EXPERIMENT" },
] as const;

function readSubject(reference: string): { readonly subject: string; readonly subjectId?: string } {
  if (reference === "workspace") return { subject: "WORKSPACE" };
  const found = subjects.find(({ pattern }) => pattern.test(reference));
  if (found !== undefined) return { subject: found.subject, subjectId: reference };
  throw new CliError("usage", `${reference} cannot be exported. Give a run such as RUN-142, an experiment such as EXP-12, or workspace.`);
}

async function findExportByKey({ client, terminal }: Context, key: string): Promise<ExportFieldsFragment> {
  const all = client.nodes(listExports, { first: 100 }, (data) => data.exports, { signal: terminal.signal });
  for await (const each of all) if (each.key === key) return each;
  throw new CliError("notFound", `There is no ${key}: exports are deleted after seven days.`);
}

/** Makes an export, or takes one that exists by its key. It is ready, unless the user does not want to wait. */
async function openExport(context: Context, options: ExportOptions, reference: string): Promise<ExportFieldsFragment> {
  const { client, terminal } = context;
  const { signal } = terminal;
  if (/^EXPORT-/i.test(reference)) {
    const found = await findExportByKey(context, reference.toUpperCase());
    if (!options.wait) return found;
    return withProgress(context, `Exporting ${found.key}`, (bar) =>
      waitForExport(client, found.id, { signal, onProgress: showProgress(bar) }),
    );
  }
  const input = {
    ...readSubject(reference),
    ...withoutUndefined({ parts: options.parts, formats: options.formats }),
  } as StartExportMutationVariables["input"];
  if (!options.wait) return successOf((await client.mutate(startExport, { input }, { signal })).startExport).export;
  return withProgress(context, `Exporting ${reference}`, (bar) => makeExport(client, input, { signal, onProgress: showProgress(bar) }));
}

async function exportSubject(context: Context, options: ExportOptions, reference = ""): Promise<void> {
  const { client, terminal } = context;
  const made = await openExport(context, options, reference);
  if (!options.wait)
    return context.print({
      json: { id: made.id, key: made.key, state: made.state },
      text: () => `${made.key} is ${made.state.toLowerCase()}. Download it later with \`pareidolia export ${made.key}\`.\n`,
    });
  const file = options.out ?? `${fileNameOf(made.key)}.zip`;
  const { byteLength, sha256 } = await withProgress(context, `Downloading ${made.key}`, (bar) =>
    downloadExport(client, made, file, {
      signal: terminal.signal,
      onDownload: (received, total) => bar.show(total === null ? null : received / total, formatByteSize(received)),
    }),
  );
  await context.print({
    json: { key: made.key, file, byteLength, sha256, rows: made.rowCount, files: made.fileCount },
    text: () => `${file} has ${formatNumberOf(made.rowCount ?? 0, "row")} in ${formatByteSize(byteLength)}; its hash matches.\n`,
  });
}

async function printPreviews(context: Context, previews: readonly ImportFieldsFragment[]): Promise<void> {
  for (const { id, preview } of previews)
    await context.print({
      json: { id, ...preview },
      text: () =>
        drawPairs([
          ["Runs", formatCount(preview?.runCount ?? 0)],
          ["Images", formatCount(preview?.imageCount ?? 0)],
          ["Experiment", preview?.experimentName ?? "-"],
        ]),
    });
}

async function importRuns(context: Context, options: ImportOptions, file = ""): Promise<void> {
  const { client, terminal } = context;
  if (!(await stat(file)).isFile()) throw new CliError("usage", `${file} is not a file. Pack a folder into a ZIP archive first.`);
  const target = withoutUndefined({
    experimentId: options.experiment,
    experimentName: options.newExperiment,
    modelId: options.model === undefined ? undefined : await findModelId(context, options.model),
  });
  const previews: ImportFieldsFragment[] = [];
  const accept = (found: ImportFieldsFragment): boolean => {
    previews.push(found);
    for (const warning of found.preview?.warnings ?? []) context.note(`Warning: ${warning}`);
    return options.preview !== true;
  };
  const done = await withProgress(context, `Importing ${file}`, (bar) =>
    importFile(client, file, {
      ...target,
      accept,
      signal: terminal.signal,
      onProgress: showProgress(bar),
      onUpload: (share) => bar.show(share, "uploading; the same command continues it after an interruption"),
    }),
  ).catch((error: unknown) => {
    if (error instanceof PareidoliaError && error.code === "REFUSED") return null;
    throw error;
  });
  if (done === null) return printPreviews(context, previews);
  const experiments = done.experiments.map(({ key, name }) => ({ key, name }));
  const images = done.report?.imageCount ?? 0;
  const places = experiments.map(({ key, name }) => `${key} (${name})`).join(", ");
  await context.print({
    json: { id: done.id, runs: done.runCount, images, experiments },
    text: () => `Imported ${formatNumberOf(done.runCount, "run")} with ${formatNumberOf(images, "image")} into ${places}.\n`,
  });
}

export function addExportImport(program: Command, { run }: CommandHost): void {
  program
    .command("export")
    .description("Export a run, an experiment or the workspace as one archive, and download it.")
    .argument("<subject>", "RUN-142, EXP-12, workspace, or an export that exists, such as EXPORT-3")
    .option("--parts <parts>", "images, genomes, models, scores; default: all", readParts)
    .option("--formats <formats>", "formats of the tables: csv, jsonl, parquet; default: all", readFormats)
    .option("--out <file>", "file to write; default: the name of the export")
    .option("--no-wait", "start it and exit")
    .addHelpText(
      "after",
      examples("export RUN-142", "export EXP-12 --parts images --formats csv --out experiment.zip", "export workspace --no-wait"),
    )
    .action(run<ExportOptions>(exportSubject));
  program
    .command("import")
    .description("Import an archive of Pareidolia, or results of another program.")
    .argument("<file>", "file to import; its content decides the format")
    .option("--experiment <key>", "experiment to add the runs to; default: a new one")
    .option("--new-experiment <name>", "name of the new experiment")
    .option("--model <network>", "network whose class indices the source uses")
    .option("--preview", "show what an import would create, and create nothing")
    .addHelpText(
      "after",
      examples("import EXPORT-3.zip", "import results.csv --preview", "import results.csv --new-experiment 'Old results'"),
    )
    .action(run<ImportOptions>(importRuns));
}
