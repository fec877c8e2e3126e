/** `pareidolia export` and `import`: archives of runs, experiments and workspaces, and results of other programs. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { successOf } from "@pareidolia/client/errors";
import { findExport, findImport, exports as listExports, previewImport, startExport, startImport } from "@pareidolia/client/operations";
import { type Command, InvalidArgumentError } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { followWork } from "../followWork.ts";
import { formatBytes, formatCount } from "../output/numbers.ts";
import { drawPairs } from "../output/table.ts";
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
      if (name === undefined) throw new InvalidArgumentError(`Choose of ${Object.keys(names).join(", ")}.`);
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

async function readExport({ client, terminal }: Context, id: string) {
  const { node } = await client.query(findExport, { id }, { signal: terminal.signal });
  if (node === null || node === undefined || !("url" in node))
    throw new CliError("notFound", "The export is gone: exports are deleted after seven days.");
  return node;
}

/** Starts an export, or takes one that exists by its key. */
async function openExport(context: Context, options: ExportOptions, reference: string) {
  const { client, terminal } = context;
  if (/^EXPORT-/i.test(reference)) {
    const { exports: all } = await client.query(listExports, {}, { signal: terminal.signal });
    const found = all.find(({ key }) => key === reference.toUpperCase());
    if (found === undefined) throw new CliError("notFound", `There is no ${reference} among the latest 50 exports.`);
    return found;
  }
  const input = { ...readSubject(reference), ...withoutUndefined({ parts: options.parts, formats: options.formats }) };
  const started = await client.mutate(startExport, { input: input as never }, { signal: terminal.signal });
  return successOf(started.startExport).export;
}

async function exportSubject(context: Context, options: ExportOptions, reference = ""): Promise<void> {
  const { client, terminal } = context;
  const opened = await openExport(context, options, reference);
  if (!options.wait)
    return context.print({
      json: { id: opened.id, key: opened.key, state: opened.state },
      text: () => `Started ${opened.key}. Download it later with \`pareidolia export ${opened.key}\`.\n`,
    });
  const made = await followWork(context, `Exporting as ${opened.key}`, ["QUEUED", "RUNNING"], () => readExport(context, opened.id));
  if (made.url === null || made.url === undefined) throw new CliError("failed", `${made.key} has no address. Try again.`);
  const file = options.out ?? path.basename(made.url);
  const bar = context.progress(`Downloading ${made.key}`);
  try {
    const { byteLength, sha256 } = await client.download(made.url, file, {
      sha256: made.sha256 ?? null,
      signal: terminal.signal,
      onProgress: (received, total) => bar.show(total === null ? null : received / total, formatBytes(received)),
    });
    bar.end();
    await context.print({
      json: { key: made.key, file, byteLength, sha256, rows: made.rowCount, files: made.fileCount },
      text: () => `${file} has ${formatCount(made.rowCount ?? 0)} rows in ${formatBytes(byteLength)}; its hash is right.\n`,
    });
  } finally {
    bar.end();
  }
}

async function readImport({ client, terminal }: Context, id: string) {
  const { node } = await client.query(findImport, { id }, { signal: terminal.signal });
  if (node === null || node === undefined || !("fileName" in node)) throw new CliError("notFound", "The import is gone.");
  return node;
}

async function importFile(context: Context, options: ImportOptions, file = ""): Promise<void> {
  const { client, terminal } = context;
  const sent = { signal: terminal.signal };
  if (!(await stat(file)).isFile()) throw new CliError("usage", `${file} is no file. Pack a folder into a ZIP archive first.`);
  context.note(`Uploading ${file}.`);
  const upload = await client.upload(file, { kind: "IMPORT", ...sent });
  const opened = successOf((await client.mutate(previewImport, { input: { uploadId: upload.id } }, sent)).previewImport).import;
  const inspected = await followWork(context, `Inspecting ${opened.fileName}`, ["INSPECTING"], () => readImport(context, opened.id));
  const { preview } = inspected;
  if (preview === null || preview === undefined) throw new CliError("failedWork", `${opened.fileName} could not be previewed.`);
  for (const warning of preview.warnings) context.note(`Warning: ${warning}`);
  if (options.preview === true)
    return context.print({
      json: { id: opened.id, ...preview },
      text: () =>
        drawPairs([
          ["Runs", formatCount(preview.runCount)],
          ["Images", formatCount(preview.imageCount)],
          ["Experiment", preview.experimentName],
        ]),
    });
  const input = withoutUndefined({
    importId: opened.id,
    experimentId: options.experiment,
    experimentName: options.newExperiment,
    modelId: options.model === undefined ? undefined : await findModelId(context, options.model),
  });
  successOf((await client.mutate(startImport, { input: input as never }, sent)).startImport);
  const done = await followWork(context, `Importing ${opened.fileName}`, ["INSPECTING", "READY", "WRITING"], () =>
    readImport(context, opened.id),
  );
  const experiments = done.experiments.map(({ key, name }) => ({ key, name }));
  await context.print({
    json: { id: done.id, runs: done.runCount, images: done.report?.imageCount ?? 0, experiments },
    text: () =>
      `Imported ${formatCount(done.runCount)} runs with ${formatCount(done.report?.imageCount ?? 0)} images into ${experiments.map(({ key, name }) => `${key} (${name})`).join(", ")}.\n`,
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
    .option("--no-wait", "start it and end")
    .addHelpText(
      "after",
      examples("export RUN-142", "export EXP-12 --parts images --formats csv --out experiment.zip", "export workspace --no-wait"),
    )
    .action(run<ExportOptions>(exportSubject));
  program
    .command("import")
    .description("Import an archive of Pareidolia, or results of another program.")
    .argument("<file>", "file to import; its content decides the format")
    .option("--experiment <key>", "experiment to which the runs go; default: a new one")
    .option("--new-experiment <name>", "name of the new experiment")
    .option("--model <network>", "network that the source's class indices are of")
    .option("--preview", "show what an import would create, and create nothing")
    .addHelpText(
      "after",
      examples("import EXPORT-3.zip", "import results.csv --preview", "import results.csv --new-experiment 'Old results'"),
    )
    .action(run<ImportOptions>(importFile));
}
